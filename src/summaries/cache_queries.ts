import { type SQL, sql } from "drizzle-orm";
import type { UserId } from "../accounts/access.ts";
import { type Database, preparedRow, rows } from "../platform/database.ts";
import type { NumberedSource } from "../sources/source_metadata.ts";
import { person, shownSources } from "../timeseries/reading_sql.ts";
import { arrayText } from "../timeseries/stale_days.ts";
import type { ActivityDay } from "./activity_day.ts";
import { dayText } from "./local_days.ts";
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

/** A day as it is kept. */
export type StoredDay = Omit<ActivityDay, "day"> & { readonly day: string };

export interface FoundDays {
  /** Whether some day of the range was stale in the same instant. */
  readonly stale: boolean;
  readonly days: readonly StoredDay[];
  /** All of the person's. */
  readonly sources: readonly NumberedSource[];
}

/**
 * Days of the range in order, undefined when there is no such person; one statement, so that nothing can go stale
 * between looking and reading.
 */
export async function findDays(db: Database, userId: UserId, page: DaysPage): Promise<FoundDays | undefined> {
  const { from, to, bySource, descending, limit } = page;
  // The first page is behind a place where no row can be.
  const nowhere = { day: descending ? "9999-12-31" : "0001-01-01", source_no: -1 };
  const after = page.after ?? nowhere;
  const found = await preparedRow<{ [Name in keyof FoundDays]: FoundDays[Name] | null }>(
    db,
    {
      name: `activity days ${bySource} ${descending}`,
      columns: ["stale", "days", "sources"],
      statement: () => daysStatement(bySource, descending),
    },
    { user_id: userId, from, to, after_day: after.day, after_source: after.source_no, limit },
  );
  if (found === undefined) return undefined;
  return { stale: found.stale ?? false, days: found.days ?? [], sources: found.sources ?? [] };
}

function daysStatement(bySource: boolean, descending: boolean): SQL {
  const [direction, beyond] = descending ? [sql`desc`, sql`<`] : [sql`asc`, sql`>`];
  const [from, to] = [sql`${sql.placeholder("from")}::date`, sql`${sql.placeholder("to")}::date`];
  return sql`
    with ${person(sql.placeholder("user_id"))},
    found as (
      select *
      from day_summary
      where user_no = (select no from person)
        and day >= ${from}
        and day < ${to}
        and source_no ${bySource ? sql`> 0` : sql`= 0`}
        and (day, source_no) ${beyond} (${sql.placeholder("after_day")}::date, ${
    sql.placeholder("after_source")
  }::smallint)
      order by day ${direction}, source_no ${direction}
      limit ${sql.placeholder("limit")}
    )
    select
      exists (
        select from stale_day
        where user_no = person.no
          and what = 'summary'
          and day between ${from} and ${to}
      ) as stale,
      (select json_agg(found order by day ${direction}, source_no ${direction}) from found) as days,
      ${shownSources} as sources
    from person`;
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
