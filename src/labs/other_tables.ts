/**
 * Tables beside or instead of results: doses of medicines, prices, tubes, limits, controls, trials, labels of food.
 *
 * A title row tells them: it names what only such tables hold, and nowhere a result.
 */
import { foldCase, readFlag } from "./printed_flag.ts";
import { isUnit } from "./printed_unit.ts";
import { isResultInWords, ROLE_OF_TITLE } from "./printed_words.ts";
import type { Row } from "./report_layout.ts";

/** Whole titles, folded, brackets and full stops aside. */
const OTHER_TITLES = new Set((
  "drug|drugs|drug name|medication|medications|medicine|active substance|active ingredient|wirkstoff|handelsname|medikament|arzneimittel|medicament|medicaments|medicamento|farmaco|principe actif|principio activo|principio attivo|geneesmiddel|ilac|dose|doses|dosis|dosierung|einzeldosis|posologie|posologia|dosering|doz|frequency|freq|frequence|frecuencia|frequenza|haufigkeit|einnahme|route|strength|starke|darreichungsform|refills|mo|mi|ab|morgens|mittags|abends|药品名称|剂量|用法|" +
  "price|prices|list price|unit price|preis|einzelpreis|prix|precio|prezzo|preco|prijs|fiyat|tutar|ucret|fee|fees|cost|costs|charge|charges|amount|betrag|montant|importe|importo|tarif|tarifa|tariffa|gebuhr|faktor|cpt|goa|ebm|hcpcs|cotation|nabm|billed|amount billed|allowed|plan paid|you owe|your share|qty|quantity|anzahl|quantite|cantidad|quantita|adet|单价|金额|数量|价格|收费|" +
  "tube|tubes|tube type|container|rohrchen|tubo|provetta|contenant|buis|action|actions|massnahme|massnahmen|dose change|dose adjustment|weekly dose change|accion|conducta|azione|conduite a tenir|min volume|minimum volume|sample volume|volume required|stability|stabilitat|stabilite|estabilidad|stabilita|turnaround|turnaround time|tat|room temperature|raumtemperatur|refrigerated|frozen|transport|preparation|采集管|" +
  "low|high|low limit|high limit|critical low|critical high|low critical|high critical|panic low|panic high|minimum|maximum|alarm low|alarm high|call if below|call if above|" +
  "sd|1 sd|2 sd|z|z-score|t-score|cv|cv %|bias|bias %|mean|lot|lot no|level|assigned value|target value|recovery|recovery %|" +
  "soll|ist|% soll|predicted|pred|% pred|% predicted|lln|bmd|placebo|p|p value|p-value|p-wert|valeur p|valor p|odds ratio|hazard ratio|95% ci|controls|cases|" +
  "per serving|per portion|pro portion|je portion|par portion|por porcion|per porzione|% dv|%dv|% daily value|daily value|% rda|% nrv|nrv|% ar|% vnr|% ar*|% nrv*|sph|cyl|axis|add"
).split("|"));

/** "pour 100 g", "per 150 ml pot", "Placebo (n = 205)", "2-8 °C", "mean (SD)". */
const OTHER_SHAPES =
  /^(?:per|pro|je|pour|por|par|pr|auf)\b.{0,12}\b\d+ ?(?:g|ml)\b|\(n ?= ?\d+\)|^[-+]?\d+(?: ?[-–] ?\d+)? ?°c$|^(?:mean|median) ?[([±]/;

/** Of two columns of limits, one for either sex. */
const SEXES = new Set(
  ("homme|hommes|femme|femmes|men|women|male|female|males|females|manner|frauen|mann|frau|hombre|hombres|mujer|mujeres|varon|uomo|uomini|donna|donne|homem|homens|mulher|mulheres|mannen|vrouwen|man|vrouw|erkek|kadin|男性|女性")
    .split("|"),
);

/** True for the titles of a table of what is usual in men and in women, without a column of results. */
export function isTableOfLimits(row: Row): boolean {
  const cells = row.text.split("\t").map((cell) => plain(foldCase(cell).trim()));
  return cells.length < 8 && cells.filter((cell) => SEXES.has(cell)).length >= 2 &&
    !cells.some((cell) => ROLE_OF_TITLE.get(cell) === "result");
}

/**
 * True for a row of words that could be titles of a table that is not known here; the titles above it are not its own.
 */
export function headsAnotherTable(row: Row): boolean {
  const cells = row.text.split("\t").map((cell) => cell.trim());
  return cells.length >= 4 &&
    cells.every((cell) =>
      /^\p{Lu}[\p{L} .]{1,20}$/u.test(cell) && !isResultInWords(cell) && readFlag(cell) === null && !isUnit(cell)
    );
}

/** True for the titles of a table that holds no results. */
export function isOtherTable(row: Row): boolean {
  if (row.text.length > 240) return false;
  const cells = row.text.split("\t").map((cell) => foldCase(cell).trim()).filter((cell) => cell !== "");
  if (cells.length < 2 || cells.some((cell) => cell.length > 40 || isAmount(cell))) return false;
  const roles = cells.map((cell) => ROLE_OF_TITLE.get(plain(cell)));
  const others = cells.filter(isOtherTitle).length;
  // "Low | Normal | High" beside ranges grade results.
  if (roles.includes("range") && cells.includes("normal") && (cells.includes("low") || cells.includes("high"))) {
    return false;
  }
  if (others >= 3) return true;
  if (roles.includes("result")) return false;
  return others >= 2 || (others === 1 && (roles.includes("name") || roles.includes("unit")));
}

function isOtherTitle(cell: string): boolean {
  return OTHER_TITLES.has(plain(cell)) || OTHER_TITLES.has(cell) || OTHER_SHAPES.test(cell);
}

/** "5.9 %" beside "High" is a result, not a title. */
function isAmount(cell: string): boolean {
  return /^[<>≤≥=]* ?[-+]?\d/.test(cell) && !isOtherTitle(cell);
}

/** "Price €", "Preis (EUR)", "Qty." without what follows. */
function plain(cell: string): string {
  return cell.replace(/ ?[([].*$/, "").replace(/ (?:€|\$|£|eur|usd|gbp|chf)$/, "").replace(/[.:*]+$/, "").trim();
}
