import assert from "node:assert/strict";
import { buildSessions, islands, type SleepStage, type StagePiece, wakeDay } from "../../src/sleep/build_session.ts";

/** `23:00-23:40` of the night of 10 March; hours from 12 on are the evening's, those before are the next morning's. */
function at(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(":").map(Number);
  return Date.UTC(2026, 2, hours >= 12 ? 10 : 11, hours, minutes);
}

function piece(text: string, fields: Partial<StagePiece> = {}): StagePiece {
  const [stage, span = ""] = text.split(" ");
  const [from = "", to = ""] = span.split("-");
  return {
    stage: stage as SleepStage,
    start: at(from),
    end: at(to),
    zone_offset: null,
    external_id: null,
    ...fields,
  };
}

const pieces = (...texts: string[]) => texts.map((text) => piece(text));
const clock = (instant: number) => new Date(instant).toISOString().slice(11, 16);

function shown(built: ReturnType<typeof buildSessions>) {
  return built.map(({ stages, ...session }) => ({
    span: `${clock(session.start)}-${clock(session.end)}`,
    stages: stages?.map(({ stage, start, end }) => `${stage} ${clock(start)}-${clock(end)}`),
    minutes: [session.asleep_seconds, session.awake_seconds, session.in_bed_seconds].map((seconds) =>
      (seconds ?? NaN) / 60
    ),
  }));
}

Deno.test("the gap of 120 minutes decides what is one session, measured from the end of what came before", () => {
  const spans = (...texts: string[]) => shown(buildSessions(pieces(...texts))).map(({ span }) => span);
  assert.deepEqual(spans("light 22:00-23:00", "light 01:00-02:00"), ["22:00-02:00"]);
  assert.deepEqual(spans("light 22:00-23:00", "light 01:01-02:00"), ["22:00-23:00", "01:01-02:00"]);
  // The short piece inside the long one does not end the window.
  assert.deepEqual(spans("light 22:00-03:00", "light 23:00-23:10", "light 05:00-06:00"), ["22:00-06:00"]);
  // Being awake carries on, but does not begin.
  assert.deepEqual(spans("light 22:00-23:00", "awake 23:50-00:30", "rem 02:20-03:00"), ["22:00-03:00"]);
  assert.deepEqual(spans("awake 20:00-21:00", "light 21:30-23:00", "awake 23:00-23:10"), ["21:30-23:10"]);
  assert.deepEqual(spans("awake 20:00-23:30"), []);
  // Awake while in bed from the same minute is part of it.
  assert.deepEqual(shown(buildSessions(pieces("in_bed 22:00-06:00", "awake 22:00-22:20", "deep 22:20-05:50")))[0], {
    span: "22:00-05:50",
    stages: ["awake 22:00-22:20", "deep 22:20-05:50"],
    minutes: [450, 20, 480],
  });
});

Deno.test("lying in bed counts as sleep only where nothing else does, and wrappers go beside detailed stages", () => {
  assert.deepEqual(shown(buildSessions(pieces("in_bed 22:00-23:30", "in_bed 23:00-06:00"))), [
    { span: "22:00-06:00", stages: ["sleeping 22:00-23:30", "sleeping 23:30-06:00"], minutes: [480, 0, 480] },
  ]);
  assert.deepEqual(shown(buildSessions(pieces("in_bed 22:00-06:00", "sleeping 22:30-05:30"))), [
    { span: "22:30-05:30", stages: ["sleeping 22:30-05:30"], minutes: [420, 0, 480] },
  ]);
  const detailed = pieces("in_bed 22:00-06:00", "sleeping 22:00-06:00", "light 22:30-23:00", "rem 23:00-23:45");
  assert.deepEqual(shown(buildSessions(detailed)), [
    { span: "22:30-23:45", stages: ["light 22:30-23:00", "rem 23:00-23:45"], minutes: [75, 0, 480] },
  ]);
});

Deno.test("where two overlap the earlier one keeps its time, and of two that start together the more detailed", () => {
  assert.deepEqual(
    shown(buildSessions(pieces("light 23:00-01:00", "deep 22:00-23:30", "rem 22:30-23:00", "awake 00:50-01:20"))),
    [{
      span: "22:00-01:20",
      stages: ["deep 22:00-23:30", "light 23:30-01:00", "awake 01:00-01:20"],
      minutes: [180, 20, 200],
    }],
  );
  const contradiction = pieces("sleeping 22:00-23:00", "awake 22:00-23:00", "light 22:00-23:00", "rem 22:00-23:00");
  assert.deepEqual(shown(buildSessions(contradiction))[0]?.stages, ["rem 22:00-23:00"]);
});

Deno.test("efficiency is sleep of the time in bed; the time in bed is never less than what was spent there", () => {
  const [session] = buildSessions(pieces("in_bed 22:00-23:00", "light 22:00-01:00", "awake 01:00-01:20"));
  assert.deepEqual([session?.in_bed_seconds, session?.efficiency_percent], [12_000, 90]);
  assert.equal(buildSessions(pieces("light 22:00-22:20", "awake 22:20-22:50"))[0]?.efficiency_percent, 40);
});

Deno.test("the offset and the id are the first that were named", () => {
  const [session] = buildSessions([
    piece("rem 23:00-00:00", { zone_offset: 120, external_id: "b" }),
    piece("deep 00:00-01:00", { zone_offset: 60, external_id: "c" }),
    piece("light 22:00-23:00"),
  ]);
  assert.deepEqual([session?.zone_offset, session?.external_id], [120, "b"]);
});

Deno.test("short sleep that begins by day is a nap, by local time", () => {
  const nap = (text: string, zone_offset: number | null) => buildSessions([piece(text, { zone_offset })])[0]?.is_nap;
  assert.equal(nap("light 14:00-15:00", null), true);
  assert.equal(nap("light 14:00-17:00", null), false);
  assert.equal(nap("light 14:00-15:00", 7 * 60), false);
  assert.equal(nap("light 03:00-04:00", 7 * 60), true);
  assert.equal(nap("light 20:00-21:00", null), false);
  assert.equal(nap("light 08:59-10:00", null), false);
  assert.equal(nap("light 09:00-10:00", null), true);
});

Deno.test("a night is counted on the local day it ends", () => {
  const end = Date.parse("2026-03-10T23:30:00Z");
  assert.deepEqual(
    [null, 0, 30, -600].map((zone_offset) => wakeDay({ end, zone_offset })),
    ["2026-03-10", "2026-03-10", "2026-03-11", "2026-03-10"],
  );
});

Deno.test("a piece of more than a day wraps no nights together", () => {
  const dayMs = 24 * 3_600_000;
  const night = piece("light 22:00-23:00");
  const next = { ...night, start: night.start + dayMs, end: night.end + dayMs };
  const forgotten = { ...night, stage: "in_bed" as const, end: night.end + 30 * 3_600_000 };
  assert.equal(buildSessions([forgotten, night, next]).length, 2);
  assert.equal(islands([forgotten]).length, 0);
});

/** Small, repeatable, good enough to shuffle. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

Deno.test("the order of the pieces changes nothing", () => {
  const stages: SleepStage[] = ["in_bed", "sleeping", "awake", "light", "deep", "rem"];
  for (let seed = 1; seed <= 40; seed++) {
    const random = randomNumbers(seed);
    const night = Array.from({ length: 30 }, (_, index): StagePiece => {
      const start = at("18:00") + Math.floor(random() * 40) * 20 * 60_000;
      const end = start + (1 + Math.floor(random() * 5)) * 10 * 60_000;
      return { stage: stages[Math.floor(random() * 6)] ?? "rem", start, end, zone_offset: 60, external_id: `${index}` };
    });
    // The same interval and stage is one row, whatever its id.
    const distinct = [...new Map(night.map((one) => [`${one.start} ${one.end} ${one.stage}`, one])).values()];
    const expected = buildSessions(distinct);
    for (let round = 0; round < 5; round++) {
      const shuffled = distinct.map((one) => [random(), one] as const).sort(([a], [b]) => a - b).map(([, one]) => one);
      assert.deepEqual(buildSessions(shuffled), expected, `seed ${seed}`);
    }
    // Each group alone gives the same as all at once.
    assert.deepEqual(islands(distinct).flatMap(buildSessions), expected, `seed ${seed}`);
    for (const { stages, in_bed_seconds, asleep_seconds, awake_seconds } of expected) {
      assert.ok((in_bed_seconds ?? 0) >= (asleep_seconds ?? 0) + (awake_seconds ?? 0));
      let end = -Infinity;
      for (const stage of stages ?? []) {
        assert.ok(stage.start >= end && stage.end > stage.start);
        end = stage.end;
      }
    }
  }
});
