import assert from "node:assert/strict";
import postgres from "postgres";
import { fillPeople } from "../bench/ten_million.ts";
import { scansOf, slowScans, statementsOf } from "../support/plans.ts";
import { openWorld } from "../support/world.ts";

const large = ["sample"];

/** Reads whose cost must follow the page, not the record. */
const reads: readonly string[] = [
  "timeseries?start_time=2025-12-01&end_time=2026-02-28",
  "timeseries?start_time=2025-12-01&end_time=2026-02-28&limit=10000",
  "timeseries?start_time=2025-12-01&end_time=2026-02-28&types=heart_rate&types=steps",
  "timeseries?start_time=2026-02-01&end_time=2026-02-28&resolution=1hour",
  "timeseries?start_time=2026-02-01&end_time=2026-02-28&resolution=1day",
  "summaries/data?start_date=2026-01-01",
  "summaries/activity?start_date=2025-12-01&end_date=2026-03-01&limit=90",
  "summaries/sleep?start_date=2025-12-01&end_date=2026-03-01&limit=90",
  "summaries/recovery?start_date=2026-02-01&end_date=2026-03-01&limit=90",
];

/** Paths that read what was measured in each night, and how the statement begins that does. */
const nightly = /summaries\/(sleep|recovery)/;
const nights = /^\s*with night as/;

Deno.test("reads find samples by their key and never go through the table", async () => {
  await using world = await openWorld();
  const client = postgres(world.databaseUrl, { max: 1, onnotice: () => {} });
  try {
    const { user_ids, rows } = await fillPeople(client, { people: 6, days: 60 });
    assert.ok(rows > 200_000, String(rows));
    const key = await world.createKey();
    for (const path of reads) {
      const statements = await statementsOf(world.ctx, world.databaseUrl, `/users/${user_ids[2]}/${path}`, key);
      if (nightly.test(path)) assert.ok(statements.some(({ text }) => nights.test(text)), `${path} reads no nights`);
      const scans = (await Promise.all(statements.map((statement) => scansOf(client, statement)))).flat();
      assert.ok(scans.some(({ table }) => table === "sample"), `${path} reads no samples`);
      assert.deepEqual(slowScans(scans, large), [], path);
    }
  } finally {
    await client.end();
  }
});
