import { foldCase } from "./printed_flag.ts";
import type { Specimen } from "./analyte.ts";

/** Which material was examined, where the print says so. Nothing is inferred from the test itself. */

/** The more special first: blood gases are not blood, 24-hour urine is not urine. */
const words: readonly (readonly [RegExp, Specimen])[] = [
  [
    /\b(?:24 ?-? ?h(?:ours?|rs?|oras?)?|24 ?std\.?|24 ?saat)[ -]*(?:urine?|harn|sammelurin|orina|idrar)|\b(?:urine?|urin|orina|urina|idrar)[ ,(-]*(?:des? |di |de )?24|sammelurin|24小时尿/,
    "urine_24h",
  ],
  [
    /\b(?:spot ?)?urin(?:e|es|a|aire|alysis|analyse|status)?\b|\b(?:harn|orina|urine|idrar|urinsediment|harnstatus)\b|尿(?![酸素肽])/,
    "urine",
  ],
  [/\b(?:stool|faeces|feces|stuhl|selles|heces|feci|fezes|ontlasting|gaita|diski)\b|粪|大便/, "stool"],
  // "P-LCR" is a share of platelets.
  [/(?<![-/])\b(?:csf|cerebrospinal|liquor|lcr|liquido cefalorraquideo|liquor cerebrospinalis|bos)\b|脑脊液/, "csf"],
  [/\b(?:arterial|arteriell|arterielle?|arteriosa|arterieel)\b|动脉/, "arterial"],
  [/\b(?:capillary|kapillar(?:blut)?|capillaire|capilar|capillare)\b|末梢血/, "capillary"],
  [/\b(?:venous blood gas|venos(?:e blutgase)?|gaz du sang veineux)\b/, "venous"],
  [/\b(?:saliva|speichel|salive|speeksel|tukuruk)\b|唾液/, "saliva"],
  [/\b(?:semen|ejakulat|sperma|sperme|spermiogramm?|esperma)\b|精液/, "semen"],
  [/\b(?:synovial|ascites|pleural|punktat|gelenkpunktat|exsudat)\b/, "fluid"],
  [/\b(?:serum|suero|siero|soro|plasma|plasmatique|plasmatico|serique|sangre suero)\b|血清|血浆/, "serum"],
  [
    /\b(?:whole blood|edta[ -]?blood|edta[ -]?blut|vollblut|sang total|sangre total|sangue intero|volbloed|tam kan)\b|全血/,
    "blood",
  ],
];

/** From what the reader found, else from the name itself, else from the heading above it; null when none says it. */
export function specimenOf(
  printed: { readonly specimen?: string | null; readonly test_name: string; readonly section: string | null },
): Specimen | null {
  for (const text of [printed.specimen, printed.test_name, printed.section]) {
    if (text === null || text === undefined) continue;
    const folded = foldCase(text);
    const found = words.find(([pattern]) => pattern.test(folded));
    if (found !== undefined) return found[1];
  }
  return null;
}
