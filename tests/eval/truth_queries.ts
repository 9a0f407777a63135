import { type SQL, sql } from "drizzle-orm";
import { type Database, rows } from "../../src/platform/database.ts";
import { addDays } from "../../src/platform/day_range.ts";
import { seriesId } from "../../src/timeseries/series_table.ts";

/**
 * What is true about the demo person, in SQL over the stored rows. Nothing of the product's own reading is used: neither
 * its merging of sources (the watch alone covers whatever the phone counts) nor its tools.
 */

export interface Extreme {
  readonly value: number;
  /** All days that have it. */
  readonly days: readonly string[];
}

export interface LabValue {
  readonly day: string;
  readonly value: number;
  readonly unit: string;
}

export interface WorkoutTotals {
  readonly count: number;
  readonly minutes: number;
  readonly kilometres: number;
}

export interface SymptomTotals {
  readonly count: number;
  readonly mean: number;
  readonly max: number;
}

/** A measured series by its code, or a column of the nights; minutes, or the series' unit. */
export type DailyMetric = "asleep" | "deep" | "rem" | "workout minutes" | (string & Record<never, never>);

const nightColumns: ReadonlyMap<string, SQL> = new Map([
  ["asleep", sql`asleep_seconds`],
  ["deep", sql`deep_seconds`],
  ["rem", sql`rem_seconds`],
]);
const amounts: ReadonlySet<string> = new Set(["steps", "distance_walking_running"]);

const localDay = (column: SQL, of: SQL) =>
  sql`(${column} at time zone 'UTC' + coalesce(${of}, 0) * interval '1 minute')::date`;

export class RecordTruths {
  constructor(private readonly db: Database, private readonly userId: string, readonly today: string) {}

  ago(days: number): string {
    return addDays(this.today, -days);
  }

  /** The mean of the daily values of these days, both inclusive. */
  async mean(metric: DailyMetric, from: string, to: string): Promise<number> {
    return await this.#number(sql`select avg(value) as value from (${this.#daily(metric, from, to)}) daily`);
  }

  async total(metric: DailyMetric, from: string, to: string): Promise<number> {
    return await this.#number(sql`select sum(value) as value from (${this.#daily(metric, from, to)}) daily`);
  }

  /** The last day that has a value, and the value. */
  async latest(metric: DailyMetric): Promise<Extreme> {
    const daily = this.#daily(metric, this.ago(400), this.today);
    return await this.#extreme(sql`select * from (${daily}) daily order by day desc limit 1`);
  }

  async extreme(metric: DailyMetric, order: "highest" | "lowest", from: string, to: string): Promise<Extreme> {
    const of = order === "highest" ? sql`max(value)` : sql`min(value)`;
    const daily = this.#daily(metric, from, to);
    return await this.#extreme(
      sql`with daily as (${daily}) select * from daily where value = (select ${of} from daily)`,
    );
  }

  /** The single highest sample. */
  async highestSample(code: string, from: string, to: string): Promise<Extreme> {
    return await this.#extreme(sql`
      with measured as (
        select ${localDay(sql`s.recorded_at`, sql`s.zone_offset`)} as day, value
        from sample s
        where s.user_no = ${this.#userNo}
          and s.series = ${seriesId(code)}
      ), period as (
        select * from measured where day between ${from}::date and ${to}::date
      )
      select distinct day, value from period where value = (select max(value) from period)`);
  }

  /** Pearson's coefficient over the days that have both. */
  async correlation(a: DailyMetric, b: DailyMetric, from: string, to: string): Promise<number> {
    return await this.#number(sql`
      select corr(a.value, b.value) as value
      from (${this.#daily(a, from, to)}) a
      join (${this.#daily(b, from, to)}) b using (day)`);
  }

  /** Oldest first. */
  async labs(test: string): Promise<LabValue[]> {
    return await rows<LabValue>(
      this.db,
      sql`
        select recorded_at::text as day, value::float8 as value, unit
        from lab_result
        where user_id = ${this.userId}
          and test_name = ${test}
        order by recorded_at`,
    );
  }

  async symptoms(type: string, from: string, to: string): Promise<SymptomTotals> {
    const [found] = await rows<SymptomTotals>(
      this.db,
      sql`
        select count(*)::int as count, avg(severity)::float8 as mean, max(severity)::int as max
        from symptom_entry
        where user_id = ${this.userId}
          and symptom_type = ${type}
          and (recorded_at at time zone zone_offset::interval)::date between ${from}::date and ${to}::date`,
    );
    if (found === undefined) throw new Error("A count gives one row");
    return found;
  }

  /** `type` null for all. */
  async workouts(type: string | null, from: string, to: string): Promise<WorkoutTotals> {
    const [found] = await rows<WorkoutTotals>(
      this.db,
      sql`
        select
          count(*)::int as count,
          coalesce(sum(duration_seconds) / 60.0, 0)::float8 as minutes,
          coalesce(sum(distance) / 1000, 0)::float8 as kilometres
        from workout w
        where w.user_no = ${this.#userNo}
          and (${type}::text is null or type = ${type})
          and ${localDay(sql`w.start_time`, sql`w.zone_offset`)} between ${from}::date and ${to}::date`,
    );
    if (found === undefined) throw new Error("A count gives one row");
    return found;
  }

  get #userNo(): SQL {
    return sql`(select no from "user" where id = ${this.userId})`;
  }

  #daily(metric: DailyMetric, from: string, to: string): SQL {
    return sql`
      select day, value from (${this.#allDays(metric)}) known
      where day between ${from}::date and ${to}::date`;
  }

  #allDays(metric: DailyMetric): SQL {
    const night = nightColumns.get(metric);
    if (night !== undefined) {
      return sql`
        select ${localDay(sql`n.end_time`, sql`n.zone_offset`)} as day, sum(${night}) / 60.0 as value
        from sleep_session n
        where n.user_no = ${this.#userNo}
          and not n.is_nap
        group by 1`;
    }
    if (metric === "workout minutes") {
      return sql`
        select ${localDay(sql`w.start_time`, sql`w.zone_offset`)} as day, sum(duration_seconds) / 60.0 as value
        from workout w
        where w.user_no = ${this.#userNo}
        group by 1`;
    }
    const value = amounts.has(metric) ? sql`sum(s.value)` : sql`avg(s.value)`;
    return sql`
      select ${localDay(sql`s.recorded_at`, sql`s.zone_offset`)} as day, ${value} as value
      from sample s
      join data_source d on d.user_no = s.user_no and d.no = s.source_no
      where s.user_no = ${this.#userNo}
        and s.series = ${seriesId(metric)}
        and d.source = 'Demo Watch'
      group by 1`;
  }

  async #extreme(query: SQL): Promise<Extreme> {
    const found = await rows<{ day: string; value: number }>(
      this.db,
      sql`select day::text as day, value::float8 as value from (${query}) found`,
    );
    const [first] = found;
    if (first === undefined) throw new Error("The demo person has no value here; choose another period");
    return { value: first.value, days: found.map(({ day }) => day) };
  }

  async #number(query: SQL): Promise<number> {
    const [found] = await rows<{ value: number | null }>(
      this.db,
      sql`select value::float8 as value from (${query}) found`,
    );
    if (found?.value === null || found === undefined) {
      throw new Error("The demo person has no value here; choose another period");
    }
    return found.value;
  }
}
