/**
 * Units as printed: a small grammar (factor, prefix, base, slash) instead of a list, because every laboratory spells
 * "10⁹/L" its own way.
 */

const EXPONENT = "(?:[\\^*]{1,2} ?-?\\d{1,2}|[eE][+]?\\d{1,2}|[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2}|(?:3|6|9|12)(?= ?/ ?[a-zA-Zµμ]))";
/** "x10^9", "10*9", "10E3", "×10⁹", "*10^3", "x E9" */
const FACTOR = `(?:(?:[xX×*·] ?)?10 ?${EXPONENT}|[xX×] ?E\\d{1,2})`;
const SCALE =
  "(?:[Mm]io\\.?|[Mm]ill?\\.?|[Tt]sd\\.?|[Tt]hou|[Mm]illion(?:s|en)?|[Mm]illones|[Mm]iles|[Mm]ilyon|[Bb]in|" +
  "[Ll]akhs?|[Tt]housand|[Cc]ells?|[Zz]ell(?:en)?|[Cc][ée]ll(?:ules)?|[Cc]élulas|copies|[Kk]opien|[GT]pt|Mrd\\.?|K|M|G|T)";
const MICRO = "[µμu]";
const BASE = [
  `(?:m|${MICRO}|mc|n|p|f|c|d|k)?g[rm]?s?`,
  `(?:m|${MICRO}|mc|n|p|f|k)?[Mm][Oo][Ll]e?s?`,
  `(?:m|${MICRO})?[Ee][Qq]`,
  `(?:m|${MICRO}|mc|n|p|k|M)?(?:I\\.?U\\.?|U\\.?I\\.?|I\\.?E\\.?|UE|U|u|IE|E|i\\.?u)`,
  `(?:m|${MICRO}|n)?[Kk]at`,
  `(?:m|${MICRO}|mc|n|p|d|f|c|h)?[lL]`,
  `(?:m|${MICRO}|c|n|d)?m(?:[23²³]|\\^[23])?`,
  `[µμu•][3³]|c\\.?c\\.?|cumm|cmm|mmc|[Cc]u\\.? ?mm`,
  "mm ?Hg|[kK]Pa|m?[oO]sm(?:ol)?|[Mm]osmol",
  "[Ss]ec(?:s|\\.|onds?)?|[Ss]ek(?:\\.|unden)?|seg\\.?|min|mn|[Ss]tde?\\.?|hrs?|h|[Ss]|saat|sn|dk|[Dd]ays?|24h|d|die",
  "(?:[xX]|por|per) ?(?:[Cc]ampo|[HhLl][Pp][Ff])|[Hh][Pp][Ff]|[Ll][Pp][Ff]|[Ff]ields?|[Cc]ampo|[Cc]hamp|GF|[Gg]esichtsfeld|HP|LP",
  "mg%|Vol%|vol%|% of (?:[Tt]otal )?(?:Hgb|Hb|[Hh]a?emoglobin)|%|‰|[Pp]pm|AU|RU|UA|BU|IC|COI|MoM|[Rr]atio|[Ii]ndex|S/CO|s/co|RLU|PFU|CFU|UFC|KBE|GPL|MPL|bpm|U\\.?A\\.?",
  "个|万|亿|秒|分钟|小时",
].join("|");
const DENOMINATOR_NOTE =
  "(?: ?(?:of )?(?:[Kk]rea(?:tinin)?\\.?|[Cc]rea(?:t(?:inine?|inina)?)?\\.?|Hb|HB|[Pp]rot(?:ein)?\\.?))?";
const PER = `(?: ?/ ?(?:1[.,]73 ?m?[\\^*]?[²2]?|BSA|${SCALE}|\\d{1,3} ?(?:${BASE})|${BASE})${DENOMINATOR_NOTE})`;
/** Recognised pictures print "/l" as one of these; they are kept as read. */
const LITRE_MISREAD = "(?:(?:m|[µμu]|n|p|k)?(?:g|mol|UI|IU|U|[Ee]q)/[I1!|])";
const END = "(?![\\p{L}\\d])";

const UNIT = new RegExp(
  `(?:${LITRE_MISREAD}|${FACTOR}(?: ?[*·.]? ?(?:${SCALE}|${BASE}))?${PER}*|${SCALE}${PER}+|(?:${BASE})${PER}*|${PER}+|${FACTOR})${END}`,
  "uy",
);
/** Alone these are initials, flags or names far more often than units. */
const NOT_ALONE = /^(?:[KMGTELSIHDsdAuU]|IC|GF|HP|LP|IE|[CcKk]g?|die|AU|RU|UA|BU)$/;
const NEEDS_NUMBER = /^(?:[KMGTELSHsdulhm]|min|mn|dk|sn|cells?|[Cc]ampo|d)$/;

/**
 * Length of the unit that starts at `from`, 0 when none does.
 *
 * `afterNumber` allows the short ones ("h", "U") that mean something else when they stand alone.
 */
export function unitLength(text: string, from: number, afterNumber: boolean): number {
  UNIT.lastIndex = from;
  const found = UNIT.exec(text)?.[0];
  if (found === undefined) return 0;
  if (!afterNumber && (NOT_ALONE.test(found) || NEEDS_NUMBER.test(found))) return 0;
  // "10⁶/µL" is recognised as "10 %/µL"; a share of a volume is no unit.
  if (/^[%‰] ?\//.test(found)) return 0;
  // "L" and "H" after a value are flags; litres and hours are not printed so.
  if (/^[LHSAMKGTEI]$/.test(found)) return 0;
  return found.length;
}

/** True when the whole text is one unit; what stands in a unit column may be short. */
export function isUnit(text: string): boolean {
  const bare = text.trim().replace(/^[([]\s*|\s*[)\]]$/g, "");
  return bare.length > 0 && unitLength(bare, 0, true) === bare.length;
}

const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/**
 * One spelling for units that mean the same print: for comparing, never for display.
 *
 * "x10⁹/L", "10*9/l" and "10^9/L" become "10*9/l"; "µ", "μ", "mc" become "u".
 */
export function normalUnit(text: string): string {
  return text.trim()
    .replace(/[⁰¹²³⁴⁵⁶⁷⁸⁹]/g, (digit) => String(SUPERSCRIPTS.indexOf(digit)))
    .replace(/[µμ•]/g, "u")
    .replace(/^mc(?=g|mol|l|kat|u)/i, "u")
    .replace(/\s+/g, "")
    .replace(/\/[I1!|]$/, "/l")
    .replace(/^[x×*·](?=10)/i, "")
    .replace(/^10(?:\^|\*|e\+?)?(3|6|9|12)(?=\/|$)/i, "10*$1")
    .replace(/^[x×]e(3|6|9|12)(?=\/|$)/i, "10*$1")
    .replace(/^[([]|[)\]]$/g, "")
    .toLowerCase();
}
