import { requireUser } from "../../src/accounts/access.ts";
import { Batch } from "../../src/ingest/batch.ts";
import { ingest } from "../../src/ingest/ingest.ts";
import { seriesId } from "../../src/timeseries/series_table.ts";
import { insertLabResults } from "../../src/labs/queries.ts";
import { insertSymptoms } from "../../src/symptoms/queries.ts";
import type { World } from "../support/world.ts";

/** More of everything than one page of the API holds, so that a result that stops at the first page shows. */

export const firstDay = Date.UTC(2025, 0, 1);
export const dayMs = 86_400_000;
const hourMs = 3_600_000;
/** Minutes east of UTC, of every measurement. */
const zone_offset = 60;

export const days = 150;
export const nights = 130;
export const workouts = 120;
export const results = 230;
export const entries = 220;

/** Day `n` has 1000 + n steps at noon; night `n` ends on day `n`; workout `n` is on day `n`. */
export async function longRecord(world: World, userId: string): Promise<void> {
  const user = await requireUser(world.ctx, userId);
  const batch = new Batch(new Date(firstDay + 400 * dayMs));
  const source = batch.addSource({ provider: "garmin", source: "an app", device_model: "fenix" });
  for (let n = 0; n < days; n++) {
    const midnight = firstDay + n * dayMs - zone_offset * 60_000;
    batch.addSample(seriesId("steps"), source, midnight + 12 * hourMs, 1000 + n, 600, zone_offset);
    batch.addSample(seriesId("weight"), source, midnight + 8 * hourMs, 70 + n / 100, 0, zone_offset);
    if (n < nights) {
      const [start, end] = [midnight - hourMs, midnight + 6 * hourMs];
      batch.addSleepSession({ source, start, end, zone_offset, is_nap: false, asleep_seconds: (360 + n) * 60 });
    }
    if (n < workouts) {
      const start = midnight + 17 * hourMs;
      const figures = { duration_seconds: 1800, distance: n === 0 ? null : 5000, energy_burned: 300.25 };
      const type = n % 2 === 0 ? "running" as const : "yoga" as const;
      batch.addWorkout({ source, start, end: start + hourMs / 2, zone_offset, type, ...figures });
    }
  }
  await ingest(world.ctx.database, user, batch);
  await insertLabResults(
    world.ctx.database,
    Array.from({ length: results }, (_, n) => ({
      id: crypto.randomUUID(),
      user_id: userId,
      test_name: n % 2 === 0 ? "Ferritin" : "HbA1c",
      value: 50 + n,
      value_text: String(50 + n),
      unit: n % 2 === 0 ? "ng/mL" : "mmol/mol",
      recorded_at: dayText(n % 100),
      found_by: "person" as const,
    })),
  );
  await insertSymptoms(
    world.ctx.database,
    Array.from({ length: entries }, (_, n) => ({
      id: crypto.randomUUID(),
      user_id: userId,
      symptom_type: n % 2 === 0 ? "nausea" : "headache",
      severity: n % 11,
      recorded_at: new Date(firstDay + n * hourMs * 6),
    })),
  );
}

/** `YYYY-MM-DD` of day `n`. */
export function dayText(n: number): string {
  return new Date(firstDay + n * dayMs).toISOString().slice(0, 10);
}
