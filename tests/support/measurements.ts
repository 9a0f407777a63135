import { sql } from "drizzle-orm";
import { requireUser } from "../../src/accounts/access.ts";
import { Batch } from "../../src/ingest/batch.ts";
import { ingest } from "../../src/ingest/ingest.ts";
import { rows } from "../../src/platform/database.ts";
import { seriesId } from "../../src/timeseries/series_table.ts";
import type { World } from "./world.ts";

/** One of everything that no request creates by itself, with `text` in it; maps the names of ids to them. */
export async function recordMeasurements(world: World, userId: string, text: string): Promise<Map<string, string>> {
  const user = await requireUser(world.ctx, userId);
  const batch = new Batch(new Date());
  const source = batch.addSource({ provider: "garmin", source: text, device_model: text });
  const end = Date.now() - 3_600_000;
  const span = { source, start: end - 3_600_000, end, zone_offset: 60 };
  batch.addSample(seriesId("steps"), source, span.start, 100, 60, 60);
  batch.addSample(batch.addCustomSeries(text, "1"), source, span.start, 1, 0, 60);
  batch.addWorkout({ ...span, type: "running", name: text });
  batch.addSleepSession({ ...span, is_nap: false, asleep_seconds: 3_000 });
  batch.addCycle({ ...span, detail: { current_phase_type: text } });
  await ingest(world.ctx.database, user, batch);
  const form = new FormData();
  form.append("file", new Blob(["<HealthData></HealthData>"]), `${text}.xml`);
  const started = await world.json(`/users/${userId}/import/apple/xml/direct`, { body: form });
  const idOf = async (table: string) => {
    const [row] = await rows<{ id: string }>(
      world.ctx.database,
      sql`select id from ${sql.raw(table)} where user_no = (select no from "user" where id = ${userId})`,
    );
    return row?.id ?? "";
  };
  return new Map([
    ["workout_id", await idOf("workout")],
    ["sleep_id", await idOf("sleep_session")],
    ["cycle_id", await idOf("menstrual_cycle")],
    ["import_id", String(started.task_id)],
  ]);
}
