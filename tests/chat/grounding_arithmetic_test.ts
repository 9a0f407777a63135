import assert from "node:assert/strict";
import { checkGrounding, correctionRequest, type Evidence } from "../../src/chat/grounding.ts";

/** Numbers that follow from the record, and those that only happen to be some difference in it. */

const call = (result: unknown): Evidence["calls"][number] => ({
  tool: "t",
  arguments: {},
  result: JSON.stringify(result),
});
const list = (values: readonly number[]) =>
  values.map((value, index) => ({ date: `2026-03-${String(index + 1).padStart(2, "0")}`, value }));

function unsupported(answer: string, ...results: unknown[]): string[] {
  return checkGrounding(answer, { question: "?", today: "2026-03-14", calls: results.map(call) }).unsupported
    .map(({ text }) => text);
}

Deno.test("a difference and a percentage of two values that the answer cites are computed", () => {
  const found = { unit: "mg/dL", first: 158, last: 130.6 };
  assert.deepEqual(unsupported("It fell from 158 to 130.6 mg/dL, by 27.4 mg/dL or 17 %.", found), []);
  assert.deepEqual(unsupported("It fell from 158 to 130.6 mg/dL, by 28.4 mg/dL or 19 %.", found), [
    "28.4 mg/dL",
    "19 %",
  ]);
});

Deno.test("a difference counts only where the sentence speaks of one", () => {
  const found = { unit: "mg/dL", first: 158, last: 130.6 };
  assert.deepEqual(unsupported("You had 158, then 130.6 mg/dL. Your HDL is 27.4 mg/dL.", found), ["27.4 mg/dL"]);
});

Deno.test("statistics of one list are computed when the sentence names them", () => {
  const found = { unit: "bpm", values: list([50, 60, 64, 70, 71]) };
  assert.deepEqual(unsupported("The average is 63 bpm, the median 64 bpm.", found), []);
  assert.deepEqual(unsupported("It ranged from 50 to 71 bpm.", found), []);
  assert.deepEqual(unsupported("The average is 65 bpm.", found), ["65 bpm"]);
  assert.deepEqual(unsupported("In total 315 bpm.", found), []);
  assert.deepEqual(unsupported("At the lowest 63 bpm.", found), ["63 bpm"]);
});

Deno.test("the newest days of a list are averaged by the number of days that the sentence names", () => {
  const days = list([900, 1000, 1100, 3000, 4000, 5000, 2000, 2500, 3500, 4800]);
  const found = { unit: "count", metric: "steps", days: 3, daily_values: days };
  assert.deepEqual(unsupported("The average of the last 3 days is 3,600 steps.", found), []);
  assert.deepEqual(unsupported("The average of the last 3 days is 2,780 steps.", found), []);
  assert.deepEqual(unsupported("The average of the last 3 days is 3,900 steps.", found), ["3,900 steps"]);
});

Deno.test("entries are counted, also those beyond a limit that the sentence names", () => {
  const found = {
    unit: "count",
    metric: "steps",
    days: 10,
    daily_values: list([9, 11, 12, 8, 14, 7, 10.5, 9.5, 6, 5].map((k) => k * 1000)),
  };
  assert.deepEqual(unsupported("On 4 of 10 days you took more than 10,000 steps.", found), []);
  assert.deepEqual(unsupported("On 5 of 10 days you took more than 10,000 steps.", found), ["5", "10,000 steps"]);
  const results = { results: [{ status: "high" }, { status: "high" }, { status: "low" }] };
  assert.deepEqual(unsupported("Of three results 2 are high.", results), []);
});

Deno.test("fields of one name are compared between two results", () => {
  const compared = { current: { daily_average: 8723 }, previous: { daily_average: 7904 } };
  assert.deepEqual(unsupported("You walk 819 steps more, 10 % up.", compared), []);
  assert.deepEqual(unsupported("You walk 819 steps more.", { daily_average: 8723 }, { daily_average: 7904 }), []);
  assert.deepEqual(unsupported("You walk 918 steps more.", compared), ["918 steps"]);
});

Deno.test("a sum and a share of what the sentence cites are computed", () => {
  const found = { deep_minutes: 80, rem_minutes: 97, duration_minutes: 430 };
  assert.deepEqual(unsupported("80 min deep and 97 min REM sleep, together 177 min in total.", found), []);
  assert.deepEqual(unsupported("80 min deep and 97 min REM sleep, together 187 min in total.", found), ["187 min"]);
  assert.deepEqual(unsupported("Deep sleep took 80 min of 430 min, 19 %.", found), []);
  assert.deepEqual(unsupported("Deep sleep took 80 min of 430 min, 29 %.", found), ["29 %"]);
});

Deno.test("what an earlier turn found supports a number, but no arithmetic", () => {
  const earlier = [call({ unit: "bpm", values: list([50, 60, 70]) })];
  const check = (answer: string) =>
    checkGrounding(answer, { question: "?", today: "2026-03-14", calls: [], earlier }).unsupported.length;
  assert.equal(check("It was 60 bpm."), 0);
  assert.equal(check("The sum is 180 bpm in total."), 1);
});

Deno.test("any result is read, and hostile text ends in an answer", () => {
  const hostile = ["1".repeat(300_000), "1 234 ".repeat(30_000), "1,".repeat(150_000), "14 march ".repeat(20_000)]
    .concat([
      "(((".repeat(300_000),
      "7 h ".repeat(30_000),
      "a1".repeat(150_000),
      "²½①٣ 😀".repeat(20_000),
      "-".repeat(150_000),
    ])
    .concat([
      "loinc ".repeat(20_000),
      "about ".repeat(20_000),
      "\n1. ".repeat(30_000),
      "https://".repeat(20_000),
      "@".repeat(300_000),
    ]);
  for (const text of hostile) {
    const grounding = checkGrounding(text, {
      question: text,
      today: "2026-03-14",
      calls: [call({ text }), { ...call(0), result: text }],
    });
    assert.ok(grounding.unsupported.length <= 100);
    assert.equal(grounding.supported <= grounding.claims, true);
  }
  for (
    const result of [
      "",
      "null",
      "[[[]]]",
      '{"a":{"b":[1,"2",null,{"c":1e400}]}}',
      "not json 5",
      '"5"',
      "{",
      "[".repeat(50_000) + "5" + "]".repeat(50_000),
    ]
  ) {
    checkGrounding("5 and 6", { question: "", today: "2026-03-14", calls: [{ tool: "", arguments: {}, result }] });
  }
});

Deno.test("an answer that is too long says that its end was not checked", () => {
  const { unsupported } = checkGrounding("word ".repeat(30_000), { question: "?", today: "2026-03-14", calls: [] });
  assert.match(unsupported.at(-1)?.reason ?? "", /too long/);
});

Deno.test("the correction names each number with its reason, and never more than twenty", () => {
  const answer = Array.from({ length: 30 }, (_, index) => `Value ${index + 1}01 mg/dL.`).join(" ");
  const request = correctionRequest(checkGrounding(answer, { question: "?", today: "2026-03-14", calls: [] }));
  assert.match(request, /- "101 mg\/dL": No tool result has this number/);
  assert.match(request, /and 10 more/);
  assert.equal(request.split("\n").filter((line) => line.startsWith('- "')).length, 20);
});
