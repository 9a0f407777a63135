import assert from "node:assert/strict";
import { metricAliases } from "../../src/chat/metric_alias_table.ts";
import { meantNames, nearestMetrics } from "../../src/chat/metric_name.ts";
import { oneProvider, scoreMetricName } from "../../src/chat/metric_scores.ts";
import { sleepMetricNames } from "../../src/chat/metric_sleep.ts";
import { withoutDoubles, workoutMetricNames } from "../../src/chat/metric_workouts.ts";
import { diaryDays, withZeroDays } from "../../src/chat/metric_zero_days.ts";
import { scoreCategories } from "../../src/scores/score_category.ts";
import { seriesByCode } from "../../src/timeseries/series_table.ts";

const scores = scoreCategories.map(scoreMetricName);

Deno.test("every alias means something that exists, and no alias hides a code", () => {
  const others = new Set([...sleepMetricNames, ...workoutMetricNames, ...scores, "blood_pressure"]);
  for (const [alias, meanings] of Object.entries(metricAliases)) {
    assert.equal(seriesByCode(alias), undefined, `"${alias}" is a code itself`);
    for (const meaning of meanings) {
      assert.ok(seriesByCode(meaning) !== undefined || others.has(meaning), `"${alias}" means no "${meaning}"`);
    }
  }
});

Deno.test("the spelling of a name does not matter", () => {
  for (const name of ["resting_hr", "Resting HR", "resting-hr", "restingHr", " resting hr "]) {
    assert.deepEqual(meantNames(name), ["resting_hr", "resting_heart_rate"]);
  }
  assert.deepEqual(meantNames("constructor"), ["constructor"]);
  assert.deepEqual(meantNames(""), []);
});

Deno.test("units, qualifiers, accents and other languages lead to the metric that is meant", () => {
  const meant = {
    "weight (kg)": "weight",
    "Weight [kg]": "weight",
    weight_kg: "weight",
    "average resting heart rate": "resting_heart_rate",
    "my daily steps": "steps",
    heart_rate_bpm: "heart_rate",
    "SpO2 %": "oxygen_saturation",
    HR: "heart_rate",
    sleep_duration: "sleep",
    "hours of sleep": "sleep",
    Schritte: "steps",
    Ruhepuls: "resting_heart_rate",
    "sueño": "sleep",
    pas: "steps",
    "fréquence cardiaque au repos": "resting_heart_rate",
    "Körpergewicht": "weight",
    "pressão arterial": "blood_pressure",
    "masa ciała": "weight",
  };
  for (const [name, code] of Object.entries(meant)) {
    assert.ok(meantNames(name).includes(code), `${name}: ${meantNames(name)}`);
  }
  // What sounds alike stays apart.
  assert.ok(!meantNames("workout_minutes").includes("workouts"));
  assert.ok(!meantNames("deep_sleep").includes("sleep"));
});

Deno.test("a name that is not known finds those like it", () => {
  const names = ["steps", "heart_rate", "resting_heart_rate", "oxygen_saturation", "weight", "energy"];
  assert.deepEqual(nearestMetrics(names, "stepps", 3), ["steps"]);
  assert.deepEqual(nearestMetrics(names, "heart beat", 1), ["heart_rate"]);
  // By what the alias "blood_oxygen" means.
  assert.deepEqual(nearestMetrics(names, "blood_oxigen", 1), ["oxygen_saturation"]);
  assert.deepEqual(nearestMetrics(names, "zzz", 3), []);
});

Deno.test("a diary was kept between two entries at most three days apart, and nowhere else", () => {
  assert.deepEqual([...diaryDays(["2026-03-10", "2026-03-07", "2026-03-14", "2026-03-10"])].sort(), [
    "2026-03-07",
    "2026-03-08",
    "2026-03-09",
    "2026-03-10",
    "2026-03-14",
  ]);
  assert.deepEqual([...diaryDays([])], []);
});

Deno.test("zero goes to the days of the range on which it would have been noted, and to no other", () => {
  const noted = [{ day: "2026-03-03", value: 4 }];
  const kept = ["2026-03-01", "2026-03-02", "2026-03-03", "2026-03-05", "2026-03-06"];
  assert.deepEqual(withZeroDays(noted, kept, "2026-03-02", "2026-03-05"), [
    { day: "2026-03-02", value: 0, filled: true },
    { day: "2026-03-03", value: 4 },
    { day: "2026-03-05", value: 0, filled: true },
  ]);
});

Deno.test("a workout that two sources recorded is one, of the better source; one source's own are all kept", () => {
  const source = (provider: string) => ({ provider, source: null, device_model: null, device_type: null });
  const [apple, strava] = [source("apple"), source("strava")];
  const workout = (id: string, of: typeof apple, start: number, end: number) => ({ id, ...of, start, end });
  const order = (one: { provider: string }, other: { provider: string }) =>
    one.provider === other.provider ? 0 : one.provider === "apple" ? -1 : 1;
  const kept = withoutDoubles([
    workout("app's run", strava, 1000, 5000),
    workout("watch's run", apple, 1200, 5100),
    // Overlaps the app's run, but that does not count; and the watch's by less than half.
    workout("cool-down", strava, 4500, 8000),
    workout("interval 1", apple, 10_000, 12_000),
    workout("interval 2", apple, 11_000, 13_000),
    workout("evening", strava, 90_000_000, 91_000_000),
  ], order);
  const ids = kept.map(({ id }) => id);
  assert.deepEqual(ids, ["watch's run", "cool-down", "interval 1", "interval 2", "evening"]);
});

Deno.test("scores of different scales are not mixed: our own, else of whoever gave most", () => {
  const score = (day: string, provider: string, value: number | null) => ({ day, provider, value });
  const vendors = [score("1", "polar", 4), score("1", "whoop", 80), score("2", "whoop", 60), score("3", "polar", null)];
  assert.deepEqual(oneProvider(vendors), [{ day: "1", value: 80 }, { day: "2", value: 60 }]);
  assert.deepEqual(oneProvider([...vendors, score("2", "internal", 70)]), [{ day: "2", value: 70 }]);
  assert.deepEqual(oneProvider([score("1", "oura", 70), score("1", "oura", 90)]), [{ day: "1", value: 80 }]);
  assert.deepEqual(oneProvider([]), []);
});
