import type { DecimalMark } from "./printed_number.ts";
import { NUMBER } from "./printed_number.ts";
import { foldCase } from "./printed_flag.ts";
import { type RangeLimits, readLimits } from "./range_limits.ts";

/**
 * Ranges that a report prints for several kinds of people: "M: 13-17 F: 12-15", "Männer < 50, Frauen < 35",
 * "> 18 Jahre: 0-5". Only what the report itself prints is chosen from, and only where everything printed is understood.
 */

export interface Person {
  readonly sex: "female" | "male" | null;
  /** In years on the day of the sample; null when it is not known. */
  readonly age: number | null;
}

interface Label {
  readonly sex?: "female" | "male";
  /** In years, `from` included and `to` not. */
  readonly age?: { readonly from: number; readonly to: number };
}

interface Variant extends Label {
  readonly limits: RangeLimits;
}

const male =
  "males?|men|man|manner|mann|mannlich|hommes?|masculin|hombres?|varon(?:es)?|masculino|uomini|uomo|maschi(?:o|le)?|homens?|mannen|mannelijk|erkek|男性?|♂";
const female =
  "females?|women|woman|frauen|frau|weiblich|femmes?|feminin|mujer(?:es)?|femenino|donne|donna|femmin[ae]|femminile|mulher(?:es)?|feminino|vrouwen|vrouwelijk|kadin|女性?|♀";
const adult = "adults?|erwachsene[rn]?|adultes?|adultos?|adulti|adulto|volwassenen?|yetiskin(?:ler)?|成人";
const child = "child(?:ren)?|kind(?:er|eren)?|enfants?|ninos?|bambini|criancas?|cocuk(?:lar)?|儿童";
const years = "years?|yrs?|y|jahren?|j|ans?|anos?|anni|jaar|yas|yil|岁";
const months = "months?|mos?|monaten?|mois|meses|mesi|maanden|ay|个?月";
const days = "days?|tagen?|jours?|dias|giorni|dagen|gun|天";
const count = "\\d{1,3}(?:[.,]\\d)?";
const sign = "<=|>=|[<>≤≥]|uber|ueber|unter|over|under|above|below|ab|bis|up to|from|plus de|moins de|desde|hasta";
const range =
  `(?:(?:<=|>=|[<>≤≥]) ?${NUMBER}|(?:bis|up to|jusqu['’]?a|hasta|fino a|ate|tot|unter|less than|inf(?:erieure?)?\\.? a|menor (?:que|de)|über|uber|more than|sup(?:erieure?)?\\.? a) ?${NUMBER}|${NUMBER} ?(?:-{1,2}|[–—−~]| to | a | bis | hasta | tot ) ?${NUMBER})`;

const token = new RegExp(
  [
    `(?<age>(?:(?<sign>${sign}) ?)?(?<from>${count})(?: ?(?:-|–|to|bis|a) ?(?<to>${count}))? ?(?:(?<years>${years})|(?<months>${months})|(?<days>${days}))(?![\\p{L}])\\.?)`,
    `(?<range>(?<![\\d.,])${range}(?![\\d]|[.,]\\d))`,
    `(?<!\\p{L})(?:(?<adult>${adult})|(?<child>${child})|(?<male>${male})|(?<female>${female})|(?<letter>[mfwvhek]))(?![\\p{L}\\d])\\.?`,
  ].join("|"),
  "giu",
);

/** What may stand between labels and ranges without meaning anything. */
const filling = /^(?:[\s,;:/|()[\]=.·•-]|\b(?:and|und|et|y|e|ref|normal|alter|age|edad)\b)*$/iu;

/**
 * The one variant that is this person's, or null: when the text prints no variants, when something in it is not
 * understood, or when it fits none or several. `unit` may be repeated in the text.
 */
export function chooseVariant(
  text: string,
  unit: string | null,
  mark: DecimalMark,
  person: Person,
): RangeLimits | null {
  const variants = readVariants(text, unit, mark);
  if (variants === null) return null;
  const fitting = variants.filter(({ sex, age }) =>
    (sex === undefined || sex === person.sex) &&
    (age === undefined || (person.age !== null && person.age >= age.from && person.age < age.to))
  );
  return fitting.length === 1 ? fitting[0]!.limits : null;
}

/** Every range of the text with whom it is for; null when it is not such a text. */
export function readVariants(text: string, unit: string | null, mark: DecimalMark): Variant[] | null {
  const plain = foldCase(text).replace(/\s+/g, " ");
  const bare = unit === null || unit === "" ? plain : plain.replaceAll(foldCase(unit).replace(/\s+/g, " "), " ");
  const found = [...bare.matchAll(token)];
  const rest = found.reduce((left, match) => left.replace(match[0], " "), bare);
  if (!filling.test(rest)) return null;
  const letters = new Set(found.flatMap((match) => match.groups?.letter ?? []));
  const marks: (Label | RangeLimits)[] = [];
  for (const match of found) {
    const read = match.groups?.range !== undefined
      ? readLimits(match.groups.range, mark)
      : readLabel(match.groups ?? {}, letters);
    if (read === null) return null;
    marks.push(read);
  }
  return together(marks);
}

function readLabel(groups: Record<string, string | undefined>, letters: ReadonlySet<string>): Label | null {
  if (groups.adult !== undefined) return { age: { from: 18, to: 200 } };
  if (groups.child !== undefined) return { age: { from: 0, to: 18 } };
  if (groups.male !== undefined) return { sex: "male" };
  if (groups.female !== undefined) return { sex: "female" };
  if (groups.letter !== undefined) return letterLabel(groups.letter, letters);
  const year = groups.years !== undefined ? 1 : groups.months !== undefined ? 1 / 12 : 1 / 365.25;
  const number = (digits: string) => Number(digits.replace(",", ".")) * year;
  if (groups.from === undefined) return null;
  const from = number(groups.from);
  if (groups.to !== undefined) return { age: { from, to: number(groups.to) + year } };
  switch (groups.sign) {
    case undefined:
      return null;
    case "<":
    case "unter":
    case "under":
    case "below":
    case "moins de":
      return { age: { from: 0, to: from } };
    case "<=":
    case "≤":
    case "bis":
    case "up to":
    case "hasta":
      return { age: { from: 0, to: from + year } };
    case ">":
    case "uber":
    case "ueber":
    case "over":
    case "above":
    case "plus de":
      // "18-60 years, > 60 years": who is 60 is still in the first.
      return { age: { from: from + year, to: 200 } };
    default:
      return { age: { from, to: 200 } };
  }
}

/** M and F, M and W, M and V, H and F, H and M, E and K; one letter alone may mean either. */
function letterLabel(letter: string, letters: ReadonlySet<string>): Label | null {
  const has = (other: string) => letters.has(other);
  if (has("h") && has("m") && letters.size === 2) return { sex: letter === "h" ? "male" : "female" };
  if (has("m") && (has("f") || has("w") || has("v")) && letters.size === 2) {
    return { sex: letter === "m" ? "male" : "female" };
  }
  if (has("h") && has("f") && letters.size === 2) return { sex: letter === "h" ? "male" : "female" };
  if (has("e") && has("k") && letters.size === 2) return { sex: letter === "e" ? "male" : "female" };
  return null;
}

/** Labels stand all before their ranges or all behind them. A sex holds for the ages listed after it. */
function together(marks: readonly (Label | RangeLimits)[]): Variant[] | null {
  const first = marks[0];
  if (first === undefined) return null;
  const ordered = isLimits(first) ? marks.toReversed() : marks;
  const variants: Variant[] = [];
  let labels: Label = {};
  let sex: Label["sex"];
  for (const mark of ordered) {
    if (!isLimits(mark)) {
      if (
        (mark.sex !== undefined && labels.sex !== undefined) || (mark.age !== undefined && labels.age !== undefined)
      ) {
        return null;
      }
      labels = { ...labels, ...mark };
      continue;
    }
    if (labels.sex === undefined && labels.age === undefined) return null;
    const carried = labels.sex ?? (isLimits(first) ? undefined : sex);
    sex = carried;
    variants.push({ ...labels, ...(carried === undefined ? {} : { sex: carried }), limits: mark });
    labels = {};
  }
  return labels.sex === undefined && labels.age === undefined ? variants : null;
}

function isLimits(mark: Label | RangeLimits): mark is RangeLimits {
  return "reference_min" in mark;
}
