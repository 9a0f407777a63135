import assert from "node:assert/strict";
import { generateLife } from "../../src/demo/generate_life.ts";
import { demoProfile, presets, sleepProfiles } from "../../src/demo/preset_table.ts";
import { SeedProfile } from "../../src/demo/seed_profile.ts";
import { seriesById } from "../../src/timeseries/series_table.ts";

const now = new Date("2026-03-14T12:00:00Z");
const zone = "Europe/Berlin";

const life = (profile: SeedProfile, seed = 7, at = now) => generateLife(profile, seed, at, zone);

/** Pearson's correlation; the generator's days are many, so that chance is small. */
function correlation(pairs: readonly (readonly [number, number])[]): number {
  const mean = (side: 0 | 1) => pairs.reduce((sum, pair) => sum + pair[side], 0) / pairs.length;
  const [a, b] = [mean(0), mean(1)];
  const sums = pairs.reduce(
    ([ab, aa, bb], [x, y]) => [ab + (x - a) * (y - b), aa + (x - a) ** 2, bb + (y - b) ** 2] as const,
    [0, 0, 0] as readonly [number, number, number],
  );
  return sums[0] / Math.sqrt(sums[1] * sums[2]);
}

Deno.test("the same seed and day give the same life, another seed another", () => {
  const shown = (seed: number) =>
    JSON.stringify([...life(presets[1]!.profile, seed).batches()].map(({ samples, workouts }) => [samples, workouts]));
  assert.equal(shown(7), shown(7));
  assert.notEqual(shown(7), shown(8));
});

Deno.test("sleep lowers the next morning's resting heart rate, training raises it, and variability mirrors it", () => {
  const { days } = life(demoProfile);
  assert.equal(days.length, 731);
  const after = <Value>(value: (index: number) => Value) => days.slice(1).map((_, index) => value(index));
  const trained = (index: number) => days[index]!.workouts.reduce((sum, { minutes }) => sum + minutes, 0);
  const rate = (index: number) => days[index]!.restingHeartRate;
  const bySleep = correlation(days.map((day, index) => [day.night!.asleepMinutes, rate(index)] as const));
  const byTraining = correlation(after((index) => [trained(index), rate(index + 1)] as const));
  const byRate = correlation(days.map((day, index) => [rate(index), day.rmssd] as const));
  assert.ok(bySleep < -0.4, `sleep ${bySleep}`);
  assert.ok(byTraining > 0.2, `training ${byTraining}`);
  assert.ok(byRate < -0.5, `variability ${byRate}`);
});

Deno.test("nothing lies after now, and every value could be a living person's", () => {
  for (const { profile } of presets) {
    for (const batch of life(profile).batches()) {
      const { samples } = batch;
      samples.at.forEach((at, place) => {
        const code = seriesById(samples.series[place]!)!.code;
        assert.ok(at + samples.duration_seconds[place]! * 1000 <= now.getTime(), `${profile.preset} ${code}`);
        const value = samples.value[place]!;
        const [low, high] = code.startsWith("heart_rate") && code !== "heart_rate" ? [5, 200] : [0, 20_000];
        assert.ok(value >= low && value <= high, `${code} ${value}`);
        if (code === "heart_rate") assert.ok(value >= 35 && value <= 205, `${value}`);
      });
      for (const { end } of [...batch.workouts, ...batch.sleepStages]) assert.ok(end <= now.getTime());
    }
  }
});

Deno.test("each preset has what it names and nothing else", () => {
  for (const { id, profile } of presets) {
    const batches = [...life(profile).batches()];
    const count = (of: (batch: typeof batches[number]) => number) => batches.reduce((sum, batch) => sum + of(batch), 0);
    assert.equal(
      count(({ workouts }) => workouts.length),
      profile.generate_workouts ? profile.workout_config.count : 0,
      id,
    );
    assert.equal(count(({ sleepStages }) => sleepStages.length) > 0, profile.generate_sleep, id);
    const codes = new Set(batches.flatMap(({ samples }) => samples.series.map((key) => seriesById(key)!.code)));
    const allowed = new Set<string>(profile.generate_time_series ? profile.time_series_config.enabled_types : []);
    if (profile.time_series_config.include_blood_pressure) {
      allowed.add("blood_pressure_systolic").add("blood_pressure_diastolic");
    }
    for (const code of codes) assert.ok(allowed.has(code), `${id} ${code}`);
    for (const code of allowed) {
      // A series of a kind of workout that was not drawn has nothing to record.
      if (!/^(running_|cadence|power|swimming)/.test(code)) assert.ok(codes.has(code), `${id} lacks ${code}`);
    }
  }
  assert.deepEqual(presets.length, 9);
  assert.deepEqual(sleepProfiles.length, 5);
});

Deno.test("nights keep to their shares, and clocks change with the place", () => {
  const profile = SeedProfile.parse({
    sleep_config: { count: 200, stage_distribution: sleepProfiles[4]!.distribution, date_range_months: 12 },
  });
  const stages = [...life(profile).batches()].flatMap(({ sleepStages }) => sleepStages);
  const minutes = (...names: string[]) =>
    stages.filter(({ stage }) => names.includes(stage)).reduce(
      (sum, { start, end }) => sum + (end - start) / 60_000,
      0,
    );
  const asleep = minutes("light", "deep", "rem");
  assert.ok(minutes("deep") / asleep > 0.25 && minutes("deep") / asleep < 0.35, `${minutes("deep") / asleep}`);
  assert.deepEqual([...new Set(stages.map(({ zone_offset }) => zone_offset))].sort(), [120, 60]);
});

Deno.test("a profile that contradicts itself is refused", () => {
  for (
    const wrong of [
      { workout_config: { duration_min_minutes: 90, duration_max_minutes: 30 } },
      {
        sleep_config: {
          stage_distribution: { deep_pct_range: [50, 60], rem_pct_range: [20, 30], awake_pct_range: [2, 8] },
        },
      },
      { time_series_config: { enabled_types: ["steps", "no_such_series"] } },
      { time_series_config: { date_from: "2026-02-01", date_to: "2026-01-01" } },
      { num_connections: 6 },
    ]
  ) assert.equal(SeedProfile.safeParse(wrong).success, false, JSON.stringify(wrong));
});
