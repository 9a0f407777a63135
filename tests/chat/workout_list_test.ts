import assert from "node:assert/strict";
import { callTool } from "../../src/platform/tool.ts";
import { tools } from "../../src/tools.ts";
import type { WorkoutType } from "../../src/workouts/workout_type_table.ts";
import { type Diary, moment, phone, record, watch } from "../summaries/recording.ts";
import { openWorld, type World } from "../support/world.ts";

/** `get_workouts`. */

const now = () => new Date("2026-03-20T12:00:00Z");

type Result = Record<string, unknown> & {
  readonly workouts: readonly Record<string, unknown>[];
  readonly totals_by_type: readonly Record<string, unknown>[];
};

async function workouts(world: World, userId: string, args: Record<string, unknown> = {}): Promise<Result> {
  return await callTool(world.ctx, tools, userId, "get_workouts", args) as Result;
}

function train(diary: Diary, type: WorkoutType, from: string, minutes: number, more = {}, source = watch) {
  const { instant: start, offset } = moment(from);
  const place = { source: diary.batch.addSource(source), zone_offset: offset };
  diary.batch.addWorkout({ ...place, type, start, end: start + minutes * 60_000, ...more });
}

async function athlete(world: World): Promise<string> {
  const user_id = await world.createUser();
  await record(world, user_id, (diary) => {
    train(diary, "running", "2026-03-18T23:30:00+01:00", 50, { distance: 10_000, heart_rate_avg: 150 });
    train(diary, "running", "2026-03-18T23:31:00+01:00", 48, { distance: 9_900 }, phone);
    train(diary, "running", "2026-03-15T08:00:00+01:00", 30, { distance: 5_000, heart_rate_avg: 160 });
    train(diary, "trail_running", "2026-03-14T08:00:00+01:00", 60, { distance: 8_000 });
    train(diary, "strength_training", "2026-03-12T08:00:00+01:00", 45, { energy_burned: 300 });
    train(diary, "cycling", "2026-01-12T08:00:00+01:00", 45, { distance: 20_000 });
  });
  return user_id;
}

Deno.test("workouts come with pace and heart rate, each once, and with totals by type", async () => {
  await using world = await openWorld({}, now);
  const user_id = await athlete(world);
  const result = await workouts(world, user_id);
  assert.deepEqual(result.totals_by_type, [
    {
      type: "running",
      count: 2,
      duration_minutes: 80,
      longest_minutes: 50,
      distance_km: 15,
      avg_heart_rate_bpm: 155,
      avg_pace_min_per_km: "5:20",
    },
    {
      type: "trail_running",
      count: 1,
      duration_minutes: 60,
      longest_minutes: 60,
      distance_km: 8,
      avg_pace_min_per_km: "7:30",
    },
    { type: "strength_training", count: 1, duration_minutes: 45, longest_minutes: 45, energy_kcal: 300 },
  ]);
  assert.deepEqual(result.workouts[0], {
    date: "2026-03-18",
    type: "running",
    duration_minutes: 50,
    start: "2026-03-18T23:30+01:00",
    end: "2026-03-19T00:20+01:00",
    distance_meters: 10_000,
    avg_heart_rate_bpm: 150,
    avg_pace_min_per_km: "5:00",
  });
  assert.equal(
    result.summary,
    "4 workouts, 185 minutes (3 h 5 min) in all, 23 km, over 2026-02-18 to 2026-03-20 (4 of 30 days have a workout).",
  );
});

Deno.test("a type may be named as people do; an unknown one gets what there is", async () => {
  await using world = await openWorld({}, now);
  const user_id = await athlete(world);
  for (const [type, count] of [["run", 3], ["Running", 3], ["trail running", 1], ["gym", 1], ["Laufen", 3]] as const) {
    assert.equal((await workouts(world, user_id, { type })).count, count, type);
  }
  const none = await workouts(world, user_id, { type: "cycling" });
  assert.deepEqual([none.count, none.recorded_types], [0, ["running", "trail_running", "strength_training"]]);
  assert.match(String(none.summary), /^No .*cycling workouts recorded over/);
  assert.equal((await workouts(world, user_id, { type: "cycling", days: 90 })).count, 1);
  const unknown = await workouts(world, user_id, { type: "runing" });
  assert.match(String(unknown.error), /^Unknown workout type 'runing'\. Did you mean running/);
  assert.match(String((await workouts(world, user_id, { type: "'; --" })).error), /^Unknown workout type/);
});

Deno.test("many workouts are cut to the newest, saying so, with totals of all", async () => {
  await using world = await openWorld({}, now);
  const user_id = await world.createUser();
  await record(world, user_id, (diary) => {
    for (let ago = 0; ago < 40; ago++) {
      const day = new Date(+now() - ago * 86_400_000).toISOString().slice(0, 10);
      train(diary, "walking", `${day}T08:00:00Z`, 20);
    }
  });
  const result = await workouts(world, user_id, { days: 60 });
  assert.deepEqual([result.count, result.workouts.length, result.totals_by_type[0]?.duration_minutes], [40, 15, 800]);
  assert.match(String(result.cut), /newest 15 of 40 workouts/);
});
