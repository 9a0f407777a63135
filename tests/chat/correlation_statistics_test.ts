import assert from "node:assert/strict";
import { confidenceInterval95, pearson, pValue, ranks, rounded, spearman } from "../../src/chat/statistics.ts";

const near = (actual: number | null | undefined, expected: number, within: number) => {
  if (actual === null || actual === undefined) assert.fail(`${actual} is no number`);
  assert.ok(Math.abs(actual - expected) <= within, `${actual} is not within ${within} of ${expected}`);
};

// Anscombe, Graphs in Statistical Analysis (1973), first set: r = 0.81642, p = 0.00217.
const x = [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5];
const y = [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68];

Deno.test("Pearson's r and its p-value of a published sample", () => {
  near(pearson(x, y), 0.81642, 5e-6);
  near(pValue(pearson(x, y) ?? 0, 11), 0.00217, 5e-6);
  near(pearson(x, x.map((value) => 3 - value)), -1, 1e-12);
  assert.equal(pearson([1, 2, 3], [1, 3, 1]), 0);
  assert.equal(pearson([1], [1]), null);
});

Deno.test("a side that never changes has no correlation, whatever rounding makes of its mean", () => {
  assert.equal(pearson([0.1, 0.1, 0.1], [1, 2, 3]), null);
  assert.equal(pearson([1, 2, 3], [5, 5, 5]), null);
  assert.equal(spearman([1, 2, 3], [5, 5, 5]), null);
});

Deno.test("Spearman's rho and its p-value of a published sample", () => {
  // The worked example of Wikipedia, Spearman's rank correlation coefficient: -29/165, p = 0.627188.
  const iq = [106, 100, 86, 101, 99, 103, 97, 113, 112, 110];
  const hours = [7, 27, 2, 50, 28, 29, 20, 12, 6, 17];
  near(spearman(iq, hours), -29 / 165, 1e-12);
  near(pValue(spearman(iq, hours) ?? 0, 10), 0.627188, 5e-7);
  // Any rising curve is 1, not only a line.
  assert.equal(rounded(spearman([1, 2, 3, 4], [1, 8, 27, 64]) ?? 0, 12), 1);
});

Deno.test("equal values share their mean rank", () => {
  assert.deepEqual(ranks([10, 20, 20, 5, 20]), [2, 4, 4, 1, 4]);
  assert.deepEqual(ranks([7, 7]), [1.5, 1.5]);
  // By hand: ranks 1, 2.5, 2.5, 4 against 1, 3, 2, 4; covariance 4.5, squares 4.5 and 5.
  near(spearman([1, 2, 2, 3], [1, 3, 2, 4]), 4.5 / Math.sqrt(4.5 * 5), 1e-12);
});

Deno.test("the p-value is that of Student's t: published two-sided critical values", () => {
  // NIST/SEMATECH e-Handbook 1.3.6.7.2, and the usual tables with more digits.
  const criticals: [t: number, freedom: number, p: number][] = [
    [12.7062, 1, 0.05],
    [63.6567, 1, 0.01],
    [4.30265, 2, 0.05],
    [2.57058, 5, 0.05],
    [3.49948, 7, 0.01],
    [2.22814, 10, 0.05],
    [1.98397, 100, 0.05],
    [1.95996, 1_000_000, 0.05],
  ];
  for (const [t, freedom, p] of criticals) {
    const r = t / Math.sqrt(t * t + freedom);
    near(pValue(r, freedom + 2), p, 2e-6);
    near(pValue(-r, freedom + 2), p, 2e-6);
  }
  assert.equal(pValue(0, 20), 1);
  assert.equal(pValue(1, 20), 0);
  assert.equal(pValue(0.5, 2), null);
});

Deno.test("the confidence interval is Fisher's", () => {
  // By hand: artanh 0.5 = 0.549306, plus and minus 1.959964 / 5.
  const [low, high] = confidenceInterval95(0.5, 28) ?? [];
  near(low, Math.tanh(0.549306 - 0.391993), 1e-6);
  near(high, Math.tanh(0.549306 + 0.391993), 1e-6);
  assert.equal(confidenceInterval95(0.5, 3), null);
  assert.equal(confidenceInterval95(-1, 30), null);
});
