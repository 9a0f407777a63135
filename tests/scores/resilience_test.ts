import assert from "node:assert/strict";
import { resilience } from "../../src/scores/resilience.ts";

Deno.test("resilience is 100 up to a variation of 7 %, 0 from 40 %, and even in between", () => {
  assert.deepEqual(resilience([50, 50, 50, 50, 50]), { value: 100, cv: 0, days: 5 });
  // Mean 50, sample standard deviation 10: 20 %.
  const spread = [40, 60, 50, 40, 60];
  assert.deepEqual(resilience(spread), { value: 61, cv: 0.2, days: 5 });
  assert.deepEqual(resilience([10, 90, 50, 20, 80]), { value: 0, cv: 0.707, days: 5 });
});

Deno.test("fewer than five usable nights say nothing", () => {
  assert.equal(resilience([50, 50, 50, 50]), null);
  assert.equal(resilience([50, 50, 50, 50, 0, -1, NaN, Infinity]), null);
  assert.equal(resilience([50, 50, 50, 50, 0, 50])?.days, 5);
});
