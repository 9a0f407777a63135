import { sql } from "drizzle-orm";
import type { UserId } from "../accounts/access.ts";
import { type Database, rows } from "../platform/database.ts";
import { autoExportSourceNames } from "./auto_export_source.ts";

export interface WaitingExport {
  readonly user_id: string;
  readonly body: string;
  readonly received_at: Date;
  /** Null while nobody has read it. */
  readonly processed_at: Date | null;
}

/** What the app sent, or undefined when the payload is of another kind or went with its person. */
export async function findAutoExport(db: Database, id: string): Promise<WaitingExport | undefined> {
  const [row] = await rows<{ user_id: string; body: string; received_at: string; processed_at: string | null }>(
    db,
    sql`
      select user_id, convert_from(body, 'UTF8') as body, received_at, processed_at
      from raw_payload
      where id = ${id}
        and kind = 'auto_export'`,
  );
  return row && {
    ...row,
    received_at: new Date(row.received_at),
    processed_at: row.processed_at === null ? null : new Date(row.processed_at),
  };
}

/** A local day of a series, whose offset the sender named or not. */
export interface SentDay {
  readonly series: number;
  readonly day: string;
  readonly zone_offset: number | null;
}

export interface OutgrownTotal extends SentDay {
  readonly device_model: string | null;
  /** The most that the app said of the day. */
  readonly value: number;
}

/** The daily and the hourly sum of the same numbers differ by less. */
const roundingShare = 1.001;

/**
 * Days of which the app once sent less as a whole than the hours or minutes that it sent besides add up to: it was
 * asked before the day was over, or before a watch had told it everything.
 */
export async function outgrownTotals(
  db: Database,
  userId: UserId,
  sent: readonly SentDay[],
): Promise<OutgrownTotal[]> {
  const { day: wholes, hour: hours, minute: minutes } = autoExportSourceNames;
  return await rows<OutgrownTotal>(
    db,
    sql`
      with sent as (
        select * from jsonb_to_recordset(${JSON.stringify(sent)}::text::jsonb)
          as sent(series smallint, day date, zone_offset smallint)
      ),
      source as (
        select user_no, no, coalesce(device_model, '') as device_model, source = ${wholes} as is_whole
        from data_source
        where user_id = ${userId}
          and provider = 'apple'
          and source in (${wholes}, ${hours}, ${minutes})
      ),
      pair as (
        select source.*, sent.*
        from source
        cross join sent
        where exists (select from source where not is_whole)
      ),
      said as (
        select pair.*, t.value
        from pair
        join daily_total t on (t.user_no, t.series, t.source_no, t.day) = (pair.user_no, pair.series, pair.no, pair.day)
        union all
        select pair.*, amount.value
        from pair
        cross join lateral (
          select sum(value) as value
          from (
            select
              value,
              recorded_at + make_interval(secs => duration_seconds) > lead(recorded_at) over (order by recorded_at)
                as reaches_next
            from sample
            where sample.user_no = pair.user_no
              and sample.series = pair.series
              and sample.source_no = pair.no
              and recorded_at >= (pair.day - interval '14 hours') at time zone 'UTC'
              and recorded_at < (pair.day + interval '38 hours') at time zone 'UTC'
              and ((recorded_at at time zone 'UTC') + make_interval(mins => coalesce(sample.zone_offset, 0)))::date
                = pair.day
          ) of_day
          -- Hours of two time zones that are half an hour apart say the same twice.
          having bool_and(reaches_next is not true)
        ) amount
      )
      select series, day::text, zone_offset, nullif(device_model, '') as device_model, max(value) as value
      from said
      group by series, day, zone_offset, said.device_model
      having max(value) > ${roundingShare}::float8 * max(value) filter (where is_whole)`,
  );
}
