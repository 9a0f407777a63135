import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { buildApp } from "../../src/app.ts";
import type { Context } from "../../src/platform/context.ts";

/** What Postgres does for a request: the statements that it runs, and how each of them finds its rows. */

export interface Statement {
  readonly text: string;
  readonly parameters: readonly (string | null)[];
}

/** The statements that answering a GET runs, the login included. */
export async function statementsOf(ctx: Context, url: string, path: string, key: string): Promise<Statement[]> {
  const found: Statement[] = [];
  const client = postgres(url, {
    max: 4,
    onnotice: () => {},
    connection: { TimeZone: "UTC" },
    debug: (_connection, text, parameters) => void found.push({ text, parameters: parameters as string[] }),
  });
  try {
    const app = buildApp({ ...ctx, database: drizzle({ client }) }, 0);
    const request = () =>
      new Request(`http://localhost/api/v1${path}`, { headers: { "X-Open-Wearables-API-Key": key } });
    const response = await app.http.fetch(request());
    if (response.status !== 200) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    await response.body?.cancel();
    return found.filter(({ text }) => /^\s*(with|select)\b/i.test(text) && !/pg_catalog/.test(text));
  } finally {
    await client.end();
  }
}

export interface Scan {
  readonly table: string;
  /** "Index Scan", "Index Only Scan", "Seq Scan" … */
  readonly how: string;
  readonly rows: number;
}

/** How the statement finds rows, for these parameters and for a plan that serves any. */
export async function scansOf(client: postgres.Sql, { text, parameters }: Statement): Promise<Scan[]> {
  const given = await client.unsafe(`explain (format json) ${text}`, [...parameters]);
  const [version] = await client.unsafe<{ number: number }[]>(
    "select current_setting('server_version_num')::int as number",
  );
  const any = (version?.number ?? 0) < 160_000
    ? []
    : await client.unsafe(`explain (generic_plan, format json) ${text}`).simple();
  return [...given, ...any].flatMap((row) => Object.values(row).flatMap((plan) => scansIn(plan)));
}

function scansIn(plan: unknown): Scan[] {
  if (Array.isArray(plan)) return plan.flatMap(scansIn);
  if (plan === null || typeof plan !== "object") return [];
  const node = plan as Record<string, unknown>;
  const inner = Object.values(node).flatMap((value) => typeof value === "object" ? scansIn(value) : []);
  const table = node["Relation Name"];
  if (typeof table !== "string") return inner;
  return [{ table, how: String(node["Node Type"]), rows: Number(node["Plan Rows"]) }, ...inner];
}

/** Scans that read a large table other than by its index. */
export function slowScans(scans: readonly Scan[], largeTables: readonly string[]): Scan[] {
  return scans.filter(({ table, how }) => largeTables.includes(table) && !/^Index (Only )?Scan$/.test(how));
}
