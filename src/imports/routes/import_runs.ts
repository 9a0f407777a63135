import { z } from "@hono/zod-openapi";
import { requireUser } from "../../accounts/access.ts";
import { type Endpoint, endpoint, Reply } from "../../platform/endpoint.ts";
import { decodeCursor, page } from "../../platform/paging.ts";
import { queryInteger, timestamp, uuid } from "../../platform/scalars.ts";
import { requireImport } from "../access.ts";
import { cancelImport } from "../import_run.ts";
import { importKinds, noCounts } from "../importers.ts";
import { listImports } from "../queries.ts";
import { nothingStored } from "../stored_counts.ts";
import { type ImportRun, importStatuses } from "../table.ts";

const Tally = z.object({ inserted: z.int(), updated: z.int(), unchanged: z.int() }).openapi("ImportTally");

const ImportRunRead = z.object({
  id: uuid,
  run_id: z.string().openapi({ description: "The run in the sync status", example: "xml_5f0c2a9be1d34c77" }),
  user_id: uuid,
  kind: z.enum(importKinds),
  provider: z.string(),
  file_name: z.string().nullable(),
  file_size: z.int().nullable().openapi({ description: "Bytes" }),
  status: z.enum(importStatuses),
  cancel_requested: z.boolean(),
  progress: z.number().min(0).max(1),
  counts: z.object({
    read: z.int().openapi({ description: "Records, workouts and the like that were looked at" }),
    skipped: z.record(z.string(), z.int()).openapi({
      description: "Left out, by reason",
      example: { "invalid_value:heart_rate": 2 },
    }),
    noticed: z.record(z.string(), z.int()).openapi({ description: "Seen and not stored, by what it was" }),
    stored: z.object({
      samples: Tally,
      daily_totals: Tally,
      workouts: Tally,
      sleep_sessions: Tally,
      menstrual_cycles: Tally,
      health_scores: Tally,
    }),
  }),
  error: z.string().nullable().openapi({ description: "Why it failed, and what to do; what was stored before stays" }),
  created_at: timestamp,
  started_at: timestamp.nullable(),
  ended_at: timestamp.nullable(),
}).openapi("ImportRunRead");

const person = z.object({ user_id: uuid });
const params = z.object({ user_id: uuid, import_id: uuid });

function readRun(run: ImportRun): z.input<typeof ImportRunRead> {
  const { file_id: _, checkpoint: __, cancel_requested_at, ...shown } = run;
  return {
    ...shown,
    cancel_requested: cancel_requested_at !== null,
    counts: {
      read: run.counts.read ?? 0,
      skipped: { ...run.counts.skipped ?? noCounts.skipped },
      noticed: { ...run.counts.noticed ?? noCounts.noticed },
      stored: { ...nothingStored, ...run.counts.stored },
    },
    created_at: run.created_at.toISOString(),
    started_at: run.started_at?.toISOString() ?? null,
    ended_at: run.ended_at?.toISOString() ?? null,
  };
}

export const importRunRoutes: readonly Endpoint[] = [
  endpoint({
    method: "get",
    path: "/users/{user_id}/imports",
    operationId: "listImports",
    tag: "imports",
    summary: "A person's imports of files, newest first",
    auth: "key",
    params: person,
    query: z.object({
      limit: queryInteger(1, 200, 50),
      cursor: z.string().max(200).optional().openapi({ description: "X-Next-Cursor of the page before" }),
    }),
    success: {
      status: 200,
      description: "One page",
      schema: z.array(ImportRunRead),
      headers: { "X-Next-Cursor": "Present when there are more" },
    },
    errors: ["not_found"],
  }, async (ctx, { params, query }) => {
    const userId = await requireUser(ctx, params.user_id);
    const found = await listImports(ctx.database, userId, { limit: query.limit, after: decodeCursor(query.cursor) });
    const { items, headers } = page(found, query.limit, (run) => ({ at: run.created_at.toISOString(), id: run.id }));
    return new Reply(items.map(readRun), { headers });
  }),

  endpoint({
    method: "get",
    path: "/users/{user_id}/imports/{import_id}",
    operationId: "getImport",
    tag: "imports",
    summary: "How far an import is, what it stored and what it left out",
    auth: "key",
    params,
    success: { status: 200, description: "The import", schema: ImportRunRead },
    errors: ["not_found"],
  }, async (ctx, { params }) => readRun(await requireImport(ctx, params.user_id, params.import_id))),

  endpoint(
    {
      method: "post",
      path: "/users/{user_id}/imports/{import_id}/cancel",
      operationId: "cancelImport",
      tag: "imports",
      summary: "Cancel an import",
      description: "A waiting import ends at once, a running one with its next batch. What was stored stays.",
      auth: "key",
      params,
      success: { status: 200, description: "The import", schema: ImportRunRead },
      errors: ["not_found", "conflict"],
    },
    async (ctx, { params }) =>
      readRun(await cancelImport(ctx, await requireImport(ctx, params.user_id, params.import_id))),
  ),
];
