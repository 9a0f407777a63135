import assert from "node:assert/strict";
import { joinParts, mergeParts, readPart, type SessionPart } from "../../src/sleep/join_sessions.ts";

const hour = 3_600_000;
const midnight = Date.UTC(2026, 2, 11);

/** Hours from midnight. */
function part(from: number, to: number, fields: Partial<SessionPart> = {}): SessionPart {
  return {
    external_id: null,
    start: midnight + from * hour,
    end: midnight + to * hour,
    zone_offset: null,
    is_nap: false,
    in_bed_seconds: null,
    asleep_seconds: null,
    light_seconds: null,
    deep_seconds: null,
    rem_seconds: null,
    awake_seconds: null,
    efficiency_percent: null,
    stages: null,
    ...fields,
  };
}

const interval = (stage: "light" | "deep" | "rem" | "awake" | "in_bed", from: number, to: number) => ({
  stage,
  start: midnight + from * hour,
  end: midnight + to * hour,
});

Deno.test("a part alone is the session, word for word", () => {
  const only = part(-1, 7, { external_id: "a", in_bed_seconds: 28_800, efficiency_percent: 91.5 });
  assert.deepEqual(joinParts([only]), [{ ...only, parts: [only] }]);
});

Deno.test("parts up to 120 minutes apart are one session: sums add up, efficiency is weighted by time in bed", () => {
  const evening = part(-2, 1, {
    external_id: "a",
    in_bed_seconds: 10_800,
    asleep_seconds: 9_000,
    deep_seconds: 3_000,
    efficiency_percent: 80,
    is_nap: true,
    zone_offset: 60,
    stages: [interval("deep", -2, 1)],
  });
  const morning = part(3, 6, {
    external_id: "b",
    in_bed_seconds: 5_400,
    asleep_seconds: 5_000,
    efficiency_percent: 95,
    zone_offset: 120,
    stages: [interval("rem", 3, 6)],
  });
  const [joined, ...more] = joinParts([morning, evening]);
  assert.deepEqual(more, []);
  assert.deepEqual(joined, {
    ...part(-2, 6),
    external_id: "a",
    zone_offset: 60,
    in_bed_seconds: 16_200,
    asleep_seconds: 14_000,
    deep_seconds: 3_000,
    efficiency_percent: 85,
    stages: [interval("deep", -2, 1), interval("rem", 3, 6)],
    parts: [evening, morning],
  });
  assert.equal(joinParts([evening, part(3.01, 6)]).length, 2);
  assert.equal(joinParts([{ ...morning, is_nap: true }, evening])[0]?.is_nap, true);
});

Deno.test("parts that overlap are laid over each other where both have stages", () => {
  const stages = (from: number, to: number) => [interval("light", from, to)];
  const one = readPart(part(-2, 3, { stages: stages(-2, 3), in_bed_seconds: 5 * 3600 }));
  const two = readPart(part(1, 6, { stages: [interval("deep", 1, 4), ...stages(4, 6)], in_bed_seconds: 5 * 3600 }));
  const [joined] = joinParts([one, two]);
  assert.deepEqual(
    [joined?.asleep_seconds, joined?.light_seconds, joined?.deep_seconds, joined?.in_bed_seconds],
    [8 * 3600, 7 * 3600, 3600, 8 * 3600],
  );
});

Deno.test("the same sleep told twice without stages is not added up", () => {
  const short = part(-2, 5, { asleep_seconds: 6 * 3600, awake_seconds: 600, in_bed_seconds: 7 * 3600 });
  const long = part(-2, 6, { asleep_seconds: 7 * 3600, awake_seconds: 1200, in_bed_seconds: 8 * 3600 });
  const [joined] = joinParts([short, long]);
  assert.deepEqual(
    [joined?.asleep_seconds, joined?.awake_seconds, joined?.in_bed_seconds],
    [7 * 3600, 1200, 8 * 3600],
  );
  // Two that merely touch are.
  const [added] = joinParts([part(-2, 2.1, { asleep_seconds: 3 * 3600 }), part(2, 6, { asleep_seconds: 3 * 3600 })]);
  assert.equal(added?.asleep_seconds, 6 * 3600);
});

Deno.test("what is delivered again replaces itself, by its id or by its window", () => {
  const [a, b] = [part(-2, 1, { external_id: "a" }), part(2, 6, { external_id: "b" })];
  const longer = part(-2, 1.5, { external_id: "a" });
  assert.deepEqual(mergeParts([a, b], [longer]), [b, longer]);
  const renamed = part(2, 6, { external_id: "c", asleep_seconds: 1 });
  assert.deepEqual(mergeParts([a, b], [renamed]), [a, renamed]);
  assert.deepEqual(mergeParts([], [part(0, 1), part(0, 1, { asleep_seconds: 5 })]), [
    part(0, 1, { asleep_seconds: 5 }),
  ]);
});

Deno.test("a delivery with stages gets its sums from them, its time in bed and efficiency from the vendor", () => {
  const stages = [interval("in_bed", -1, 7), interval("light", 0, 4), interval("awake", 4, 5), interval("rem", 5, 6)];
  const read = readPart(part(-1, 7, { stages, light_seconds: 1, efficiency_percent: 88 }));
  assert.deepEqual(
    [read.asleep_seconds, read.light_seconds, read.rem_seconds, read.awake_seconds, read.in_bed_seconds],
    [5 * 3600, 4 * 3600, 3600, 3600, 8 * 3600],
  );
  assert.equal(read.efficiency_percent, 88);
  assert.equal(readPart(part(-1, 7, { stages })).efficiency_percent, 62.5);
  // Without stages nothing is made up but the sum of what was named.
  const bare = readPart(part(-1, 7, { light_seconds: 7200, deep_seconds: 3600 }));
  assert.deepEqual([bare.asleep_seconds, bare.rem_seconds, bare.in_bed_seconds], [10_800, null, null]);
});
