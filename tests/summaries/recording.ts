import { requireUser, type UserId } from "../../src/accounts/access.ts";
import { Batch, type SourceDescription } from "../../src/ingest/batch.ts";
import { ingest } from "../../src/ingest/ingest.ts";
import { readInstant } from "../../src/platform/scalars.ts";
import { seriesId } from "../../src/timeseries/series_table.ts";
import type { World } from "../support/world.ts";

/** Stores measurements the way every door does, written down as in a diary. */

export const watch: SourceDescription = { provider: "apple", device_model: "Watch6,2", source: "com.apple.health" };
export const phone: SourceDescription = { provider: "apple", device_model: "iPhone15,2", source: "com.apple.health" };
export const ring: SourceDescription = { provider: "oura", device_model: "Oura Ring 3", source: "oura" };

/** Instants are written with their offset, `2026-03-14T08:00:00+01:00`; without one it is unknown. */
export interface Diary {
  sample(source: SourceDescription, series: string, at: string, value: number, seconds?: number): void;
  total(source: SourceDescription, series: string, day: string, value: number): void;
  readonly batch: Batch;
}

export async function record(world: World, userId: string, write: (diary: Diary) => void): Promise<UserId> {
  const batch = new Batch(world.ctx.clock());
  write({
    batch,
    sample(source, series, at, value, seconds = 0) {
      const { instant, offset } = moment(at);
      batch.addSample(seriesId(series), batch.addSource(source), instant, value, seconds, offset);
    },
    total(source, series, day, value) {
      const at = Date.parse(`${day}T12:00:00Z`);
      const place = { series: seriesId(series), source: batch.addSource(source), day, at, value, zone_offset: null };
      batch.addDailyTotal(place);
    },
  });
  const id = await requireUser(world.ctx, userId);
  await ingest(world.ctx.database, id, batch);
  return id;
}

export function moment(text: string): { instant: number; offset: number | null } {
  const read = readInstant(text);
  if (read === null) throw new Error(`"${text}" is no instant`);
  const [sign, hours, minutes] = [read.zone_offset?.[0], read.zone_offset?.slice(1, 3), read.zone_offset?.slice(4)];
  const size = Number(hours) * 60 + Number(minutes);
  return { instant: read.at.getTime(), offset: read.zone_offset === null ? null : sign === "-" ? -size : size };
}

export interface ActivityRow {
  readonly date: string;
  readonly source: { provider: string; device: string | null };
  readonly sources: readonly { source: { device: string | null }; share: number; steps: number | null }[] | null;
  readonly steps: number | null;
  readonly [field: string]: unknown;
}

export interface ActivityPage {
  readonly data: ActivityRow[];
  readonly pagination: { next_cursor: string | null; previous_cursor: string | null; has_more: boolean };
}

export async function activity(
  world: World,
  userId: string,
  from = "2026-01-01",
  to = "2027-01-01",
  more = "",
): Promise<ActivityRow[]> {
  const range = `start_date=${from}&end_date=${to}`;
  return (await world.json<ActivityPage>(`/users/${userId}/summaries/activity?${range}${more}`)).data;
}

/** "2026-03-14: 1200" */
export function stepsByDay(rows: readonly ActivityRow[]): string[] {
  return rows.map(({ date, steps }) => `${date}: ${steps}`);
}
