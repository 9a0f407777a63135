import assert from "node:assert/strict";
import { type IntervalSample, mergeIntervals, type Piece } from "../../src/timeseries/merge_intervals.ts";
import { levelOf, mergeLevels } from "../../src/timeseries/merge_levels.ts";
import { mergeTotals } from "../../src/timeseries/merge_totals.ts";
import { ownPieces } from "../../src/timeseries/own_intervals.ts";

/** The rules of merging, each on its own. Minutes count from 08:00. */

const start = Date.UTC(2026, 2, 14, 8);
const [watch, phone] = [1, 2];
const order = [watch, phone];

function steps(source_no: number, from: number, minutes: number, value: number): IntervalSample {
  return { at: start + from * 60_000, duration_seconds: minutes * 60, value, source_no, zone_offset: 60 };
}

/** "0-10 watch 100" */
function shown(pieces: readonly Piece[]): string[] {
  return pieces.map((piece) => {
    const [from, to] = [piece.start, piece.end].map((at) => Math.round((at - start) / 6000) / 10);
    return `${from}-${to} ${piece.source_no === watch ? "watch" : "phone"} ${Math.round(piece.value * 10) / 10}`;
  });
}

const merged = (...samples: IntervalSample[]) => shown(mergeIntervals(samples, order));
const own = (...samples: IntervalSample[]) => shown(ownPieces(samples));

Deno.test("the better source wins where both measured, the other where it alone did", () => {
  assert.deepEqual(merged(steps(watch, 0, 10, 100), steps(phone, 0, 10, 120), steps(phone, 30, 10, 50)), [
    "0-10 watch 100",
    "30-40 phone 50",
  ]);
  // The other way round, and a source that nobody ranked comes last.
  assert.deepEqual(shown(mergeIntervals([steps(watch, 0, 10, 100), steps(phone, 0, 10, 120)], [phone])), [
    "0-10 phone 120",
  ]);
});

Deno.test("a sample counts by the share of its time that it won", () => {
  // The watch came off in the middle of a walk of half an hour.
  assert.deepEqual(merged(steps(watch, 0, 10, 1000), steps(phone, 0, 40, 4000)), [
    "0-10 watch 1000",
    "10-40 phone 3000",
  ]);
});

Deno.test("pauses of a walk and clocks that differ let nothing through", () => {
  const walk = [steps(watch, 0, 5, 500), steps(watch, 9, 5, 500)];
  // The phone counts at the crossing, and its clock is two and a half minutes late.
  assert.deepEqual(merged(...walk, steps(phone, 2.5, 5, 500), steps(phone, 7.5, 1, 20), steps(phone, 11.5, 5, 500)), [
    "0-5 watch 500",
    "9-14 watch 500",
  ]);
  // A longer pause may be a watch that was off.
  assert.deepEqual(merged(steps(watch, 0, 5, 500), steps(watch, 35, 5, 500), steps(phone, 15, 5, 480)), [
    "0-5 watch 500",
    "15-20 phone 480",
    "35-40 watch 500",
  ]);
});

Deno.test("a coarse piece adds nothing when the better source saw all of it", () => {
  assert.deepEqual(merged(steps(watch, 3, 3, 300), steps(phone, 0, 15, 300)), ["3-6 watch 300"]);
  // In the next piece too, because its clock is late.
  assert.deepEqual(merged(steps(watch, 12, 3, 300), steps(phone, 0, 15, 200), steps(phone, 15, 15, 100)), [
    "12-15 watch 300",
  ]);
});

Deno.test("a device that counts a fifth more by another clock adds nothing while both are worn", () => {
  const walk = Array.from({ length: 42 }, (_, minute) => steps(watch, minute, 1, 70));
  // The same 42 minutes two and a half minutes later, in quarters.
  const late = [steps(phone, 2, 15, 14.5 * 84), steps(phone, 17, 15, 15 * 84), steps(phone, 32, 15, 12.5 * 84)];
  const found = mergeIntervals([...walk, ...late], order);
  assert.equal(found.reduce((sum, { value }) => sum + value, 0), 42 * 70);
});

Deno.test("what the better source saw of one walk takes nothing from the next", () => {
  // The phone stayed at home for the walk that the watch saw, and came along later, in one row of quarters.
  const walks = merged(
    ...Array.from({ length: 12 }, (_, minute) => steps(watch, minute, 1, 100)),
    steps(phone, 0, 15, 50),
    steps(phone, 15, 15, 300),
    steps(phone, 30, 15, 1100),
  );
  assert.deepEqual(walks.slice(12), ["12-15 phone 9.9", "15-30 phone 297.9", "30-45 phone 1092.2"]);
});

Deno.test("a walk that a better clock places beside the best one's adds nothing to a third", () => {
  // The ring is two minutes early and adds nothing; the phone's quarter is the beginning of the same walk.
  const clocks = mergeIntervals([
    ...Array.from({ length: 20 }, (_, minute) => steps(1, 17 + minute, 1, 100)),
    ...Array.from({ length: 20 }, (_, minute) => steps(2, 15 + minute, 1, 100)),
    steps(3, 5, 15, 500),
    steps(3, 20, 15, 1500),
  ], [1, 2, 3]);
  assert.equal(clocks.reduce((sum, { value }) => sum + value, 0), 2000);
});

Deno.test("an hour of zeros covers nothing", () => {
  const zeros = Array.from({ length: 4 }, (_, quarter) => steps(watch, quarter * 15, 15, 0));
  assert.deepEqual(merged(...zeros, steps(phone, 15, 15, 900)), ["15-30 phone 900"]);
});

Deno.test("an epoch in which the better device came off leaves the rest to the other", () => {
  // The watch counted five of fifteen minutes, the phone all of them and an hour more.
  const found = mergeIntervals([steps(watch, 0, 15, 500), steps(phone, 0, 75, 7500)], order);
  assert.equal(Math.round(found.reduce((sum, { value }) => sum + value, 0)), 7500);
  // The same phone through a second app has nothing to add.
  const again = mergeIntervals([steps(watch, 0, 15, 500), steps(phone, 0, 75, 7500), steps(3, 0, 75, 7500)], order);
  assert.deepEqual(again, found);
});

Deno.test("an hour's sum adds nothing to the quarters that a better source counted", () => {
  // Worn all hour long: the quarters that are left out were without steps.
  const quarters = [steps(watch, 0, 15, 100), steps(watch, 30, 15, 1000)];
  assert.deepEqual(merged(...quarters, steps(phone, 0, 60, 1100)), ["0-15 watch 100", "30-45 watch 1000"]);
  const instants = [0, 60, 120].map((minute) => steps(phone, minute, 0, 1100));
  const walks = [0, 60, 120].flatMap((
    minute,
  ) => [steps(watch, minute + 20, 10, 1000), steps(watch, minute + 40, 1, 100)]);
  const whole = mergeIntervals([...walks, ...instants], order).reduce((sum, { value }) => sum + value, 0);
  assert.equal(Math.round(whole), 3300);
});

Deno.test("instants last as long as their neighbours are apart, at most a quarter of an hour", () => {
  const instants = (...minutes: number[]) => own(...minutes.map((minute) => steps(watch, minute, 0, 10)));
  assert.deepEqual(instants(0, 10, 20), ["0-10 watch 10", "10-20 watch 10", "20-30 watch 10"]);
  assert.deepEqual(instants(0, 1, 2, 9, 10, 11), [
    "0-1 watch 10",
    "1-2 watch 10",
    "2-3 watch 10",
    "9-10 watch 10",
    "10-11 watch 10",
    "11-12 watch 10",
  ]);
  assert.deepEqual(instants(0, 16), ["0-1 watch 10", "16-17 watch 10"]);
  // Unless they are the beginnings of hours.
  assert.deepEqual(instants(5, 65, 245), ["5-65 watch 10", "65-125 watch 10", "245-305 watch 10"]);
  assert.deepEqual(instants(0, 30, 90), ["0-30 watch 10", "30-60 watch 10", "90-120 watch 10"]);
  for (const pauses of [[0, 60], [0, 60, 125], [0, 180, 360]]) {
    assert.deepEqual(instants(...pauses), pauses.map((minute) => `${minute}-${minute + 1} watch 10`));
  }
  assert.deepEqual(own(steps(watch, 0, 0, 10), steps(watch, 0.5, 10, 20)), ["0-0.5 watch 10", "0.5-10.5 watch 20"]);
});

Deno.test("what a source reports twice counts once: the shorter wins, the longer gives the rest", () => {
  const details = [steps(watch, 0, 10, 100), steps(watch, 20, 10, 200)];
  assert.deepEqual(own(...details, steps(watch, 0, 60, 400)), [
    "0-10 watch 100",
    "10-20 watch 25",
    "20-30 watch 200",
    "30-60 watch 75",
  ]);
  assert.deepEqual(own(...details, steps(watch, 0, 30, 250)), ["0-10 watch 100", "10-20 watch 0", "20-30 watch 200"]);
  assert.deepEqual(own(steps(watch, 0, 10, 100), steps(watch, 0, 10, 80)), ["0-10 watch 100"]);
  // Edges that overlap by seconds are two walks.
  assert.deepEqual(own(steps(watch, 0, 10, 100), steps(watch, 9.9, 10, 100)), ["0-10 watch 100", "10-19.9 watch 100"]);
  assert.deepEqual(own(steps(watch, 0, 10, -5)), []);
});

Deno.test("nothing is ever counted twice or made up, however samples lie", () => {
  let state = 7;
  const random = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
  for (let round = 0; round < 300; round++) {
    const samples = Array.from({ length: 1 + Math.floor(random() * 30) }, () => {
      const source = 1 + Math.floor(random() * 3);
      return steps(source, Math.floor(random() * 120), Math.floor(random() * 20), Math.floor(random() * 200));
    });
    const pieces = mergeIntervals(samples, [1, 2, 3]);
    for (const [place, piece] of pieces.entries()) {
      assert.ok(piece.value > 0 && piece.end > piece.start);
      const overlap = (pieces[place - 1]?.end ?? 0) - piece.start;
      // Only where a device came off in the middle of an epoch two share its time.
      assert.ok(overlap <= 0 || pieces[place - 1]?.source_no !== piece.source_no);
    }
    for (const source of [1, 2, 3]) {
      const sum = (all: readonly { source_no: number; value: number }[]) =>
        all.filter(({ source_no }) => source_no === source).reduce((total, { value }) => total + value, 0);
      const alone = sum(ownPieces(samples.filter(({ source_no }) => source_no === source)));
      assert.ok(alone <= sum(samples) + 1e-6);
      assert.ok(sum(pieces) <= alone + 1e-6);
    }
    const best = ownPieces(samples.filter(({ source_no }) => source_no === 1)).filter(({ value }) => value > 0);
    assert.deepEqual(pieces.filter(({ source_no }) => source_no === 1), best);
  }
});

Deno.test("a total is its source's amount and is never added to samples", () => {
  const day = (...sources: [number | null, number, number | null][]) =>
    mergeTotals(sources.map(([own, won, total], place) => ({ source_no: place + 1, own, won, total })), [1, 2, 3])
      ?.map(({ value }) => value);
  assert.equal(day(), undefined);
  assert.equal(day([null, 0, null]), undefined);
  assert.deepEqual(day([0, 0, null]), [0]);
  assert.deepEqual(day([4000, 4000, 5000]), [5000]);
  assert.deepEqual(day([4000, 4000, 3000]), [3000]);
  // What the phone saw in the gaps may be what the total has beyond its samples.
  assert.deepEqual(day([4000, 4000, 5000], [3000, 900, null]), [5000, 0]);
  assert.deepEqual(day([4000, 4000, 5000], [3000, 1500, null]), [5000, 500]);
  assert.deepEqual(day([5000, 5000, 5000], [3000, 900, null]), [5000, 900]);
  // Nobody knows when a lone total was counted.
  assert.deepEqual(day([null, 0, 5000], [5500, 5500, null]), [5000, 0]);
  assert.deepEqual(day([null, 0, 5000], [9000, 9000, null]), [5000, 4000]);
  assert.deepEqual(day([5000, 5000, null], [null, 0, 5500]), [5000, 0]);
  assert.deepEqual(day([200, 200, null], [null, 0, 9000]), [200, 8800]);
  assert.deepEqual(day([null, 0, 5000], [null, 0, 5100]), [5000, 0]);
});

Deno.test("in each five minutes the best source's levels count", () => {
  const beat = (source_no: number, minute: number, value: number) => {
    return { at: start + minute * 60_000, source_no, sum: value, count: 1, min: value, max: value };
  };
  const samples = [
    beat(phone, 0, 90),
    beat(watch, 4, 60),
    beat(phone, 5, 80),
    beat(phone, 11, 70),
    beat(watch, 14, 50),
  ];
  const chosen = mergeLevels(samples, order);
  assert.deepEqual(chosen.map(({ sum }) => sum), [60, 80, 50]);
  assert.deepEqual(levelOf(chosen), { avg: 190 / 3, min: 50, max: 80, count: 3 });
  assert.equal(levelOf([]), null);
});

Deno.test("a workout measured every second does not outweigh the rest of the hour", () => {
  const beat = (second: number, value: number) => {
    return { at: start + second * 1000, source_no: watch, sum: value, count: 1, min: value, max: value };
  };
  const run = Array.from({ length: 300 }, (_, second) => beat(second, 150));
  const rest = Array.from({ length: 11 }, (_, place) => beat(300 * (place + 1), 60));
  assert.deepEqual(levelOf([...run, ...rest]), { avg: (150 + 11 * 60) / 12, min: 60, max: 150, count: 311 });
});
