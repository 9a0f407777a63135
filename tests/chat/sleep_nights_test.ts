import assert from "node:assert/strict";
import { meanClock, minuteOfDay } from "../../src/chat/clock_times.ts";
import { callTool } from "../../src/platform/tool.ts";
import { tools } from "../../src/tools.ts";
import { type Diary, moment, record, watch } from "../summaries/recording.ts";
import { openWorld, type World } from "../support/world.ts";

/** `get_sleep`. */

const now = () => new Date("2026-10-27T12:00:00Z");

type Result = Record<string, unknown> & {
  readonly statistics: Record<string, unknown>;
  readonly nights: readonly Record<string, unknown>[];
  readonly naps?: readonly Record<string, unknown>[];
};

async function sleep(world: World, userId: string, args: Record<string, unknown> = {}): Promise<Result> {
  return await callTool(world.ctx, tools, userId, "get_sleep", args) as Result;
}

function stage(diary: Diary, name: "deep" | "light" | "rem" | "awake", from: string, to: string) {
  const [start, end] = [moment(from), moment(to)];
  // A session keeps one offset: that of waking up.
  const place = { source: diary.batch.addSource(watch), zone_offset: 60 };
  diary.batch.addSleepStage({ ...place, stage: name, start: start.instant, end: end.instant });
}

function nap(diary: Diary, from: string, minutes: number) {
  const { instant: start, offset } = moment(from);
  const place = { source: diary.batch.addSource(watch), zone_offset: offset, is_nap: true };
  diary.batch.addSleepSession({ ...place, start, end: start + minutes * 60_000, asleep_seconds: minutes * 60 });
}

Deno.test("nights have stages, efficiency and the times on the person's clock; naps are apart", async () => {
  await using world = await openWorld({}, now);
  const user_id = await world.createUser();
  await record(world, user_id, (diary) => {
    // Clocks went back in this night: it is nine hours long.
    stage(diary, "light", "2026-10-24T23:00:00+02:00", "2026-10-25T02:00:00+02:00");
    stage(diary, "deep", "2026-10-25T02:00:00+02:00", "2026-10-25T04:00:00+01:00");
    stage(diary, "awake", "2026-10-25T04:00:00+01:00", "2026-10-25T04:54:00+01:00");
    stage(diary, "rem", "2026-10-25T04:54:00+01:00", "2026-10-25T07:00:00+01:00");
    stage(diary, "light", "2026-10-26T01:00:00+01:00", "2026-10-26T08:00:00+01:00");
    nap(diary, "2026-10-26T14:00:00+01:00", 25);
  });
  const result = await sleep(world, user_id);
  assert.deepEqual(result.nights.map(({ date, bed_time, wake_time, asleep }) => [date, bed_time, wake_time, asleep]), [
    ["2026-10-26", "01:00", "08:00", 420],
    ["2026-10-25", "22:00", "07:00", 486],
  ]);
  const { date: _, bed_time: _bed, wake_time: _wake, ...first } = result.nights[1] ?? {};
  assert.deepEqual(first, {
    asleep: 486,
    in_bed: 540,
    deep: 180,
    rem: 126,
    light: 180,
    awake: 54,
    efficiency_percent: 90,
  });
  assert.deepEqual(result.naps, [{ date: "2026-10-26", start: "14:00", end: "14:25", minutes: 25 }]);
  assert.equal(
    result.summary,
    "Average sleep 453 minutes (7 h 33 min) a night over 2026-10-13 to 2026-10-27 (2 of 14 days have a night), usually " +
      "from 23:30 to 07:30.",
  );
  assert.deepEqual([result.statistics.nights_tracked, result.statistics.nap_count], [2, 1]);
  const one = await sleep(world, user_id, { start_date: "2026-10-25", end_date: "2026-10-25" });
  assert.deepEqual([one.count, one.naps], [1, undefined]);
});

Deno.test("a long period comes by weeks, with statistics of all nights; only naps are no night", async () => {
  await using world = await openWorld({}, now);
  const user_id = await world.createUser();
  await record(world, user_id, (diary) => {
    for (let ago = 0; ago < 60; ago++) {
      const end = Date.parse("2026-10-27T06:00:00Z") - ago * 86_400_000;
      const place = { source: diary.batch.addSource(watch), zone_offset: 0 };
      diary.batch.addSleepStage({ ...place, stage: "light", start: end - (ago < 30 ? 8 : 6) * 3_600_000, end });
    }
  });
  const result = await sleep(world, user_id, { days: "2 months" });
  assert.deepEqual([result.count, result.nights.length, result.statistics.avg_duration_minutes], [60, 7, 420]);
  assert.match(String(result.note), /weekly_values/);
  assert.ok(JSON.stringify(result).length < 4000, `${JSON.stringify(result).length} characters`);
  const other = await world.createUser();
  await record(world, other, (diary) => nap(diary, "2026-10-26T14:00:00+01:00", 25));
  const napper = await sleep(world, other);
  assert.deepEqual([napper.count, napper.nights, napper.naps?.length], [0, [], 1]);
  assert.match(String(napper.summary), /^No night is recorded over/);
  assert.match(String((await sleep(world, other, { end_date: "last night" })).error), /end_date must be a day/);
});

Deno.test("times around midnight have their mean at midnight", () => {
  assert.equal(meanClock([23 * 60 + 30, 30]), 0);
  assert.equal(meanClock([22 * 60, 60]), 23 * 60 + 30);
  assert.equal(meanClock([0, 720]), null);
  assert.equal(meanClock([]), null);
  assert.equal(minuteOfDay(Date.parse("2026-03-14T00:10:00Z"), -30), 23 * 60 + 40);
});
