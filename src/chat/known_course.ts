import type { ToolEvidence } from "./evidence.ts";
import { type LabTest, type MeasureUnit, unitNamed } from "./measure_unit.ts";

/**
 * How what was measured went on, as tool results tell it: two periods beside each other, a test's results by day, one
 * metric looked up for two periods. Found by the names of fields. Days within a period are no course: which way they
 * went depends on where one begins. Pure.
 */

export interface Course {
  /** As the result has it: "resting_heart_rate", "LDL Cholesterol". */
  readonly name: string;
  readonly test: LabTest | undefined;
  readonly unit: MeasureUnit | null;
  /** Oldest first, two at least. */
  readonly values: readonly number[];
}

/** Of a test that was measured more often every difference would be one of two results. */
const mostValues = 12;
const mostCourses = 200;

type Fields = Readonly<Record<string, unknown>>;

interface Dated {
  readonly name: string;
  readonly unit: string;
  /** What is compared with what: "average" of one call, "value" of all. */
  readonly series: string;
  readonly from: string;
  readonly to: string;
  readonly value: number;
  readonly isLab: boolean;
}

export function coursesIn(calls: readonly ToolEvidence[]): Course[] {
  const dated = calls.flatMap(({ result }, call) => {
    const found = parsed(result);
    if (!isFields(found)) return [];
    return [...comparedOf(found, call), ...trendOf(found), ...resultsOf(found), ...periodOf(found)];
  });
  const groups = Map.groupBy(dated, ({ name, unit, series }) => `${name}\n${unit}\n${series}`);
  return [...groups.values()].slice(0, mostCourses).flatMap((group) => {
    const once = new Map(group.map((each) => [`${each.from} ${each.to} ${each.value}`, each]));
    const sorted = [...once.values()].sort((a, b) => a.from < b.from ? -1 : 1);
    // Periods that overlap, and two values of one day, have no order.
    const isOrdered = sorted.every(({ from }, index) => (sorted[index - 1]?.to ?? "") < from);
    const [first] = sorted;
    if (first === undefined || sorted.length < 2 || sorted.length > mostValues || !isOrdered) return [];
    const unit = unitNamed(first.unit);
    const test = first.isLab && unit?.ucum !== undefined ? { test_name: first.name, unit: unit.ucum } : undefined;
    return [{ name: first.name, test, unit, values: sorted.map(({ value }) => value) }];
  });
}

/** `compare_periods`: averages and totals, whichever of the two is the later one. */
function comparedOf({ metric, unit, period, compared_with }: Fields, call: number): Dated[] {
  if (typeof metric !== "string" || !isFields(period) || !isFields(compared_with)) return [];
  return [period, compared_with].flatMap((part) => figuresOf(metric, unit, part, ["average", "total"], part))
    .map((each) => ({ ...each, series: `${each.series} ${call}` }));
}

/** One metric over one period; the same metric of another call may be the other end. */
function periodOf({ metric, unit, statistics, start_date, end_date }: Fields): Dated[] {
  if (typeof metric !== "string" || !isFields(statistics)) return [];
  const figures = ["overall_avg", "daily_average", "overall_total", "avg_duration_minutes"];
  return figuresOf(metric, unit, statistics, figures, { start_date, end_date });
}

function figuresOf(name: string, unit: unknown, figures: Fields, fields: readonly string[], days: Fields): Dated[] {
  const { start_date: from, end_date: to } = days;
  if (typeof from !== "string" || typeof to !== "string") return [];
  const isLab = /^lab:/.test(name);
  return fields.flatMap((field) => {
    const value = figures[field];
    const measured = field.endsWith("minutes") ? "min" : typeof unit === "string" ? unit : "";
    return typeof value === "number" ? [{ name, unit: measured, series: field, from, to, value, isLab }] : [];
  });
}

/** `get_lab_trend` */
function trendOf({ test_name, unit, data_points }: Fields): Dated[] {
  if (typeof test_name !== "string" || !Array.isArray(data_points)) return [];
  return data_points.filter(isFields).flatMap(({ date, value }) => resultOf(test_name, unit, date, value));
}

/** `get_recent_labs` */
function resultsOf({ results }: Fields): Dated[] {
  if (!Array.isArray(results)) return [];
  return results.filter(isFields).flatMap(({ test_name, unit, recorded_at, value }) =>
    typeof test_name === "string" ? resultOf(test_name, unit, recorded_at, value) : []
  );
}

function resultOf(name: string, unit: unknown, date: unknown, value: unknown): Dated[] {
  if (typeof date !== "string" || typeof value !== "number") return [];
  const day = date.slice(0, 10);
  const printed = typeof unit === "string" ? unit : "";
  return [{ name, unit: printed, series: "value", from: day, to: day, value, isLab: true }];
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    // A result that was cut tells no course.
    return null;
  }
}

function isFields(node: unknown): node is Fields {
  return typeof node === "object" && node !== null && !Array.isArray(node);
}
