import type { Language } from "./language_table.ts";

/**
 * How an answer calls a value high or low and sends somebody to a doctor, in nine languages, and how a notice does. The
 * patterns read text without accents and in small letters. Each notice is understood by the patterns of its own
 * language, so that a notice is never owed twice.
 */

export interface NoticeWords {
  readonly high: RegExp;
  readonly low: RegExp;
  readonly outside: RegExp;
  /** Directly before what it denies. */
  readonly notBefore: RegExp;
  /** Directly behind it. */
  readonly notBehind?: RegExp;
  /** Who or what helps. */
  readonly care: RegExp;
  /** To turn to them. */
  readonly seek: RegExp;
  readonly urgent: RegExp;
  /** A sentence that advises against it. */
  readonly needless: RegExp;
  readonly decimal: "." | ",";
  /** Behind name, value and date of a notice. */
  readonly above: string;
  readonly below: string;
  readonly veryHigh: string;
  readonly veryLow: string;
  readonly emergency: string;
  readonly soon: string;
  /** Where the age is not known. */
  readonly adultLimits: string;
  /** Where the person is a child. */
  readonly childLimits: string;
  readonly stop: string;
  /** Names of what is no laboratory test, by series or symptom. */
  readonly names: Readonly<Record<string, string>>;
}

export const noticeWords: Readonly<Record<Language, NoticeWords>> = {
  en: {
    high: /\b(?:high|elevated|raised|above|exceed\w*|over the)\b/g,
    low: /\b(?:low|below|reduced|deficien\w*|decreased|under the)\b/g,
    outside: /\b(?:outside|out of range|out of the|abnormal)\b/g,
    notBefore: /\b(?:not|no|never|neither|without|isn't|wasn't|aren't|nor)\b[^.;,]{0,20}$/,
    care: /\b(?:doctors?|physicians?|gp|clinicians?|medical|hospital|emergency|911|999|112|ambulance|urgent care)\b/,
    seek: /\b(?:see|contact|call|talk|speak|consult|visit|go|seek|get|ask|discuss|tell|arrange|book)\b/,
    urgent: /\b(?:emergency|immediately|right away|urgent\w*|at once|now|straight away|911|999|112|ambulance)\b/,
    needless:
      /\b(?:no need|not need|n't need|no reason|not necessary|unnecessary|needn't|do not|don't|without|instead of)\b/,
    decimal: ".",
    above: "above the reference range",
    below: "below the reference range",
    veryHigh: "very high",
    veryLow: "very low",
    emergency:
      "Please get medical help right away: call your doctor or the emergency number now, above all if you feel unwell.",
    soon: "Please talk to a doctor about this within a day or two.",
    adultLimits: "Your age is not on record, so limits for adults were used.",
    childLimits: "The limits known here are for adults; only a doctor can say what this means for a child.",
    stop: ". ",
    names: {
      resting_heart_rate: "Resting heart rate",
      oxygen_saturation: "Oxygen saturation",
      respiratory_rate: "Respiratory rate",
      body_temperature: "Body temperature",
      blood_glucose: "Blood glucose",
      blood_pressure_systolic: "Systolic blood pressure",
      blood_pressure_diastolic: "Diastolic blood pressure",
      chest_pain: "Chest pain",
      breathlessness: "Shortness of breath",
      stroke_sign: "A possible sign of a stroke",
      fainting: "Fainting",
      bleeding: "Bleeding",
      suicidal_thoughts: "Suicidal thoughts",
      anaphylaxis: "A severe allergic reaction",
      unnamed: "One value",
    },
  },
  de: {
    high:
      /(?:\bhoch\b|\bhohe[rnms]?\b|\b(?:erhoht|uberhoht)\w*|\boberhalb\b|\buber (?:dem|der|den)\b|\buberschreite\w*|\bubersteigt\b)/g,
    low:
      /(?:\bniedrig\w*|\berniedrigt\w*|\bvermindert\w*|\bunterhalb\b|\bunter (?:dem|der|den)\b|\bunterschreite\w*|\bmangel\b|\bzu tief\b)/g,
    outside: /(?:\bausserhalb\b|\bauffallig\w*|\babweichend\w*)/g,
    notBefore: /\b(?:nicht|kein\w*|weder|noch|ohne|nie)\b[^.;,]{0,20}$/,
    care: /(?:\barzt|\barzte|\barztin|arztlich|\bnotruf|\bnotfall|\bnotaufnahme|\bkrankenhaus|\bklinik|\b112\b)/,
    seek:
      /\b(?:wende\w*|kontaktier\w*|ruf\w*|anruf\w*|such\w*|sprech\w*|sprich|geh\w*|lass\w*|vereinbar\w*|konsultier\w*|aufsuch\w*|hol\w*|melde\w*|besprech\w*|besprich|abklar\w*|frag\w*)\b/,
    urgent: /(?:\bsofort\w*|\bumgehend|\bnotruf|\bnotfall|\bnotaufnahme|\bunverzuglich|\bdringend|\bjetzt\b|\b112\b)/,
    needless:
      /(?:\bnicht notig|\bnicht notwendig|\bunnotig|\bkein\w* (?:arzt|grund|notwendigkeit|anlass)|\bmuss\w* nicht|\bnicht (?:zum|zur) |\bohne )/,
    decimal: ",",
    above: "über dem Referenzbereich",
    below: "unter dem Referenzbereich",
    veryHigh: "sehr hoch",
    veryLow: "sehr niedrig",
    emergency:
      "Bitte holen Sie sofort ärztliche Hilfe: Rufen Sie jetzt Ihren Arzt oder den Notruf an, vor allem wenn Sie sich unwohl fühlen.",
    soon: "Bitte sprechen Sie in den nächsten ein bis zwei Tagen mit einem Arzt darüber.",
    adultLimits: "Ihr Alter ist nicht hinterlegt, daher gelten hier Grenzwerte für Erwachsene.",
    childLimits:
      "Die hier bekannten Grenzwerte gelten für Erwachsene; was das bei einem Kind bedeutet, kann nur ein Arzt sagen.",
    stop: ". ",
    names: {
      resting_heart_rate: "Ruhepuls",
      oxygen_saturation: "Sauerstoffsättigung",
      respiratory_rate: "Atemfrequenz",
      body_temperature: "Körpertemperatur",
      blood_glucose: "Blutzucker",
      blood_pressure_systolic: "Systolischer Blutdruck",
      blood_pressure_diastolic: "Diastolischer Blutdruck",
      chest_pain: "Brustschmerzen",
      breathlessness: "Atemnot",
      stroke_sign: "Ein mögliches Zeichen eines Schlaganfalls",
      fainting: "Ohnmacht",
      bleeding: "Blutung",
      suicidal_thoughts: "Suizidgedanken",
      anaphylaxis: "Eine schwere allergische Reaktion",
      unnamed: "Ein Wert",
    },
  },
  es: {
    high: /\b(?:alt[oa]s?|elevad[oa]s?|por encima|supera\w*|exced\w*|superior)\b/g,
    low: /\b(?:baj[oa]s?|por debajo|reducid[oa]s?|disminuid[oa]s?|inferior)\b/g,
    outside: /\b(?:fuera|anormal\w*)\b/g,
    notBefore: /\b(?:no|ningun\w*|sin|tampoco|nunca|ni)\b[^.;,]{0,20}$/,
    care: /\b(?:medic[oa]s?|urgencias|emergencias?|hospital|112|911)\b/,
    seek: /\b(?:consult\w*|acud\w*|llam\w*|habl\w*|contact\w*|busque|busca|vaya|ve|pid\w*|solicit\w*|pregunt\w*)\b/,
    urgent: /\b(?:inmediat\w*|urgen\w*|emergencias?|ahora|cuanto antes|ya mismo|112|911)\b/,
    needless:
      /\b(?:no (?:es necesario|hace falta|necesita\w*|hay que|hay motivo|acuda|llame|consulte)|innecesari\w*|sin (?:ir|consultar|llamar))\b/,
    decimal: ",",
    above: "por encima del intervalo de referencia",
    below: "por debajo del intervalo de referencia",
    veryHigh: "valor muy alto",
    veryLow: "valor muy bajo",
    emergency:
      "Busque ayuda médica de inmediato: llame ahora a su médico o al número de emergencias, sobre todo si se encuentra mal.",
    soon: "Por favor, hable de esto con un médico en uno o dos días.",
    adultLimits: "Su edad no consta, por lo que se han usado límites para adultos.",
    childLimits: "Los límites conocidos aquí son para adultos; solo un médico puede decir qué significa en un niño.",
    stop: ". ",
    names: {
      resting_heart_rate: "Frecuencia cardíaca en reposo",
      oxygen_saturation: "Saturación de oxígeno",
      respiratory_rate: "Frecuencia respiratoria",
      body_temperature: "Temperatura corporal",
      blood_glucose: "Glucosa en sangre",
      blood_pressure_systolic: "Presión arterial sistólica",
      blood_pressure_diastolic: "Presión arterial diastólica",
      chest_pain: "Dolor de pecho",
      breathlessness: "Falta de aire",
      stroke_sign: "Una posible señal de ictus",
      fainting: "Desmayo",
      bleeding: "Sangrado",
      suicidal_thoughts: "Pensamientos suicidas",
      anaphylaxis: "Una reacción alérgica grave",
      unnamed: "Un valor",
    },
  },
  fr: {
    high: /(?:\beleve\w*|\bhaute?s?\b|\bau-dessus\b|\bsuperieur\w*|\bdepasse\w*)/g,
    low: /(?:\bbas\b|\bbasses?\b|\bfaibles?\b|\bau-dessous\b|\ben dessous\b|\binferieur\w*|\babaisse\w*)/g,
    outside: /(?:\bhors\b|\ben dehors\b|\banorma\w*)/g,
    notBefore: /\b(?:pas|aucun\w*|ni|sans|jamais|non)\b[^.;,]{0,20}$/,
    care: /(?:\bmedecins?\b|\bmedical\w*|\burgences?\b|\bhopital\b|\bsamu\b|\b15\b|\b112\b)/,
    seek:
      /\b(?:consult\w*|appel\w*|contact\w*|parl\w*|rend\w*|demand\w*|voir|voyez|cherch\w*|obten\w*|allez|adress\w*)\b/,
    urgent: /(?:\bimmediat\w*|\burgen\w*|\btout de suite\b|\bsans attendre\b|\bmaintenant\b|\bsamu\b|\b112\b)/,
    needless:
      /(?:\bpas (?:besoin|necessaire|la peine|utile)|\binutile\b|\bn'appel\w*|\bne (?:consultez|contactez|voyez)|\baucun\w* (?:besoin|raison)|\bsans (?:consulter|voir|appeler))/,
    decimal: ",",
    above: "au-dessus de l’intervalle de référence",
    below: "en dessous de l’intervalle de référence",
    veryHigh: "valeur très élevée",
    veryLow: "valeur très basse",
    emergency:
      "Demandez une aide médicale immédiatement : appelez maintenant votre médecin ou le numéro d’urgence, surtout si vous vous sentez mal.",
    soon: "Parlez-en à un médecin d’ici un ou deux jours.",
    adultLimits: "Votre âge n’est pas enregistré ; les limites utilisées sont celles des adultes.",
    childLimits:
      "Les limites connues ici sont celles des adultes ; seul un médecin peut dire ce que cela signifie pour un enfant.",
    stop: ". ",
    names: {
      resting_heart_rate: "Fréquence cardiaque au repos",
      oxygen_saturation: "Saturation en oxygène",
      respiratory_rate: "Fréquence respiratoire",
      body_temperature: "Température corporelle",
      blood_glucose: "Glycémie",
      blood_pressure_systolic: "Pression artérielle systolique",
      blood_pressure_diastolic: "Pression artérielle diastolique",
      chest_pain: "Douleur thoracique",
      breathlessness: "Essoufflement",
      stroke_sign: "Un signe possible d’AVC",
      fainting: "Évanouissement",
      bleeding: "Saignement",
      suicidal_thoughts: "Idées suicidaires",
      anaphylaxis: "Une réaction allergique grave",
      unnamed: "Une valeur",
    },
  },
  it: {
    high: /\b(?:alt[oaie]|elevat[oaie]|sopra|superior[ei]|supera\w*|al di sopra)\b/g,
    low: /\b(?:bass[oaie]|sotto|inferior[ei]|ridott[oaie]|al di sotto)\b/g,
    outside: /\b(?:fuori|anomal[oaie]|al di fuori)\b/g,
    notBefore: /\b(?:non|nessun\w*|senza|ne|mai)\b[^.;,]{0,20}$/,
    care: /\b(?:medic[oaie]|pronto soccorso|emergenz[ae]|ospedale|112|118)\b/,
    seek: /\b(?:consult\w*|chiam\w*|contatt\w*|parl\w*|rivol\w*|vada|vai|chied\w*|cerch\w*|cerca)\b/,
    urgent: /\b(?:immediat\w*|subito|urgen\w*|emergenz[ae]|pronto soccorso|adesso|112|118)\b/,
    needless:
      /\b(?:non (?:serve|occorre|e necessario|c'e bisogno|chiamare|consultare|c'e motivo)|inutile|senza (?:consultare|chiamare|parlare))\b/,
    decimal: ",",
    above: "sopra l’intervallo di riferimento",
    below: "sotto l’intervallo di riferimento",
    veryHigh: "valore molto alto",
    veryLow: "valore molto basso",
    emergency:
      "Cerchi subito assistenza medica: chiami adesso il suo medico o il numero di emergenza, soprattutto se si sente male.",
    soon: "Ne parli con un medico entro uno o due giorni.",
    adultLimits: "La sua età non è registrata, perciò valgono qui i limiti per adulti.",
    childLimits: "I limiti noti qui valgono per adulti; solo un medico può dire che cosa significhi per un bambino.",
    stop: ". ",
    names: {
      resting_heart_rate: "Frequenza cardiaca a riposo",
      oxygen_saturation: "Saturazione di ossigeno",
      respiratory_rate: "Frequenza respiratoria",
      body_temperature: "Temperatura corporea",
      blood_glucose: "Glicemia",
      blood_pressure_systolic: "Pressione sistolica",
      blood_pressure_diastolic: "Pressione diastolica",
      chest_pain: "Dolore al petto",
      breathlessness: "Mancanza di respiro",
      stroke_sign: "Un possibile segno di ictus",
      fainting: "Svenimento",
      bleeding: "Sanguinamento",
      suicidal_thoughts: "Pensieri suicidi",
      anaphylaxis: "Una grave reazione allergica",
      unnamed: "Un valore",
    },
  },
  pt: {
    high: /\b(?:alt[oa]s?|elevad[oa]s?|acima|superior(?:es)?|exced\w*|ultrapassa\w*)\b/g,
    low: /\b(?:baix[oa]s?|abaixo|inferior(?:es)?|reduzid[oa]s?|diminuid[oa]s?)\b/g,
    outside: /\b(?:fora|anorma\w*|alterad[oa]s?)\b/g,
    notBefore: /\b(?:nao|nenhum\w*|sem|nem|nunca)\b[^.;,]{0,20}$/,
    care: /\b(?:medic[oa]s?|urgencias?|emergencias?|hospital|112|192|pronto-socorro)\b/,
    seek: /\b(?:consult\w*|procur\w*|lig\w*|contact\w*|contat\w*|fal[ea]\w*|va|dirij\w*|busque|pec[ao]|pergunt\w*)\b/,
    urgent: /\b(?:imediat\w*|urgen\w*|emergencias?|agora|pronto-socorro|112|192)\b/,
    needless:
      /\b(?:nao (?:e preciso|e necessario|precisa\w*|ha necessidade|ha motivo|procure|ligue|consulte)|desnecessari\w*|sem (?:consultar|ligar|procurar))\b/,
    decimal: ",",
    above: "acima do intervalo de referência",
    below: "abaixo do intervalo de referência",
    veryHigh: "valor muito alto",
    veryLow: "valor muito baixo",
    emergency:
      "Procure ajuda médica imediatamente: ligue agora para o seu médico ou para o número de emergência, sobretudo se não se sentir bem.",
    soon: "Fale sobre isto com um médico dentro de um ou dois dias.",
    adultLimits: "A sua idade não está registada; foram usados limites para adultos.",
    childLimits:
      "Os limites aqui conhecidos são para adultos; só um médico pode dizer o que isto significa numa criança.",
    stop: ". ",
    names: {
      resting_heart_rate: "Frequência cardíaca em repouso",
      oxygen_saturation: "Saturação de oxigénio",
      respiratory_rate: "Frequência respiratória",
      body_temperature: "Temperatura corporal",
      blood_glucose: "Glicose no sangue",
      blood_pressure_systolic: "Pressão arterial sistólica",
      blood_pressure_diastolic: "Pressão arterial diastólica",
      chest_pain: "Dor no peito",
      breathlessness: "Falta de ar",
      stroke_sign: "Um possível sinal de AVC",
      fainting: "Desmaio",
      bleeding: "Sangramento",
      suicidal_thoughts: "Pensamentos suicidas",
      anaphylaxis: "Uma reação alérgica grave",
      unnamed: "Um valor",
    },
  },
  nl: {
    high: /\b(?:hoog|hoge|verhoogde?|boven|overschrijdt)\b/g,
    low: /\b(?:laag|lage|verlaagde?|onder (?:het|de)|beneden)\b/g,
    outside: /\b(?:buiten|afwijkende?)\b/g,
    notBefore: /\b(?:niet|geen|zonder|nooit|noch)\b[^.;,]{0,20}$/,
    care: /\b(?:arts|huisarts|dokter|spoed\w*|ziekenhuis|medische|alarmnummer|112)\b/,
    seek: /\b(?:raadpleeg|neem|bel|ga|bespreek|zoek|praat|contact|vraag|overleg|laat)\b/,
    urgent: /\b(?:onmiddellijk|meteen|direct|spoed\w*|nu|alarmnummer|dringend|112)\b/,
    needless:
      /\b(?:niet nodig|niet (?:naar|bellen)|onnodig|geen (?:arts|dokter|reden|noodzaak)|hoeft\b[^.]*\bniet|zonder)\b/,
    decimal: ",",
    above: "boven het referentiebereik",
    below: "onder het referentiebereik",
    veryHigh: "erg hoog",
    veryLow: "erg laag",
    emergency: "Zoek meteen medische hulp: bel nu uw arts of het alarmnummer, vooral als u zich niet goed voelt.",
    soon: "Bespreek dit binnen een of twee dagen met een arts.",
    adultLimits: "Uw leeftijd is niet bekend, daarom gelden hier grenzen voor volwassenen.",
    childLimits:
      "De grenzen die hier bekend zijn gelden voor volwassenen; alleen een arts kan zeggen wat dit bij een kind betekent.",
    stop: ". ",
    names: {
      resting_heart_rate: "Hartslag in rust",
      oxygen_saturation: "Zuurstofsaturatie",
      respiratory_rate: "Ademhalingsfrequentie",
      body_temperature: "Lichaamstemperatuur",
      blood_glucose: "Bloedglucose",
      blood_pressure_systolic: "Systolische bloeddruk",
      blood_pressure_diastolic: "Diastolische bloeddruk",
      chest_pain: "Pijn op de borst",
      breathlessness: "Kortademigheid",
      stroke_sign: "Een mogelijk teken van een beroerte",
      fainting: "Flauwvallen",
      bleeding: "Bloeding",
      suicidal_thoughts: "Suïcidale gedachten",
      anaphylaxis: "Een ernstige allergische reactie",
      unnamed: "Een waarde",
    },
  },
  tr: {
    high: /\b(?:yuksek\w*|uzerinde\w*|ustunde\w*|asiyor|asmis\w*|artmis\w*)\b/g,
    low: /\b(?:dusuk\w*|altinda\w*|azalmis\w*|eksikli\w*)\b/g,
    outside: /\b(?:disinda\w*|anormal\w*)\b/g,
    notBefore: /\b(?:hic|ne)\b[^.;,]{0,10}$/,
    notBehind: /^[^.;,]{0,14}\b(?:degil\w*|yok)\b/,
    care: /\b(?:doktor\w*|hekim\w*|acil\w*|hastane\w*|tibbi|112)\b/,
    seek: /\b(?:basvur\w*|ara\w*|danis\w*|gorus\w*|gidin|git|konus\w*|alin)\b/,
    urgent: /\b(?:hemen|derhal|acil\w*|simdi|vakit kaybetmeden|112)\b/,
    needless: /\b(?:gerek (?:yok|degil)\w*|gerekmez|gereksiz\w*|gitmeyin|aramayin|danismadan)\b/,
    decimal: ",",
    above: "referans aralığının üzerinde",
    below: "referans aralığının altında",
    veryHigh: "çok yüksek",
    veryLow: "çok düşük",
    emergency:
      "Lütfen hemen tıbbi yardım alın: özellikle kendinizi iyi hissetmiyorsanız şimdi doktorunuzu veya acil numarayı arayın.",
    soon: "Lütfen bir iki gün içinde bunu bir doktorla görüşün.",
    adultLimits: "Yaşınız kayıtlı değil; bu nedenle yetişkinler için sınırlar kullanıldı.",
    childLimits:
      "Burada bilinen sınırlar yetişkinler içindir; bunun bir çocuk için ne anlama geldiğini yalnızca bir doktor söyleyebilir.",
    stop: ". ",
    names: {
      resting_heart_rate: "Dinlenme nabzı",
      oxygen_saturation: "Oksijen satürasyonu",
      respiratory_rate: "Solunum hızı",
      body_temperature: "Vücut sıcaklığı",
      blood_glucose: "Kan şekeri",
      blood_pressure_systolic: "Sistolik kan basıncı",
      blood_pressure_diastolic: "Diyastolik kan basıncı",
      chest_pain: "Göğüs ağrısı",
      breathlessness: "Nefes darlığı",
      stroke_sign: "Olası bir inme belirtisi",
      fainting: "Bayılma",
      bleeding: "Kanama",
      suicidal_thoughts: "İntihar düşünceleri",
      anaphylaxis: "Ağır bir alerjik reaksiyon",
      unnamed: "Bir değer",
    },
  },
  zh: {
    high: /(?:偏高|升高|高于|过高|很高|超过|超出|太高|较高|高值)/g,
    low: /(?:偏低|降低|低于|过低|很低|不足|太低|较低|低值)/g,
    outside: /(?:范围之?外|异常|不正常|不在[^。]{0,6}范围)/g,
    notBefore: /(?:不|没有|未|并非|无)[^。,,]{0,3}$/,
    care: /(?:医生|医院|急诊|就医|就诊|急救|大夫)/,
    seek: /(?:就医|就诊|看医生|咨询|联系|前往|拨打|去医院|告诉|求助)/,
    urgent: /(?:立即|马上|立刻|急诊|急救|现在|120)/,
    needless: /(?:无需|不需要|不必|不用|没必要|没有必要)/,
    decimal: ".",
    above: "高于参考范围",
    below: "低于参考范围",
    veryHigh: "数值很高",
    veryLow: "数值很低",
    emergency: "请立即就医:现在就联系您的医生或拨打急救电话,尤其是在感到不适时。",
    soon: "请在一两天内就此咨询医生。",
    adultLimits: "未记录您的年龄,因此使用的是成人界限。",
    childLimits: "此处的界限适用于成人;对儿童意味着什么,只有医生能判断。",
    stop: "。",
    names: {
      resting_heart_rate: "静息心率",
      oxygen_saturation: "血氧饱和度",
      respiratory_rate: "呼吸频率",
      body_temperature: "体温",
      blood_glucose: "血糖",
      blood_pressure_systolic: "收缩压",
      blood_pressure_diastolic: "舒张压",
      chest_pain: "胸痛",
      breathlessness: "呼吸困难",
      stroke_sign: "可能的中风征兆",
      fainting: "晕厥",
      bleeding: "出血",
      suicidal_thoughts: "自杀念头",
      anaphylaxis: "严重过敏反应",
      unnamed: "一项数值",
    },
  },
};

/** Words with "high" or "low" in them that say nothing about a value. */
export const namesWithHighOrLow = new RegExp(
  [
    "\\b(?:very )?(?:high|low)[- ]density\\b",
    "\\b(?:high|hoch|alta|haute|hoog)[- ]?sensi\\w*",
    "\\b(?:hoher|niedriger|geringer) dichte\\b",
    "\\b(?:alta|baja|baixa|bassa|haute|basse|hoge|lage)[- ](?:densi\\w*|dichtheid)\\b",
    "\\b(?:yuksek|dusuk) (?:yogunluklu|dansiteli)\\b",
    "[高低]密度",
    "高敏",
    "超敏",
  ].join("|"),
  "g",
);
