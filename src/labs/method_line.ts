/**
 * How a result was found, printed in a line of its own below the name: "ECLIA", "Hexokinase - Cobas", "Sérum - Turbidimétrie".
 *
 * Such lines look like the second line of a name. Told by the words of laboratory methods, or by smaller print.
 */
import { foldCase } from "./printed_flag.ts";
import { METHOD_LINE } from "./printed_words.ts";

/** Folded beginnings of words; each names a principle, a reagent or a maker and never a test by itself. */
const PRINCIPLES = new RegExp(
  "(?:^|[^\\p{L}])(?:" + [
    "e?clia|ecl|cmia|cleia|elfa|elisa|eia|ria|irma|meia|fia|fpia|lc-?ms(?:/ms)?|gc-?ms|icp-?ms|hplc|ce-hplc|maldi\\p{L}*|naat|rt-?pcr",
    "ise|potentiometr\\p{L}*|potenciometr\\p{L}*|(?:in)?direct(?:a|e|o)? ise|ion[- ]selectiv\\p{L}*|ionenselektiv\\p{L}*",
    "(?:spektral|spectro|espectro|spettro)?[pf]h?oto?metr\\p{L}*|[ck]olou?rimetr\\p{L}*|turbidimetr\\p{L}*|turbidimetrisch|nephelometr\\p{L}*|nefelometr\\p{L}*|reflectometr\\p{L}*",
    "(?:elektro|electro|elettro)?(?:chemi|chimi|quimi|kemi|chemo)?l[uü]min\\p{L}*",
    "immuno(?:assay|turbid\\p{L}*|chem\\p{L}*|chrom\\p{L}*|nephel\\p{L}*|metri\\p{L}*)|inmuno\\p{L}*|imunoturbid\\p{L}*|imunoensaio|immun[ao]?[- ]?turbid\\p{L}*|immunometr\\p{L}*|immunodosage",
    "enzym(?:atisch|atique|atic|-?immun\\p{L}*)|enzimatic\\p{L}*|enzimatik|kinetic\\p{L}*|kinetisch|cinetic\\p{L}*|cinetique",
    "hexokinase|hexoquinase|hexoquinasa|esochinasi|heksokinaz|god-?pap|gpo-?pap|chod-?pap|cho-?pod|god-?pod|gpo-?pod|urease(?:[- ]?gldh)?|ureasa|uricase|uricasa|jaffe|biuret|diazo|bcg|bromocresol\\p{L}*|ferrozin\\p{L}*|arsenazo|xylidyl|friedewald|martin[- ]hopkins|sampson|westergren|clauss",
    "impedan\\p{L}*|zytometr\\p{L}*|cytometr\\p{L}*|citometr\\p{L}*|flow cytometry|durchfluss\\p{L}*|sls[- ](?:hb|hgb)|coulter",
    "cobas|architect|alinity|sysmex|atellica|advia|immulite|beckman|roche|abbott|siemens|vitros|dimension|centaur|cell-?dyn|mindray|biosystems|phadia|liaison|vidas|dxi|au ?5800",
  ].join("|") + ")(?![\\p{L}\\d])",
  "u",
);

/** Longest such line; what is longer explains something. */
const LONGEST = 60;

/** True for a line of words that says how the result above it was found, from what or on which machine. */
export function isMethodLine(text: string): boolean {
  const folded = foldCase(text).trim();
  if (folded.length === 0 || folded.length > LONGEST || text.includes("\t")) return false;
  return PRINCIPLES.test(folded) || METHOD_LINE.test(folded);
}
