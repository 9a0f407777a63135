/**
 * What a number in a question is, in nine languages: patterns for small letters without accents ("ı" is "i", "ß" is
 * "s"), looked for right before the number, right behind it, or anywhere in its sentence.
 */

/** A limit or a goal: "above 140", "mehr als 10.000". Whoever asks sets it. */
export const limitAhead =
  /(?<![a-z])(?:above|below|over|under|than|at least|at most|exceed\w*|reach\w*|goal|target|limit|threshold|up to|uber|unter|als|mindestens|hochstens|ziel|grenze|grenzwert|bis zu|mas de|menos de|encima de|debajo de|superior\w*|inferior\w*|super\w*|que|al menos|objetivo|limite|meta|plus de|moins de|dessus de|dessous de|superieure?s?|inferieure?s?|depass\w*|au moins|objectif|seuil|piu di|meno di|sopra|sotto|oltre|almeno|obiettivo|soglia|mais de|acima de|abaixo de|pelo menos|boven|onder|dan|minstens|hoogstens|doel|grens|en az|en fazla|hedef\w*)(?: (?:the|a|of|to|my|is|von|der|die|meine?\w*|de|del|a|los|las|mi|el|des|les|mon|di|i|il|da|do|minha|van|de|mijn))* ?$|[<>≤≥]=? ?$|(?:超过|高于|低于|少于|多于|大于|小于|不到|至少|达到|目标(?:是|为)?)$/;
export const limitBehind =
  /^ ?(?:'?[a-z]{1,4} )?(?:[a-z]+ )?(?:uzerinde|altinda|ustunde|fazla|az|asti|gecti|or more|or less|oder (?:mehr|weniger)|o mas|o menos|ou plus|ou moins|o piu|ou mais|of meer)(?![a-z])|^[^,;.\n]{0,4}(?:以上|以下)/;

/** How many of the newest, or of the best: "the last 45 days", "最近30天", "top 5". */
export const newestAhead =
  /(?<![a-z])(?:last|past|previous|next|top|first|latest|letzte[nrs]?|vergangene[nrs]?|vorige[nr]?|nachste[nr]?|erste[nr]?|neueste[nr]?|ultim[oa]s?|pasad[oa]s?|proxim[oa]s?|primer[oa]s?|dernier(?:e?s?)|prochains?|premiers?|ultim[ei]|scors[ei]|prossim[ei]|prim[ei]|primeir[oa]s?|laatste|afgelopen|voorbije|komende|eerste|son|gecen|onumuzdeki|ilk)(?: (?:the|of|den|der|die|dem|los|las|les|gli|i|le|de|os|as))* ?$|(?:最近|过去|近|前|这)的?$/;
/** The same before days, weeks, months only: "over 90 days". */
export const stretchAhead =
  /(?<![a-z])(?:within|during|in|over|since|innerhalb|wahrend|seit|en|durante|desde|hace|ces|pendant|depuis|sur|negli|nei|per|nos|nas|em|ha|gedurende|sinds|binnen)(?: (?:the|of|den|der|die|dem|los|las|les|gli|i|le|de|os|as))* ?$/;

/** A question for a value, or a task, in which a number is no guess. */
export const asksForValue =
  /^\W*(?:and |und |y |et |e |en |please |bitte )?(?:what|which|how|when|where|who|show|list|tell|give|find|compare|convert|was(?! (?:my|the|it|i|this|there|your|that|mijn|ik|het|de|er)(?![a-z]))|welche\w*|wie|wann|wo|zeig\w*|nenn\w*|gib|vergleich\w*|que|cual\w*|como|cuando|cuant\w*|donde|muestr\w*|dime|compara\w*|quel\w*|combien|comment|quand|montre\w*|donne\w*|quali?|quant\w*|come|quando|dove|cosa|che|mostra\w*|dimmi|confronta\w*|qual|quais|onde|mostre|diga|welke|hoe\w*|wat|wanneer|waar|toon|geef|vergelijk\w*)(?![a-z])|(?<![a-z])(?:hangi|kac|ne kadar|ne zaman|nasil|goster\w*|karsilastir\w*)(?![a-z])|多少|几|哪|什么|怎么|何时|显示|比较/;

/** The answer says whose number it is: "you mentioned 72", "Ihr Ziel von 10.000". */
export const attributed =
  /(?<![a-z])(?:you (?:said|say|mention\w*|ask\w*|wrote|told|report\w*|gave|suggest\w*|assum\w*|thought)|your (?:question|guess|estimate|goal|target)|(?:sie|du) \w*(?:genannt|erwahnt|gefragt|gesagt|geschrieben|angegeben)|(?:genannt|erwahnt|gefragt|angegeben|vermutet)\w*|(?:ihre?|deine?)\w* (?:frage|vermutung|ziel|schatzung)|mencion\w*|pregunt\w*|dijiste|indic(?:as|aste)|tu (?:pregunta|objetivo)|mentionne\w*|demande\w*|indique\w*|votre (?:question|objectif)|menzionat\w*|chiest\w*|indicat\w*|(?:tua|sua) domanda|perguntou|mencion\w*|indicou|sua (?:pergunta|meta)|genoemd\w*|gevraagd\w*|noemt|noemde|(?:je|uw) (?:vraag|doel)|sordug\w*|belirttig\w*|soyledig\w*|sorunuz\w*)(?![a-z])|您(?:提到|说|问)|你(?:提到|说|问)/;
