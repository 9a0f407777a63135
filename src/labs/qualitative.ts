import { foldCase } from "./printed_flag.ts";

/** Results in words and titres, in one vocabulary for all languages; the print itself stays in `value_text`. */

export const qualitativeResults = [
  "negative",
  "positive",
  "trace",
  "equivocal",
  "reactive",
  "non_reactive",
  "detected",
  "not_detected",
  "present",
  "absent",
  "normal",
  "abnormal",
  "1+",
  "2+",
  "3+",
  "4+",
] as const;
export type Qualitative = (typeof qualitativeResults)[number];

/** Folded, whole texts only: "negative control failed" says nothing of the kind. */
const words: readonly (readonly [RegExp, Qualitative])[] = [
  [/^(?:neg|negativ[eoa]?|negatif|negatief|negatieve|阴性|\(?-\)?|阴性\(-\))$/, "negative"],
  [/^(?:pos|positiv[eoa]?|positif|positief|positieve|pozitif|阳性|阳性\(\+\))$/, "positive"],
  [/^(?:traces?|spuren?|trazas?|tracce|tracos|vestigios|sporen|eser|微量|\+\/-|±)$/, "trace"],
  [
    /^(?:equivocal|borderline|indeterminate|grenzwertig|douteux|equivoque|dudoso|indeterminado|dubbio|twijfelachtig)$/,
    "equivocal",
  ],
  [
    /^(?:non?[ -]?reactive?|nicht reaktiv|non reactif|no reactivo|non reattivo|nao reagente|niet reactief)$/,
    "non_reactive",
  ],
  [/^(?:reactive|reaktiv|reactif|reactivo|reattivo|reagente|reactief|reaktif)$/, "reactive"],
  [
    /^(?:not detected|undetected|none detected|nicht nachweisbar|nicht nachgewiesen|non detecte[es]*|no detectado|no se detecta|non rilevato|nao detectado|niet aangetoond|saptanmadi|未检出|n\.?d\.?)$/,
    "not_detected",
  ],
  [/^(?:detected|nachweisbar|nachgewiesen|detecte[es]*|detectado|rilevato|aangetoond|saptandi|检出)$/, "detected"],
  [
    /^(?:absent|absence|none(?: seen)?|nil|not present|keine?|ausente|assente|assenti|absents?|afwezig|yok|无)$/,
    "absent",
  ],
  [/^(?:present|presence|vorhanden|presente?s?|presenti|aanwezig|var|有)$/, "present"],
  [/^(?:normal|normale?s?|unauffallig|正常)$/, "normal"],
  [/^(?:abnormal|anormal|auffallig|pathologisch|anomalo|异常)$/, "abnormal"],
  [/^(?:\+|1\+|\(\+\)|\+1)$/, "1+"],
  [/^(?:\+\+|2\+|\+2)$/, "2+"],
  [/^(?:\+\+\+|3\+|\+3)$/, "3+"],
  [/^(?:\+\+\+\+|4\+|\+4)$/, "4+"],
];

/** What a result in words says, or null when it is none of the usual words. */
export function qualitativeOf(valueText: string): Qualitative | null {
  const folded = foldCase(valueText).replace(/\s+/g, " ").replace(/[.;,]$/, "").trim();
  return words.find(([pattern]) => pattern.test(folded))?.[1] ?? null;
}

/** 80 for "1:80" and "1/80", signs before it aside; null for anything else. */
export function titreOf(valueText: string): number | null {
  const [, digits] = /^(?:[<>≤≥]=?)?\s*1\s?[:/]\s?(\d{1,7})$/.exec(valueText.trim()) ?? [];
  return digits === undefined || Number(digits) === 0 ? null : Number(digits);
}
