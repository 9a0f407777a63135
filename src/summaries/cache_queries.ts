import { sql } from "drizzle-orm";
import type { UserId } from "../accounts/access.ts";
import { type Database, preparedRows, rows } from "../platform/database.ts";
import { arrayText } from "../timeseries/stale_days.ts";
import type { ActivityDay, Contribution } from "./activity_day.ts";
import { dayNumber, dayText } from "./local_days.ts";
import { userNo } from "./sample_queries.ts";

/** Every statement on `day_summary`, and on the stale days that say which of it no longer holds. */

/** "days" in ASCII: who computes a person's days does so alone. */
const lockKey = 0x64617973;

/** `YYYY-MM-DD`, the end exclusive. */
export interface DayBounds {
  readonly from: string;
  readonly to: string;
}

/**
 * Days to compute for the range, in order. What is stale also touches the evening before: an instant after midnight
 * closes its gaps, and what was recorded without an offset may belong there.
 */
export async function findStaleDays(db: Database, userId: UserId, { from, to }: DayBounds): Promise<string[]> {
  const found = await rows<{ day: string }>(
    db,
    sql`
      select day::text as day
      from stale_day
      where user_no = ${userNo(userId)}
        and what = 'summary'
        and day between ${from}::date and ${to}::date
      order by day`,
  );
  return found.map(({ day }) => day);
}

/**
 * Takes the marks of these days, so that the caller may compute them; what somebody else is changing now is left. The
 * marks go before the samples are read: whatever is committed later marks its days again.
 */
export async function takeStaleDays(db: Database, userId: UserId, days: readonly string[]): Promise<string[]> {
  await db.execute(sql`select pg_advisory_xact_lock(${lockKey}, ${userNo(userId)})`);
  const taken = await rows<{ day: string }>(
    db,
    sql`
      delete from stale_day
      where (user_no, what, day) in (
        select user_no, what, day
        from stale_day
        where user_no = ${userNo(userId)}
          and what = 'summary'
          and day = any(${arrayText(days)}::date[])
        order by day
        for update skip locked
      )
      returning day::text as day`,
  );
  return taken.map(({ day }) => day);
}

/** These rows are all there is of these days, counted from 1970. */
export async function storeDays(
  db: Database,
  userId: UserId,
  days: readonly number[],
  computed: readonly ActivityDay[],
): Promise<void> {
  await db.execute(sql`
    delete from day_summary
    where user_no = ${userNo(userId)}
      and day = any(${arrayText(days.map(dayText))}::date[])`);
  if (computed.length === 0) return;
  const sent = JSON.stringify(computed.map((row) => ({ ...row, day: dayText(row.day) })));
  await db.execute(sql`
    insert into day_summary
    select (jsonb_populate_record(null::day_summary, row || jsonb_build_object('user_no', ${userNo(userId)}))).*
    from jsonb_array_elements(${sent}::text::jsonb) as row`);
}

export interface DaysPage extends DayBounds {
  /** The merged days, or each source's own. */
  readonly bySource: boolean;
  readonly descending: boolean;
  readonly after: { readonly day: string; readonly source_no: number } | undefined;
  readonly limit: number;
}

export interface FoundDays {
  /** Whether some day of the range was stale in the same instant. */
  readonly stale: boolean;
  readonly days: ActivityDay[];
}

interface FoundRow extends Omit<ActivityDay, "day" | "sources"> {
  readonly stale: boolean;
  /** Null where nothing was found. */
  readonly day: string | null;
  readonly sources: string | null;
}

const foundColumns: (keyof FoundRow)[] = [
  "stale",
  "day",
  "source_no",
  "steps",
  "distance_meters",
  "flights",
  "elevation_meters",
  "active_calories_kcal",
  "basal_calories_kcal",
  "active_minutes",
  "sedentary_minutes",
  "light_minutes",
  "moderate_minutes",
  "vigorous_minutes",
  "heart_rate_avg",
  "heart_rate_min",
  "heart_rate_max",
  "sources",
];

/** Days of the range in order; one statement, so that nothing can go stale between looking and reading. */
export async function findDays(db: Database, userId: UserId, page: DaysPage): Promise<FoundDays> {
  const { from, to, bySource, descending, after, limit } = page;
  const beyond = descending ? sql`<` : sql`>`;
  const direction = descending ? sql`desc` : sql`asc`;
  const found = await preparedRows<FoundRow>(
    db,
    "activity_days",
    foundColumns,
    sql`
      select
        s.stale, d.day::text as day, d.source_no, d.steps, d.distance_meters, d.flights, d.elevation_meters,
        d.active_calories_kcal, d.basal_calories_kcal, d.active_minutes, d.sedentary_minutes, d.light_minutes,
        d.moderate_minutes, d.vigorous_minutes, d.heart_rate_avg, d.heart_rate_min, d.heart_rate_max,
        d.sources::text as sources
      from (
        select exists (
          select from stale_day
          where user_no = ${userNo(userId)}
            and what = 'summary'
            and day between ${from}::date and ${to}::date
        ) as stale
      ) s
      left join lateral (
        select *
        from day_summary
        where user_no = ${userNo(userId)}
          and day >= ${from}::date
          and day < ${to}::date
          and source_no ${bySource ? sql`> 0` : sql`= 0`}
          ${after === undefined ? sql`` : sql`and (day, source_no) ${beyond} (${after.day}::date, ${after.source_no})`}
        order by day ${direction}, source_no ${direction}
        limit ${limit}
      ) d on true
      order by d.day ${direction}, d.source_no ${direction}`,
  );
  return {
    stale: found[0]?.stale ?? false,
    days: found.flatMap(({ stale: _, day, sources, ...row }) =>
      day === null ? [] : [{
        ...row,
        day: dayNumber(day),
        sources: sources === null ? null : JSON.parse(sources) as Contribution[],
      }]
    ),
  };
}

/** Everybody with stale days, by their public id. */
export async function findStalePeople(db: Database): Promise<string[]> {
  const found = await rows<{ id: string }>(
    db,
    sql`
      select u.id
      from "user" u
      where exists (select from stale_day s where s.user_no = u.no and s.what = 'summary')
      order by u.no`,
  );
  return found.map(({ id }) => id);
}
