import { z } from "zod";

/** Arguments as language models send them: numbers as text, "last week", null for "not given", one name in a list. */

/** What a number counts: `"2 weeks"` is 14 days and `"a year"` 12 months. */
export type Counted = "days" | "months" | "entries";

const lengths: Readonly<Record<"days" | "months", Readonly<Record<string, number>>>> = {
  days: { day: 1, week: 7, fortnight: 14, month: 30, quarter: 91, year: 365 },
  months: { month: 1, quarter: 3, year: 12 },
};

/** A whole number, `fallback` when it is not given. "30" is taken for 30. */
export function wholeNumberArgument(
  min: number,
  max: number,
  fallback: number,
  description: string,
  counted: Counted = "days",
) {
  return z.preprocess(
    (value) => readNumber(value, counted) ?? fallback,
    z.int().min(min).max(max),
  ).default(fallback).describe(description);
}

function readNumber(value: unknown, counted: Counted): unknown {
  const one = single(value);
  if (typeof one !== "string") return one;
  const text = one.trim().toLowerCase();
  if (text === "" || text === "null" || text === "none") return null;
  if (/^\d{1,9}(\.0+)?$/.test(text)) return Number(text);
  if (counted === "entries") return one;
  const [, number = "1", unit = ""] = /^(?:the )?(?:last|past)?\s*(\d{1,6}|a|one)?\s*([a-z]+?)s?$/.exec(text) ?? [];
  const length = Object.hasOwn(lengths[counted], unit) ? lengths[counted][unit] : undefined;
  return length === undefined ? one : length * (Number.parseInt(number) || 1);
}

/** A list of one is that one. */
function single(value: unknown): unknown {
  return Array.isArray(value) && value.length <= 1 ? value[0] ?? null : value;
}

/** Text that Postgres can hold, 1 to `max` characters. */
export function textArgument(max: number, description: string) {
  return z.preprocess(single, text(max)).describe(description);
}

/** The same, absent when it is null or blank. */
export function optionalTextArgument(max: number, description: string) {
  return z.preprocess((value) => {
    const one = single(value);
    return one === null || (typeof one === "string" && notGiven.has(one.trim().toLowerCase())) ? undefined : one;
  }, text(max).optional()).optional().describe(description);
}

/** What small models write for "not given". */
const notGiven: ReadonlySet<string> = new Set(["", "null", "none", "undefined"]);

function text(max: number) {
  return z.string().trim().min(1).max(max)
    .refine((text) => !text.includes("\u0000"), "must not contain NUL characters");
}

/** One of a few words; `synonyms` are other words for them, in lower case. */
export function choiceArgument<Choice extends string>(
  choices: readonly [Choice, ...Choice[]],
  description: string,
  synonyms: Readonly<Record<string, Choice>> = {},
) {
  return z.preprocess((value) => {
    const one = single(value);
    if (one === null || (typeof one === "string" && notGiven.has(one.trim().toLowerCase()))) return choices[0];
    if (typeof one !== "string") return one;
    const word = one.trim().toLowerCase();
    return Object.hasOwn(synonyms, word) ? synonyms[word] : word;
  }, z.enum(choices)).default(choices[0]).describe(description);
}

/** A period: `days` back from today, or from one day to another. The keys are arguments of the tool. */
export function periodArguments(maxDays: number, days: number) {
  return {
    days: wholeNumberArgument(1, maxDays, days, "Full days back; today so far comes on top"),
    start_date: optionalTextArgument(40, "YYYY-MM-DD, instead of days"),
    end_date: optionalTextArgument(40, "YYYY-MM-DD, inclusive"),
  };
}
