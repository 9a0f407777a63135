import { type SQL, sql } from "drizzle-orm";
import { type Database, rows } from "../platform/database.ts";
import { type Batch, type BatchCycle, type BatchWorkout, largestValue } from "./batch.ts";
import type { Person } from "./person.ts";
import { jsonText, plainText, wholeOrNull } from "./plain_text.ts";
import { nothingSaved, type Saved, tally } from "./tally.ts";

/**
 * Workouts and cycles: what happened from an instant to another. Source, start and end say which row it is; a later
 * delivery fills in and corrects, and what it does not mention stays.
 */

type Columns = Readonly<Record<string, string>>;

const workoutColumns: Columns = {
  external_id: "text",
  type: "text",
  name: "text",
  zone_offset: "smallint",
  duration_seconds: "integer",
  moving_time_seconds: "integer",
  heart_rate_min: "float8",
  heart_rate_max: "float8",
  heart_rate_avg: "float8",
  energy_burned: "float8",
  distance: "float8",
  steps_count: "integer",
  average_speed: "float8",
  max_speed: "float8",
  average_watts: "float8",
  max_watts: "float8",
  average_cadence: "float8",
  total_elevation_gain: "float8",
  elev_high: "float8",
  elev_low: "float8",
  segments: "jsonb",
  hr_zones: "jsonb",
  power_zones: "jsonb",
};

const cycleColumns: Columns = {
  external_id: "text",
  zone_offset: "smallint",
  current_phase: "integer",
  current_phase_type: "text",
  day_in_cycle: "integer",
  cycle_length: "integer",
  predicted_cycle_length: "integer",
  is_predicted_cycle: "boolean",
  period_length: "integer",
  length_of_current_phase: "integer",
  days_until_next_phase: "integer",
  fertile_window_start: "integer",
  length_of_fertile_window: "integer",
  last_updated_at: "timestamptz",
  has_specified_cycle_length: "boolean",
  has_specified_period_length: "boolean",
  pregnancy_snapshot: "jsonb",
};

export async function saveWorkouts(
  db: Database,
  person: Person,
  batch: Batch,
  sourceNos: readonly number[],
): Promise<Saved> {
  const sent = batch.workouts.map((workout) => ({ ...workoutRow(workout), ...span(workout, sourceNos) }));
  return await saveSpans(db, person, sql`workout`, workoutColumns, sent);
}

export async function saveCycles(
  db: Database,
  person: Person,
  batch: Batch,
  sourceNos: readonly number[],
): Promise<Saved> {
  const sent = batch.cycles.map((cycle) => ({
    ...cycle.detail,
    external_id: plainText(cycle.external_id),
    zone_offset: cycle.zone_offset,
    ...span(cycle, sourceNos),
  }));
  return await saveSpans(db, person, sql`menstrual_cycle`, cycleColumns, sent);
}

interface Span {
  readonly source_no: number;
  readonly start_time: string;
  readonly end_time: string;
}

function span({ source, start, end }: BatchWorkout | BatchCycle, sourceNos: readonly number[]): Span {
  return {
    source_no: sourceNos[source] ?? 0,
    start_time: new Date(start).toISOString(),
    end_time: new Date(end).toISOString(),
  };
}

/** What lies below the sea or west of Greenwich. Nothing else of a workout is less than nothing. */
const signed: ReadonlySet<string> = new Set(["elev_high", "elev_low", "zone_offset"]);

function isBelievable([name, value]: [string, unknown]): boolean {
  return typeof value !== "number" || (Math.abs(value) <= largestValue && (value >= 0 || signed.has(name)));
}

function workoutRow({ source: _, start: _start, end: _end, ...sent }: BatchWorkout) {
  const workout = Object.fromEntries(Object.entries(sent).filter(isBelievable)) as Partial<typeof sent>;
  return {
    ...workout,
    external_id: plainText(workout.external_id),
    name: plainText(workout.name),
    duration_seconds: wholeOrNull(workout.duration_seconds),
    moving_time_seconds: wholeOrNull(workout.moving_time_seconds),
    steps_count: wholeOrNull(workout.steps_count),
  };
}

async function saveSpans(
  db: Database,
  person: Person,
  table: SQL,
  columns: Columns,
  sent: readonly Span[],
): Promise<Saved> {
  if (sent.length === 0) return nothingSaved;
  // Two of one batch with the same span are one row, of which the later one's fields win.
  const bySpan = new Map<string, Span>();
  for (const row of sent) {
    const key = `${row.source_no} ${row.start_time} ${row.end_time}`;
    const named = Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null && value !== undefined));
    bySpan.set(key, { ...bySpan.get(key), ...named } as unknown as Span);
  }
  const names = Object.keys(columns);
  const list = sql.raw(names.join(", "));
  const typed = sql.raw(names.map((name) => `${name} ${columns[name]}`).join(", "));
  const kept = (name: string) => `coalesce(excluded.${name}, stored.${name})`;
  const set = sql.raw(names.map((name) => `${name} = ${kept(name)}`).join(", "));
  const differs = sql.raw(
    `(${names.map((name) => `stored.${name}`).join(", ")}) is distinct from (${names.map(kept).join(", ")})`,
  );
  const saved = await rows<{ days: string[]; is_new: boolean }>(
    db,
    sql`
      insert into ${table} as stored (user_no, id, source_no, start_time, end_time, ${list})
      select ${person.no}, gen_random_uuid(), source_no, start_time, end_time, ${list}
      from jsonb_to_recordset(${jsonText([...bySpan.values()])}::text::jsonb) as sent(
        source_no smallint, start_time timestamptz, end_time timestamptz, ${typed}
      )
      on conflict (user_no, source_no, start_time, end_time) do update
      set ${set}
      where ${differs}
      returning
        array[
          (start_time at time zone 'UTC' + make_interval(mins => coalesce(zone_offset, 0)))::date::text,
          (end_time at time zone 'UTC' + make_interval(mins => coalesce(zone_offset, 0)))::date::text
        ] as days,
        xmax = 0 as is_new`,
  );
  const inserted = saved.filter((row) => row.is_new).length;
  return {
    tally: tally(sent.length, inserted, saved.length - inserted),
    days: new Set(saved.flatMap((row) => row.days)),
  };
}
