import { analyteOf, type Patient, type RedFlag, redFlags, subjectOf } from "./red_flags.ts";
import { namesOf } from "../labs/analyte_catalogue.ts";
import { languageOf, withoutAccents } from "./answer_language.ts";
import { namePattern, sentencesOf, valuePattern } from "./cited_value.ts";
import type { Language } from "./language_table.ts";
import { namesWithHighOrLow, type NoticeWords, noticeWords } from "./notice_words_table.ts";
import { readsLikeInstruction } from "./instruction.ts";
import { type ToldValue, toldValues } from "./told_values.ts";

/**
 * What an answer still owes the person, whatever the model said: values outside their reference range are named as
 * such, and what must not wait comes with the advice to seek care. Pure and deterministic: small models forget, and a
 * text of the record may have told them to.
 */

export interface Evidence extends Patient {
  readonly question: string;
  /** What the tools of this turn gave, before it was cut to fit a model's context. */
  readonly results: readonly unknown[];
}

const mostRanges = 5;
const mostFlags = 5;

/**
 * A short paragraph in the language of the answer (else of the question, else English) to be appended to it; null when
 * nothing is owed. An answer with its notice owes nothing.
 */
export function missingNotices(answer: string, evidence: Evidence): string | null {
  const values = evidence.results.flatMap(toldValues);
  if (values.length === 0) return null;
  const language = languageOf(answer, evidence.question);
  const words = noticeWords[language];
  const sentences = sentencesOf(answer);
  const question = withoutAccents(evidence.question);
  const outside = newestOf(values.filter(({ kind }) => kind === "lab"), sentences)
    .filter(({ status }) => status === "high" || status === "low");
  const ranges = outside.filter((told) =>
    isMeant(told, sentences, question) && !isNamed(told, outside, sentences, words)
  )
    .slice(0, mostRanges);
  const flags = redFlags(values, evidence);
  const owed = flags.filter(({ urgency }) => !advises(sentences, words, urgency)).slice(0, mostFlags);
  if (ranges.length === 0 && owed.length === 0) return null;
  const lines = [
    ...ranges.map((told) => rangeLine(told, language)),
    ...owed.filter(({ told }) => !ranges.includes(told)).map((flag) => flagLine(flag, language)),
  ];
  const urgent = owed.some(({ urgency }) => urgency === "emergency");
  const advice = owed.length === 0 ? "" : urgent ? words.emergency : words.soon;
  const limits = owed.some(({ age }) => age === "child")
    ? words.childLimits
    : owed.some(({ age }) => age === "unknown")
    ? words.adultLimits
    : "";
  const said = [...lines.map((line) => `${line}${words.stop.trimEnd()}`), limits, advice];
  return said.filter((part) => part !== "").join(words.stop.endsWith(" ") ? " " : "");
}

/** Every value that the answer quotes, and of each test the newest; each once. */
function newestOf(values: readonly ToldValue[], sentences: readonly string[]): ToldValue[] {
  const kept = new Map<string, ToldValue>();
  for (const [subject, group] of Map.groupBy(values, subjectOf)) {
    const latest = group.reduce((date, told) => (told.date ?? "") > date ? told.date ?? "" : date, "");
    for (const told of group) {
      const isNewest = (told.date ?? "") === latest;
      const key = `${subject} ${told.value} ${told.date}`;
      if (isNewest || isQuoted(told, sentences)) kept.set(key, kept.get(key) ?? told);
    }
  }
  return [...kept.values()];
}

/** Quoted in the answer, or the question is about its test and the value is the newest. */
function isMeant(told: ToldValue, sentences: readonly string[], question: string): boolean {
  return isQuoted(told, sentences) || wordsOf(told).name.test(question);
}

/** The number stands beside the test's name or its unit, or has three digits that no chance repeats. */
function isQuoted(told: ToldValue, sentences: readonly string[]): boolean {
  const { value, name } = wordsOf(told);
  const citing = sentences.filter((sentence) => value.test(sentence));
  if (citing.length === 0) return false;
  const unit = withoutAccents(told.unit);
  return String(told.value).replace(/\D/g, "").length >= 3 ||
    unit !== "" && citing.some((sentence) => sentence.includes(unit)) ||
    sentences.some((sentence) => name.test(sentence));
}

const known = new WeakMap<ToldValue, { readonly value: RegExp; readonly name: RegExp }>();

/** How an answer writes the value and names its test, under each of the catalogue's names. */
function wordsOf(told: ToldValue) {
  let words = known.get(told);
  if (words === undefined) {
    const analyte = analyteOf(told);
    const names = analyte === null ? [told.name] : [told.name, ...namesOf(analyte)];
    known.set(told, words = { value: valuePattern(told.value), name: namePattern(names) });
  }
  return words;
}

/**
 * Whether a sentence with the value or the test's name, or the one behind it, says where it lies. A sentence behind
 * that is about another value does not count.
 */
function isNamed(
  told: ToldValue,
  others: readonly ToldValue[],
  sentences: readonly string[],
  words: NoticeWords,
): boolean {
  const { value, name } = wordsOf(told);
  const isAbout = (sentence: string) => value.test(sentence) || name.test(sentence);
  return sentences.some((sentence, index) => {
    const behind = sentences[index - 1];
    const follows = behind !== undefined && isAbout(behind) &&
      !others.some((other) => subjectOf(other) !== subjectOf(told) && wordsOf(other).name.test(sentence));
    return (isAbout(sentence) || follows) && saysWhere(sentence, told.status, words);
  });
}

function saysWhere(sentence: string, status: ToldValue["status"], words: NoticeWords): boolean {
  const plain = sentence.replace(namesWithHighOrLow, " ");
  return [words.outside, status === "high" ? words.high : words.low].some((pattern) =>
    [...plain.matchAll(pattern)].some(({ index, 0: said }) =>
      !words.notBefore.test(plain.slice(0, index)) && !words.notBehind?.test(plain.slice(index + said.length))
    )
  );
}

function advises(sentences: readonly string[], words: NoticeWords, urgency: RedFlag["urgency"]): boolean {
  return sentences.some((sentence) =>
    words.care.test(sentence) && words.seek.test(sentence) && !words.needless.test(sentence) &&
    (urgency === "soon" || words.urgent.test(sentence))
  );
}

function rangeLine(told: ToldValue, language: Language): string {
  const words = noticeWords[language];
  const { reference_min: min, reference_max: max } = told;
  const number = (value: number) => spoken(value, language);
  const range = min !== null && max !== null
    ? ` (${number(min)}–${number(max)})`
    : max !== null
    ? ` (≤ ${number(max)})`
    : min !== null
    ? ` (≥ ${number(min)})`
    : "";
  return `${quoted(told, language)}: ${told.status === "high" ? words.above : words.below}${range}`;
}

function flagLine({ told, direction, id, age }: RedFlag, language: Language): string {
  const words = noticeWords[language];
  if (told.kind === "symptom" || age === "child") return quoted(told, language, id);
  return `${quoted(told, language, id)}: ${direction === "high" ? words.veryHigh : words.veryLow}`;
}

/** "Kalium 6,9 mmol/L (2026-11-20)" */
function quoted(told: ToldValue, language: Language, id?: string): string {
  const unit = unitText(told);
  const value = `${told.bound ?? ""}${spoken(told.value, language)}${
    unit.startsWith("/") || unit === "" ? unit : ` ${unit}`
  }`;
  return `${nameText(told, language, id)} ${value}${told.date === null ? "" : ` (${told.date})`}`;
}

/** The record's own name; where that is no plain one, the catalogue's. What others wrote never speaks for us. */
function nameText(told: ToldValue, language: Language, id?: string): string {
  const { names } = noticeWords[language];
  if (told.kind !== "lab") return names[id ?? told.name] ?? names.unnamed ?? "";
  if (isPlainName(told.name)) return told.name.trim();
  return analyteOf(told)?.name ?? names.unnamed ?? "";
}

function isPlainName(name: string): boolean {
  return name.length <= 60 && /^[\p{L}\p{N}\s()%/.,+:'’-]+$/u.test(name) && !/\n/.test(name) &&
    readsLikeInstruction(name, []) === null;
}

const unitNames: Readonly<Record<string, string>> = {
  percent: "%",
  brpm: "/min",
  celsius: "°C",
  mg_dl: "mg/dL",
};

function unitText({ unit }: ToldValue): string {
  const shown = unitNames[unit] ?? unit.trim();
  return shown.length <= 20 && /^[\p{L}\p{N}%°µ/*^().,·²³-]*$/u.test(shown) ? shown : "";
}

function spoken(value: number, language: Language): string {
  return String(value).replace(".", noticeWords[language].decimal);
}
