import type { Analyte } from "../labs/analyte.ts";
import { namesOf } from "../labs/analyte_catalogue.ts";
import { foldLetters } from "./answer_text.ts";
import { analyteOf, type LabTest } from "./measure_unit.ts";
import { metricAliases } from "./metric_alias_table.ts";

/** Whether words name what a result is about, in any language that the tables have. Pure. */

const commonWords = new Set([
  "total",
  "serum",
  "plasma",
  "blood",
  "test",
  "the",
  "and",
  "free",
  "ratio",
  "level",
  "cholesterol",
  "vitamin",
  "count",
]);

/** Words of a text between single blanks. */
export function wordsOf(folded: string): string {
  return ` ${folded.replace(/[^a-z0-9\u4e00-\u9fff]+/g, " ")} `;
}

/** Whether the words name the test, activity or symptom, in any language of the catalogue. */
export function isNamed(label: string, test: LabTest | undefined, words: string): boolean {
  const own = foldLetters(label).split(/[^a-z0-9\u4e00-\u9fff]+/).filter((word) => /[a-z\u4e00-\u9fff]/.test(word));
  const has = (name: string) => holds(words, name);
  if (own.some((word) => word.length > 1 && !commonWords.has(word) && has(word))) return true;
  return test !== undefined && namesOfTest(test).some(has);
}

/** "Ferritinwert" begins with the name; of a short name the word must be all. */
function holds(words: string, name: string): boolean {
  if (/[\u4e00-\u9fff]/.test(name)) return words.includes(name);
  return words.includes(name.length > 3 ? ` ${name}` : ` ${name} `);
}

const namesKnown = new WeakMap<Analyte, readonly string[]>();

function namesOfTest(test: LabTest): readonly string[] {
  const analyte = analyteOf(test);
  if (analyte === null) return [];
  const known = namesKnown.get(analyte) ??
    [...new Set(namesOf(analyte).map((name) => wordsOf(foldLetters(name)).trim()))].filter((name) => name.length > 1);
  namesKnown.set(analyte, known);
  return known;
}

const namesOfMetric = new Map<string, string[]>();
for (const [alias, meanings] of Object.entries(metricAliases)) {
  for (const meaning of meanings) {
    const known = namesOfMetric.get(meaning) ?? [];
    known.push(wordsOf(alias).trim());
    namesOfMetric.set(meaning, known);
  }
}

/** Whether the words name this metric ("resting_heart_rate", "symptom:headache") or, if it is one, this test. */
export function namesMetric(metric: string, test: LabTest | undefined, words: string): boolean {
  const bare = metric.replace(/^(?:lab|symptom):\s*|:total$/g, "");
  if (test !== undefined) return isNamed(bare, test, words);
  return [wordsOf(foldLetters(bare)).trim(), ...namesOfMetric.get(bare) ?? []].some((name) => holds(words, name));
}
