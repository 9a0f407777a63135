/**
 * How answers say which way a value went, in English, German, Spanish, French, Italian, Portuguese, Dutch, Turkish and
 * Chinese: patterns for small letters without accents ("ı" is "i", "ß" is "s"). What also says something else ("erhöht",
 * "bajo", "升高" are "high" or "low" as well) is only here where the words around it leave no doubt.
 */

/** A value went up: verbs and nouns of change. */
export const rises =
  /(?<![a-z])(?:rose|risen|rises?|rising|jumped|surged|soared|shot up|weight gain|gewichtszunahme|progression|crescita|se elevo|elevou|aument[ai](?:ndo)?|cikti|cikmis\w*|increas(?:e|ed|es|ing)|(?:went|gone|going|goes|moved|trended|trending|creeping|crept) up|grew|grown|growing|gain(?:ed)?|climb(?:ed|ing)(?! (?:the |up |stairs|\d))|upwards?|kletter(?:t|te|ten)|(?<=sich [^.\n]{0,40})erhoht|nahm(?:en)?(?=[^\n;]{0,40} zu(?![a-z]))|nam(?:en)?(?=[^\n;]{0,40} toe(?![a-z]))|crecio|(?:pris|preso|ganado|aangekomen) (?=\d)|aangekomen|(?:an)?gestiegen|(?:an)?stieg(?:en)?|anstieg|steigt|steigend\w*|zugenommen|zunahme|subio|subido|subiendo|subida|aument(?:o|os|ado|ando|ou|ato|ata|ati|ate)|increment(?:o|ado|ato|ata)|augment(?:e|ent|ation)|hausse|salit[aoie]|subiu|cresci(?:da|uto|uta|mento)|cresceu|gestegen|steeg|stegen|stijg(?:t|ing|end)|toegenomen|toename|yuksel(?:di|mis|iyor|is)\w*|artti|artmis\w*|artiyor|artis(?:i|la)?)(?![a-z])|上升|增加|增长|升到|升至|涨到/;

/** A value went down. */
export const falls =
  /(?<![a-z])(?:(?:fell|fallen|falling)(?! (?:asleep|with?in|in\b|into|outside|between|under|below|short))|drop(?:ped|s|ping)?(?! out)|slid|slipped|plunged|plummeted|shrank|shrunk|eased|weight loss|gewichtsabnahme|ruckl?aufig\w*|in calo|regression|indi|declin(?:e|ed|es|ing)|decreas(?:e|ed|es|ing)|(?:went|gone|going|goes|moved|trended|trending|came|come) down|sank|dipped|downwards?|lost (?=\d|about|around)|loss of (?=\d|about|around)|verringert\w*|nahm(?:en)?(?=[^\n;]{0,40} ab(?![a-z]))|ging(?:en)?(?=[^\n;]{0,50} zuruck(?![a-z]))|nam(?:en)?(?=[^\n;]{0,40} af(?![a-z]))|afgevallen|(?:perdu|perso|perdido|perdiste|perdeu|verloren) (?=\d)|gefallen|fiel(?:en)?(?! (?:mir |dir |ihnen )?auf)|gesunken|sank(?:en)?|sinkt|sinkend\w*|ruckgang|(?<!blut[^.\n]{0,40})abgenommen|abnahme|zuruckgegangen|(?<!(?:mas|muy|es|esta|era|fue|un|el|nivel|valor|resultado|por) )bajo (?=\d|de \d|a \d|un \d|en \d|desde|hasta)|baj(?:ado|ando)|bajada|disminu(?:yo|ido|yendo|cion)|descend(?:io|ido)|descenso|redujo|reduccion|baisse|diminu(?:e|ent|tion|ito|ita|iti|ite|zione|iu|ido|icao)|recul(?:e)?(?![a-z])|sces[aoie]|calat[aoie]|riduzione|caiu|caido|cayo|queda|reduziu|reducao|baixou|desceu|gedaald|daald?e(?:n)?|daling|daalt|dalend|(?<!bloed[^.\n]{0,40})afgenomen|afname|gezakt|dustu|dusmus\w*|dusuyor|dusus(?:u|le)?|azaldi|azalmis\w*|azaliyor|azalma|azalis|geriledi)(?![a-z])|下降|减少|降到|降至|降低了|下跌/;

/** Whether that is good depends on what was measured. */
export const betterments =
  /(?<![a-z])(?:improv(?:ed|es|ing|ement)|verbessert\w*|verbesserung|mejor(?:ado|ando|ia)|mejoro|ameliore\w*|amelioration|migliorat[aoie]|miglioramento|melhor(?:ou|ado|ia)|verbeterd|verbetering|iyilesti|iyilesme)(?![a-z])|改善|好转/;
export const worsenings =
  /(?<![a-z])(?:worsen(?:ed|ing|s)|got worse|gotten worse|deteriorat(?:ed|ion|ing)|verschlechter\w*|empeor(?:ado|ando|o|ou|amento)|aggrav(?:e|ee|ation)|degrade\w*|peggiorat[aoie]|peggioramento|piora|piorou|verslechter\w*|kotulesti|kotulesme)(?![a-z])|恶化|变差/;

/** Comparatives right behind a difference: "819 steps more", "1,9 bpm weniger", "27 mg/dL de moins". */
export const moreBehind =
  /^[ ,]{0,2}(?:\([^()]{0,20}\) ?)?(?:steps |(?:a|per|each|every) (?:day|night) |am tag |pro (?:tag|nacht) |par (?:jour|nuit) |al dia |por (?:dia|noche|noite) |al giorno |per (?:dag|nacht) )?(?:(?:de|em|di|mas|daha) )?(?:more|higher|longer|greater|larger|up(?! to)|mehr|hoher|langer|mas|plus|plus elevee?|superieure?|piu|in piu|mais|a mais|superiore?|meer|hoger|langer|daha (?:fazla|yuksek|uzun)|fazla|yuksek)(?![a-z])/;
export const lessBehind =
  /^[ ,]{0,2}(?:\([^()]{0,20}\) ?)?(?:steps |(?:a|per|each|every) (?:day|night) |am tag |pro (?:tag|nacht) |par (?:jour|nuit) |al dia |por (?:dia|noche|noite) |al giorno |per (?:dag|nacht) )?(?:(?:de|em|di|mas|daha) )?(?:less|fewer|lower|shorter|smaller|down|weniger|niedriger|tiefer|kurzer|menos|moins|inferieure?|meno|in meno|a menos|inferiore?|minder|lager|korter|daha (?:az|dusuk|kisa)|az|dusuk)(?![a-z])/;
/** And right before one: "up 10 %", "多了819步". */
export const moreAhead = /(?:(?<![a-z])up(?: by)? |(?<![a-z])plus |多了?|高了?)$/;
export const lessAhead = /(?:(?<![a-z])down(?: by)? |(?<![a-z])minus |少了?|低了?)$/;

/** Then nothing is said of what was. */
export const denied =
  /(?<![a-z])(?:not|never|neither|nor|nothing|none|without|nicht|nichts|nada|rien|niente|nulla|niets|hicbir|kein\w*|weder|ohne|ni|nunca|sin|tampoco|ne|sans|aucune?|ningun\w*|non|senza|nessun\w*|nao|nem|sem|nenhuma?|niet|geen|nooit|zonder|degil|[a-z]+(?:me|ma)(?:di|mis|z))(?![a-z])|n't(?![a-z])|(?<![a-z])n'(?=[aey])|(?<![a-z])no(?= (?:clear|real|significant|notable|meaningful|increas|decreas|rise|drop|fall|change|improv|upward|downward|ha |han |se |hay |hubo |sub|baj|aument|dismin|mejor|empeor|data|entr|record|result|workout|value|measure|night))|没|未|不|无(?!氧)/;

/** What may be, should be, or is so in general. */
export const unreal =
  /(?<![a-z])(?:if|when|whenever|would|could|should|may|might|can|must|will|to (?:lower|raise|reduce|increase|decrease|improve|drop)|help(?:s|ed|ing)?|aim|goal|target|try|trying|recommend\w*|suggest\w*|expect\w*|usually|often|typically|generally|normally|tends?|correlat\w*|associat\w*|linked|relation\w*|whether|unless|so that|wenn|falls|ob|wurden?|konnten?|sollten?|kann|konnen|muss|hilft|helfen|ziel|empf\w*|ublicherweise|oft|meist\w*|neigt|tendenz|korrel\w*|zusammenhang|damit (?:sie|er|es|ihr)|si(?= )|cuando|podri\w*|puede\w*|deberia\w*|conviene|para (?:bajar|subir|reducir|aumentar|mejorar)|ayud\w*|suele\w*|tiende\w*|correlac\w*|asoci\w*|objetivo|quand|lorsqu\w*|pourrai\w*|peut|peuvent|devrai\w*|pour (?:baisser|augmenter|reduire|ameliorer)|aide\w*|souvent|tend|associe\w*|objectif|quando|potrebb\w*|puo|possono|dovrebb\w*|per (?:abbassare|ridurre|aumentare|migliorare)|aiut\w*|spesso|tende\w*|obiettivo|poderia\w*|pode|podem|deveria\w*|deve|ajud\w*|costum\w*|wanneer|indien|als (?:u|je|het|de|er)|zou|kan|kunnen|moet\w*|helpt|vaak|meestal|verband|doel|eger|[a-z]+[ae]bilir\w*|[a-z]+m[ae]li\w*|iliski\w*|korelasyon|hedef|egilim)(?![a-z])|(?<![a-z])(?:rises|falls|drops|increases|decreases|steigt|sinkt|sube|baja|monte|baisse|sale|scende|stijgt|daalt) (?:after|with|during|as|nach|bei|mit|tras|con|apres|avec|dopo|depois|com|na|bij|met)(?![a-z])|如果|可能|可以|应该|应当|建议|有助|往往|倾向|相关|目标|是否/;

/** The words are about the time before: "last month was 3 bpm higher", "a month ago". */
export const earlier =
  /(?<![a-z])(?:previous|prior|last (?:month|week|year)|earlier|before|davor|vorher\w*|vorigen?|vormonat|vorwoche|letzte\w*|anterior\w*|pasad[oa]|precedent\w*|dernier\w*|passe|scors[oa]|passat[oa]|passad[oa]|vorige|eerder\w*|daarvoor|onceki|gecen|ago|hace|il y a|fa|atras|ha|faz|geleden|once|vor (?:ein\w*|zwei|drei|vier|\d+))(?![a-z])|上个|上周|之前|以前|此前|[天周月年]前/;
/** What makes the time before the other side of the comparison. */
export const comparedWith =
  /(?<![a-z])(?:compared|than|versus|vs|against|from|over|since|relative|gegenuber|verglichen|vergleich|als|zum|zur|que|respecto|comparad[oa]s?|frente|desde|rapport|contre|depuis|rispetto|confronto|relacao|do que|face|vergeleken|opzichte|dan|sinds|kiyasla|gore)(?![a-z])|比|相比|较/;

/** Somebody else than the value: "your fitness has increased". */
export const possessives =
  /(?<![a-z])(?:your|my|the|deine?\w*|ihre?\w*|meine?\w*|die|der|das|tus?|sus?|mis?|el|la|los|las|votre|vos|ton|ta|tes|le|les|l'|tuo|tua|tuoi|suo|sua|il|lo|seu|teu|o|a|os|as|je|jouw|uw|de|het)(?![a-z'])/;
/** "It rose", "Er ist gesunken". */
export const pronouns =
  /(?<![a-z])(?:it|they|that|this|er|sie|es|dies\w*|ello|esto|il|elle|ils|elles|c'est|cela|esso|questo|ele|ela|isso|hij|het|ze|dit|bu|(?:the|der|la|le|il|o|a|de) (?:trend|tendenz|tendencia|tendance|tendenza))(?![a-z])|它|这|趋势/;

/** Lower is better of these metrics and tests, whoever asks. */
export const betterLower: ReadonlySet<string> = new Set([
  "resting_heart_rate",
  "ldl",
  "non_hdl",
  "cholesterol_total",
  "triglycerides",
  "hba1c",
  "crp",
]);
export const betterHigher: ReadonlySet<string> = new Set([
  "heart_rate_variability_rmssd",
  "heart_rate_variability_sdnn",
  "vo2_max",
  "steps",
  "sleep_efficiency",
  "sleep_score",
  "deep_sleep",
  "oxygen_saturation",
  "egfr",
  "hdl",
]);
