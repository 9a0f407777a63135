import process from "node:process";
import { findClaims } from "../../src/chat/claims.ts";
import { checkGrounding } from "../../src/chat/grounding.ts";
import type { NumberFound } from "../../src/chat/printed_claim.ts";
import { rightAnswers, wrongAnswers } from "./grounding_cases_table.ts";
import {
  type DirectionCase,
  directions,
  type DirectionTrap,
  directionTraps,
  unseenDirections,
  unseenTraps,
} from "./grounding_directions_table.ts";
import { heartFellCall, today } from "./grounding_evidence_table.ts";
import { suggestions } from "./grounding_suggestions_table.ts";
import { unseenAnswers } from "./grounding_unseen_table.ts";

/**
 * Measures the check of answers against tool results: `deno task eval:grounding [rounds]`.
 *
 * False rejects are claims of right answers that the check calls unsupported. False accepts are random wrong numbers in
 * their place that it lets pass: of the same power of ten, with as many decimals and the same unit, `rounds` of each.
 */

const print = (line: string) => Deno.stdout.writeSync(new TextEncoder().encode(line + "\n"));
const share = (part: number, whole: number) =>
  `${part} of ${whole} (${(100 * part / Math.max(1, whole)).toFixed(2)} %)`;
const rounds = Number(Deno.args[0] ?? 40);

/** Numerical Recipes' linear congruential generator: the same wrong numbers in every run. */
let seed = 20260314;
function random(): number {
  seed = (seed * 1_664_525 + 1_013_904_223) % 2 ** 32;
  return seed / 2 ** 32;
}

type Answer = (typeof rightAnswers)[number];
const check = (answer: string, { question, calls }: Answer) => checkGrounding(answer, { question, today, calls });

/** The claim with another number in the same print; null when it has no digits or none other was drawn. */
function wrongText({ text, readings, rounding }: NumberFound): string | null {
  const [printed] = /\d+(?:[.,' ]\d+)*/.exec(text) ?? [];
  if (printed === undefined) return null;
  const value = Math.max(...readings.map((reading) => reading.value));
  for (let attempt = 0; attempt < 20; attempt++) {
    // Mark and decimals stay where they are, each digit is drawn; the first is never 0 where it was not.
    let first = true;
    const digits = (part: string) =>
      part.replace(/\d/g, (digit) => {
        const drawn = first && digit !== "0" ? 1 + Math.floor(random() * 9) : Math.floor(random() * 10);
        first = false;
        return String(drawn);
      });
    const other = text.replace(/\d+(?:[.,' ]\d+)*/g, digits).replace(
      /(?<=\D)(\d)(\d)(?= ?(?:min|dakika|分))/,
      (found, tens, ones) => Number(found) > 59 ? `${Number(tens) % 6}${ones}` : found,
    );
    const [found] = findClaims(other, new Set()).numbers;
    const near = rounding === "as printed" ? 0.004 : 0.12;
    if (found !== undefined && found.readings.every((reading) => Math.abs(reading.value - value) > near * value)) {
      return other;
    }
  }
  return null;
}

interface Tally {
  tried: number;
  accepted: number;
}

function accepts(answers: readonly Answer[], isCounted: (number: NumberFound) => boolean): Tally {
  const tally = { tried: 0, accepted: 0 };
  for (const right of answers) {
    const { plain, numbers } = findClaims(right.answer, new Set());
    for (const number of numbers.filter(isCounted)) {
      for (let round = 0; round < rounds; round++) {
        const text = wrongText(number);
        if (text === null) continue;
        const answer = plain.text.slice(0, number.start) + text + plain.text.slice(number.end);
        tally.tried++;
        const { unsupported } = check(answer, right);
        const digits = /\d[\d.,' ]*/.exec(text)?.[0].trim().replace(/[.,]$/, "") ?? text;
        if (!unsupported.some((claim) => claim.text.includes(digits))) tally.accepted++;
      }
    }
  }
  return tally;
}

const isSmallCount = ({ readings, unit }: NumberFound) =>
  (readings[0]?.value ?? 0) < 10 && readings[0]?.step === 1 &&
  (unit === null || unit.factor === 1_440 || unit.dimension !== "time");

for (
  const [name, answers] of [["written with the rules", rightAnswers], ["written afterwards", unseenAnswers]] as const
) {
  print(`\nAnswers ${name}: ${answers.length}\n\n| language | claims | false rejects |\n| --- | --- | --- |`);
  let [claims, rejected] = [0, 0];
  for (const [language, own] of Map.groupBy(answers, (answer) => answer.language)) {
    const found = own.map((answer) => check(answer.answer, answer));
    const [all, wrong] = [
      found.reduce((sum, one) => sum + one.claims, 0),
      found.reduce((sum, one) => sum + one.claims - one.supported, 0),
    ];
    print(`| ${language} | ${all} | ${wrong} |`);
    for (const { unsupported } of found) for (const { text, reason } of unsupported) print(`  "${text}": ${reason}`);
    [claims, rejected] = [claims + all, rejected + wrong];
  }
  print(`\nfalse rejects: ${share(rejected, claims)}`);
  const numbers = accepts(answers, (number) => !isSmallCount(number));
  const small = accepts(answers, isSmallCount);
  print(`false accepts of random wrong numbers: ${share(numbers.accepted, numbers.tried)}`);
  print(`false accepts of counts and scores below ten: ${share(small.accepted, small.tried)}`);
  print(`false accepts together: ${share(numbers.accepted + small.accepted, numbers.tried + small.tried)}`);
}
const missed = wrongAnswers.filter((one) =>
  !check(one.answer, one).unsupported.some(({ text }) => text.includes(one.wrong))
);
print(`\nwrong answers that pass: ${share(missed.length, wrongAnswers.length)}`);
for (const { language, wrong } of missed) print(`  ${language}: "${wrong}"`);

function checkDirections(name: string, cases: readonly DirectionCase[], traps: readonly DirectionTrap[]): void {
  const named = ({ question, calls }: Pick<DirectionTrap, "question" | "calls">, answer: string) =>
    checkGrounding(answer, { question, today, calls }).unsupported.filter(({ reason }) =>
      /another way|as a (?:rise|fall)/.test(reason)
    );
  const rejected = cases.filter((one) => named(one, one.right).length > 0);
  const passed = cases.filter((one) => named(one, one.wrong).length === 0);
  const trapped = traps.filter((one) => named(one, one.answer).length > 0);
  print(`\nDirections ${name}: sentences that say the opposite and pass: ${share(passed.length, cases.length)}`);
  for (const { language, wrong } of passed) print(`  ${language}: ${wrong}`);
  print(`right ones that are rejected: ${share(rejected.length, cases.length)}`);
  for (const one of rejected) print(`  ${one.language}: ${one.right} ${JSON.stringify(named(one, one.right))}`);
  print(`words of change that are no such claim, rejected: ${share(trapped.length, traps.length)}`);
  for (const { language, answer } of trapped) print(`  ${language}: ${answer}`);
}
checkDirections("written with the rules", directions, directionTraps);
checkDirections("written afterwards", unseenDirections, unseenTraps);

const unsupported = (answer: string, { question, calls }: (typeof suggestions)[number]) =>
  checkGrounding(answer, { question, today, calls }).unsupported;
const agreed = suggestions.filter((one) => unsupported(one.agrees, one).length === 0);
const repeated = suggestions.filter((one) => unsupported(one.repeats, one).length > 0);
print(
  `\nNumbers and dates that only the question has, told as found, that pass: ${
    share(agreed.length, suggestions.length)
  }`,
);
for (const { language, agrees } of agreed) print(`  ${language}: ${agrees}`);
print(`denied, compared or attributed, rejected: ${share(repeated.length, suggestions.length)}`);
for (const one of repeated) print(`  ${one.language}: ${one.repeats} ${JSON.stringify(unsupported(one.repeats, one))}`);

/** A long answer beside as much evidence as a model gets. */
const long = rightAnswers.map(({ answer }) => answer).join("\n\n");
const words = long.split(/\s+/);
const answer = Array.from({ length: Math.ceil(4_000 / words.length) }, () => long).join("\n\n");
const calls = rightAnswers.flatMap((right) => right.calls);
const evidence: typeof calls[number][] = [];
for (let length = 0, index = 0; length < 32_000; index++) {
  const call = calls[index % calls.length];
  if (call === undefined) break;
  evidence.push(call);
  length += call.result.length;
}
const runs = 21;
const times: number[] = [];
for (let run = 0; run < runs; run++) {
  const before = process.cpuUsage();
  checkGrounding(answer, { question: "?", today, calls: evidence });
  const { user, system } = process.cpuUsage(before);
  times.push((user + system) / 1_000);
}
times.sort((a, b) => a - b);
print(
  `\n4,000 words against 32,000 characters: ${
    times[runs >> 1]?.toFixed(1)
  } ms of processor time at the median of ${runs}`,
);

/** Texts made to be slow, of a megabyte each. */
const hostile = [
  "1",
  "1 234 ",
  "1,",
  "14 march ",
  "(((",
  "7 h ",
  "a1",
  "-",
  "loinc ",
  "about ",
  "\n1. ",
  "x@",
  "1 mg/dL and ",
  "rose, ",
  "fell by 3 bpm, ",
];
let slowest = ["", 0] as [string, number];
for (const piece of hostile) {
  const text = piece.repeat(Math.ceil(1_000_000 / piece.length));
  const before = process.cpuUsage();
  checkGrounding(text, {
    question: text,
    today,
    calls: [{ tool: "", arguments: {}, result: JSON.stringify({ text }) }, heartFellCall],
  });
  const { user, system } = process.cpuUsage(before);
  const milliseconds = (user + system) / 1_000;
  if (milliseconds > slowest[1]) slowest = [piece, milliseconds];
}
print(
  `slowest of ${hostile.length} hostile texts of a megabyte: ${slowest[1].toFixed(0)} ms ("${
    slowest[0].trim()
  }" repeated)`,
);
