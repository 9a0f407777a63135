/**
 * Reference ranges as printed: "70-100", "[70;100]", "de 70 à 100", "< 5", "bis 5", "M: 13-17 F: 12-15".
 *
 * The text is always kept; limits are given only where the print leaves one reading.
 */
import { type DecimalMark, NUMBER, readNumber } from "./printed_number.ts";

export type Comparator = "<" | "<=" | ">" | ">=" | "~";

export interface PrintedRange {
  readonly min: number | null;
  readonly max: number | null;
}

const SIGNED = `[+-]?${NUMBER}`;
/** Between two limits. Words need blanks around them; a dash does not. */
const BETWEEN =
  "(?: ?(?:-{1,2}|[–—−~÷…]|\\.{2,3}|;) ?| (?:to|à|a|bis|until|hasta|e|et|and|und|y|até|ate|tot|ile|t/m) |(?<=\\d) ?[àa] ?(?=\\d)|至|到)";
const UPPER_WORDS =
  "(?:up ?to|bis|jusqu['’]?[àa]|hasta|fino a|ate|até|tot|unter|kleiner|less than|below|menor(?: o igual (?:que|a)| ou igual a| que| de| a)?|" +
  "(?:igual o(?:u)? )?inferior(?: o(?:u)? igual)? a|inferiore a|inf\\.?(?: [àa])?|inf[ée]rieure?(?: ou [ée]gale?)? [àa]|minder dan|max\\.?|maximal|moins de|menos de|meno di|小于|低于|küçük)";
const LOWER_WORDS =
  "(?:über|ueber|größer|groesser|greater than|more than|above|ma[yi]or(?: o igual (?:que|a)| ou igual a| que| de| a)?|(?:igual o(?:u)? )?superior(?: o(?:u)? igual)? a|superiore a|" +
  "sup\\.?(?: [àa])?|sup[ée]rieure?(?: ou [ée]gale?)? [àa]|meer dan|min\\.?|mind\\.?|mindestens|ab|plus de|más de|mas de|mais de|più di|piu di|at least|大于|高于|büyük)";
/** "<", "≤", "> OR =", "<=": the sign laboratories print, blanks included. */
export const COMPARATOR_SIGN = "(?:< ?(?:OR|or) ?=|> ?(?:OR|or) ?=|< ?=|> ?=|=<|=>|[<>≤≥⩽⩾＜＞≦≧])";

const TWO_SIDED = new RegExp(
  `^(?:(?:de|da|von|van|entre|between|zwischen|tra|from|desde) )?(${SIGNED})${BETWEEN}(${SIGNED})$`,
  "iu",
);
const SIGN_SIDED = new RegExp(`^(${COMPARATOR_SIGN}) ?(${SIGNED})$`, "u");
const UPPER_SIDED = new RegExp(`^${UPPER_WORDS} ?(${SIGNED})$`, "iu");
const LOWER_SIDED = new RegExp(`^${LOWER_WORDS} ?(${SIGNED})$`, "iu");
const BOTH_SIGNED = new RegExp(`^(?:>=?|≥) ?(${SIGNED}) ?(?:[-–,;/]|and|und|et|y|e)? ?(?:<=?|≤) ?(${SIGNED})$`, "iu");

/** One comparator for every way of printing it; null when the text is none. */
export function readComparator(text: string): Comparator | null {
  const bare = text.replace(/\s+/g, "").toLowerCase();
  if (/^(?:<or=|<=|=<|≤|⩽|≦)$/.test(bare)) return "<=";
  if (/^(?:>or=|>=|=>|≥|⩾|≧)$/.test(bare)) return ">=";
  if (/^[<＜]$/.test(bare)) return "<";
  if (/^[>＞]$/.test(bare)) return ">";
  if (/^(?:~|≈|ca\.?|circa)$/.test(bare)) return "~";
  return null;
}

/**
 * The limits a text prints, or null when it prints no range at all.
 *
 * A falling pair ("19-9", a LOINC code) is no range. Labels ("N:", "VR:", "Ref.") and the unit behind it must be cut
 * off by the caller or stand in `RANGE_LABEL` form.
 */
export function readRange(text: string, mark: DecimalMark): PrintedRange | null {
  const bare = text.replace(/[\t ]+/g, " ").trim()
    .replace(/^[([{]\s*|\s*[)\]}]$/g, "").replace(RANGE_LABEL, "").replace(/^[([{]\s*|\s*[)\]}]$/g, "").replace(
      /[.,;]$/,
      "",
    ).trim();
  const two = TWO_SIDED.exec(bare);
  if (two !== null) {
    const [min, max] = [readNumber(two[1] ?? "", mark), readNumber(two[2] ?? "", mark)];
    return min === null || max === null || min > max ? null : { min, max };
  }
  const both = BOTH_SIGNED.exec(bare);
  if (both !== null) {
    const [min, max] = [readNumber(both[1] ?? "", mark), readNumber(both[2] ?? "", mark)];
    return min === null || max === null || min > max ? null : { min, max };
  }
  const signed = SIGN_SIDED.exec(bare);
  if (signed !== null) {
    const limit = readNumber(signed[2] ?? "", mark);
    if (limit === null) return null;
    return readComparator(signed[1] ?? "")?.startsWith("<") ? { min: null, max: limit } : { min: limit, max: null };
  }
  const upper = UPPER_SIDED.exec(bare);
  if (upper !== null) return { min: null, max: readNumber(upper[1] ?? "", mark) };
  const lower = LOWER_SIDED.exec(bare);
  if (lower !== null) return { min: readNumber(lower[1] ?? "", mark), max: null };
  return null;
}

/** What stands before a range to say that it is one. */
export const RANGE_LABEL =
  /^(?:(?:N|VN|VR|V\.R\.|[Vv]\.? ?[nr]|Ref|Réf|Rif|REF|Norm(?:e|al)?|Normal range|Reference(?: range| interval)?|Referenz(?:bereich)?|Valeurs? de référence|Valor(?:es)? de refer[eê]ncia|Valori di riferimento|V\.N\.|Valeurs usuelles|Reference values?|Referans(?: aralığı)?|Ref\.? ?waarden|Range|Intervallo|参考值|参考区间|参考范围) ?[:.]+ ?|(?:(?:[Hh]ealthy|[Nn]ormal|[Oo]ptimal|[Ii]deal|[Uu]sual|[Ss]tandard|[Ee]xpected|[Rr]eference|[Dd]esired) (?:range|interval|values?)|[Rr]if\.|[Rr]éf\.?|[Rr]ef\.?) (?=[<>≤≥]? ?\d))/u;

const RANGE_START = new RegExp(
  `(?:(?:de|da|von|van|entre|between|zwischen|tra|from|desde) )?[+-]?${NUMBER}${BETWEEN}[+-]?${NUMBER}(?![\\d]|[.,]\\d)`,
  "iuy",
);
const ONE_SIDED_WORDS = new RegExp(`(?:${UPPER_WORDS}|${LOWER_WORDS}) ?${NUMBER}(?![\\d]|[.,]\\d)`, "iuy");

/** Length of the two-sided range that starts at `from`, without its brackets; 0 when none does. */
export function rangeLength(text: string, from: number, mark: DecimalMark): number {
  RANGE_START.lastIndex = from;
  const found = RANGE_START.exec(text)?.[0];
  if (found === undefined) return 0;
  return readRange(found, mark) === null ? 0 : found.length;
}

/** Length of a one-sided range in words ("bis 5", "up to 200") that starts at `from`; 0 when none does. */
export function wordedLimitLength(text: string, from: number): number {
  ONE_SIDED_WORDS.lastIndex = from;
  return ONE_SIDED_WORDS.exec(text)?.[0].length ?? 0;
}
