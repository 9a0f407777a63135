import assert from "node:assert/strict";
import { interpretation, pairByDay, pearson } from "../../src/chat/correlation.ts";

const pairs = (a: number[], b: number[]) =>
  a.map((value, index) => ({ day: `2026-01-0${index + 1}`, a: value, b: b[index] ?? 0 }));

Deno.test("Pearson's r of known samples, to three decimals", () => {
  // Anscombe's first quartet.
  const x = [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5];
  const y = [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68];
  assert.equal(pearson(pairs(x, y)), 0.816);
  assert.equal(pearson(pairs(x, x.map((value) => -value))), -1);
  assert.equal(pearson(pairs([1, 2, 3], [1, 3, 1])), 0);
});

Deno.test("a side that never changes has no correlation, whatever rounding makes of its mean", () => {
  assert.equal(pearson(pairs([0.1, 0.1, 0.1], [1, 2, 3])), null);
  assert.equal(pearson(pairs([1, 2, 3], [5, 5, 5])), null);
  assert.equal(interpretation(null), "insufficient variance");
});

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
});

Deno.test("only days that both series have are paired, ascending", () => {
  const day = (number: number, value: number) => ({ day: `2026-01-0${number}`, value });
  assert.deepEqual(pairByDay([day(3, 30), day(1, 10), day(2, 20)], [day(1, 1), day(3, 3), day(4, 4)]), [
    { day: "2026-01-01", a: 10, b: 1 },
    { day: "2026-01-03", a: 30, b: 3 },
  ]);
});
