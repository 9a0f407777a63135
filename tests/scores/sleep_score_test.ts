import assert from "node:assert/strict";
import {
  awakeBlocks,
  consistencyPillar,
  durationPillar,
  type Night,
  sleepScore,
} from "../../src/scores/sleep_score.ts";

const at = (minutes: number) => Date.UTC(2026, 2, 10, 22) + minutes * 60_000;
const stage = (name: string, from: number, to: number) => ({ stage: name, start: at(from), end: at(to) });

const good: Night = {
  asleep_minutes: 480,
  deep_minutes: 90,
  rem_minutes: 100,
  awake_minutes: 10,
  bedtime: 23 * 60,
  earlier_bedtimes: [23 * 60],
  stages: null,
};

Deno.test("a full night is 100, and each pillar has its weight", () => {
  assert.deepEqual(sleepScore(good), { value: 100, duration: 100, stages: 100, consistency: 100, interruptions: 100 });
  // 0.4 · 100 + 0.2 · (25 + 100 + 100)
  assert.deepEqual(sleepScore({ ...good, deep_minutes: 45, rem_minutes: 0 })?.stages, 25);
  assert.equal(sleepScore({ ...good, deep_minutes: 45, rem_minutes: 0 })?.value, 85);
  assert.equal(sleepScore({ ...good, asleep_minutes: 300 })?.value, 80 - 20 + Math.floor(0.4 * 52));
});

Deno.test("seven to nine hours are full marks, less falls around five hours, more down to 50", () => {
  const hours = [0.5, 3, 5, 6, 6.98, 7, 8, 9, 9.02, 10, 11, 12, 24];
  assert.deepEqual(hours.map((one) => durationPillar(one * 60)), [
    0,
    4,
    52,
    85,
    99,
    100,
    100,
    100,
    99,
    82,
    60,
    50,
    50,
  ]);
});

Deno.test("bedtime is compared with the median of the nights before, across midnight", () => {
  const clock = (text: string) => {
    const [hours = 0, minutes = 0] = text.split(":").map(Number);
    return hours * 60 + minutes;
  };
  const pillar = (bedtime: string, ...earlier: string[]) => consistencyPillar(clock(bedtime), earlier.map(clock));
  assert.equal(pillar("23:15", "23:00"), 100);
  assert.equal(pillar("22:45", "23:00"), 100);
  assert.equal(pillar("00:10", "23:55"), 100);
  assert.equal(pillar("00:30", "23:00"), 28);
  assert.equal(pillar("23:16", "23:00"), 99);
  assert.equal(pillar("01:00", "23:00"), 0);
  assert.equal(pillar("03:00", "23:00"), 0);
  assert.equal(pillar("22:30", "23:00"), 85);
  assert.equal(pillar("20:00", "23:00"), 80);
  assert.equal(pillar("23:00", "22:00", "23:00", "02:00"), 100);
  assert.equal(pillar("23:30", "23:00", "00:00"), 100);
  assert.equal(pillar("23:00"), null);
});

Deno.test("a first night and a night without stages are judged by what is known", () => {
  const first = sleepScore({ ...good, earlier_bedtimes: [] });
  assert.deepEqual([first?.consistency, first?.value], [null, 100]);
  const half = sleepScore({ ...good, earlier_bedtimes: [], deep_minutes: 45, rem_minutes: 45 });
  // (2 · 100 + 50 + 100) / 4
  assert.equal(half?.value, 87);
  const old = sleepScore({ ...good, deep_minutes: 0, rem_minutes: 0, stages: [stage("sleeping", 0, 480)] });
  assert.deepEqual([old?.stages, old?.value], [null, 100]);
  // Light sleep only was measured: that is a bad night, not an unknown one.
  const light = sleepScore({ ...good, deep_minutes: 0, rem_minutes: 0, stages: [stage("light", 0, 480)] });
  assert.deepEqual([light?.stages, light?.value], [0, 80]);
  const bare = sleepScore({ ...good, awake_minutes: null });
  assert.deepEqual([bare?.interruptions, bare?.value], [null, 100]);
});

Deno.test("being awake counts between falling asleep and waking up, and long awakenings count more", () => {
  assert.deepEqual(
    awakeBlocks([
      stage("in_bed", 0, 30),
      stage("awake", 10, 20),
      stage("light", 30, 60),
      stage("awake", 60, 63),
      stage("awake", 63, 67),
      stage("deep", 67, 100),
      stage("awake", 100, 104),
      stage("rem", 110, 120),
      stage("awake", 120, 150),
      stage("in_bed", 150, 160),
    ]),
    [7, 4],
  );
  const night = (...awake: [number, number][]) => {
    const stages = [
      stage("light", 0, 10),
      ...awake.map(([from, to]) => stage("awake", from, to)),
      stage("light", 900, 910),
    ];
    return sleepScore({ ...good, stages })?.interruptions;
  };
  assert.equal(night(), 100);
  assert.equal(night([20, 25], [30, 35], [40, 45]), 100);
  assert.equal(night([20, 26]), 100);
  assert.equal(night([20, 26], [30, 36]), 95);
  assert.equal(night([20, 26], [30, 36], [40, 46]), 90);
  assert.equal(night([20, 27], [30, 37], [40, 47], [50, 57]), 70);
  assert.equal(night([20, 75]), 60);
  assert.equal(night([20, 200]), 20);
  assert.equal(sleepScore({ ...good, awake_minutes: 55 })?.interruptions, 60);
});

Deno.test("no sleep and more than a day of it are no night", () => {
  assert.equal(sleepScore({ ...good, asleep_minutes: 0 }), null);
  assert.equal(sleepScore({ ...good, asleep_minutes: 1441 }), null);
});
