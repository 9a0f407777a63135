import type { UserId } from "../accounts/access.ts";
import { Batch } from "../ingest/batch.ts";
import { ingest } from "../ingest/ingest.ts";
import type { Database } from "../platform/database.ts";
import { seriesById } from "../timeseries/series_table.ts";
import { localDay } from "./auto_export_points.ts";
import { outgrownTotals, type SentDay } from "./auto_export_queries.ts";
import { autoExportSource } from "./auto_export_source.ts";

/**
 * The app sends a day as a whole one time and by the hour the next, as its user sets it. Both are the same steps, so
 * that the day counts the most that the app said of it: a smaller sum is of an hour when less was known. Without this
 * a total of the afternoon would hide the evening's hours.
 */

/** Raises totals of the days that `batch` holds; to be called in the transaction that stored it. */
export async function raiseOutgrownTotals(db: Database, userId: UserId, batch: Batch, now: Date): Promise<void> {
  const sent = sentDays(batch);
  if (sent.length === 0) return;
  const raised = new Batch(now);
  for (const { series, day, zone_offset, device_model, value } of await outgrownTotals(db, userId, sent)) {
    const source = autoExportSource(raised, device_model);
    const at = Date.parse(day) - (zone_offset ?? 0) * 60_000;
    raised.addDailyTotal({ series, source, day, value, at, zone_offset });
  }
  if (raised.size > 0) await ingest(db, userId, raised);
}

/** The local days of amounts, each once. */
function sentDays({ samples, dailyTotals }: Batch): SentDay[] {
  const days = new Map<string, SentDay>();
  const note = (series: number, day: string, zone_offset: number | null) => {
    if (seriesById(series)?.aggregation === "sum") days.set(`${series} ${day}`, { series, day, zone_offset });
  };
  for (const { series, day, zone_offset } of dailyTotals) note(series, day, zone_offset);
  samples.series.forEach((series, place) => {
    const zone_offset = samples.zone_offset[place] ?? null;
    note(series, localDay({ at: samples.at[place] ?? 0, zone_offset }), zone_offset);
  });
  return [...days.values()];
}
