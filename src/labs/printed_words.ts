/**
 * Words laboratories print around results, in nine languages: column titles, labels that never name a test, grades of
 * interpretive tables, and results in words. All entries are folded (lower case, no accents).
 *
 * There is no list of tests here: a name may be anything that is not one of these.
 */
import { foldCase } from "./printed_flag.ts";

export type ColumnRole = "name" | "result" | "unit" | "range" | "flag" | "previous" | "other";

const TITLES: Readonly<Record<ColumnRole, string>> = {
  name:
    "test|tests|test name|name of test|test description|description|analyte|analytes|analysis|analyse|analysen|analyses|" +
    "untersuchung|untersuchungen|parameter|parametro|parametros|parametri|messgrosse|kenngrosse|bezeichnung|leistung|prueba|" +
    "pruebas|determinacion|determinaciones|estudio|analito|analitos|exam|exams|examen|examens|esame|esami|exame|exames|prestazione|" +
    "descrizione|determinazione|determinacao|bepaling|bepalingen|onderzoek|tetkik|tetkik adi|tahlil|tahlil adi|test adi|" +
    "islem adi|islem|parametre|parametreler|investigation|investigations|component|assay|laboratory test|lab test|test parameter|" +
    "test parameters|parameters|antibiotic|antibiotics|antibiotikum|antibiotika|antibiotique|antibiotiques|antibiotico|antibioticos|antibiotici|antibioticum|antibiyotik|analyt|component name|study|studies|descripcion|descricao|libelle|analisi|onderzoeken|test naam|tetkikler|analisis|dosage|dosages|test(s)|particulars|项目|检验项目|检测项目|项目名称|检查项目|中文名称|分析项目|名称",
  result:
    "result|results|test result|value|values|ergebnis|ergebnisse|wert|werte|messwert|resultat|resultats|resultado|" +
    "resultados|valor|valores|risultato|risultati|valore|valori|esito|uitslag|uitslagen|resultaat|resultaten|waarde|sonuc|" +
    "sonuclar|sonucu|deger|olculen deger|observed value|observed values|patient value|your value|your result|measured value|in range|" +
    "out of range|current result|current|resultado obtenido|resultat obtenu|messergebnis|current value|present value|present result|today|mic|cmi|mhk|m.i.c.|patient result|your values|resultat du jour|resultats du jour|obtained value|result value|结果|检验结果|检测结果|测定结果|测试结果|aktuell|aktueller wert|actual|actuel|actuelle|attuale|atual|huidig|guncel|" +
    "resultat actuel|resultado actual|valeur|valeurs|in-range|out-of-range|normal result|abnormal result|findings|finding",
  unit:
    "unit|units|einheit|einheiten|unite|unites|unidad|unidades|unita|unita di misura|unidade|eenheid|eenheden|birim|birimi|" +
    "单位|uom|u.m.|um|u. m.|unit of measure|unit(s)|units of measure|unid|unid.|uds|uds.|ud.|unidades de medida|unite de mesure|masseinheit|si unit|si units|birimler|dimension|einh.|dim.|udm",
  range:
    "reference|references|reference range|reference ranges|reference interval|reference intervals|reference value|" +
    "reference values|ref range|ref. range|ref|ref.|ref interval|ref. interval|ref. value|ref. values|bio. ref. interval|bio ref interval|bio. ref. range|" +
    "biological reference interval|biological ref. interval|biological reference range|biological ref interval|biological ref. range|normal range|normal ranges|" +
    "normal value|normal values|interval|intervalo|intervalle|intervallo|intervall|target range|target|desired range|optimal range|therapeutic range|lower limit|upper limit|lower|upper|min|max|min.|max.|untergrenze|obergrenze|limite inferior|limite superior|lim. inf.|lim. sup.|limite inf.|limite sup.|limite inferieure|limite superieure|borne inf.|borne sup.|limite inferiore|limite superiore|limite minimo|limite massimo|valor minimo|valor maximo|ondergrens|bovengrens|unterer grenzwert|oberer grenzwert|lower ref|upper ref|ref low|ref high|range low|range high|lower range|upper range|lower reference limit|upper reference limit|reference low|reference high|alt limit|ust limit|alt sinir|ust sinir|standard range|standard reference range|expected values|expected result|expected results|expected|valeur attendue|resultado esperado|valor esperado|valore atteso|erwartetes ergebnis|expected range|limits|reference limits|range|referenzbereich|referenzbereiche|" +
    "referenz|referenzwert|referenzwerte|referenzintervall|ref.-bereich|ref-bereich|ref.bereich|normbereich|normbereiche|" +
    "normalbereich|normalwert|normalwerte|normwert|normwerte|norm|sollwert|zielbereich|richtwert|valeur de reference|" +
    "valeurs de reference|valeurs ref|valeurs de ref.|valeurs usuelles|valeurs normales|valeurs attendues|intervalle de reference|" +
    "intervalles de reference|normes|norme|normales|valores de referencia|valor de referencia|valores referencia|" +
    "valores normales|valores normais|rango de referencia|rangos de referencia|rango|intervalo de referencia|" +
    "intervalos de referencia|intervalo biologico de referencia|v.r.|v. ref.|v.ref.|vr|valores ref.|" +
    "valori di riferimento|valori normali|valore di riferimento|intervallo di riferimento|intervalli di riferimento|" +
    "int. riferimento|riferimento|rif.|referentiewaarde|referentiewaarden|referentie|referentie-interval|normaalwaarden|" +
    "ref.waarden|ref. waarden|referans|referans araligi|referans araliklari|referans degeri|referans degerleri|normal deger|" +
    "normal degerler|参考区间|参考范围|参考值|正常值|正常范围|参考值范围|valores de ref.",
  flag:
    "flag|flags|status|abn|abnormal|interpretation|interpretacion|interpretazione|bewertung|h/l|kennung|indicator|" +
    "markierung|durum|提示|标志|+/-|-/+|kennz.|alert|abnormal flag|result flag|interpr.|sir|s/i/r|r/i/s|状态|异常|auffalligkeit|flg|interp|interp.|interpret.|susceptibility|bewert.|beurteilung|sensibilite|sensibilidad|sensibilita|sensibilidade|gevoeligheid|duyarlilik|estado|estatus|situacion|stato|etat|situacao|durumu|beoordeling",
  previous:
    "previous|previous result|previous results|previous value|previous result and date|prior|prior result|prior value|previous values|prev|prev.|prev. result|last|last value|last results|resultado ant.|antecedente|antecedentes|precedenti risultati|onceki deger|onceki degerler|vorige waarde|vorige uitslagen|" +
    "vorwert|vorwerte|vorbefund|vorbefunde|vorergebnis|letzter wert|anteriorite|anteriorites|anterieur|anterieurs|" +
    "resultat anterieur|resultats anterieurs|resultats anterieures|valeur anterieure|valeurs anterieures|anterior|anteriores|previo|" +
    "resultado anterior|resultados anteriores|valor anterior|precedente|precedenti|risultato precedente|risultati precedenti|" +
    "valore precedente|vorige|vorige uitslag|onceki|onceki sonuc|onceki sonuclar|上次结果|历史结果|history|last result|historico",
  other:
    "method|methods|methode|metodo|metodica|metot|yontem|方法|检测方法|检验方法|specimen|specimen type|sample|sample type|material|" +
    "untersuchtes material|muestra|campione|amostra|materiaal|ornek|lab|labor|laboratory|externes labor|code|codigo|codice|" +
    "loinc|loinc code|id|time|uhrzeit|heure|hora|ora|saat|request no|request no.|lab no|lab no.|lab ref|代号|英文|英文名称|英文缩写|缩写|代码|no|no.|nr|nr.|sl|s.no|s.no.|sl no|sl. no.|序号|#|date|datum|fecha|data|tarih|comment|" +
    "comments|kommentar|kommentare|bemerkung|bemerkungen|remark|remarks|commentaire|commentaires|comentario|" +
    "observaciones|technique|tecnica|technik|prelevement|nature echantillon|probeneingang|note|notes|hinweis|hinweise|" +
    "final|verified|validated|analyzer|instrument|grafik|graph|chart|trend|verlauf|accred.|acc.|performed|perf. lab",
};

const FILLERS = new Set([
  "and",
  "in",
  "of",
  "y",
  "et",
  "und",
  "the",
  "e",
  "/",
  "&",
  "-",
  "no",
  "with",
  "su",
  "de",
  "la",
  "du",
]);

export const ROLE_OF_TITLE: ReadonlyMap<string, ColumnRole> = new Map(
  (Object.entries(TITLES) as [ColumnRole, string][]).flatMap(([role, titles]) =>
    titles.split("|").map((title): [string, ColumnRole] => [title, role])
  ),
);

/** True when a text is the title of a column. */
export function isTitle(text: string): boolean {
  return ROLE_OF_TITLE.has(foldCase(text)) && !isResultInWords(text);
}

export function isTitleFiller(word: string): boolean {
  return FILLERS.has(word);
}

/** Labels of the administrative part of a report; a "name" that begins with one of these is no test. */
const NEVER_BEGINS = new RegExp(
  "^(?:" + [
    "patient\\w*|paciente|paziente|hasta|nombre|apellidos?|cognome|name|vorname|nachname|nom|prenom|prenom\\(s\\)|adi soyadi|soyad\\w*",
    "date of birth|birth|dob|born|geboren|geb|geburts\\w*|ne\\(e\\)|nee? le|nato|nata il|nacimiento|nascita|nascimento|geboorte\\w*|dogum",
    "age|alter|edad|idade|leeftijd|gender|geschlecht|geslacht|cinsiyet|sexe|sexo|sesso",
    "address|adresse|adres|direccion|indirizzo|endereco|domicile|domicilio|street|rue|avenue|strasse|via|calle|batiment|plz",
    "phone|telephone|telefone?|telefono|tel|mobile?|fax|handy|e-?mail|mail|courriel|web|www|https?|contact|kontakt|travail|urgence|messagerie",
    "page|pagina|seite|sayfa|blatt|date|datum|fecha|tarih|uhrzeit",
    "ids?|ident\\w*|mrn|nhs|ssn|ipp|matricule|nss|npi|clia|kundennummer|barcode|code barre|barkod|protokol\\w*|accession|requisition|auftrag\\w*|dossier|demande|petition|peticion|solicitud|historia|nummer|number|numero|reg|registration|licen[cs]e|version|invoice|account|policy|insurance|versicher\\w*|krankenkasse|receipt|sample (?:id|no)|lab (?:id|no)|report (?:id|no)|uhid|material-id",
    "doctor|dr|dott|dra|docteur|medecin|arzt|arztin|medico|physician|ordering|referring|referred|ref\\.? by|einsender|prescri\\w+|preleveur|preleve|signed|signature|validated|verified|approved|reviewed|validado|validiert|freigegeben|firmado|hekim|onaylayan|uzman|evenement\\w*|prise en charge|acte|auteur",
    "collected|collection|received|reported|printed|registered|sample (?:collected|received|taken|date|type)|specimen (?:collected|received|date|id)|probenentnahme|probeneingang|entnahme\\w*|eingang\\w*|befunddatum|druckdatum|abnahme\\w*|prelevement|edite|imprime|valide|enregistre|extraccion|recepcion|emision|impresion|finalizacion|prelievo|accettazione|stampa|referto del|coleta|emissao|impressao|afname|ontvangen|numune|istem|rapor|onay",
    "laborator\\w*|laboratoire|laboratoires|hospital|hopital|krankenhaus|klinik|clinic|clinique|clinica|praxis|organisation|procedencia",
    "note|notes|nota|hinweis\\w*|kommentar|comment\\w*|commentaire|comentario|commento|opmerking|aciklama|remark\\w*|interpretation|interpretacion|interpretazione|beurteilung|conclusion|conclusione|disclaimer|method|methode|metodo|yontem|technique|tecnica|equipment|reference (?:range|interval|value|group|categor)\\w*|referenzbereich\\w*|valeurs? (?:de reference|usuelles?)|valores? de referencia|valori di riferimento|bio\\.? ref\\w*|report status|total (?:pages|amount)|price|amount|discount|zielkorridor\\w*|zielbereich\\w*|zielwert\\w*|target|goal|objetivo\\w*|cap-klassen?|objectif\\w*|seuil\\w*",
    "(?:specimen|sample) volume|batch|operator|shift|lot (?:no|nr|number)|kosten|costs?|prix|costo|preis|reparto|habitacion|sensitivity|specificity|sensitivitat|spezifitat|sensibilite|specificite|end of report|ende des befund\\w*|fin (?:du|de|del)|eta(?= \\d)|yas(?= \\d)|convenio|colegiado|carta|tessera",
    "weight|height|gewicht|korpergrosse|poids|taille|peso(?! spec| espec)|altura|talla|altezza|estatura|kilo|bmi|lmp|gestational age",
    "temp|temperature?|temperatur|temperatura|fi?o2(?: ?\\(i\\))?",
    "namn|navn|fodd|fodt|provtagning\\w*|pacjent\\w*|data pobrania",
    "姓名?|性\\s*别?|年\\s*龄?|科\\s*室?|床\\s*号?|病历号?|病\\s*区|样本\\w*|标本\\w*|条形码\\w*|送检\\w*|临床诊断|采样\\w*|接收\\w*|报告\\w*|打印\\w*|检验者|审核者|备\\s*注?|注|电话|地址|第\\d+页|共\\d+页",
  ].join("|") + ")(?![\\p{L}\\d])",
  "u",
);
/** How and from what a result was found; folded. */
export const METHOD_LINE =
  /^(?:methods?|methode|metodo|metodica|metot|yontem|technique|tecnica|technik|technology|equipment|material|specimen|sample type|muestra|amostra|方法)\b ?:?/;

/** Labels only when nothing else stands beside them: "Sex" is one, "Sex hormone binding globulin" is not. */
const NEVER_ALONE =
  /^(?:sex|eta|yas|time|hora|heure|ora|saat|data|fasting|nuchtern|a jeun|status|ad[ií]?|naam|no|nr|n[°º]|order|lot|city|str|bill|bed|ward|room|visit|token|unit|lab|labor|service|device|source|quelle|gerat|analyzer|result|results|total|type|grosse|born|probe|sample|specimen|echantillon|muestra|campione|amostra|monster|ref|reg|state|zip|country|land|pays|pais)$/;
/** A street and its number, a post code and its town. */
const ADDRESS =
  /^\d+,? (?:bis |ter )?(?:rue|av\b|avenue|bd|boulevard|chemin|place|street|road|calle|via|main)|\b(?:street|road|avenue|strasse|straße|plaza|suite|floor|p\.? ?o\.? box)\b/;

const GRADES = new Set((
  "desirable optimal optimum near above below ideal borderline very high low higher lower normal abnormal elevated increased decreased deficiency deficient " +
  "insufficiency insufficient sufficiency sufficient toxic toxicity potential adequate inadequate severe severely moderate moderately mild mildly risk average " +
  "target goal therapeutic subtherapeutic non-diabetic nondiabetic non pre prediabetes pre-diabetes prediabetic diabetes diabetic diabetics good poor fair control impaired controlled " +
  "uncontrolled positive negative equivocal indeterminate reactive non-reactive nonreactive male males female females men man women woman boys girls child children adult adults newborn newborns infant " +
  "infants neonate neonates pregnant pregnancy non-pregnant trimester first second third follicular luteal ovulation ovulatory mid-cycle midcycle postmenopausal post-menopausal " +
  "premenopausal menopause smoker smokers non-smoker non-smokers years year months month days day yrs up to less than more greater from over under age aged level levels range limit value values phase peak " +
  "manner frauen mann frau kinder erwachsene sauglinge neugeborene schwangere schwangerschaft zielwert zielwerte ziel grenzwertig erhoht erniedrigt mangel ausreichend niedrig hoch sehr leicht schwer massig follikelphase " +
  "hohes hoher hohe niedriges niedriger niedrige geringes geringer geringe moderates massiges massig massige mittleres mittlerer mittlere erhohtes normales stark schwach deutlich zielkorridor zielbereich stadium klasse klassen trimenon woche wochen ssw mois semaine semaines trimestre trimestres stade classe eleves moderee semana semanas estadio clase riesgos settimana settimane stadio classe weeks week stage class category group goal goals intoxication possible likely unlikely " +
  "lutealphase ovulationsphase postmenopause pramenopause raucher nichtraucher jahre monate tage uber unter bis ab mannlich weiblich risiko " +
  "homme hommes femme femmes enfant enfants adulte adultes nouveau-ne nouveau-nes souhaitable carence insuffisance suffisance eleve bas haut risque faible modere grossesse folliculaire luteale ans mois jours " +
  "hombre hombres mujer mujeres varon varones nino ninos adulto adultos deseable limitrofe limite optimo deficiencia insuficiencia suficiencia riesgo embarazo anos fase folicular lutea " +
  "uomini donne uomo donna bambini adulti desiderabile carenza insufficienza sufficienza ottimale rischio gravidanza anni maschi femmine follicolare " +
  "homens mulheres homem mulher criancas desejavel alto alta bajo baja baixo basso elevado elevato muito molto muy mannen vrouwen volwassenen jaar " +
  "erkek erkekler kadin kadinlar cocuk cocuklar eriskin yetiskin yuksek dusuk sinirda eksiklik yetersizlik yas " +
  "男 女 男性 女性 成人 儿童 正常 偏高 偏低"
).split(" "));
const GRADE_FILLER =
  /^(?:of|de|the|and|or|und|oder|ou|et|y|o|e|ed|im|in|for|la|le|\d+(?:st|nd|rd|th|er|e|\.)?|[<>≤≥=:,/()&+*-]+|[mfhwvkde]|i{1,3}|[<>≤≥]?[\d.,]+(?:-[\d.,]+)?|-|–)$/;

/** True when a printed name is the title of a column: "Resultado anterior: 5,3" is nobody's result. */
export function isColumnTitle(name: string): boolean {
  const role = ROLE_OF_TITLE.get(foldCase(name).replace(/[\s.:…]+$/, ""));
  return role === "previous" || role === "result" || role === "range" || role === "unit";
}

/** True when a printed name is a label of the form around the results, not of a test. */
export function isNeverATest(name: string): boolean {
  const folded = foldCase(name).replace(/^[^\p{L}\d]+/u, "").replace(/^(?:n[°º]|n[ro]\.) ?(?=\p{L})/u, "");
  if (/^(?:\p{L}+ ){0,2}(?:date|datum|fecha|tarihi?)(?!\p{L})/u.test(folded)) return true;
  return NEVER_BEGINS.test(folded) || NEVER_ALONE.test(folded.replace(/[\s:.]+$/, "")) || ADDRESS.test(folded);
}

/** True when a printed name says only how a value is graded or whom a range is for, as in "Desirable: < 200". */
export function isGrade(name: string): boolean {
  const words = foldCase(name).split(/[\s:,;()[\]/]+/).filter((word) => word.length > 0);
  return words.some((word) => GRADES.has(word)) && words.every((word) => GRADES.has(word) || GRADE_FILLER.test(word));
}

const NOT_DONE = new RegExp(
  "^(?:" + [
    "tnp|dnr|qns|n/?a|np|test not performed|not (?:performed|done|tested|calculated|measured|reported|applicable|available|estimated|requested)|unable to (?:report|calculate|perform)",
    "see (?:comments?|notes?|below|report)|cancell?ed|rejected|invalid specimen|unsuitable|clotted|h?aemoly[sz]ed|hemoly[sz]ed|insufficient(?: (?:sample|specimen|quantity|material))?|no specimen(?: received)?|duplicate",
    "nicht (?:durchgefuhrt|bestimmbar|messbar|auswertbar|gemessen|berechenbar)|entfallt|storniert|hamolytisch|siehe (?:kommentar|text|unten|bemerkung|befund)|s\\. (?:kommentar|text|u\\.)|kein material|material fehlt",
    "non (?:realise|effectue|dosable|mesurable|calculable|interpretable|pervenuto|eseguit[oa]|calcolabile|dosabile)|annule|voir (?:commentaire|note|conclusion)|hemolyse|(?:vedi|vedere) (?:nota|commento)|annullato|campione (?:insufficiente|emolizzato)",
    "no (?:realizad[oa]|procede|calculable|valorable)|anulad[oa]|ver (?:comentario|nota|observac\\p{L}+)|(?:muestra|material) (?:insuficiente|hemolizada)|nao (?:realizado|calculado)|cancelado|amostra hemolisada|niet (?:uitgevoerd|bepaald)|zie (?:opmerking|toelichting)|calisilmadi|iptal",
    "未做|溶血|见备注|标本不合格",
  ].join("|") + ")[.!]?$",
  "u",
);

/** True when a text says that there is no result: "test not performed", "hämolytisch", "ver comentario". */
export function isNotDone(text: string): boolean {
  const folded = foldCase(text).replace(/^[\s*(["']+|[\s*)\]"']+$/g, "");
  return folded.length <= 48 && NOT_DONE.test(folded);
}

const RESULT_IN_WORDS = new RegExp(
  "^(?:" + [
    "(?:schwach |weakly |faiblement |debilmente |debolmente )?(?:positi[vf]\\w{0,2}|pozitif)|negati[vf]\\w{0,2}|(?:nega|posi)tie(?:f|ve)|neg\\.?|pos\\.?|(?:non[- ]?|not )?(?:detected|reactive|detectable|seen|present|isolated)|none(?: seen| detected)?|nil|scant[ys]?|profuse|nad|absent\\w?|absence|presence|present[ei]?|assent[ei]|ausentes?|presentes?|ausencia|presencia|no (?:growth|se observan?|detectado|reactivo|reactive|detecta)|reactivo|nicht (?:nachweisbar|nachgewiesen|reaktiv)|nachweisbar|nachgewiesen|reaktiv|keine?|non (?:detecte|reactif|retrouve|decele|rilevat[oi]|reattivo|presenti)|nao (?:reagente|detectado)|reagente|niet aantoonbaar|aantoonbaar|yok|var|gorulmedi|saptanmadi|nonreactif|indeterminate|equivocal|grenzwertig|invalid|borderline",
    "normal\\w?|normale[sn]?|complet[aeo]|incomplet[aeo]|abnormal|anormal|trace\\w?|traces|spuren?|indicios|tracce|sporen|eser|few|rare|moderate|many|occasional|numerous|plenty|vereinzelt|massenhaft|reichlich|massig|quelques|nombreux|nombreuses|rares?|escas[oa]s?|abundantes?|rar[ie]|scars[io]|numeros[ie]",
    "yellow|pale yellow|light yellow|straw|amber|colou?rless|clear|cloudy|turbid|hazy|slightly (?:cloudy|hazy|turbid)|ligeramente turbi[oa]|legerement trouble|leggermente torbido|ligeiramente turvo|levemente turvo|licht troebel|hafif bulanik|gelb|hellgelb|klar|trub|leicht trub|jaune(?: \\w+)?|clair|limpide|trouble|louche|paille|amarill[oa](?: \\w+)?|transparente|turbi[oa]|giallo(?: \\w+)?|paglierino|limpido|torbido|amarelo(?: \\w+)?|limpid[oa]|turvo|geel|helder|troebel|sari|berrak|bulanik|acidic|alkaline",
    "阴性|阳性|弱阳性|未检出|正常|无|有|少量|黄色|淡黄色|清|清亮|混浊|浑浊|\\([+-]\\)|\\(\\+/-\\)|\\d?\\+{1,4}|\\+\\d|\\+/-|±",
    "folgt|wert folgt|pending|en cours|in arbeit|in lavorazione|pendiente|blood group [abo]{1,2}|(?:a|b|ab|o|0)(?: ?rh)?(?: ?d)?[ +-]*(?:positiv\\w?|negativ\\w?|pos|neg)\\.?",
  ].join("|") + ")$",
  "u",
);

/** True when a text is a result by itself: "negativ", "1+", "not detected", "klar". */
export function isResultInWords(text: string): boolean {
  const folded = foldCase(text).replace(/[.;,]$/, "");
  return folded.length <= 32 && RESULT_IN_WORDS.test(folded);
}
