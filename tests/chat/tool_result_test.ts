import assert from "node:assert/strict";
import { maxResultLength, resultJson } from "../../src/chat/tool_result.ts";

const dated = (count: number, ascending: boolean) =>
  Array.from({ length: count }, (_, index) => ({
    date: new Date(Date.UTC(2026, 0, ascending ? index + 1 : count - index)).toISOString().slice(0, 10),
    value: 1,
  }));

Deno.test("a result that fits is its own JSON; nothing is null", () => {
  assert.equal(resultJson({ a: [1] }, 400), '{"a":[1]}');
  assert.equal(resultJson(undefined, 400), "null");
});

Deno.test("a long list keeps its newest entries and says how many are missing", () => {
  for (const ascending of [true, false]) {
    const json = resultJson({ user_id: "u", data_points: dated(100, ascending), statistics: { latest: 7 } }, 1000);
    assert.ok(json.length <= 1000);
    const result = JSON.parse(json);
    const dates = result.data_points.map((point: { date: string }) => point.date);
    assert.ok(dates.length > 15, `only ${dates.length} kept`);
    assert.ok(dates.includes("2026-04-10"), "the newest is kept");
    assert.ok(!dates.includes("2026-01-01"), "the oldest is dropped");
    assert.deepEqual([result.user_id, result.statistics], ["u", { latest: 7 }]);
    assert.ok(result.cut.includes(`${dates.length} of 100 data_points`), result.cut);
  }
});

Deno.test("a list too long even for one entry makes way for the next one", () => {
  const json = resultJson({ notes: ["x".repeat(5000)], results: dated(50, false) }, 1000);
  assert.ok(json.length <= 1000);
  const result = JSON.parse(json);
  assert.deepEqual(result.notes, []);
  assert.ok(result.results.length > 5);
  assert.match(result.cut, /0 of 1 notes.*of 50 results/);
});

Deno.test("what cannot be shortened by its lists shows its beginning, as valid JSON", () => {
  for (const result of [{ text: '"\\\n'.repeat(5000) }, "x".repeat(5000), Array(5000).fill("\u0001")]) {
    const json = resultJson(result, 400);
    assert.ok(json.length <= 400, `${json.length}`);
    assert.match(JSON.parse(json).cut, /too long/);
  }
});

Deno.test("the limit is a quarter of the context, at four characters a token, and bounded", () => {
  assert.equal(maxResultLength(8192), 8192);
  assert.equal(maxResultLength(1_048_576), 32_000);
});
