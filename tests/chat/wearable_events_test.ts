import assert from "node:assert/strict";
import type { SourceDescription } from "../../src/ingest/batch.ts";
import type { SleepStageName } from "../../src/sleep/sleep_stage.ts";
import { callTool } from "../../src/platform/tool.ts";
import { tools } from "../../src/tools.ts";
import { type Diary, moment, phone, record, ring, watch } from "../summaries/recording.ts";
import { openWorld, type World } from "../support/world.ts";

/** `get_wearable_summary` of nights and workouts. */

const now = () => new Date("2026-03-20T12:00:00Z");

type Result = Record<string, unknown> & {
  readonly statistics: Record<string, unknown>;
  readonly daily_values: Record<string, unknown>[];
  readonly records: Record<string, unknown>[];
};

async function summary(world: World, userId: string, metric: string, days = 30): Promise<Result> {
  return await callTool(world.ctx, tools, userId, "get_wearable_summary", { metric, days }) as Result;
}

function sleep(diary: Diary, source: SourceDescription, stage: SleepStageName, from: string, to: string) {
  const [start, end] = [moment(from), moment(to)];
  const place = { source: diary.batch.addSource(source), zone_offset: start.offset };
  diary.batch.addSleepStage({ ...place, stage, start: start.instant, end: end.instant });
}

function workout(diary: Diary, source: SourceDescription, type: "running" | "cycling", from: string, to: string) {
  const [start, end] = [moment(from), moment(to)];
  const place = { source: diary.batch.addSource(source), zone_offset: start.offset };
  diary.batch.addWorkout({ ...place, type, start: start.instant, end: end.instant, distance: 5432.1 });
}

Deno.test("a night counts for the day of waking up, in minutes asleep; naps are beside it", async () => {
  await using world = await openWorld({}, now);
  const user_id = await world.createUser();
  await record(world, user_id, (diary) => {
    sleep(diary, watch, "light", "2026-03-17T23:00:00+01:00", "2026-03-18T03:00:00+01:00");
    sleep(diary, watch, "awake", "2026-03-18T03:00:00+01:00", "2026-03-18T03:30:00+01:00");
    sleep(diary, watch, "deep", "2026-03-18T03:30:00+01:00", "2026-03-18T06:30:00+01:00");
    // The phone saw the same night.
    sleep(diary, phone, "sleeping", "2026-03-17T22:30:00+01:00", "2026-03-18T07:00:00+01:00");
    const nap = { source: diary.batch.addSource(watch), zone_offset: 60, is_nap: true };
    const start = Date.parse("2026-03-18T13:00:00Z");
    diary.batch.addSleepSession({ ...nap, start, end: start + 25 * 60_000, asleep_seconds: 1500 });
  });
  const result = await summary(world, user_id, "Sleep Duration");
  const { metric, count, coverage, statistics, records } = result;
  assert.deepEqual({ metric, count, coverage, statistics, records }, {
    metric: "sleep",
    count: 1,
    coverage: { days_with_data: 1, days_in_period: 30, text: "1 of 30 days have data" },
    statistics: {
      avg_duration_minutes: 420,
      min_duration_minutes: 420,
      max_duration_minutes: 420,
      nights_tracked: 1,
      avg_efficiency_percent: 93.3,
      avg_deep_minutes: 180,
      avg_rem_minutes: 0,
      nap_count: 1,
      nap_total_minutes: 25,
    },
    records: [{
      date: "2026-03-18",
      start: "2026-03-17T23:00+01:00",
      end: "2026-03-18T06:30+01:00",
      duration_minutes: 420,
      efficiency_percent: 93.3,
      deep_minutes: 180,
      rem_minutes: 0,
      nap_count: 1,
      nap_minutes: 25,
    }],
  });
  const deep = await summary(world, user_id, "deep_sleep");
  assert.deepEqual([deep.unit, deep.daily_values], ["minutes", [{ date: "2026-03-18", avg: 180 }]]);
});

Deno.test("workouts are listed by the day they began, one for what two devices recorded", async () => {
  await using world = await openWorld({}, now);
  const user_id = await world.createUser();
  await record(world, user_id, (diary) => {
    workout(diary, watch, "running", "2026-03-18T23:30:00+01:00", "2026-03-19T00:15:00+01:00");
    workout(diary, ring, "running", "2026-03-18T23:31:00+01:00", "2026-03-19T00:14:00+01:00");
    workout(diary, watch, "cycling", "2026-03-15T09:00:00+01:00", "2026-03-15T10:00:00+01:00");
    workout(diary, watch, "cycling", "2026-02-15T09:00:00+01:00", "2026-02-15T10:00:00+01:00");
  });
  const { count, statistics, records, coverage } = await summary(world, user_id, "workout");
  assert.deepEqual([count, coverage], [2, {
    days_with_data: 2,
    days_in_period: 30,
    text: "2 of 30 days have a workout",
  }]);
  assert.deepEqual(statistics, {
    total_workouts: 2,
    total_duration_minutes: 105,
    by_type: { running: 1, cycling: 1 },
  });
  assert.deepEqual(records[0], {
    date: "2026-03-18",
    type: "running",
    duration_minutes: 45,
    start: "2026-03-18T23:30+01:00",
    end: "2026-03-19T00:15+01:00",
    distance_meters: 5432,
  });
});

Deno.test("a night that began in summer time and ended in winter time is as long as it was", async () => {
  await using world = await openWorld({}, () => new Date("2026-10-26T12:00:00Z"));
  const user_id = await world.createUser();
  await record(world, user_id, (diary) => {
    const [start, end] = [moment("2026-10-24T23:00:00+02:00"), moment("2026-10-25T07:00:00+01:00")];
    const place = { source: diary.batch.addSource(watch), zone_offset: end.offset };
    diary.batch.addSleepStage({ ...place, stage: "deep", start: start.instant, end: end.instant });
  });
  const { records } = await summary(world, user_id, "sleep");
  assert.deepEqual([records[0]?.date, records[0]?.duration_minutes], ["2026-10-25", 9 * 60]);
});

Deno.test("a day with only a nap is no night", async () => {
  await using world = await openWorld({}, now);
  const user_id = await world.createUser();
  await record(world, user_id, (diary) => {
    const start = Date.parse("2026-03-18T13:00:00Z");
    const nap = { source: diary.batch.addSource(watch), zone_offset: 60, is_nap: true };
    diary.batch.addSleepSession({ ...nap, start, end: start + 20 * 60_000, asleep_seconds: 1200 });
  });
  const { count, records, statistics } = await summary(world, user_id, "sleep");
  assert.deepEqual([count, records, statistics], [0, [], { nights_tracked: 0, nap_count: 1, nap_total_minutes: 20 }]);
  assert.equal((await summary(world, user_id, "deep_sleep")).count, 0);
});

Deno.test("many nights come by weeks and many workouts by their newest, with statistics of all", async () => {
  await using world = await openWorld({}, now);
  const user_id = await world.createUser();
  await record(world, user_id, (diary) => {
    const place = { source: diary.batch.addSource(watch), zone_offset: 0 };
    for (let ago = 0; ago < 70; ago++) {
      const woke = Date.parse("2026-03-20T07:00:00Z") - ago * 86_400_000;
      diary.batch.addSleepStage({ ...place, stage: "deep", start: woke - 8 * 3_600_000, end: woke });
      diary.batch.addWorkout({ ...place, type: "running", start: woke + 3_600_000, end: woke + 5_400_000 });
    }
  });
  const nights = await summary(world, user_id, "sleep", 80);
  assert.deepEqual([nights.count, nights.records.length, nights.statistics.nights_tracked], [70, 7, 70]);
  const [week] = nights.weekly_values as unknown[];
  assert.deepEqual(week, { week_from: "2026-03-16", days_with_data: 4, avg: 480, min: 480, max: 480 });
  assert.match(String(nights.note), /^The period is long: records has the newest 7 days only/);
  const workouts = await summary(world, user_id, "workouts", 80);
  assert.deepEqual([workouts.count, workouts.records.length, workouts.statistics.total_workouts], [70, 30, 70]);
  assert.match(String(workouts.note), /newest 30 of 70/);
});
