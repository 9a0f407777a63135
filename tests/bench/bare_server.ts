import postgres from "postgres";
import type { Statement } from "../support/plans.ts";

/**
 * What reading costs at the least: the statements of our requests through postgres.js and `Deno.serve`, without login,
 * validation or anything else. Arguments: the database's URL, a port, a file with the statements of each path.
 */

const [url = "", port = "", file = ""] = Deno.args;
const statements = new Map(Object.entries<Statement[]>(JSON.parse(await Deno.readTextFile(file))));
const client = postgres(url, { max: 10, onnotice: () => {}, connection: { TimeZone: "UTC" } });

interface Columns {
  readonly at: string;
  readonly place: string;
  readonly value: string;
  readonly zone_offset: string;
  readonly sources: readonly { no: number; provider: string; device_model: string; device_type: string }[];
  readonly total: string | null;
}

/** The same answer, made the obvious way. */
function timeseries({ at, place, value, zone_offset, sources, total }: Columns, limit: number) {
  const [places, values, zones] = [place, value, zone_offset].map((list) => list.split(","));
  const rows = at.split(",").map((milliseconds, index) => {
    const number = Number(places?.[index]);
    const source = sources.find(({ no }) => no === Math.floor(number % 131_072 / 4));
    const offset = Number(zones?.[index]);
    return {
      timestamp: new Date(Number(milliseconds)).toISOString(),
      zone_offset: `+${String(Math.floor(offset / 60)).padStart(2, "0")}:${String(offset % 60).padStart(2, "0")}`,
      type: String(Math.floor(number / 131_072)),
      value: Number(values?.[index]),
      unit: "unit",
      source: {
        provider: source?.provider,
        source: null,
        device: source?.device_model,
        device_type: source?.device_type,
        device_name: source?.device_model,
      },
      is_daily_total: null,
    };
  });
  return {
    data: rows.slice(0, limit),
    pagination: { next_cursor: null, previous_cursor: null, has_more: rows.length > limit, total_count: Number(total) },
    metadata: { resolution: "raw", sample_count: Math.min(rows.length, limit), start_time: null, end_time: null },
  };
}

Deno.serve({ port: Number(port), hostname: "127.0.0.1", onListen: () => {} }, async (request) => {
  const { pathname, search, searchParams } = new URL(request.url);
  const results: unknown[] = [];
  for (const { text, parameters } of statements.get(pathname + search) ?? []) {
    results.push(await client.unsafe(text, [...parameters], { prepare: true }));
  }
  if (!pathname.endsWith("/timeseries")) return Response.json(results.flat());
  const [columns] = results.at(-1) as Columns[];
  return Response.json(columns === undefined ? null : timeseries(columns, Number(searchParams.get("limit"))));
});
