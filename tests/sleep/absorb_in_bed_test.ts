import assert from "node:assert/strict";
import { absorbInBed } from "../../src/sleep/absorb_in_bed.ts";
import { buildSessions, type SleepStage } from "../../src/sleep/build_session.ts";

/** `light 22:00-23:00` of the night of 10 March; hours from 12 on are the evening's, those before the next morning's. */
function piece(text: string) {
  const [stage, span = ""] = text.split(" ");
  const [start = 0, end = 0] = span.split("-").map((clock) => {
    const [hours = 0, minutes = 0] = clock.split(":").map(Number);
    return Date.UTC(2026, 2, hours >= 12 ? 10 : 11, hours, minutes);
  });
  return { stage: stage as SleepStage, start, end, zone_offset: null, external_id: null };
}

const clock = (instant: number) => new Date(instant).toISOString().slice(11, 16);

/** What remains of the sources' pieces: source, span, minutes in bed, efficiency, sources that were absorbed. */
function nights(pieces: Readonly<Record<number, readonly string[]>>) {
  const built = Object.entries(pieces).flatMap(([no, texts]) =>
    buildSessions(texts.map(piece)).map((session) => ({ ...session, source_no: Number(no) }))
  );
  return absorbInBed(built).map(({ source_no, start, end, in_bed_seconds, efficiency_percent, absorbed }) => [
    source_no,
    `${clock(start)}-${clock(end)}`,
    (in_bed_seconds ?? NaN) / 60,
    efficiency_percent,
    absorbed.map(({ source_no }) => source_no),
  ]);
}

Deno.test("the phone's time in bed goes into the watch's night, whose start and end stay", () => {
  assert.deepEqual(
    nights({ 1: ["in_bed 22:00-06:00"], 2: ["light 22:30-01:00", "awake 01:00-01:30", "rem 01:30-05:30"] }),
    [
      [2, "22:30-05:30", 480, 81.25, [1]],
    ],
  );
  // The union of what both say: the phone was picked up in the evening, and the watch worn into the morning.
  assert.deepEqual(
    nights({ 1: ["in_bed 21:30-22:00", "in_bed 22:30-23:00"], 2: ["in_bed 05:30-06:00", "deep 22:45-05:30"] }),
    [[2, "22:45-05:30", 30 + 30 + 7 * 60, 84.38, [1]]],
  );
});

Deno.test("without a night beside it lying in bed stays a session, and counts as sleep", () => {
  // Another time; merely touching; nobody who noticed sleep; a source that noticed somebody awake.
  for (
    const other of [["light 09:00-10:00"], ["light 06:00-07:00"], ["in_bed 22:30-05:00"], [
      "in_bed 22:30-05:00",
      "awake 05:00-05:10",
    ]]
  ) {
    const [first, second, ...more] = nights({ 1: ["in_bed 22:00-06:00"], 2: other });
    assert.deepEqual([first, second?.[0], second?.at(-1), more], [[1, "22:00-06:00", 480, 100, []], 2, [], []]);
  }
});

Deno.test("what a source noticed besides lying in bed stays its own session", () => {
  for (const more of ["sleeping 23:00-05:00", "awake 05:00-05:30"]) {
    const found = nights({ 1: ["in_bed 22:00-06:00", more], 2: ["light 22:30-05:30"] });
    assert.deepEqual(found.map(([source, , minutes, , absorbed]) => [source, minutes, absorbed]), [
      [1, 480, []],
      [2, 420, []],
    ]);
  }
});

Deno.test("each other source's night gets it, and of two sessions of a source the one it overlaps more", () => {
  assert.deepEqual(
    nights({
      1: ["in_bed 21:00-07:00"],
      2: ["light 21:30-23:00", "deep 02:00-06:00"],
      3: ["sleeping 22:00-05:00"],
      4: ["in_bed 22:30-22:45"],
    }),
    [
      [2, "21:30-23:00", 90, 100, [4]],
      [2, "02:00-06:00", 600, 40, [1]],
      [3, "22:00-05:00", 600, 70, [1, 4]],
    ],
  );
  // Of two alike the earlier one.
  assert.deepEqual(
    nights({ 1: ["in_bed 21:00-07:00"], 2: ["light 22:00-23:00", "light 02:00-03:00"] }).map(([, span]) => span),
    ["22:00-23:00", "02:00-03:00"],
  );
  assert.deepEqual(
    nights({ 1: ["in_bed 21:00-07:00"], 2: ["light 22:00-23:00", "light 02:00-03:00"] }).map((night) => night.at(-1)),
    [[1], []],
  );
});
