import { sql } from "drizzle-orm";
import { type Database, rows } from "../platform/database.ts";
import type { Batch } from "./batch.ts";
import type { Person } from "./person.ts";
import { nothingSaved, type Saved, tally } from "./tally.ts";

/** Vendors' totals of a local day, one for each series and source; a later one replaces. */
export async function saveDailyTotals(
  db: Database,
  person: Person,
  batch: Batch,
  sourceNos: readonly number[],
  seriesIds: readonly number[],
): Promise<Saved> {
  if (batch.dailyTotals.length === 0) return nothingSaved;
  const byKey = new Map(batch.dailyTotals.map((total) => [`${total.series} ${total.source} ${total.day}`, total]));
  const sent = [...byKey.values()].map((total) => ({
    series: total.series < 0 ? seriesIds[-1 - total.series] : total.series,
    source_no: sourceNos[total.source],
    day: total.day,
    recorded_at: new Date(total.at).toISOString(),
    value: total.value,
    zone_offset: total.zone_offset,
  }));
  const saved = await rows<{ day: string; is_new: boolean }>(
    db,
    sql`
      insert into daily_total (user_no, series, source_no, day, recorded_at, value, zone_offset)
      select ${person.no}, series, source_no, day, recorded_at, value, zone_offset
      from jsonb_to_recordset(${JSON.stringify(sent)}::text::jsonb) as sent(
        series smallint, source_no smallint, day date, recorded_at timestamptz, value float8, zone_offset smallint
      )
      on conflict (user_no, series, source_no, day) do update
      set value = excluded.value,
        recorded_at = excluded.recorded_at,
        zone_offset = coalesce(excluded.zone_offset, daily_total.zone_offset)
      where daily_total.value <> excluded.value
        or daily_total.recorded_at <> excluded.recorded_at
        or coalesce(excluded.zone_offset, daily_total.zone_offset) is distinct from daily_total.zone_offset
      returning day::text, xmax = 0 as is_new`,
  );
  const inserted = saved.filter((row) => row.is_new).length;
  return {
    tally: tally(batch.dailyTotals.length, inserted, saved.length - inserted),
    days: new Set(saved.map((row) => row.day)),
  };
}
