import type { PlainText } from "./answer_text.ts";
import { taken } from "./date_claims.ts";
import {
  aboutWords,
  callWords,
  emergencyNumbers,
  listWords,
  namesWithDigits,
  numberWords,
  overWords,
  underWords,
} from "./grounding_words_table.ts";
import { type MeasureUnit, score, unitAt, type UnitFound, unitNamed } from "./measure_unit.ts";
import { type NumberFound, type Reading, readingsOf, type Rounding } from "./printed_claim.ts";

/** The numbers that an answer states, with unit and rounding. What only looks like one is left out. Pure. */

const cover = (found: string) => taken.repeat(found.length);

const names = new RegExp(`(?<![a-z0-9])(?:${namesWithDigits.join("|")})(?![a-z0-9])`, "g");
/** "HbA1c", "T4", "PM2.5": a word that begins with a letter; "x10^9/L" is a unit. */
const wordWithDigits = /(?<![a-z0-9^])(?!x10|e\d)[a-z]+\d[a-z0-9]*(?:\.\d(?!\d))?/g;
const addresses = /https?:\/\/\S+|www\.\S+|[^\s@]{1,64}@[^\s@]{1,100}/g;
const identifiers = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const markers =
  /(?<=^|\n)[ >|-]*\(?\d{1,2}[.)](?=\s)|(?<=(?:^|\n)#{1,6}) \d{1,2}(?:\.\d{1,2}){0,3}[.)]?(?= )|#\d+|\[\^?\d{1,3}\]|\(\d\)(?= [a-z])/g;
const listed = new RegExp(`(?<![a-z])(?:${listWords})[ .]{0,2}\\d{1,2}(?![\\d.,]*\\d|\\s?[%/])`, "g");

/** `rest` without what is no claim. `known` are names with digits that the evidence has, in small letters. */
function withoutNames(rest: string, known: readonly string[]): string {
  let text = rest.replace(addresses, cover).replace(identifiers, cover);
  for (const name of known) text = text.replaceAll(name, cover(name));
  return text.replace(names, cover).replace(wordWithDigits, cover).replace(markers, cover).replace(listed, cover);
}

const digits = /\d{1,3}(?:[ ']\d{3}){1,4}(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)*/g;
const ordinal = /^(?:st|nd|rd|th|ere?|e|eme|de|ste|o|a)(?![a-z])|^[º°ª](?!\s?[cf])/;
/** "der 3. Nacht", "14. und": a point behind one or two digits that ends no sentence. */
const germanOrdinal = /^\. (?=\p{Ll})/u;
const article = /\b(?:der|die|das|dem|den|des|am|im|zur|zum|jede[rnms]?) $/;
const percentile = /percentil|perzentil|centile|百分位/;
const multipliers: readonly (readonly [pattern: RegExp, factor: number])[] = [
  [/^k(?![a-z])/, 1_000],
  [/^ ?(?:thousand|tausend|mil|mille|mila|duizend|bin)(?![a-z])|^ ?千(?![卡米克焦])/, 1_000],
  [/^ ?万/, 10_000],
  [/^ ?(?:million|millions|millionen|mio\.?|millones|milioni|milhoes|miljoen|milyon)(?![a-z])|^m(?=ilj)/, 1_000_000],
];

export function findNumbers({ text, folded }: PlainText, rest: string, known: readonly string[]): NumberFound[] {
  const open = withoutNames(rest, known);
  const found: NumberFound[] = [];
  let free = 0;
  for (const match of open.matchAll(digits)) {
    if (match.index < free) continue;
    const number = readNumberAt(text, folded, open, match.index, match[0]);
    free = number.end;
    if ("text" in number) found.push(number);
  }
  const all = [...found, ...writtenNumbers(text, open)].sort((a, b) => a.start - b.start);
  return withoutScales(shareUnits(all, open), open);
}

interface NoClaim {
  readonly end: number;
}

function readNumberAt(text: string, folded: string, open: string, start: number, print: string): NumberFound | NoClaim {
  let end = start + print.length;
  let readings = readingsOf(print);
  if (readings.length === 0 && /[ ',.]/.test(print)) {
    // "131,120.5,7" is no number: only its first part is read.
    end = start + (/^\d+/.exec(print)?.[0].length ?? 1);
    readings = readingsOf(text.slice(start, end));
  }
  const behind = open.slice(end, end + 24);
  const isOrdinal = /^\d{1,2}$/.test(print) && behind.startsWith(". ") &&
    (germanOrdinal.test(text.slice(end, end + 3)) || article.test(folded.slice(Math.max(0, start - 7), start)));
  if (isOrdinal) return { end: end + 1 };
  const order = ordinal.exec(behind);
  if (/第 ?$/.test(folded.slice(Math.max(0, start - 2), start)) || (order !== null && !percentile.test(behind))) {
    const unit = order === null ? null : unitAt(text, open, end);
    if (unit === null) return { end: end + (order?.[0].length ?? 0) };
  } else if (order !== null) end += order[0].length;
  for (const [pattern, factor] of multipliers) {
    const word = pattern.exec(behind)?.[0];
    if (word === undefined) continue;
    readings = readings.map(({ value, step }) => ({ value: value * factor, step: step * factor }));
    end += word.length;
    break;
  }
  const unit = unitAt(text, open, end) ?? percentBefore(open, start, end);
  const isGlued = /^[a-z]/.test(open.slice(end, end + 1));
  if (
    unit === null && isGlued && /^[a-z]{1,12}(?![a-z])/.test(open.slice(end, end + 13)) && !/^x(?![a-z])/.test(behind)
  ) {
    // "3D", "5HT": a name.
    return { end: end + (/^[a-z0-9-]*/.exec(open.slice(end, end + 30))?.[0].length ?? 0) };
  }
  if (unit === null && isEmergency(folded, start, end)) return { end };
  const sign = signBefore(open, start);
  const { rounding, isBound } = roundingOf(folded, start - sign.length, unit?.end ?? end);
  const isEquation = /[=≈] ?$/.test(folded.slice(Math.max(0, start - sign.length - 2), start - sign.length));
  const base = { start: start - sign.length, sign, rounding, isBound, isEquation };
  const minutes = unit === null ? null : hoursAndMinutes(text, open, readings, unit);
  if (minutes !== null) {
    return { ...base, ...minutes, text: text.slice(base.start, minutes.end), mayBeCut: true };
  }
  const last = unit?.end ?? end;
  return {
    ...base,
    end: last,
    text: text.slice(base.start, last).slice(0, 60),
    readings,
    unit: unit?.unit ?? null,
    mayBeCut: false,
  };
}

/** As Turkish and Chinese write it: "%42", "yüzde 42". */
function percentBefore(open: string, start: number, end: number): UnitFound | null {
  if (!/(?:%|yuzde ?|百分之)$/.test(open.slice(Math.max(0, start - 7), start))) return null;
  const unit = unitNamed("%");
  return unit === null ? null : { unit, end };
}

const secondPart = /^[ ,]*(?:and |und |y |et |e |en |ve |con )?(\d{1,2})(?![\d.,]\d)/;

/** "7 h 32 min", "7 hours and 32 minutes", "1 h 5": minutes. */
function hoursAndMinutes(
  text: string,
  open: string,
  readings: readonly Reading[],
  { unit, end }: { unit: MeasureUnit; end: number },
) {
  const [hours] = readings;
  if (
    unit.dimension !== "time" || (unit.factor !== 60 && unit.factor !== 1) || hours === undefined || hours.step !== 1
  ) return null;
  const behind = secondPart.exec(open.slice(end, end + 16).replace(/^\./, " "));
  if (behind === null) return null;
  const numberEnd = end + behind[0].length;
  const part = unitAt(text, open, numberEnd);
  const isGlued = /^ ?\d/.test(behind[0]);
  const isPart = part !== null && part.unit.dimension === "time" && part.unit.factor === unit.factor / 60 ||
    unit.factor === 60 && /^ ?m(?![a-z])/.test(open.slice(numberEnd, numberEnd + 3));
  if (!isPart && !(isGlued && part === null && unit.factor === 60 && behind[1]?.length === 2)) return null;
  const value = hours.value * 60 + Number(behind[1]);
  const smaller: MeasureUnit = { dimension: "time", factor: unit.factor / 60 };
  const bare = /^ ?m/.exec(open.slice(numberEnd, numberEnd + 2))?.[0].length ?? 0;
  return {
    readings: [{ value, step: 1 }],
    unit: smaller,
    end: isPart ? part?.unit.dimension === "time" ? part.end : numberEnd + bare : numberEnd,
  };
}

function signBefore(open: string, start: number): "+" | "-" | "" {
  const sign = open[start - 1];
  if (sign !== "+" && sign !== "-") return "";
  return /[\s(|:=]/.test(open[start - 2] ?? " ") ? sign : "";
}

const before = (words: string) =>
  new RegExp(`(?:^|[^a-z])(?:${words.replaceAll(".", "\\.")})(?: the| a| de| da| van| den)? ?$`);
const [about, over, under] = [before(aboutWords), before(overWords), before(underWords)];
const aboutBehind = /^ ?(?:左右|上下|civarinda|dolaylarinda|or so|oder so|o asi)/;
const bound = /(?:[<>≤≥]=?|&[lg]t;) ?$/;

function roundingOf(folded: string, start: number, end: number): { rounding: Rounding; isBound: boolean } {
  const ahead = folded.slice(Math.max(0, start - 28), start);
  const isBound = bound.test(ahead);
  if (over.test(ahead)) return { rounding: "over", isBound };
  if (under.test(ahead)) return { rounding: "under", isBound };
  const isAbout = about.test(ahead) || aboutBehind.test(folded.slice(end, end + 14));
  return { rounding: isAbout ? "about" : "as printed", isBound };
}

function isEmergency(folded: string, start: number, end: number): boolean {
  if (!emergencyNumbers.has(folded.slice(start, end))) return false;
  return callWords.test(folded.slice(Math.max(0, start - 40), start)) || callWords.test(folded.slice(end, end + 14));
}

const valueOfWord = new Map(
  numberWords.flatMap(([value, words]) => words.split("|").map((word) => [word, value] as const)),
);
const latinWords = [...valueOfWord.keys()].filter((word) => /^[a-z ]+$/.test(word)).sort((a, b) => b.length - a.length);
const written = new RegExp(
  `(?<![a-z])(?:${
    latinWords.join("|")
  })(?![a-z])|(?<![第每\u4e00-\u9fff])[两二三四五六七八九十](?![两二三四五六七八九十])|(?<=[在了有过近共约])[两二三四五六七八九十](?![两二三四五六七八九十])`,
  "g",
);
const countable: ReadonlySet<string> = new Set([
  "time",
  "months",
  "night",
  "workout",
  "finding",
  "occurrence",
  "steps",
]);
const vague =
  /(?:\b(?:one|a|ein|eine|einen|einem|einer|zwei|two|three|uno|una|un|une|um|uma|een|bir|dos|deux|due|dois|iki) (?:or|to|oder|bis|o|ou|of|veya|a) |[一两])$/;

/** "three nights": number words before what can be counted. */
function writtenNumbers(text: string, open: string): NumberFound[] {
  return [...open.matchAll(written)].flatMap((match): NumberFound[] => {
    const [word] = match;
    const end = match.index + word.length;
    const unit = unitAt(text, open, end);
    const value = valueOfWord.get(word);
    if (unit === null || value === undefined || !countable.has(unit.unit.dimension)) return [];
    if (vague.test(open.slice(Math.max(0, match.index - 14), match.index))) return [];
    const base = { sign: "", rounding: "as printed", isBound: false, isEquation: false, mayBeCut: false } as const;
    const readings = [{ value, step: 1 }];
    return [{
      ...base,
      start: match.index,
      end: unit.end,
      text: text.slice(match.index, unit.end),
      readings,
      unit: unit.unit,
    }];
  });
}

const joining =
  /^[ )]*(?:-|\/|&|→|->|~|(?:to|bis|a|al|e|and|und|y|et|en|tot|ile|ila|ve|or|oder|vs|versus|statt|instead of|compared (?:to|with)|gegenuber|au lieu de|contre|contra|contro|frente a|tegenover|of|out of|von|de|sur|su|van|over|auf|sobre|até|ate)(?![a-z])|至|到|和|比)[ (]*$/;

/** In "50-60 bpm", "120/80 mmHg" and "23 of 30 days" the unit belongs to both numbers. */
function shareUnits(numbers: readonly NumberFound[], open: string): NumberFound[] {
  const shared = [...numbers];
  for (let index = shared.length - 2; index >= 0; index--) {
    const [one, next] = [shared[index], shared[index + 1]];
    if (one === undefined || next === undefined || one.unit !== null || next.unit === null || next.mayBeCut) continue;
    const between = open.slice(one.end, next.start);
    // "120, 125 and 131 mg/dL": only within such a list a comma joins.
    const isList = numbers[index + 1]?.unit === null && /^[,;] ?$/.test(between);
    if (isList || (between.length <= 16 && joining.test(between))) shared[index] = { ...one, unit: next.unit };
  }
  return shared;
}

const outOf = /^ ?(?:\/|out of|of|von|sur|su|de|van|over|em|uzerinden) ?$/;

/** "6/10", "6 out of 10": the scale is no claim, and the first number no count. */
function withoutScales(numbers: readonly NumberFound[], open: string): NumberFound[] {
  const isScale = (number: NumberFound | undefined, one: NumberFound | undefined) => {
    const value = number?.readings[0]?.value;
    if (number === undefined || one === undefined || number.unit !== null || (value !== 10 && value !== 100)) {
      return false;
    }
    return outOf.test(open.slice(one.end, number.start));
  };
  return numbers.flatMap((number, index) => {
    if (isScale(number, numbers[index - 1])) return [];
    return number.unit === null && isScale(numbers[index + 1], number) ? [{ ...number, unit: score }] : [number];
  });
}
