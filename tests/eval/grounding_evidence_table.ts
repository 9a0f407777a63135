import type { Evidence } from "../../src/chat/grounding.ts";
import { level, listed, statistics } from "../../src/chat/wearable_days.ts";
import { coverage, periodOf } from "../../src/platform/period.ts";
import { addDays } from "../../src/platform/day_range.ts";

/** Results in the shapes of the tools, about an invented person on 14 March 2026. */

export const today = "2026-03-14";

type Call = Evidence["calls"][number];

const call = (tool: string, args: Record<string, unknown>, result: unknown): Call => ({
  tool,
  arguments: args,
  result: JSON.stringify({ user_id: "3ff8dd12-f8d3-4b29-b466-21cf611cf30a", ...Object(result) }),
});

/** Oldest first, the last one is yesterday. */
const restingHeart = [
  58.2,
  57.9,
  59.4,
  60.1,
  58.8,
  57.1,
  56.9,
  58.3,
  61.2,
  62.4,
  60.7,
  59.1,
  58.6,
  57.7,
  57.2,
  56.8,
  56.1,
  57.4,
  58.9,
  59.7,
  58.1,
  57.6,
  57.0,
  55.8,
  56.4,
  57.9,
  58.5,
  57.3,
  56.6,
  56.2,
];
const steps = [
  8423,
  11250,
  6044,
  9731,
  7318,
  12804,
  4987,
  8856,
  10342,
  9127,
  5680,
  7993,
  13461,
  6712,
  8205,
  9648,
  7041,
  10977,
  8314,
  5526,
  12093,
  9410,
  6889,
  7754,
  11632,
  8098,
  9365,
  7207,
  10518,
  6273,
];
const asleep = [
  452,
  431,
  398,
  476,
  412,
  445,
  389,
  467,
  421,
  438,
  405,
  459,
  372,
  448,
  427,
  491,
  416,
  433,
  402,
  455,
  443,
  381,
  469,
  424,
  437,
  410,
  462,
  395,
  441,
  428,
];

function days(values: readonly number[]) {
  return values.map((value, index) => ({ day: addDays(today, index - values.length), value }));
}

const period = periodOf(today, 30);

function series(metric: string, unit: string, values: readonly number[], kind: "amount" | "level"): Call {
  const readings = days(values).map((day, index) =>
    kind === "amount"
      ? day
      : { ...day, min: day.value - 2.5 - index % 3, max: day.value + 4 + index % 4, samples: 20 + index % 7 }
  );
  return call("get_wearable_summary", { metric, days: 30 }, {
    metric,
    period_days: 30,
    from: period.from,
    today,
    unit,
    count: readings.length,
    coverage: coverage(readings.map(({ day }) => day), period),
    sources: ["Alex's Watch"],
    statistics: statistics(readings, kind, period),
    ...listed(readings, kind, period),
  });
}

export const heartCall = series("resting_heart_rate", "bpm", restingHeart, "level");
export const stepsCall = series("steps", "count", steps, "amount");

const nights = days(asleep).map(({ day, value }, index) => ({
  date: day,
  start: `${addDays(day, -1)}T${22 + index % 2}:${String(10 + index % 40).padStart(2, "0")}+01:00`,
  end: `${day}T06:${String(12 + index % 45).padStart(2, "0")}+01:00`,
  duration_minutes: value,
  efficiency_percent: level(88 + (index * 7) % 9 + 0.3),
  deep_minutes: 62 + (index * 11) % 38,
  rem_minutes: 81 + (index * 13) % 33,
}));
const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

export const sleepCall = call("get_wearable_summary", { metric: "sleep", days: 30 }, {
  metric: "sleep",
  period_days: 30,
  from: period.from,
  today,
  unit: "minutes asleep",
  count: nights.length,
  coverage: "30 of 30 days have data",
  sources: ["Alex's Watch"],
  statistics: {
    avg_duration_minutes: Math.floor(meanOf(asleep)),
    min_duration_minutes: Math.min(...asleep),
    max_duration_minutes: Math.max(...asleep),
    nights_tracked: nights.length,
    avg_efficiency_percent: level(meanOf(nights.map((night) => night.efficiency_percent))),
    avg_deep_minutes: Math.round(meanOf(nights.map((night) => night.deep_minutes))),
    avg_rem_minutes: Math.round(meanOf(nights.map((night) => night.rem_minutes))),
    nap_count: 2,
    nap_total_minutes: 55,
  },
  records: nights.toReversed(),
});

export const ldlCall = call("get_lab_trend", { test_name: "LDL", months: 24 }, {
  test_name: "LDL Cholesterol",
  unit: "mg/dL",
  period_months: 24,
  count: 4,
  reference_range: { min: null, max: 116 },
  data_points: [
    { date: "2024-09-17", value: 158, status: "high" },
    { date: "2025-03-11", value: 149.4, status: "high" },
    { date: "2025-09-23", value: 137, status: "high" },
    { date: "2026-02-03", value: 130.6, status: "high" },
  ],
  statistics: { min: 130.6, max: 158, avg: 143.75, latest: 130.6, trend: "decreasing" },
});

const lab = (
  test_name: string,
  value: number,
  unit: string,
  min: number | null,
  max: number | null,
  status: string,
) => ({
  test_name,
  value,
  unit,
  recorded_at: "2026-02-03",
  status,
  reference_min: min,
  reference_max: max,
});

export const labsCall = call("get_recent_labs", { days: 90 }, {
  period_days: 90,
  count: 12,
  results: [
    lab("25-OH Vitamin D", 18.4, "ng/mL", 30, 100, "low"),
    lab("ALT", 31, "U/L", null, 50, "normal"),
    lab("Creatinine", 0.92, "mg/dL", 0.7, 1.2, "normal"),
    lab("Ferritin", 12, "ng/mL", 20, 250, "low"),
    lab("Glucose", 104, "mg/dL", 70, 99, "high"),
    lab("HbA1c", 5.6, "%", 4, 6, "normal"),
    lab("HDL Cholesterol", 48, "mg/dL", 40, null, "normal"),
    lab("Hemoglobin", 13.2, "g/dL", 13.5, 17.5, "low"),
    lab("LDL Cholesterol", 130.6, "mg/dL", null, 116, "high"),
    lab("Leukocytes", 6.8, "10^9/L", 4, 10, "normal"),
    lab("TSH", 2.41, "mIU/L", 0.4, 4, "normal"),
    lab("Triglycerides", 163, "mg/dL", null, 150, "high"),
  ],
});

export const pressureCall = call("get_wearable_summary", { metric: "blood_pressure", days: 30 }, {
  metric: "blood_pressure",
  period_days: 30,
  from: period.from,
  today,
  unit: "mmHg",
  count: 5,
  coverage: "5 of 30 days have data",
  statistics: {
    systolic_avg: 131.4,
    diastolic_avg: 84.2,
    systolic_max: 142,
    diastolic_max: 91,
    latest: { date: "2026-03-12", systolic_avg: 128, diastolic_avg: 82, data_points: 1 },
    days_with_data: 5,
  },
  daily_values: [
    { date: "2026-03-12", systolic_avg: 128, diastolic_avg: 82, data_points: 1 },
    { date: "2026-03-05", systolic_avg: 142, diastolic_avg: 91, data_points: 1 },
    { date: "2026-02-27", systolic_avg: 126, diastolic_avg: 79, data_points: 1 },
    { date: "2026-02-21", systolic_avg: 133, diastolic_avg: 86, data_points: 2 },
    { date: "2026-02-16", systolic_avg: 128, diastolic_avg: 83, data_points: 1 },
  ],
});

const headaches: readonly (readonly [string, number, number])[] = [
  ["2026-03-11T16:20+01:00", 6, 90],
  ["2026-03-04T09:45+01:00", 4, 45],
  ["2026-02-25T18:10+01:00", 7, 180],
  ["2026-02-18T14:30+01:00", 5, 60],
];
export const symptomsCall = call("get_symptom_timeline", { symptom_type: "headache", days: 30 }, {
  period_days: 30,
  count: 4,
  entries: headaches.map(([recorded_at, severity, duration_minutes]) => ({
    symptom_type: "headache",
    severity,
    recorded_at,
    triggers: ["Stress"],
    duration_minutes,
  })),
  frequency: { headache: { count: 4, avg_severity: 5.5, max_severity: 7 } },
});

export const workoutsCall = call("get_wearable_summary", { metric: "workouts", days: 30 }, {
  metric: "workouts",
  period_days: 30,
  from: period.from,
  today,
  unit: "minutes",
  count: 7,
  coverage: "7 of 30 days have a workout",
  statistics: { total_workouts: 7, total_duration_minutes: 329, by_type: { running: 4, cycling: 2, swimming: 1 } },
  records: [
    {
      date: "2026-03-12",
      type: "running",
      duration_minutes: 42,
      distance_meters: 7420,
      energy_kcal: 512,
      avg_heart_rate_bpm: 149,
    },
    {
      date: "2026-03-08",
      type: "cycling",
      duration_minutes: 75,
      distance_meters: 24310,
      energy_kcal: 640,
      avg_heart_rate_bpm: 131,
    },
    {
      date: "2026-03-05",
      type: "running",
      duration_minutes: 38,
      distance_meters: 6650,
      energy_kcal: 455,
      avg_heart_rate_bpm: 152,
    },
    {
      date: "2026-02-28",
      type: "swimming",
      duration_minutes: 35,
      distance_meters: 1400,
      energy_kcal: 330,
      avg_heart_rate_bpm: 138,
    },
    {
      date: "2026-02-24",
      type: "running",
      duration_minutes: 31,
      distance_meters: 5280,
      energy_kcal: 379,
      avg_heart_rate_bpm: 150,
    },
    {
      date: "2026-02-19",
      type: "cycling",
      duration_minutes: 62,
      distance_meters: 19870,
      energy_kcal: 545,
      avg_heart_rate_bpm: 128,
    },
    {
      date: "2026-02-15",
      type: "running",
      duration_minutes: 46,
      distance_meters: 8030,
      energy_kcal: 561,
      avg_heart_rate_bpm: 147,
    },
  ],
});

export const correlationCall = call("correlate_metrics", { metric_a: "sleep", metric_b: "resting_hr", days: 90 }, {
  metric_a: "sleep",
  metric_b: "resting_heart_rate",
  period_days: 90,
  summary: "On 84 days, more sleep goes with a lower resting_heart_rate: moderate negative, r = -0.46, p < 0.0001.",
  overlapping_days: 84,
  correlation: -0.46,
  interpretation: "moderate negative",
  n: 84,
  pearson: -0.46,
  spearman: -0.431,
  p_value: 0.0001,
  confidence_interval_95: [-0.613, -0.273],
  best_lag_days: 0,
  units: { sleep: "min", resting_heart_rate: "bpm" },
  paired_data: days(asleep).map(({ day, value }, index) => ({
    date: day,
    sleep: value,
    resting_heart_rate: restingHeart[index],
  })),
});

interface Side {
  readonly days: readonly [from: string, to: string];
  readonly count: number;
  readonly average: number;
  readonly total?: number;
}

/** As `compare_periods` tells it, the later period first. */
function compared(metric: string, unit: string, one: Side, other: Side): Call {
  const side = ({ days: [start_date, end_date], count: with_data, average, total }: Side) => ({
    start_date,
    end_date,
    coverage: { days_with_data: with_data, days_in_period: 30, text: `${with_data} of 30 days have data` },
    average,
    ...(total === undefined ? {} : { total }),
  });
  const average = Number((one.average - other.average).toFixed(2));
  const percent = Number((100 * average / other.average).toFixed(1));
  const name = metric.replaceAll("_", " ");
  const shown = unit === "count" ? "" : ` ${unit}`;
  return call("compare_periods", { metric, days: 30 }, {
    metric,
    unit,
    values_are: one.total === undefined ? "daily means" : "daily totals of full days",
    summary: `Average ${name} ${one.average}${shown} over ${one.days.join(" to ")}, ${Math.abs(average)}${shown} ` +
      `(${Math.abs(percent)} %) ${average > 0 ? "higher" : "lower"} than ${other.average}${shown} over ` +
      `${other.days.join(" to ")}; that is more than the day-to-day noise.`,
    period: side(one),
    compared_with: side(other),
    difference: { average, percent, more_than_day_to_day_noise: true },
    sources: ["Alex's Watch"],
  });
}

const [thisMonth, monthBefore] = [["2026-02-12", "2026-03-13"], ["2026-01-13", "2026-02-11"]] as const;
export const compareCall = compared(
  "steps",
  "count",
  { days: thisMonth, count: 30, average: 8723, total: 261678 },
  { days: monthBefore, count: 28, average: 7904, total: 221312 },
);
export const heartFellCall = compared(
  "resting_heart_rate",
  "bpm",
  { days: thisMonth, count: 30, average: 58.1 },
  { days: monthBefore, count: 30, average: 61.4 },
);
export const weightRoseCall = compared(
  "weight",
  "kg",
  { days: thisMonth, count: 9, average: 79.6 },
  { days: monthBefore, count: 11, average: 78.4 },
);
export const variabilityRoseCall = compared(
  "heart_rate_variability_rmssd",
  "ms",
  { days: thisMonth, count: 30, average: 47.2 },
  { days: monthBefore, count: 29, average: 43.6 },
);

export const dayCall = call("get_daily_summary", { date: "2026-03-13" }, {
  date: "2026-03-13",
  sleep: [{ ...nights.at(-1), date: undefined, time_in_bed_minutes: 468, light_minutes: 262, awake_minutes: 40 }],
  symptoms: [{ type: "fatigue", severity: 3, notes: "after 2 coffees" }],
  wearable_metrics: {
    heart_rate: { unit: "bpm", data_points: 412, avg: 68.4, min: 51, max: 133 },
    steps: { unit: "count", total: 6273 },
    energy: { unit: "kcal", total: 318 },
    distance_walking_running: { unit: "meters", total: 4712 },
    oxygen_saturation: { unit: "percent", data_points: 9, avg: 96.4, min: 94, max: 98 },
    weight: { unit: "kg", data_points: 1, avg: 78.4 },
    body_temperature: { unit: "celsius", data_points: 1, avg: 36.6 },
    heart_rate_variability_sdnn: { unit: "ms", data_points: 6, avg: 47.2, min: 31, max: 66 },
  },
});
