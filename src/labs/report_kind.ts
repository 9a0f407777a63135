/**
 * Whether a document is a laboratory's report at all: bills, labels of food, prescriptions and notes about a visit hold
 * names, numbers and units in tables too.
 *
 * Decided by how many different words of each kind stand on the pages; in doubt it is a report.
 */
import { foldCase } from "./printed_flag.ts";
import { namesAPerson } from "./report_person.ts";

const LABORATORY =
  /\b(?:lab(?:or(?:ator\w*|befund|werte|bericht)?)?|patholog\w*|laboratoire|analyses? (?:medicales?|clinic\w*)|diagnost\w*|specimens?|samples? (?:type|collected|received)|collected|collection date|fasting|reference (?:range|interval|value)s?|ref\.? (?:range|interval)|referenz\w*|normbereich|normalwerte|valeurs? (?:de reference|usuelles?)|intervalle\w* de reference|valore?s? (?:de referencia|di riferimento)|referentiewaarden|referans\w*|ha?ematolog\w*|biochem\w*|biochim\w*|bioquimic\w*|chemistry|klinische chemie|chimica clinica|h?emogram\w*|blutbild|blood count|emocromo|hemograma|serolog\w*|immunolog\w*|urinalysis|urin\w*status|serum|plasma|soro|suero|siero|entnahme\w*|probe\w*|preleve\w*|prelevement|prelievo|extraccion|muestra|coleta|colheita|afname\w*|bepaling\w*|uitslag\w*|untersuchung|befund|esame|esami|examen\w*|exame\w*|prueba|determinacion|tetkik|numune|tahlil|hemoglobin\w*|haemoglobin\w*|hamoglobin|emoglobina|hemoglobina|leu[ck]o[ck]yt\w*|leucocit\w*|globuli|creatinin\w*|kreatinin\w*|cholesterol|cholesterin|colesterol\w*|tsh|hba1c|ferritin\w*)\b|检验|标本|参考(?:值|范围|区间)|采样|血清|化验/g;

const OTHERS: readonly RegExp[] = [
  // Bills and accounts.
  /\b(?:invoice|rechnung\w*|facture|factura|fattura|fatura|factuur|iban|bic|swift|mwst|ust|umsatzsteuer|vat|tva|iva|btw|kdv|subtotal|zwischensumme|gesamtbetrag|total due|amount due|amount payable|balance due|saldo|kontoauszug|bank statement|account statement|releve de compte|estratto conto|verwendungszweck|buchung\w*|einzelpreis|unit price|prix unitaire|precio|prezzo|preis|betrag|montant|importe|importo|qty|quantity|menge|quantite|cantidad|abschlag|kwh|zahlerstand|grundpreis|arbeitspreis|payment|zahlbar|summe|eur|apotheke|pharmacie|quittung|kassenbon|scontrino|charge|adjustment)\b|[€$£] ?\d|\d ?[€$£]/g,
  // Food.
  /\b(?:nutrition\w*|nahrwert\w*|valeurs nutritionnelles|informacion nutricional|valori nutrizionali|voedingswaarde|kcal|kj|per portion|per serving|servings?|serves|portion\w*|saturates|carbohydrates?|kohlenhydrate|supplement facts|dietary supplement|daily value|nutrients?|%\s?dv|per container|best before|net wt|haltbar bis|nahrungserganzung\w*|complement alimentaire|complemento alimenticio|integratore alimentare|ingredients?|zutaten|ingredientes|preheat|bake|oven|tbsp|tsp|flour|butter|sugar|zucker|mehl|fat|energy|brennwert)\b/g,
  // Prescriptions and plans of medication.
  /\b(?:prescription|rezept|ordonnance|receta|ricetta|recept|medikationsplan|wirkstoff|starke|stuck|tabl|kaps|filmtabl\w*|einnahme|morgens|mittags|abends|handelsname|darreichungsform|principio activo|principe actif|principio attivo|matin|midi|soir|manana|noche|mattina|sera|ochtend|avond|sabah|aksam|medication list|tablets?|tabletten|comprimes?|comprimidos?|compresse|capsules?|kapseln|gelules?|capsulas|inhaler|doses?|dosage|dosierung|posologie|twice daily|once daily|daily|taglich|par jour|al dia|as needed|refills?|strength|drug|units at night)\b|\b\d-\d-\d(?:-\d)?\b/g,
  // Curves and scales: heart, lungs, body, training.
  /\b(?:ecg|ekg|electrocardiogra\w*|elektrokardio\w*|pr interval|qrs|qt|qtc|sinus rhythm|spirometr\w*|lungenfunktion\w*|lung function|fvc|fev1|pef|soll|echocardiogra\w*|echokardio\w*|ecocardio\w*|lvef|lvedd|tapse|la volume|aort\w*|valves?|biplane|effusion|body (?:fat|composition)|korperfett|muscle mass|muskelmasse|visceral|metabolic rate|bone density|knochendichte|densitomet\w*|dxa|dexa|t-score|audiogram\w*|vo2max|training|workout|distance|calories|steps|sleep score|hrv|average heart rate|weight|bmi|heart rate)\b/g,
  // Water and soil.
  /\b(?:trinkwasser\w*|drinking water|wasserharte|gesamtharte|water hardness|nitra(?:t|te|to)s?|grenzwerte?|stadtwerke|wasserwerk|abwasser|soil|bodenprobe|eau (?:potable|du robinet|distribuee)|controle sanitaire|qualite de l.eau|water quality|calidad del agua|conductivit\w*|turbidit\w*|coliform\w*|pesticid\w*|trubung|leitfahigkeit|agua potable|acqua potabile|water supply)\b/g,
  // Pictures of the inside, letters, and what a ward measures.
  /\b(?:ct|mrt|mri|mrt|x-?ray|rontgen\w*|radiolog\w*|ultrasound|sonograph\w*|echographie|ecografia|echokardiograph\w*|scanner|kontrastmittel|contrast|slice thickness|schichtdicke|dlp|ctdi\w*|kv|mas|lymphknoten|leber|milz|niere|aorta|lv|ejection)\b/g,
  /\b(?:vital signs?|vitalparameter|blood pressure|blutdruck|tension arterielle|presion arterial|pressione arteriosa|heart rate|pulse|puls|herzfrequenz|frequence cardiaque|respiratory rate|atemfrequenz|temperature|temperatur|oxygen saturation|spo2|weight|gewicht|height|bmi|mmhg|bpm)\b/g,
];

/** Three of these prove a study: its tests and units are those of a laboratory, its numbers are nobody's. */
const STUDY =
  /\b(?:p[- ]values?|p-wert|valeur p|means?|median\w*|iqr|sd|standard deviation|standardabweichung|ecart[- ]type|placebo|participants?|teilnehmer|patients inclus|baseline|cohort|kohorte|cohorte|randomi[sz]ed|randomisiert|confidence intervals?|95 ?% ?(?:ci|ki|ic)|odds ratio|hazard ratio|n ?= ?\d+|supplementary|eligib\w*|inclusion|exclusion|doi)\b/g;

/** A label of food says how much energy stands in how much of it. */
const FOOD_PORTION =
  /\b(?:per|pro|je|pour|por|par|pr|auf)\b.{0,12}\b\d+ ?(?:g|ml)\b|\b(?:serving size|per serving|pro portion)\b/;
const FOOD_ENERGY = /\b(?:kj|kcal|calories|kalorien)\b|\d(?:kj|kcal)\b/;

/** Two of one kind are enough where no person is named: what was examined is a water, a soil, a control. */
const OF_NOBODY: readonly RegExp[] = [
  /\b(?:waters?|well|tap|borehole|pool|sampling point|sampling site|field|farm|garden|soil|organic matter|topsoil|manure|compost|sludge|effluent|sewage|feed|acqua|acque|punto di (?:prelievo|campionamento)|rapporto di prova|d\.? ?lgs\.?|suolo|terreno|fontana|pozzo|wasser|trinkwasser\w*|brunnen\w*|entnahmestelle|probenahmestelle|boden\w*|humus|hartegrad|trinkwv|eau|puits|point de prelevement|sol|limites? de qualite|agua|pozo|suelo|punto de (?:muestreo|toma)|aquarium|nitra(?:t|te|to|ti|tos)s?|nitri(?:t|te|to|ti|tos)s?|hardness|turbidity|conductivit\w*|coliform\w*|legionella)\b/g,
  /\b(?:quality control|internal control|qualitatskontroll\w*|controle de qualite|control de calidad|controllo (?:di )?qualita|calibrat\w*|kalibr\w*|etalonnage|calibracion|controls?|kontrollmaterial|lot|chargen?|batch|level \d|westgard|target|sollwert|z-score|cv|recovery|certificate of analysis|assigned value|proficiency|ringversuch)\b/g,
  /\b(?:client|customer|kunde|auftraggeber|cliente|klant|wein\w*|wine\w*|vin|vino|vinho|bier|beer|milch\w*|milk|lait|latte|leche|honig|honey|miel|miele|most|must|juice|saft|meat|fleisch|product|produkt|lebensmittel|foodstuff|weingut|winery|dairy|% ?vol)(?!\p{L})/gu,
  /\b(?:quiz|case (?:of the month|study|studies|report|\d+)|answers?|questions?|tutor|students?|learning|courses?|next step|fallbeispiel\w*|kasuistik|lernziel\w*|kurs|cas cliniques?|caso clinico|casi clinici|preguntas?|respuestas?|domande|risposte|vragen|antwoorden)\b/g,
];

/** "140 mmol/l | 135 - 145": a concentration and the range beside it. */
const CONCENTRATION = /(?:^|[\s\d])[\p{L}µμ%\d^*.]{1,8}\/ ?(?:[mdµμuncf]?l|l|min|h)\b/iu;
const LIMITS = /\d ?[-–~] ?\d|[<>≤≥] ?\d/;
const SAMPLE =
  /\b(?:collect\w*|drawn|samples?|specimens?|entnahme\w*|blutentnahme|abnahme\w*|probe\w*|prelev\w*|prelievo|extraccion|muestra|coleta|colheita|afname\w*|numune|provtagning\w*|prov|prove\w*|pobrani\w*|odber\w*)\b|采样|标本/;
/** So many such rows of a person are results, whatever else the paper tells: letters list medicines too. */
const ENOUGH_ROWS = 3;

/** True for a row with a concentration and limits beside it, which only results have. */
export function isRangedRow(text: string): boolean {
  return CONCENTRATION.test(text) && LIMITS.test(text);
}

/** False where the words of another kind of paper outweigh those of a laboratory. */
export function isLaboratoryReport(texts: Iterable<string>): boolean {
  let text = "";
  let ranged = 0;
  for (const line of texts) {
    text += ` ${line}`;
    if (isRangedRow(line)) ranged++;
    if (text.length > 30_000) break;
  }
  const folded = foldCase(text.replace(/\t/g, " "));
  const person = namesAPerson(folded);
  const measured = person && ranged >= ENOUGH_ROWS;
  if (measured && SAMPLE.test(folded)) return true;
  if (differentWords(folded, STUDY) >= 3) return false;
  if (FOOD_PORTION.test(folded) && FOOD_ENERGY.test(folded)) return false;
  if (measured) return true;
  if (!person && OF_NOBODY.some((kind) => differentWords(folded, kind) >= 2)) return false;
  const laboratory = differentWords(folded, LABORATORY);
  return !OTHERS.some((other) => {
    const words = differentWords(folded, other);
    return words >= 3 && words > 1.5 * laboratory;
  });
}

function differentWords(text: string, pattern: RegExp): number {
  return new Set([...text.matchAll(pattern)].map((match) => match[0].replace(/\d/g, ""))).size;
}
