import type { LabOfDay } from "../labs/queries.ts";
import type { SymptomEntry } from "../symptoms/table.ts";
import { inUnit, spoken } from "./fact_sentence.ts";
import type { ToldNight } from "./metric_sleep.ts";
import type { Workout } from "./metric_workouts.ts";

/** One day of a person in a sentence. Pure. */

export interface DayMetric {
  readonly unit: string;
  /** Of an amount. */
  readonly total?: number;
  /** Of a level, with its samples. */
  readonly avg?: number;
  readonly min?: number;
  readonly max?: number;
  readonly data_points?: number;
}

export interface RecordedDay {
  readonly labs: readonly LabOfDay[];
  readonly symptoms: readonly SymptomEntry[];
  readonly nights: readonly ToldNight[];
  readonly workouts: readonly Workout[];
  readonly metrics: Readonly<Record<string, DayMetric>>;
}

/** What people ask about first. */
const mainMetrics = ["steps", "resting_heart_rate", "heart_rate", "energy", "weight"];
const mostNamed = 3;

export function dayFact(date: string, { labs, symptoms, nights, workouts, metrics }: RecordedDay): string {
  const measured = mainMetrics.flatMap((code) => {
    const metric = Object.hasOwn(metrics, code) ? metrics[code] : undefined;
    if (metric?.total !== undefined) return [`${spoken(code)} ${inUnit(metric.total, metric.unit)}`];
    return metric?.avg === undefined ? [] : [`average ${spoken(code)} ${inUnit(metric.avg, metric.unit)}`];
  });
  const others = Object.keys(metrics).length - measured.length;
  const parts = [
    ...nights.flatMap(({ main, sums }) =>
      main.length === 0 ? [] : [`sleep ${inUnit(Math.floor((sums.asleep_seconds ?? 0) / 60), "minutes")}`]
    ),
    ...measured,
    ...(others === 0 ? [] : [`${others} other metrics`]),
    ...named(workouts, ({ type, minutes }) => `${spoken(type)} ${inUnit(Math.floor(minutes), "minutes")}`, "workouts"),
    ...named(symptoms, ({ symptom_type, severity }) => `${symptom_type} of severity ${severity}`, "symptoms"),
    ...named(labs, ({ test_name, value, value_text, unit, status }) => {
      const marked = status === null ? "" : ` (${status})`;
      return `${test_name} ${[value ?? value_text, unit].join(" ").trim()}${marked}`;
    }, "laboratory results"),
  ];
  return `On ${date}: ${parts.join("; ")}.`;
}

function named<Item>(items: readonly Item[], text: (item: Item) => string, what: string): string[] {
  const rest = items.length - mostNamed;
  return [...items.slice(0, mostNamed).map(text), ...(rest > 0 ? [`${rest} more ${what}`] : [])];
}
