import { z } from "@hono/zod-openapi";
import { sql } from "drizzle-orm";
import type { Context } from "./context.ts";
import { rows } from "./database.ts";
import { type Endpoint, endpoint } from "./endpoint.ts";
import { describeError } from "./errors.ts";

/** Whether the process lives, and whether it can do its work. */

const Ready = z.object({
  status: z.enum(["ready", "not_ready"]),
  database: z.enum(["ok", "unreachable"]),
  migrations: z.enum(["ok", "pending", "unknown"]),
  worker: z.enum(["ok", "missing", "unknown"]),
}).openapi("Ready", { example: { status: "ready", database: "ok", migrations: "ok", worker: "ok" } });

const Live = z.object({ status: z.literal("live") }).openapi("Live");
const Greeting = z.object({ message: z.string() }).openapi("Greeting");

/** `migrations` is how many this version has. A worker counts as missing after 12 s without a heartbeat. */
export function healthRoutes(migrations: number): readonly Endpoint[] {
  const looked = looker(migrations);
  return [
    endpoint({
      method: "get",
      path: "//",
      operationId: "root",
      tag: "health",
      summary: "Greeting",
      auth: "none",
      success: { status: 200, description: "The server runs", schema: Greeting },
    }, () => Promise.resolve({ message: "Server is running!" })),

    endpoint({
      method: "get",
      path: "//health/live",
      operationId: "live",
      tag: "health",
      summary: "Whether the process answers",
      auth: "none",
      success: { status: 200, description: "It does", schema: Live },
    }, () => Promise.resolve({ status: "live" as const })),

    endpoint({
      method: "get",
      path: "//health/ready",
      operationId: "ready",
      tag: "health",
      summary: "Whether database, migrations and worker are there",
      description: "Answers 503 with the same body when one of them is not.",
      auth: "none",
      success: { status: 200, description: "Everything is there", schema: Ready },
      errors: ["unavailable"],
    }, async (ctx) => {
      const found = await looked(ctx);
      return found.status === "ready" ? found : Response.json(found, { status: 503 });
    }),
  ];
}

/** How long a database may take before it counts as gone. */
const patienceMs = 2_000;

/** Looks; while a look is under way others wait for it, so that a silent database does not collect questions. */
function looker(migrations: number): (ctx: Context) => Promise<z.input<typeof Ready>> {
  let looking: Promise<z.input<typeof Ready>> | undefined;
  return async (ctx) => {
    looking ??= look(ctx, migrations).finally(() => looking = undefined);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<null>((resolve) => timer = setTimeout(() => resolve(null), patienceMs));
    const found = await Promise.race([looking, late]);
    clearTimeout(timer);
    return found ?? unreachable;
  };
}

const unreachable = { status: "not_ready", database: "unreachable", migrations: "unknown", worker: "unknown" } as const;

async function look(ctx: Context, migrations: number): Promise<z.input<typeof Ready>> {
  try {
    const [row] = await rows<{ applied: number; workers: number }>(
      ctx.database,
      sql`
        select
          (select count(*)::int from schema_migration) as applied,
          (select count(*)::int from worker_process where heartbeat_at > now() - interval '12 seconds') as workers`,
    );
    const migrated = row?.applied === migrations;
    const working = (row?.workers ?? 0) > 0;
    return {
      status: migrated && working ? "ready" : "not_ready",
      database: "ok",
      migrations: migrated ? "ok" : "pending",
      worker: working ? "ok" : "missing",
    };
  } catch (error) {
    ctx.log("warn", "not_ready", describeError(error));
    return unreachable;
  }
}
