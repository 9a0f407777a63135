import assert from "node:assert/strict";
import { addDays } from "../../src/platform/day_range.ts";
import { callTool } from "../../src/platform/tool.ts";
import { tools } from "../../src/tools.ts";
import { phone, record, ring, watch } from "../summaries/recording.ts";
import { openWorld, type World } from "../support/world.ts";
import { addLab, addSymptom } from "./turn.ts";

/** `correlate_metrics`, with data that came in the way all data does. */

const now = () => new Date("2026-03-20T12:00:00Z");

function caller(world: World, userId: string) {
  return async (name: string, args: unknown) =>
    await callTool(world.ctx, tools, userId, name, args) as Record<string, unknown>;
}

Deno.test("a symptom and a test are correlated over the days that have both", async () => {
  await using world = await openWorld({}, now);
  const user_id = await world.createUser();
  const call = caller(world, user_id);
  const values = [[1, 90], [2, 70], [3, 50], [4, 20]] as const;
  for (const [day, ferritin] of values) {
    await addLab(world, user_id, {
      test_name: "Ferritin",
      value: ferritin,
      unit: "ng/mL",
      recorded_at: `2026-03-0${day}`,
    });
    for (const severity of [day, day + 2]) {
      await addSymptom(world, user_id, { severity, recorded_at: `2026-03-0${day}T1${severity}:00:00Z` });
    }
  }
  // A symptom alone, a test of a similar name, and a pair out of the window.
  await addSymptom(world, user_id, { severity: 9, recorded_at: "2026-03-09T10:00:00Z" });
  await addLab(world, user_id, { test_name: "Ferritin Index", value: 1, unit: "", recorded_at: "2026-03-09" });
  await addLab(world, user_id, { test_name: "Ferritin", value: 1, unit: "ng/mL", recorded_at: "2025-01-01" });
  await addSymptom(world, user_id, { severity: 0, recorded_at: "2025-01-01T10:00:00Z" });
  const result = await call("correlate_metrics", { metric_a: "symptom:headache", metric_b: "lab:Ferritin", days: 60 });
  const { caution, ...facts } = result;
  assert.match(String(caution), /-3 to 3 days were tried/);
  assert.deepEqual(facts, {
    user_id,
    metric_a: "symptom:headache",
    metric_b: "lab:Ferritin",
    period_days: 60,
    start_date: "2026-01-19",
    end_date: "2026-03-20",
    time_zone: "UTC+00:00; days are the person's local days",
    coverage: { days_with_data: 4, days_in_period: 60, text: "4 of 60 days have both" },
    sources: ["the person's own notes", "laboratory results"],
    summary: "Only 4 days have both symptom:headache and lab:Ferritin, too few to mean anything (r = -0.994, n = 4 " +
      "days, p = 0.0056).",
    overlapping_days: 4,
    correlation: -0.994,
    interpretation: "strong negative",
    n: 4,
    pearson: -0.994,
    spearman: -1,
    p_value: 0.0056,
    spearman_p_value: null,
    // By hand: r = -115 / sqrt(5 * 2675); with two degrees of freedom p = 1 - |r|; artanh r = -2.936, plus 1.96.
    confidence_interval_95: [-1, -0.751],
    best_lag_days: null,
    note: "n = 4: too few days to mean anything.",
    units: { "symptom:headache": "severity 0-10", "lab:Ferritin": "ng/mL" },
    paired_data: values.map(([day, ferritin]) => ({
      date: `2026-03-0${day}`,
      "symptom:headache": day + 1,
      "lab:Ferritin": ferritin,
    })),
  });
});

Deno.test("a correlation without enough data, or of something unknown, says what there is", async () => {
  await using world = await openWorld({}, now);
  const user_id = await world.createUser();
  const call = caller(world, user_id);
  const other = await world.createUser();
  await addSymptom(world, other, { symptom_type: "mood", recorded_at: "2026-03-01T10:00:00Z" });
  for (const day of ["01", "02"]) {
    await addLab(world, user_id, { test_name: "Ferritin", value: 50, unit: "ng/mL", recorded_at: `2026-03-${day}` });
    await addSymptom(world, user_id, { recorded_at: `2026-03-${day}T10:00:00Z` });
  }
  const available_metrics = ["symptom:headache", "lab:Ferritin"];
  const asked = { metric_a: "symptom:headache", metric_b: "lab:Ferritin", days: 90 };
  const period = { start_date: "2025-12-20", end_date: "2026-03-20" };
  const time_zone = "UTC+00:00; days are the person's local days";
  const echoed = { user_id, metric_a: asked.metric_a, period_days: 90, ...period, time_zone };
  assert.deepEqual(await call("correlate_metrics", asked), {
    ...echoed,
    metric_b: asked.metric_b,
    overlapping_days: 2,
    summary: "Not enough overlapping data points for meaningful correlation (need at least 3).",
    message: "Not enough overlapping data points for meaningful correlation (need at least 3).",
  });
  assert.deepEqual(await call("correlate_metrics", { ...asked, metric_b: "lab:Zinc" }), {
    ...echoed,
    metric_b: "lab:Zinc",
    error: "Insufficient data for one or both metrics.",
    data_a_count: 2,
    data_b_count: 0,
    available_metrics,
  });
  assert.deepEqual(await call("correlate_metrics", { ...asked, metric_b: "heart_beats" }), {
    user_id,
    metric: "heart_beats",
    error: "Unknown metric 'heart_beats'.",
    available_metrics,
  });
  const misspelt = await call("correlate_metrics", { ...asked, metric_b: "feritine" });
  assert.equal(misspelt.error, "Unknown metric 'feritine'. Did you mean lab:Ferritin?");
  const same = await call("correlate_metrics", { ...asked, metric_b: "symptom:Headache" });
  assert.match(String(same.error), /Both are the same metric/);
  assert.match(String((await call("correlate_metrics", { ...asked, days: -1 })).error), /days/);
});

Deno.test("available metrics are bounded and leave room for both kinds", async () => {
  await using world = await openWorld({}, now);
  const user_id = await world.createUser();
  await world.ctx.database.execute(`
    insert into symptom_entry (id, user_id, symptom_type, severity, recorded_at)
    select gen_random_uuid(), '${user_id}', 'type ' || number, 1, now() from generate_series(1, 40) as number`);
  await world.ctx.database.execute(`
    insert into lab_result (id, user_id, test_name, value_text, found_by)
    select gen_random_uuid(), '${user_id}', 'test ' || number, '1', 'person' from generate_series(1, 5) as number`);
  const result = await caller(world, user_id)("correlate_metrics", { metric_a: "x", metric_b: "y" });
  const available = result.available_metrics as string[];
  assert.equal(available.length, 30);
  assert.equal(available.filter((metric) => metric.startsWith("lab:")).length, 5);
});

const days = (count: number, from: string) => Array.from({ length: count }, (_, later) => addDays(from, later));
const irregular = (place: number) => (place * place * 7 + place * 3) % 31;

Deno.test("a day's steps are their merged total, without today; what follows the next day is told", async () => {
  await using world = await openWorld({}, now);
  const user_id = await world.createUser();
  // 2026-02-24 to 2026-03-20.
  const walked = days(25, "2026-02-24");
  await record(world, user_id, (diary) => {
    for (const [place, day] of walked.entries()) {
      for (const source of [watch, phone]) {
        diary.sample(source, "steps", `${day}T08:00:00Z`, 2000 + 100 * irregular(place), 3600);
        diary.sample(source, "steps", `${day}T09:00:00Z`, 1000, 3600);
      }
      diary.sample(ring, "resting_heart_rate", `${addDays(day, 1)}T04:00:00Z`, 80 - irregular(place));
    }
  });
  const result = await caller(world, user_id)("correlate_metrics", { metric_a: "steps", metric_b: "resting_hr" });
  assert.equal(result.metric_b, "resting_heart_rate");
  assert.deepEqual([result.best_lag_days, result.best_lag], [1, {
    correlation: -1,
    n: 24,
    p_value_for_7_lags: 0.0001,
    meaning: "resting_heart_rate follows steps by 1 day",
  }]);
  // 2026-02-25 to 2026-03-19: today's steps are not all there yet.
  assert.equal(result.n, 23);
  const pairs = result.paired_data as Record<string, unknown>[];
  assert.deepEqual(pairs[0], { date: "2026-02-25", steps: 3000 + 100 * irregular(1), resting_heart_rate: 80 });
  assert.equal(pairs.at(-1)?.date, "2026-03-19");
  assert.equal(result.note, undefined);
});

Deno.test("a symptom is zero on days on which the person logged without it, and unknown where nobody logged", async () => {
  await using world = await openWorld({}, now);
  const user_id = await world.createUser();
  await record(world, user_id, (diary) => {
    for (const [place, day] of days(28, "2026-02-20").entries()) {
      diary.sample(watch, "steps", `${day}T08:00:00Z`, 1000 + 10 * place, 3600);
    }
  });
  const note = async (symptom_type: string, day: string, severity: number) =>
    await addSymptom(world, user_id, { symptom_type, severity, recorded_at: `${day}T10:00:00Z` });
  await note("headache", "2026-03-01", 6);
  await note("mood", "2026-03-02", 4); // logged, no headache
  await note("mood", "2026-03-05", 4); // the 3rd and 4th lie between
  await note("headache", "2026-03-09", 8); // too far from the 5th: the 6th to 8th are unknown
  const call = caller(world, user_id);
  const result = await call("correlate_metrics", { metric_a: "symptom:Headache", metric_b: "steps", days: 60 });
  const pairs = result.paired_data as Record<string, unknown>[];
  assert.deepEqual(pairs.map((pair) => [pair.date, pair["symptom:headache"]]), [
    ["2026-03-01", 6],
    ["2026-03-02", 0],
    ["2026-03-03", 0],
    ["2026-03-04", 0],
    ["2026-03-05", 0],
    ["2026-03-09", 8],
  ]);
  assert.equal(result.zero_days, "symptom:headache counts as 0 on 4 days on which the diary was kept without it");
  assert.match(String(result.summary), /^Only 6 days/);
  // What was never noted is not zero everywhere.
  const never = await call("correlate_metrics", { metric_a: "symptom:nausea", metric_b: "steps" });
  assert.deepEqual([never.error, never.data_a_count], ["Insufficient data for one or both metrics.", 0]);
});

Deno.test("sleep and workouts can be correlated; a day of wearing without a workout is zero", async () => {
  await using world = await openWorld({}, now);
  const user_id = await world.createUser();
  const nights = days(14, "2026-03-06");
  await record(world, user_id, (diary) => {
    const place = { source: diary.batch.addSource(watch), zone_offset: 0 };
    for (const [index, day] of nights.entries()) {
      const woke = Date.parse(`${day}T07:00:00Z`);
      const minutes = index % 2 === 0 ? 480 : 420;
      const [deep, rem] = [60 + 3 * index, 90];
      const start = woke - minutes * 60_000;
      const cut = (from: number, to: number) => ({ ...place, start: start + from * 60_000, end: start + to * 60_000 });
      diary.batch.addSleepStage({ ...cut(0, deep), stage: "deep" });
      diary.batch.addSleepStage({ ...cut(deep, deep + rem), stage: "rem" });
      diary.batch.addSleepStage({ ...cut(deep + rem, minutes), stage: "light" });
      // The watch was not worn on the last two days; the first workout is on the second day.
      if (index < 12) diary.sample(watch, "steps", `${day}T12:00:00Z`, 500, 600);
      if (index % 2 === 1 && index < 12) {
        const at = Date.parse(`${day}T18:00:00Z`);
        diary.batch.addWorkout({ ...place, type: "running", start: at, end: at + (30 + index) * 60_000 });
      }
    }
  });
  const call = caller(world, user_id);
  const result = await call("correlate_metrics", { metric_a: "sleep", metric_b: "workouts", days: 30 });
  assert.deepEqual([result.n, result.correlation, result.interpretation], [11, -1, "strong negative"]);
  assert.deepEqual((result.paired_data as unknown[]).slice(0, 2), [
    { date: "2026-03-07", sleep: 420, workouts: 1 },
    { date: "2026-03-08", sleep: 480, workouts: 0 },
  ]);
  assert.equal(result.zero_days, "workouts counts as 0 on 5 days on which a device was worn without one");
  assert.match(String(result.summary), /^On days with higher sleep, workouts tended to be lower: a strong relation/);
  const minutes = await call("correlate_metrics", { metric_a: "workout_minutes", metric_b: "deep_sleep", days: 30 });
  assert.deepEqual((minutes.paired_data as unknown[])[0], { date: "2026-03-07", workout_minutes: 31, deep_sleep: 63 });
  const rem = await call("correlate_metrics", { metric_a: "rem_sleep", metric_b: "sleep_efficiency" });
  assert.deepEqual([rem.correlation, rem.interpretation, rem.n], [null, "insufficient variance", 14]);
  assert.match(String(rem.summary), /is the same on all 14 days/);
});

Deno.test("scores can be correlated, and long lists of pairs are cut to the newest, saying so", async () => {
  await using world = await openWorld({}, now);
  const user_id = await world.createUser();
  await record(world, user_id, (diary) => {
    for (const [place, day] of days(80, "2025-12-30").entries()) {
      const at = Date.parse(`${day}T07:00:00Z`);
      diary.batch.addScore({ provider: "oura", category: "sleep", value: 60 + irregular(place), at, zone_offset: 0 });
      diary.sample(ring, "heart_rate_variability_rmssd", `${day}T03:00:00Z`, 20 + irregular(place));
    }
  });
  const call = caller(world, user_id);
  const result = await call("correlate_metrics", { metric_a: "sleep_score", metric_b: "hrv" });
  assert.deepEqual([result.metric_b, result.n, result.correlation], ["heart_rate_variability_rmssd", 80, 1]);
  const pairs = result.paired_data as Record<string, unknown>[];
  assert.deepEqual([pairs.length, pairs.at(-1)?.date], [31, "2026-03-19"]);
  assert.match(String(result.paired_data_left_out), /^49 older days/);
  assert.ok(JSON.stringify(result).length < 8000, `${JSON.stringify(result).length} characters`);
});

Deno.test("a person's series are theirs: another's are not there to be correlated", async () => {
  await using world = await openWorld({}, now);
  const [one, other] = [await world.createUser(), await world.createUser()];
  await record(world, other, (diary) => {
    for (const day of days(12, "2026-03-01")) diary.sample(watch, "steps", `${day}T08:00:00Z`, 100, 60);
  });
  const result = await caller(world, one)("correlate_metrics", { metric_a: "steps", metric_b: "sleep" });
  assert.deepEqual([result.data_a_count, result.data_b_count, result.available_metrics], [0, 0, []]);
});
