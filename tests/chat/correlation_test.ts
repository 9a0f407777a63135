import assert from "node:assert/strict";
import {
  bestLag,
  correlate,
  type DayValue,
  interpretation,
  lagInWords,
  pairByDay,
  summarySentence,
} from "../../src/chat/correlation.ts";
import { addDays } from "../../src/platform/day_range.ts";

const series = (values: readonly number[], from = "2026-01-01"): DayValue[] =>
  values.map((value, later) => ({ day: addDays(from, later), value }));

/** Numbers that repeat only after a long time: one like the next by no more than chance. */
const irregular = (count: number) => Array.from({ length: count }, (_, place) => (place * place * 7 + place * 3) % 31);

Deno.test("strength is called by the rounded value", () => {
  const called = [1, 0.7, 0.699, 0.4, 0.399, 0.2, 0.199, 0, -0.199, -0.2, -0.4, -0.7].map(interpretation);
  assert.deepEqual(called, [
    "strong positive",
    "strong positive",
    "moderate positive",
    "moderate positive",
    "weak positive",
    "weak positive",
    "no significant correlation",
    "no significant correlation",
    "no significant correlation",
    "weak negative",
    "moderate negative",
    "strong negative",
  ]);
  assert.equal(interpretation(null), "insufficient variance");
});

Deno.test("only days that both series have are paired, ascending; a lag moves the second one", () => {
  const day = (number: number, value: number) => ({ day: `2026-01-0${number}`, value });
  const [a, b] = [[day(3, 30), day(1, 10), day(2, 20)], [day(1, 1), day(3, 3), day(4, 4)]];
  assert.deepEqual(pairByDay(a, b), [{ day: "2026-01-01", a: 10, b: 1 }, { day: "2026-01-03", a: 30, b: 3 }]);
  assert.deepEqual(pairByDay(a, b, 1), [{ day: "2026-01-02", a: 20, b: 3 }, { day: "2026-01-03", a: 30, b: 4 }]);
  assert.deepEqual(pairByDay(a, b, -2), [{ day: "2026-01-03", a: 30, b: 1 }]);
});

Deno.test("what differs by the rounding of a sum only is the same", () => {
  const found = correlate(pairByDay(series([0.1 + 0.2, 0.3, 0.3, 0.3]), series([1, 2, 3, 4])));
  assert.deepEqual([found.pearson, found.spearman, found.p_value, found.confidence_interval_95], [
    null,
    null,
    null,
    null,
  ]);
});

Deno.test("a number comes with everything that says what it is worth", () => {
  const x = [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5];
  const y = [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68];
  assert.deepEqual(correlate(pairByDay(series(x), series(y))), {
    n: 11,
    pearson: 0.816,
    spearman: 0.818,
    p_value: 0.0022,
    spearman_p_value: 0.0021,
    confidence_interval_95: [0.424, 0.951],
  });
  const perfect = correlate(pairByDay(series(x), series(x)));
  assert.deepEqual([perfect.pearson, perfect.p_value, perfect.confidence_interval_95], [1, 0.0001, null]);
});

Deno.test("one series that follows the other is found with its distance and direction", () => {
  const a = irregular(30);
  for (const days of [-3, -1, 0, 2, 3]) {
    const lag = bestLag(series(a), series(a.map((value) => 50 - 2 * value), addDays("2026-01-01", days)));
    if (lag === null) assert.fail(`no lag of ${days}`);
    assert.deepEqual(lag, { days, correlation: -1, n: 30, p_value: 0.0001 });
  }
  const words = (days: number, p_value = 0.05) =>
    lagInWords({ days, correlation: 1, n: 30, p_value }, "steps", "symptom:headache");
  assert.equal(words(1), "symptom:headache follows steps by 1 day");
  assert.equal(words(-2), "steps follows symptom:headache by 2 days");
  assert.equal(words(0), "steps and symptom:headache move on the same day");
  assert.equal(words(1, 0.06), "no distance of up to 3 days stands out from chance");
});

Deno.test("the p-value of the best lag pays for the seven that were tried", () => {
  // Anscombe's sample: p = 0.00217 of the same day, times 7.
  const x = [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5];
  const y = [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68];
  assert.deepEqual(bestLag(series(x), series(y)), { days: 0, correlation: 0.816, n: 11, p_value: 0.0152 });
});

Deno.test("a lag is not looked for in fewer than ten pairs", () => {
  assert.equal(bestLag(series(irregular(9)), series(irregular(9))), null);
  // Ten on the same day are nine at a distance of one.
  assert.equal(bestLag(series(irregular(10)), series(irregular(10)))?.days, 0);
  assert.equal(bestLag(series(irregular(10)), series(irregular(10), "2026-01-02"))?.days, 1);
});

Deno.test("one sentence says the main fact, and whether it is one", () => {
  const sentence = (a: readonly number[], b: readonly number[]) =>
    summarySentence(correlate(pairByDay(series(a), series(b))), null, "steps", "symptom:headache", "more");
  const a = irregular(30);
  assert.equal(
    sentence(a, a.map((value) => -value)),
    "On days with more steps, symptom:headache tended to be lower: a strong relation (r = -1, n = 30 days, p ≤ 0.0001); it " +
      "does not say what causes what.",
  );
  assert.match(sentence([1, 2, 3, 4], [1, 3, 2, 4]), /^Only 4 days have both .* too few to mean anything \(r = 0\.8/);
  assert.match(sentence(a, a.map(() => 4)), /the same on all 30 days/);
  const later = summarySentence(
    correlate(pairByDay(series(a), series(a, "2026-01-03"))),
    bestLag(series(a), series(a, "2026-01-03")),
    "steps",
    "pain",
    "more",
  );
  assert.match(
    later,
    /^pain follows steps by 2 days, in the same direction: a strong relation \(r = 1, n = 30 days, on /,
  );
  const alternating = a.map((_, place) => place % 2);
  assert.match(sentence(a.map((_, place) => place), alternating), /no clear relation \(r = 0\.058/);
  const few = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
  assert.match(
    sentence(few, [5, 1, 4, 2, 6, 3, 9, 1, 7, 4]),
    /tended to be higher, but only as much as chance often does/,
  );
});
