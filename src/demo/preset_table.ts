import { SeedProfile } from "./seed_profile.ts";

/** The contract's presets and sleep profiles. */

const core = ["heart_rate", "steps", "energy", "basal_energy", "distance_walking_running", "flights_climbed"];
const recovery = [
  "resting_heart_rate",
  "heart_rate_variability_sdnn",
  "heart_rate_variability_rmssd",
  "oxygen_saturation",
  "skin_temperature",
  "respiratory_rate",
];
const body = ["weight", "body_fat_percentage", "vo2_max"];
const workoutBound = ["running_power", "running_speed", "cadence", "power", "swimming_stroke_count"];
const everything = [
  ...core,
  ...recovery,
  ...body,
  "body_temperature",
  "blood_glucose",
  "stand_time",
  "exercise_time",
  "time_in_daylight",
  "environmental_audio_exposure",
  "headphone_audio_exposure",
];

export interface SleepProfile {
  readonly id: string;
  readonly label: string;
  readonly description: string;
  readonly distribution: {
    readonly deep_pct_range: [number, number];
    readonly rem_pct_range: [number, number];
    readonly awake_pct_range: [number, number];
  };
}

function sleepProfile(
  id: string,
  label: string,
  description: string,
  [deep_pct_range, rem_pct_range, awake_pct_range]: [[number, number], [number, number], [number, number]],
): SleepProfile {
  return { id, label, description, distribution: { deep_pct_range, rem_pct_range, awake_pct_range } };
}

export const sleepProfiles: readonly SleepProfile[] = [
  sleepProfile("optimal", "Optimal", "Deep and REM as in good sleepers", [[18, 25], [20, 25], [2, 5]]),
  sleepProfile("deep_deficit", "Deep deficit", "Little deep sleep", [[5, 10], [20, 25], [5, 10]]),
  sleepProfile("rem_deprived", "REM deprived", "Little REM sleep", [[15, 22], [8, 13], [5, 10]]),
  sleepProfile("restless", "Restless", "Often awake", [[10, 15], [15, 20], [15, 25]]),
  sleepProfile("athlete_recovery", "Athlete recovery", "Much deep sleep", [[25, 35], [20, 25], [2, 5]]),
];

export interface Preset {
  readonly id: string;
  readonly label: string;
  readonly description: string;
  readonly profile: SeedProfile;
}

type Given = Parameters<typeof SeedProfile.parse>[0];

function preset(id: string, label: string, description: string, profile: Record<string, Given>): Preset {
  return { id, label, description, profile: SeedProfile.parse({ preset: id, ...profile }) };
}

function sleep(count: number, stage_profile: string | null, more: Record<string, Given> = {}): Record<string, Given> {
  const found = sleepProfiles.find(({ id }) => id === stage_profile);
  return { count, stage_profile, ...(found === undefined ? {} : { stage_distribution: found.distribution }), ...more };
}

export const presets: readonly Preset[] = [
  preset("active_athlete", "Active Athlete", "Trains most days and recovers well", {
    workout_config: {
      count: 120,
      workout_types: ["running", "cycling", "swimming", "strength_training"],
      duration_min_minutes: 30,
      duration_max_minutes: 180,
      hr_min_range: [80, 110],
      hr_max_range: [160, 195],
      steps_range: [2000, 25000],
    },
    sleep_config: sleep(30, "athlete_recovery"),
    time_series_config: { enabled_types: [...core, ...recovery, ...body, ...workoutBound] },
  }),
  preset("boxer_footballer", "Boxer + Footballer", "Boxing, football and strength", {
    workout_config: {
      count: 100,
      workout_types: ["boxing", "soccer", "running", "strength_training"],
      duration_min_minutes: 30,
      duration_max_minutes: 120,
      hr_min_range: [85, 115],
      hr_max_range: [155, 190],
    },
    generate_sleep: false,
    time_series_config: { enabled_types: [...core, "running_power", "running_speed", "cadence"] },
  }),
  preset("sleep_deprived", "Short Sleeper", "Four to six hours a night", {
    workout_config: { count: 10 },
    sleep_config: sleep(60, "deep_deficit", {
      duration_min_minutes: 240,
      duration_max_minutes: 360,
      nap_chance_pct: 5,
    }),
    time_series_config: {
      enabled_types: ["heart_rate", "steps", "energy", ...recovery],
      include_blood_pressure: true,
    },
  }),
  preset("weekend_catchup", "Weekend Catch-Up", "Short weeks, long weekends", {
    workout_config: { count: 10 },
    sleep_config: sleep(60, null, { duration_min_minutes: 240, duration_max_minutes: 360, weekend_catchup: true }),
    time_series_config: { enabled_types: [...core, ...recovery] },
  }),
  preset("irregular_sleeper", "Irregular Sleeper", "No two nights alike", {
    workout_config: { count: 5 },
    sleep_config: sleep(90, "restless", {
      duration_min_minutes: 180,
      duration_max_minutes: 660,
      nap_chance_pct: 20,
    }),
    time_series_config: { enabled_types: ["heart_rate", ...recovery] },
  }),
  preset("activity_only", "Activity Only", "Workouts and movement, no sleep", {
    workout_config: { count: 80 },
    generate_sleep: false,
    time_series_config: { enabled_types: [...core, ...workoutBound] },
  }),
  preset("sleep_only", "Sleep Only", "Good nights and nothing else", {
    generate_workouts: false,
    generate_time_series: false,
    sleep_config: sleep(40, "optimal"),
  }),
  preset("minimal", "Minimal (Quick)", "A handful of workouts and nights", {
    generate_time_series: false,
    workout_config: { count: 5 },
    sleep_config: sleep(5, null),
  }),
  preset("comprehensive", "Comprehensive", "Everything there is", {
    num_connections: 5,
    workout_config: { count: 150, duration_min_minutes: 10, duration_max_minutes: 240 },
    sleep_config: sleep(60, null),
    time_series_config: { enabled_types: [...everything, ...workoutBound], include_blood_pressure: true },
  }),
];

const demo: SeedProfile = SeedProfile.parse({
  preset: "demo",
  providers: ["apple"],
  num_connections: 1,
  workout_config: {
    count: 312,
    workout_types: ["running", "cycling", "strength_training", "walking"],
    duration_min_minutes: 25,
    duration_max_minutes: 100,
    hr_max_range: [140, 178],
    date_range_months: 24,
  },
  sleep_config: sleep(365, "optimal", {
    duration_min_minutes: 345,
    duration_max_minutes: 525,
    nap_chance_pct: 6,
    weekend_catchup: true,
    date_range_months: 24,
  }),
  time_series_config: {
    enabled_types: [...core, ...recovery, ...body],
    include_blood_pressure: true,
    date_range_months: 24,
  },
});

/** The demo person's two years: every night, three workouts a week, a watch and a phone. */
export const demoProfile: SeedProfile = { ...demo, sleep_config: { ...demo.sleep_config, count: 731 } };
