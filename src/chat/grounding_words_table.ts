/**
 * The words that decide what a number in an answer is, in English, German, Spanish, French, Italian, Portuguese, Dutch,
 * Turkish and Chinese: in small letters, without accents ("ı" is "i", "ß" is "s"). Patterns, not only words.
 */

/** Names with digits that measure nothing. Any word that begins with a letter and has digits is one, without a table. */
export const namesWithDigits: readonly string[] = [
  "omega[- ]?[369](?:[/-][369])*",
  "covid[- ]?19|sars-cov-2",
  "ca[- ]?(?:19[- ]9|15[- ]3|72[- ]4)|ca-125",
  "25[- ]?\\(?oh\\)?[- ]?(?:d[23]?|vitamin)?\\b|1,25[- ]?\\(?oh\\)?2?(?:[- ]?d[23]?)?",
  "5[- ]ht(?:p)?\\b|17[- ]?(?:oh|beta|ketosteroids?)\\b[a-z-]*",
  "24/7|7/24|24-7",
  "(?:type|typ|tipo|tip|types) ?-?[12]\\b|[12] ?(?:型糖尿病|型)|[12]\\. tip",
  "(?:zone|stage|stadium|stadio|estadio|stade|grade|grad|grado|phase|fase|class|klasse|category|kategorie|zona|evre) (?:n)?[0-9](?:[ab]\\b)?",
  "vitamin[aei]?[- ]?(?:b[- ]?\\d{1,2}|d[- ]?[23]|k[- ]?[12])(?!\\d)",
  "(?:il|igg|t|b|q|k|d|c|hb|apo|pm)-\\d{1,3}(?:\\.\\d)?(?![\\d.,]*\\s?[%a-z])",
  "pm ?2\\.5|pm ?10",
  "(?:10|12|3)-lead",
  "vo2(?: ?max)?|spo2|sao2|paco2|pao2|co2|h2o|b12|hba1c|a1c",
];

/** Before a number that only counts what the answer lists: "step 2", "option 3". */
export const listWords =
  "step|schritt nr|tip|tipp|option|point|punkt|abschnitt|section|chapter|number|nr|no|question|etape|conseil|paso|consejo|passo|dica|consiglio|stap|adim|ipucu|bolum|figure|table|tabelle|note|ref|第";

/** Emergency numbers, which advice to seek care may name. They say nothing about the record. */
export const emergencyNumbers: ReadonlySet<string> = new Set(
  [
    "112",
    "911",
    "999",
    "000",
    "111",
    "110",
    "119",
    "120",
    "15",
    "17",
    "18",
    "061",
    "118",
    "192",
    "193",
    "116117",
    "116 117",
    "988",
    "144",
    "143",
    "145",
    "155",
    "811",
    "1177",
  ],
);

/** What is said beside one. */
export const callWords =
  /\b(?:call|dial|ring|phone|emergency|hotline|helpline|notruf|notarzt|ruf\w*|wahl\w*|anruf\w*|telefon\w*|llam\w*|marqu\w*|emergencias?|appel\w*|compos\w*|urgences?|samu|chiam\w*|emergenz\w*|ligu\w*|ligar|emergencia|bel|bellen|alarmnummer|noodnummer|ara\w*|acil)\b|拨打|急救|拨|致电/;

/** "about", "around": the number is rounded more coarsely than it is printed. */
export const aboutWords =
  "about|around|approx|approx\\.|approximately|roughly|circa|ca|ca\\.|near|close to|~|≈|±|etwa|ungefahr|rund|zirka|gut und gerne|knapp uber|um die|alrededor de|aproximadamente|cerca de|unos|unas|sobre|environ|autour de|a peu pres|pres de|quelque|intorno a|attorno a|approssimativamente|all'incirca|quasi|por volta de|aproximadamente|uns|umas|ongeveer|rond|rond de|zo'n|yaklasik|yaklasik olarak|asagi yukari|civarinda|大约|约|大概|左右|约为";
/** "over", "more than": the number is rounded down. */
export const overWords =
  "over|more than|just over|a little over|slightly over|at least|>|≥|>=|uber|mehr als|gut|etwas uber|knapp uber|mas de|por encima de|algo mas de|plus de|un peu plus de|au-dessus de|piu di|oltre|poco piu di|mais de|acima de|pouco mais de|meer dan|ruim|iets meer dan|boven|超过|多于|高于";
/** "almost", "nearly": the number is rounded up. */
export const underWords =
  "under|less than|below|just under|almost|nearly|at most|up to|<|≤|<=|unter|weniger als|fast|knapp|beinahe|bis zu|menos de|casi|por debajo de|moins de|presque|un peu moins de|meno di|quasi|sotto|poco meno di|quase|abaixo de|minder dan|bijna|net geen|onder|neredeyse|不到|近|将近|接近|低于|少于";

/** "3 days ago": before or after the number and its unit. */
export const agoBefore = /(?:\bvor|\bhace|\bil y a|\bha|\bfaz)\s*(?:about |circa |etwa |ca\.? )?$/;
export const agoAfter = /^\s*(?:ago|earlier|zuvor|fa\b|atras|geleden|once|前|之前)/;

/** What a statistic is called, in words of an answer and in names of fields. */
export const roles: readonly (readonly [role: string, words: RegExp])[] = [
  [
    "average",
    /averag|\bmean\b|\bavg|typical|usual|\bø|durchschnitt|im schnitt|im mittel|mittelwert|mittlere|promedio|\bmedia\b|\bmedio\b|moyen|mediamente|medie\b|mediano|mediana|median|gemiddeld|ortalama|medyan|平均|中位/,
  ],
  [
    "lowest",
    /lowest|minim|(?<!\d ?)\bmin\b(?!\/)|least|shortest|smallest|slowest|\blow of|\blow\b|niedrigst|tiefst|kurzest|kleinst|geringst|mas bajo|mas baja|menor|mas corta|plus bas|plus basse|plus court|plus faible|piu bass|piu cort|mais baix|mais curt|laagst|kortst|en dusuk|en kisa|en az|最低|最少|最短|最小/,
  ],
  [
    "highest",
    /highest|maxim|\bmax\b|the most\b|longest|largest|biggest|\bpeak|fastest|\bhigh of|hochst|langst|grosst|grost|spitz|mas alto|mas alta|mayor|mas larga|maximo|plus haut|plus elev|plus long|plus grand|pic\b|piu alt|piu lung|picco|mais alt|mais long|maior|pico|hoogst|langst|en yuksek|en uzun|en fazla|en cok|最高|最多|最长|最大/,
  ],
  [
    "latest",
    /latest|newest|most recent|recent|\blast\b|current|\bnow\b|today|neueste|letzte|aktuell|jungst|zuletzt|heute|ultim|reciente|actual|\bhoy\b|dernier|derniere|actuel|recent|aujourd|attual|recent|oggi|\batual|\bhoje|laatste|meest recente|huidig|vandaag|son (?:olcum|deger|sonuc)|guncel|bugun|最近|最新|当前|目前|今天/,
  ],
  [
    "total",
    /total|altogether|in all|\bsum\b|combined|together|insgesamt|gesamt|zusammen|summe|en total|\bsuma|au total|en tout|\bsomme\b|totale|complessiv|in tutto|\bsoma\b|\bin totaal|samen|toplam|总|合计|共/,
  ],
];

/** What a night or a pressure is made of: a value of one is not a value of the other. */
export const topics: readonly (readonly [topic: string, words: RegExp])[] = [
  ["deep", /\bdeep|tief(?:e|en|er)?\s?schlaf|\btiefschlaf|profond|profund|\bdiepe|\bderin|深睡|深度/],
  ["rem", /\brem\b|paradox|traumschlaf|droomslaap|sogno|快速眼动/],
  ["light", /\blight|leicht\w* schlaf|leichtschlaf|\bleger|\bligero|\bleve\b|leggero|lichte slaap|\bhafif|浅睡|浅度/],
  ["awake", /\bawake|\bwach|despiert|eveill|sveglio|acordad|wakker|uyanik|清醒/],
  ["nap", /\bnap|nickerchen|mittagsschlaf|siesta|sieste|pisolin|soneca|dutje|sekerleme|小睡|午睡/],
  ["systolic", /systol|sistol|收缩压|sistolik|buyuk tansiyon/],
  ["diastolic", /diastol|舒张压|diyastol/],
];

/** A difference is said only with one of these, or with a sign before the number. */
export const changeWords =
  /(?<![a-z])(?:acima|abaixo|por encima|por debajo|au-dessus|en dessous|sopra|sotto|boven|onder|ustunde|altinda|uber|unter|differ|chang|more|less|higher|lower|fewer|longer|shorter|faster|slower|above|below|rose|rise|risen|fell|fall|drop|declin|decreas|increas|\bup\b|\bdown\b|gain|lost|lose|improv|worse|grew|grow|reduc|compared|\bby\b|unterschied|differenz|mehr|weniger|hoher|niedriger|langer|kurzer|gestiegen|stieg|gefallen|fiel|gesunken|sank|\bum\b|zugenommen|abgenommen|zunahme|abnahme|anstieg|ruckgang|veranderung|diferencia|\bmas\b|menos|subi|baj|aument|disminu|descend|increment|reduj|cambi|difference|\bplus\b|moins|hausse|baisse|augment|diminu|\bperdu|ecart|differenz|\bpiu\b|\bmeno\b|salit|sces|cal(?:o|at)|diferenca|\bmais\b|\bmenos\b|subiu|caiu|queda|diminui|reduz|aumento|verschil|\bmeer\b|minder|gestegen|gedaald|hoger|lager|toename|afname|fark|artt|artis|azal|dustu|dusus|yuksel|daha)|差|比|增|减|升|降|多|少|高出|低于|下降|上升/;

/** The value that is said has fallen, or is negative. */
export const fallWords =
  /(?<![a-z])(?:drop|fell|fall|declin|decreas|lower|down|less|fewer|negativ|minus|below|lost|loss|reduc|shorter|inverse|gesunken|gefallen|sank|fiel|niedriger|weniger|abgenommen|abnahme|ruckgang|unter|kurzer|baj|disminu|descend|menos|reduj|inferior|baisse|diminu|moins|perdu|inferieur|dimin|calat|calo|sces|meno|inferiore|queda|caiu|reduz|abaixo|gedaald|afname|minder|lager|azal|dus|daha az|dusuk)|降|减|少|低|负/;

/** Words that join a day with a stretch before or after it: "before 14 March" is no date of a value. */
export const stretchWords =
  /(?:\b(?:before|after|since|until|till|from|to|through|between|by|vor|nach|seit|bis|von|ab|zwischen|zum|antes d\w+|despues d\w+|desde|hasta|entre|avant|apres|depuis|jusqu\w*|du|au|prima d\w+|dopo|dal|dall|dall'|al|fino a\w*|antes de|depois de|ate|voor|na|sinds|tot|van|vanaf|tussen|once|sonra|beri|kadar)\b|自|从|至|到|在此之前|-)\s*(?:the |dem |den |zum |el |le |il |o |de )?$/;

/** Day words and how many days from today they lie. */
export const relativeDays: readonly (readonly [words: RegExp, days: number])[] = [
  [
    /\btoday\b|\bheute\b|\bhoy\b|aujourd'?hui|\boggi\b|\bhoje\b|\bvandaag\b|\bbugun\b|今天|今日|今早|this morning|last night|heute nacht|letzte nacht|anoche|cette nuit|la nuit derniere|stanotte|ieri notte|noite passada|afgelopen nacht|vannacht|dun gece|昨晚|昨夜/,
    0,
  ],
  [
    /\byesterday\b|(?<!vor)\bgestern\b|\bayer\b|(?<!avant-)\bhier\b|\bieri\b|\bontem\b|\bgisteren\b|\bdun\b|昨天|昨日|last night|anoche|letzte nacht|昨晚/,
    -1,
  ],
  [
    /day before yesterday|\bvorgestern\b|\banteayer\b|avant-hier|l'altro ieri|\banteontem\b|\beergisteren\b|evvelsi gun|onceki gun|前天|the day before\b|\btag davor|\bvortag|dia anterior|\bla veille|giorno prima|dag ervoor|前一天/,
    -2,
  ],
];

/** Monday first, as `(day + 6) % 7` counts. */
export const weekdays: readonly RegExp[] = [
  /\bmonday|\bmontag|\blunes\b|\blundi\b|\blunedi\b|segunda-feira|\bmaandag|\bpazartesi|星期一|周一/,
  /\btuesday|\bdienstag|\bmartes\b|\bmardi\b|\bmartedi\b|terca-feira|\bdinsdag|\bsali\b|星期二|周二/,
  /\bwednesday|\bmittwoch|\bmiercoles\b|\bmercredi\b|\bmercoledi\b|quarta-feira|\bwoensdag|\bcarsamba|星期三|周三/,
  /\bthursday|\bdonnerstag|\bjueves\b|\bjeudi\b|\bgiovedi\b|quinta-feira|\bdonderdag|\bpersembe|星期四|周四/,
  /\bfriday|\bfreitag|\bviernes\b|\bvendredi\b|\bvenerdi\b|sexta-feira|\bvrijdag|\bcuma\b|星期五|周五/,
  /\bsaturday|\bsamstag|\bsonnabend|\bsabado\b|\bsamedi\b|\bsabato\b|\bzaterdag|\bcumartesi|星期六|周六/,
  /\bsunday|\bsonntag|\bdomingo\b|\bdimanche\b|\bdomenica\b|\bzondag|\bpazar\b|星期日|星期天|周日/,
];

/** Number words; 1 is an article in most of these languages, so it is left out. */
export const numberWords: readonly (readonly [value: number, words: string])[] = [
  [2, "two|zwei|dos|deux|due|dois|duas|twee|iki|两|二"],
  [3, "three|drei|tres|trois|tre|drie|uc|三"],
  [4, "four|vier|cuatro|quatre|quattro|quatro|dort|四"],
  [5, "five|funf|cinco|cinq|cinque|vijf|bes|五"],
  [6, "six|sechs|seis|sei|zes|alti|六"],
  [7, "seven|sieben|siete|sept|sette|sete|zeven|yedi|七"],
  [8, "eight|acht|ocho|huit|otto|oito|sekiz|八"],
  [9, "nine|neun|nueve|neuf|nove|negen|dokuz|九"],
  [10, "ten|zehn|diez|dix|dieci|dez|tien|十"],
  [11, "eleven|elf|once|onze|undici|on bir"],
  [12, "twelve|zwolf|doce|douze|dodici|doze|twaalf|on iki|十二"],
  [14, "fourteen|vierzehn|catorce|quatorze|quattordici|catorze|veertien|on dort"],
  [15, "fifteen|funfzehn|quince|quinze|quindici|vijftien|on bes"],
  [20, "twenty|zwanzig|veinte|vingt|venti|vinte|twintig|yirmi|二十"],
  [30, "thirty|dreisig|treinta|trente|trenta|trinta|dertig|otuz|三十"],
];
