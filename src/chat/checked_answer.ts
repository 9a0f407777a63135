import { leavesOpen } from "./asked_claims.ts";
import { findClaims } from "./claims.ts";
import type { Cited } from "./cited_arithmetic.ts";
import { Arithmetic } from "./computed_number.ts";
import type { Fact, Facts } from "./evidence.ts";
import type { Evidence, Grounding, UnsupportedClaim } from "./grounding.ts";
import { agoAfter, agoBefore } from "./grounding_words_table.ts";
import { unitNamed } from "./measure_unit.ts";
import type { NumberFound } from "./printed_claim.ts";
import { contextsOf, dayWords, type SentenceContext } from "./sentence_context.ts";
import { KnownDays } from "./supported_date.ts";
import { Directions } from "./supported_direction.ts";
import { Around, FactIndex } from "./supported_number.ts";
import { valueOfOtherDay } from "./value_day.ts";

/** Goes through the claims of one answer and judges each. Pure. */

const mostAnswer = 100_000;
const mostNumbers = 3_000;
/** Arithmetic is dear, and an answer with so many numbers that no result has is wrong anyway. */
const mostComputed = 500;
const mostNamed = 100;
/** How far a fact's name may stand before its number. */
const around = 400;

/** One answer beside its facts. */
export class CheckedAnswer {
  readonly #claims;
  readonly #contexts: readonly SentenceContext[];
  readonly #index: FactIndex;
  readonly #arithmetic: Arithmetic;
  readonly #days: KnownDays;
  readonly #suggested: KnownDays;
  readonly #directions: Directions;
  readonly #facts: Facts;
  readonly #question: string;
  readonly #today: string;
  readonly #supported = new Set<NumberFound>();
  readonly #computed = new Set<NumberFound>();
  readonly #unsupported: { readonly start: number; readonly claim: UnsupportedClaim }[] = [];
  readonly #isCut: boolean;
  #count = 0;

  constructor(answer: string, facts: Facts, { question, today, calls, earlier = [] }: Evidence) {
    this.#today = today;
    this.#facts = facts;
    this.#isCut = answer.length > mostAnswer;
    this.#claims = findClaims(answer.slice(0, mostAnswer), facts.names);
    const asked = findClaims(question, facts.names);
    this.#question = asked.plain.folded;
    const askedDays = dayWords(this.#question, asked.dates.flatMap(({ readings }) => readings), today);
    this.#contexts = contextsOf(this.#claims, askedDays, today);
    this.#index = new FactIndex(facts);
    this.#arithmetic = new Arithmetic(facts);
    this.#days = new KnownDays(facts, today);
    this.#suggested = new KnownDays({ ...facts.suggested, all: [] }, today);
    this.#directions = new Directions(calls, earlier, this.#claims.plain.folded, this.#question);
  }

  grounding(): Grounding {
    this.#checkDates();
    this.#checkTimes();
    for (const { start, text } of this.#claims.codes) {
      this.#note(start, text, "number", this.#facts.names.has(text) ? null : "No tool result has this code");
    }
    this.#checkNumbers();
    this.#checkDirections();
    if (this.#isCut) this.#note(mostAnswer, "…", "number", "The answer is too long to be checked to its end");
    const unsupported = this.#unsupported.sort((a, b) => a.start - b.start);
    return {
      claims: this.#count,
      supported: this.#count - unsupported.length,
      unsupported: unsupported.slice(0, mostNamed).map(({ claim }) => claim),
    };
  }

  #note(start: number, text: string, kind: UnsupportedClaim["kind"], problem: string | null): void {
    this.#count++;
    if (problem !== null) {
      this.#unsupported.push({ start, claim: { text: text.trim().slice(0, 80), kind, reason: problem } });
    }
  }

  #checkDates(): void {
    for (const date of this.#claims.dates.slice(0, mostNumbers)) {
      const context = this.#contextAt(date.start);
      const isSuggested = this.#suggested.has(date, false);
      const isOpen = isSuggested && leavesOpen(date, this.#claims.plain.folded, context);
      const known = isOpen || this.#days.has(date, context.numbers.length === 0 && !isSuggested);
      const text = this.#claims.plain.text.slice(date.start, date.end);
      this.#note(date.start, text, "date", known ? null : "No tool result has this date");
    }
  }

  #checkTimes(): void {
    for (const time of this.#claims.times.slice(0, mostNumbers)) {
      const text = this.#claims.plain.text.slice(time.start, time.end);
      const isAbout =
        /(?:about|around|~|gegen|etwa|circa|vers|hacia|verso|por volta|rond|civari|大约|约) ?(?:de |the |las |le |as )?$/
          .test(this.#claims.plain.folded.slice(Math.max(0, time.start - 20), time.start));
      const known = this.#days.hasTime(time, isAbout) ||
        (this.#suggested.hasTime(time, isAbout) &&
          leavesOpen(time, this.#claims.plain.folded, this.#contextAt(time.start))) ||
        (time.mayBeDuration && this.#isDuration(time.start, time.end, time.minutes));
      this.#note(time.start, text, "date", known ? null : "No tool result has this time of day");
    }
  }

  /** "7:32" as hours and minutes, or as minutes and seconds of a pace. */
  #isDuration(start: number, end: number, minutes: number): boolean {
    const context = this.#contextAt(start);
    const base = {
      start,
      end,
      text: "",
      sign: "",
      rounding: "as printed",
      isBound: false,
      isEquation: false,
      mayBeCut: true,
    } as const;
    return [{ value: minutes, unit: { dimension: "time", factor: 1 } }, {
      value: minutes,
      unit: { dimension: "time", factor: 1 / 60 },
    }]
      .some(({ value, unit }) => {
        const number = { ...base, readings: [{ value, step: 1 }], unit };
        return this.#index.supporting(number, context, new Around(() => context.words, () => false)).length > 0 ||
          this.#arithmetic.explains(number, context, []);
      });
  }

  #checkNumbers(): void {
    const { numbers } = this.#claims;
    const open: NumberFound[] = [];
    for (const number of numbers.slice(0, mostNumbers)) {
      if (!this.#isDirect(number)) open.push(number);
    }
    for (const [index, number] of open.entries()) {
      const isComputed = index < mostComputed && this.#isComputed(number);
      const problem = isComputed
        ? this.#directions.problemOf(number, this.#contextAt(number.start))
        : this.#index.isSuggested(number)
        ? "Only the question has this number"
        : "No tool result has this number, and none leads to it";
      this.#note(number.start, number.text, "number", problem);
    }
    if (numbers.length > mostNumbers) {
      this.#note(mostAnswer, "…", "number", "The answer has too many numbers to check them all");
    }
  }

  #isDirect(number: NumberFound): boolean {
    const context = this.#contextAt(number.start);
    if (isYear(number) && this.#days.hasYear(number.readings[0]?.value ?? 0)) {
      this.#note(number.start, number.text, "date", null);
      return true;
    }
    const found = this.#index.supporting(number, context, this.#around(number, context));
    if (found.length === 0) return this.#isBound(number) || this.#isAgo(number);
    const problem = valueOfOtherDay(number, context, found, this.#index, this.#claims.plain.folded) ??
      (found.some(isPlainValue) ? null : this.#directions.problemOf(number, context));
    if (problem === null) this.#supported.add(number);
    this.#note(number.start, number.text, "number", problem);
    return true;
  }

  #checkDirections(): void {
    for (const context of this.#contexts.slice(0, mostNumbers)) {
      for (const { start, text, isRight } of this.#directions.claimsIn(context)) {
        this.#note(start, text, "direction", isRight ? null : "The tool results show that it went another way");
      }
    }
  }

  #isComputed(number: NumberFound): boolean {
    const context = this.#contextAt(number.start);
    const limits = this.#limitsIn(context);
    const explained = this.#arithmetic.explains(number, context, this.#citedNear(number, context), limits) ||
      (limits.includes(number) && this.#isCounted(number, context)) || this.#isInUnitAhead(number, context);
    if (explained) {
      this.#supported.add(number);
      this.#computed.add(number);
    }
    return explained;
  }

  /** "In mmol/L it is 3.4", and a column headed so. */
  #isInUnitAhead(number: NumberFound, context: SentenceContext): boolean {
    if (number.unit !== null) return false;
    const ahead = this.#claims.plain.text.slice(context.start, number.start);
    const printed = /(?<![\d./^] ?|[A-Za-zµ])[A-Za-zµ]{1,5}\/[A-Za-z0-9]{1,4}(?![A-Za-z/])/.exec(ahead.slice(-200))
      ?.[0];
    const unit = printed === undefined ? null : unitNamed(printed);
    return unit !== null &&
      this.#index.supporting({ ...number, unit }, context, this.#around(number, context)).length > 0;
  }

  /** Numbers of the sentence that are limits, supported or not: "on 8 days more than 10,000 steps". */
  #limitsIn({ numbers }: SentenceContext): NumberFound[] {
    return numbers.filter((number) =>
      number.readings.length > 0 && !isCount(number) &&
      (number.rounding === "over" || number.rounding === "under" || number.isBound || this.#supported.has(number))
    ).slice(0, 6);
  }

  /** Whether the sentence says rightly how many values lie beyond the limit. */
  #isCounted(limit: NumberFound, { numbers }: SentenceContext): boolean {
    const counts = new Set(this.#arithmetic.countsBeyond(limit));
    return numbers.some((number) => number !== limit && isCount(number) && counts.has(number.readings[0]?.value ?? -1));
  }

  /** Supported numbers of the sentence and of what stands shortly before and behind it. */
  #citedNear(number: NumberFound, context: SentenceContext): Cited[] {
    const near: Cited[] = [];
    for (let index = context.index; index >= 0; index--) {
      const sentence = this.#contexts[index];
      if (sentence === undefined || sentence.end < context.start - around) break;
      near.unshift(...this.#citedIn(sentence, number, context));
    }
    const next = this.#contexts[context.index + 1];
    return next === undefined ? near : [...this.#citedIn(next, number, context), ...near];
  }

  #citedIn(sentence: SentenceContext, number: NumberFound, context: SentenceContext): Cited[] {
    return sentence.numbers.filter((one) => one !== number && this.#supported.has(one)).map((one) => ({
      number: one,
      value: (one.sign === "-" ? -1 : 1) * (one.readings.at(-1)?.value ?? 0),
      isSameSentence: sentence === context,
      isComputed: this.#computed.has(one),
    }));
  }

  /** "p < 0.001": any p-value below. */
  #isBound(number: NumberFound): boolean {
    const [limit] = number.readings;
    if (!number.isBound || number.unit !== null || limit === undefined || limit.value > 0.2) return false;
    const known = this.#facts.all.some(({ path, value }) => path.includes("p value") && value <= limit.value);
    if (known) this.#note(number.start, number.text, "number", null);
    return known;
  }

  #isAgo(number: NumberFound): boolean {
    const { folded } = this.#claims.plain;
    const [value, unit] = [number.readings[0]?.value, number.unit];
    if (value === undefined || unit === null) return false;
    const days = unit.dimension === "months" ? unit.factor * 30.4 : unit.dimension === "time" ? unit.factor / 1_440 : 0;
    if (days < 1) return false;
    const isPast = agoBefore.test(folded.slice(Math.max(0, number.start - 24), number.start)) ||
      agoAfter.test(folded.slice(number.end, number.end + 12));
    const half = days / 2;
    const known = isPast &&
      this.#days.isAgo(value * days - (days > 1 ? half : 0), value * days + (days > 1 ? half : 0), this.#today);
    if (known) this.#note(number.start, number.text, "number", null);
    return known;
  }

  #around(number: NumberFound, { start, end }: SentenceContext): Around {
    const { folded } = this.#claims.plain;
    const text = () => `${folded.slice(Math.max(0, number.start - around), end)} ${this.#question.slice(0, 500)}`;
    return new Around(text, () => leavesOpen(number, folded, { start, end }));
  }

  /** Contexts are in order; the one that the offset lies in. */
  #contextAt(offset: number): SentenceContext {
    let [from, to] = [0, this.#contexts.length - 1];
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((this.#contexts[middle]?.end ?? 0) <= offset) from = middle + 1;
      else to = middle;
    }
    const context = this.#contexts[from];
    if (context === undefined) throw new Error("An answer has at least one sentence");
    return context;
  }
}

/** How often, how many: a small whole number of days, nights, entries, or of nothing named. */
function isCount({ unit, readings }: NumberFound): boolean {
  const [value] = readings;
  if (value === undefined || !Number.isInteger(value.value) || value.value > 1_000) return false;
  return unit === null || ["night", "workout", "finding", "occurrence"].includes(unit.dimension) ||
    (unit.dimension === "time" && unit.factor === 1_440);
}

/** Not the size of a change, nor a word of a sentence. */
function isPlainValue({ from, path }: Fact): boolean {
  return from === "result" && !/difference|change/.test(path);
}

function isYear({ readings, unit, text }: NumberFound): boolean {
  const value = readings[0]?.value ?? 0;
  return unit === null && /^\d{4}$/.test(text.trim()) && value >= 1900 && value <= 2100;
}
