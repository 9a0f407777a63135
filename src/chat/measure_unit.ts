import type { Analyte } from "../labs/analyte.ts";
import { convertValue } from "../labs/convert_value.ts";
import { labUnit } from "../labs/lab_unit.ts";
import { unitLength } from "../labs/printed_unit.ts";
import { sureAnalyte } from "../labs/match_analyte.ts";
import { foldLetters } from "./answer_text.ts";
import { chineseUnits, measureUnits, unitsByFieldName } from "./measure_unit_table.ts";

/** The unit of a number in an answer or in a tool's result, and the way from one to another. Pure. */

export interface MeasureUnit {
  /** "time", "mass", "lab" …; of counted things their kind: "night", "workout". */
  readonly dimension: string;
  /** Size in the dimension's first unit. */
  readonly factor: number;
  /** Of a unit that laboratories print. */
  readonly ucum?: string;
}

/** What was measured, where a result says so; `unit` as the evidence has it. */
export interface LabTest {
  readonly test_name: string;
  readonly unit: string;
}

/** A tally, as the field `count`. */
export const tally: MeasureUnit = { dimension: "count", factor: 1 };

/** Of a severity from 0 to 10, or a score up to 100. */
export const score: MeasureUnit = { dimension: "score", factor: 1 };

const counted: ReadonlySet<string> = new Set(["night", "workout", "finding", "occurrence", "count"]);

const byWord = new Map<string, MeasureUnit>();
for (const [dimension, factor, words] of measureUnits) {
  const unit = dimension === "percent" ? { dimension, factor, ucum: "%" } : { dimension, factor };
  for (const word of words.split("|")) if (!byWord.has(word)) byWord.set(word, unit);
}
/** The longest phrase first; so many words a phrase has at most. */
const longestPhrase = 4;
/** Names that a tool gives its units and nobody writes. */
const namesOfTools: ReadonlyMap<string, string> = new Map([
  ["minutes asleep", "min"],
  ["count", "count"],
  ["mg_dl", "mg/dL"],
  ["mmol_l", "mmol/L"],
  ["kg_m2", "kg/m2"],
]);

/** The unit that a tool's result names in a field `unit`; null for none that is known. */
export function unitNamed(text: string): MeasureUnit | null {
  const plain = namesOfTools.get(text) ?? text;
  if (text === "score") return score;
  if (plain === "count") return { dimension: "amount", factor: 1 };
  return byWord.get(foldLetters(plain.trim())) ?? labMeasure(plain);
}

const fieldNames = new Map(unitsByFieldName);

/** The unit that a field's name ends with, as `avg_duration_minutes`; undefined when it says none. */
export function unitOfField(name: string): MeasureUnit | undefined {
  const parts = name.split("_");
  for (let from = Math.max(0, parts.length - 3); from < parts.length; from++) {
    const unit = fieldNames.get(parts.slice(from).join("_"));
    // "days_with_min" and a bare "min" are no minutes.
    if (unit !== undefined) return byWord.get(unit);
  }
  return undefined;
}

function labMeasure(printed: string): MeasureUnit | null {
  const ucum = labUnit(printed);
  return ucum === null ? null : { dimension: "lab", factor: 1, ucum };
}

export interface UnitFound {
  readonly unit: MeasureUnit;
  /** Just behind the unit. */
  readonly end: number;
}

/** The unit that stands at `at`, behind a number; `folded` is `text` in small letters without accents. */
export function unitAt(text: string, folded: string, at: number): UnitFound | null {
  let from = at;
  while (from < at + 2 && (text[from] === " " || text[from] === "-")) from++;
  const chinese = chineseUnitAt(text, from);
  if (chinese !== null) return chinese;
  const word = wordUnitAt(folded, from);
  // A Chinese word may follow without a blank.
  const length = unitLength(text.slice(from, from + 40).replace(/[\u4e00-\u9fff][^]*$/, " "), 0, true);
  // "Std." is the word with its point, "g/L" more than the word.
  if (length > 0 && from + length > (word === null ? 0 : word.end + 1)) {
    const unit = labMeasure(text.slice(from, from + length));
    if (unit !== null) return { unit, end: from + length };
  }
  return word;
}

const wordEnd = /[a-z0-9°%]/;
const phrase = /(?:°? ?[a-z]+|[%°℃℉])(?:\/[a-z]+)*(?: [a-z]+){0,3}/y;
const han = /[\u4e00-\u9fff]{1,4}(?:\/[\u4e00-\u9fff]{1,2})?/y;

function wordUnitAt(folded: string, from: number): UnitFound | null {
  han.lastIndex = from;
  const characters = han.exec(folded)?.[0] ?? "";
  for (let length = characters.length; length > 0; length--) {
    const unit = byWord.get(characters.slice(0, length));
    if (unit !== undefined) return { unit, end: from + length };
  }
  phrase.lastIndex = from;
  const found = phrase.exec(folded)?.[0] ?? "";
  let words = found.split(" ").slice(0, longestPhrase + 1);
  for (; words.length > 0; words = words.slice(0, -1)) {
    const written = words.join(" ");
    const unit = byWord.get(written);
    const end = from + written.length;
    if (unit !== undefined && !(wordEnd.test(folded[end] ?? "") && /[a-z]$/.test(written))) return { unit, end };
  }
  // "min/Nacht", "kcal/day": the first part is what is measured.
  const [first = ""] = (found.split(" ")[0] ?? "").split("/");
  const unit = byWord.get(first);
  return unit !== undefined && first.length < found.length && /[/ ]/.test(found[first.length] ?? "")
    ? { unit, end: from + first.length }
    : null;
}

function chineseUnitAt(text: string, from: number): UnitFound | null {
  han.lastIndex = from;
  const characters = /^[\u4e00-\u9fff]{1,6}\/[\u4e00-\u9fff]{1,4}/.exec(text.slice(from, from + 12))?.[0];
  if (characters === undefined) return null;
  let latin = characters;
  for (const [chinese, short] of chineseUnits) latin = latin.replaceAll(chinese, short);
  const printed = /^[A-Za-zµ/]+/.exec(latin)?.[0] ?? "";
  const unit = printed.includes("/") ? labMeasure(printed) : null;
  if (unit === null) return null;
  const behind = latin.length - printed.length;
  return { unit, end: from + characters.length - behind };
}

/**
 * `value` of the evidence in the unit of the claim; undefined when the units measure different things. Without a unit
 * on one side the value stays as it is. `test` is the laboratory test, for molar mass and the like.
 */
export function inUnit(
  value: number,
  from: MeasureUnit | null,
  to: MeasureUnit | null,
  test: LabTest | undefined,
): number | undefined {
  if (to === null || from === null) return value;
  if (from.ucum !== undefined && to.ucum !== undefined) return labValue(value, from.ucum, to.ucum, test);
  if (from.dimension === to.dimension) return value * from.factor / to.factor;
  const pair = [from.dimension, to.dimension];
  if (pair.includes("fahrenheit") && pair.includes("temperature")) {
    return to.dimension === "fahrenheit" ? value * 1.8 + 32 : (value - 32) / 1.8;
  }
  // A series in the unit "count" may be steps or floors; a tally of entries is none.
  if (pair.includes("amount")) return pair.some((name) => counted.has(name) || name === "steps") ? value : undefined;
  // "82 points", "82 %"
  if (pair.includes("score")) return pair.includes("finding") || pair.includes("percent") ? value : undefined;
  if (counted.has(from.dimension) && counted.has(to.dimension)) return related(pair) ? value : undefined;
  // "23 days" may be nights or entries, one a day.
  const isDay = (unit: MeasureUnit) => unit.dimension === "time" && unit.factor === 1_440;
  if ((isDay(from) && counted.has(to.dimension)) || (isDay(to) && counted.has(from.dimension))) return value;
  if (pair.includes("months") && pair.includes("time")) {
    const days = (unit: MeasureUnit, amount: number) => amount * unit.factor / 1_440;
    if (to.dimension === "months") return days(from, value) / 30 / to.factor;
    return value * from.factor * 30 * 1_440 / to.factor;
  }
  return undefined;
}

/** A workout is no night; anything may be an entry, and come so many times. */
function related(pair: readonly string[]): boolean {
  return !(pair.includes("night") && pair.includes("workout"));
}

const plainTests = new Map<string, Analyte>();

/** A test of which nothing is known but its unit; the same object each time, because factors are remembered by test. */
function plainTest(unit: string): Analyte {
  const known = plainTests.get(unit);
  if (known !== undefined) return known;
  const test: Analyte = { id: "", name: "", specimen: "blood", unit, codes: [], names: {} };
  if (plainTests.size < 500) plainTests.set(unit, test);
  return test;
}

function labValue(value: number, from: string, to: string, test: LabTest | undefined): number | undefined {
  if (from === to) return value;
  const same = convertValue(value, from, to, plainTest(to));
  if (same !== null) return same;
  const analyte = test === undefined ? null : analyteOf(test);
  return analyte === null ? undefined : convertValue(value, from, to, analyte) ?? undefined;
}

const analytes = new Map<string, Analyte | null>();

/** Of the same few names again and again; names are strangers' text, so only so many are remembered. */
export function analyteOf({ test_name, unit }: LabTest): Analyte | null {
  const key = `${test_name}\n${unit}`;
  const known = analytes.get(key);
  if (known !== undefined) return known;
  const analyte = sureAnalyte({ test_name: test_name.slice(0, 200), unit });
  if (analytes.size < 1_000) analytes.set(key, analyte);
  return analyte;
}
