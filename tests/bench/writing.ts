import type postgres from "postgres";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { UserId } from "../../src/accounts/access.ts";
import { Batch } from "../../src/ingest/batch.ts";
import { ingest } from "../../src/ingest/ingest.ts";
import type { Database } from "../../src/platform/database.ts";
import { seriesId } from "../../src/timeseries/series_table.ts";
import type { Figure } from "./main.ts";
import { lastDay } from "./ten_million.ts";

const rows = 50_000;
const rounds = 5;

/** Upserts of 50,000 samples into the full table beside COPY of the same rows into an empty one with the same index. */
export async function benchWriting(
  database: Database,
  client: postgres.Sql,
  userIds: readonly string[],
): Promise<Figure[]> {
  const [fresh, again, changed, copied]: number[][] = [[], [], [], []];
  for (let round = 0; round < rounds; round++) {
    const user = userIds[round % userIds.length] as UserId;
    copied?.push(await copyIntoEmpty(client, round));
    fresh?.push(await timed(() => ingest(database, user, batch(0))));
    again?.push(await timed(() => ingest(database, user, batch(0))));
    changed?.push(await timed(() => ingest(database, user, batch(1))));
  }
  const baseline = { what: "COPY into an empty table", value: median(copied ?? []) };
  return Object.entries({ new: fresh, "unchanged": again, changed }).map(([kind, times]) => ({
    what: `upsert of 50,000 ${kind} samples at 10 M`,
    value: median(times ?? []),
    unit: "ms",
    baseline,
  }));
}

/** A day and a bit of heart rate, a beat every two seconds, behind everything that the table holds. */
const first = Date.parse(`${lastDay}T23:59:59Z`) + 1_000;

function batch(more: number): Batch {
  const made = new Batch(new Date(first + rows * 2_000));
  const source = made.addSource({ provider: "apple", device_model: "Watch6,12" });
  for (let i = 0; i < rows; i++) {
    made.addSample(seriesId("heart_rate"), source, first + i * 2_000, 60 + i % 60 + more, 0, 60);
  }
  return made;
}

/** How long COPY takes, without making the table and the text. */
async function copyIntoEmpty(client: postgres.Sql, round: number): Promise<number> {
  const table = `copied_${round}`;
  await client.unsafe(`create table ${table} (like sample including all)`);
  const lines: string[] = [];
  for (let i = 0; i < rows; i++) {
    lines.push(`${new Date(first + i * 2_000).toISOString()}\t${60 + i % 60}\t1\t0\t1\t1\t60\n`);
  }
  const text = lines.join("");
  const milliseconds = await timed(async () => {
    const sink = await client.unsafe(
      `copy ${table} (recorded_at, value, user_no, duration_seconds, series, source_no, zone_offset) from stdin`,
    ).writable();
    await pipeline(Readable.from([text]), sink);
  });
  await client.unsafe(`drop table ${table}`);
  return milliseconds;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

function median(times: number[]): number {
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? NaN;
}
