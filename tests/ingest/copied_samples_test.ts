import assert from "node:assert/strict";
import { sql } from "drizzle-orm";
import { requireUser } from "../../src/accounts/access.ts";
import { Batch } from "../../src/ingest/batch.ts";
import { ingest } from "../../src/ingest/ingest.ts";
import { rows } from "../../src/platform/database.ts";
import { seriesId } from "../../src/timeseries/series_table.ts";
import { openWorld } from "../support/world.ts";

const now = new Date("2026-03-14T12:00:00Z");
const series = seriesId("body_temperature");

const values = [
  0,
  1,
  -1,
  36.6,
  0.1 + 0.2,
  1 / 3,
  -273.15,
  1e-300,
  5e-324,
  1e15 / 3,
  -1e15,
];
const instants = [
  "1900-01-01T00:00:00.000Z",
  "1969-12-31T23:59:59.999Z",
  "1970-01-01T00:00:00.001Z",
  "1999-12-31T23:59:59.999Z",
  "2000-01-01T00:00:00.000Z",
  "2000-01-01T01:11:34.967Z",
  "2000-01-01T01:11:34.968Z",
  "2024-02-29T23:59:59.123Z",
  "2026-03-15T11:59:59.999Z",
];
const durations = [0, 1, 60, 86_400, 100_000];
const offsets = [null, 0, -840, 840, 345];

Deno.test("every instant, number, duration and offset is stored as it was sent, and known when it comes again", async () => {
  await using world = await openWorld({}, () => now);
  const user = await requireUser(world.ctx, await world.createUser());
  const sent = values.flatMap((value, index) =>
    instants.map((instant, place) => ({
      source: `Thermometer ${index}`,
      recorded_at: Date.parse(instant),
      value,
      duration_seconds: durations[(index + place) % durations.length]!,
      zone_offset: offsets[(index * 2 + place) % offsets.length]!,
    }))
  );
  const batch = () => {
    const made = new Batch(now);
    for (const { source, recorded_at, value, duration_seconds, zone_offset } of sent) {
      const place = made.addSource({ provider: "apple", source });
      assert.equal(made.addSample(series, place, recorded_at, value, duration_seconds, zone_offset), null);
    }
    return made;
  };
  const first = await ingest(world.ctx.database, user, batch());
  assert.deepEqual(first.samples, { inserted: sent.length, updated: 0, unchanged: 0 });
  const stored = await rows<typeof sent[number]>(
    world.ctx.database,
    sql`
      select
        data_source.source,
        round(extract(epoch from recorded_at) * 1000)::float8 as recorded_at,
        value,
        duration_seconds,
        zone_offset
      from sample
      join data_source on data_source.user_no = sample.user_no and data_source.no = source_no
      where extract(epoch from recorded_at) * 1000 = round(extract(epoch from recorded_at) * 1000)`,
  );
  const ordered = (samples: typeof sent) =>
    samples.map((sample) => JSON.stringify(Object.entries(sample).sort())).toSorted();
  assert.deepEqual(ordered(stored), ordered(sent));
  const again = await ingest(world.ctx.database, user, batch());
  assert.deepEqual(again.samples, { inserted: 0, updated: 0, unchanged: sent.length });
});

Deno.test("parts of a millisecond are rounded in the same way whenever they come", async () => {
  await using world = await openWorld({}, () => now);
  const user = await requireUser(world.ctx, await world.createUser());
  const at = Date.parse("2026-03-14T08:00:00Z");
  const batch = () => {
    const made = new Batch(now);
    const source = made.addSource({ provider: "apple", source: "Thermometer" });
    for (const part of [0.4, 1.5, 2.4999, 3.0005]) made.addSample(series, source, at + part, 36.6, 0, 60);
    return made;
  };
  await ingest(world.ctx.database, user, batch());
  const again = await ingest(world.ctx.database, user, batch());
  assert.deepEqual(again.samples, { inserted: 0, updated: 0, unchanged: 4 });
});
