import { z } from "@hono/zod-openapi";
import { boundUser, requireUser } from "../../accounts/access.ts";
import { type Endpoint, endpoint } from "../../platform/endpoint.ts";
import { frameStream } from "../../platform/event_stream.ts";
import { streamTiming } from "../../platform/follow.ts";
import { queryInteger, timestamp, uuid } from "../../platform/scalars.ts";
import { providers } from "../../sources/provider_table.ts";
import { listSyncRuns, recentSyncEvents } from "../sync_queries.ts";
import { syncFrames } from "../sync_stream.ts";
import { syncSources, syncStages, syncStates } from "../table.ts";

const progress = {
  run_id: z.string(),
  user_id: uuid,
  provider: z.string(),
  source: z.enum(syncSources),
  stage: z.enum(syncStages),
  status: z.enum(syncStates),
  message: z.string().nullable(),
  progress: z.number().min(0).max(1).nullable(),
  items_processed: z.int().min(0).nullable(),
  items_total: z.int().min(0).nullable(),
  error: z.string().nullable(),
  primary_user_id: uuid.nullable().openapi({ description: "Who synced the account that several people share" }),
  started_at: timestamp.nullable(),
  ended_at: timestamp.nullable(),
};

const run = {
  run_id: "pull_4be0643f1d98573b",
  user_id: "3f1c9a52-7f0e-4c61-9a54-2f6b1d0c8e11",
  provider: "apple",
  source: "xml_import",
  message: null,
  items_processed: 120_000,
  items_total: null,
  error: null,
  primary_user_id: null,
} as const;

const SyncStatusEvent = z.object({
  event_id: uuid,
  ...progress,
  metadata: z.record(z.string(), z.unknown()),
  timestamp,
}).openapi("SyncStatusEvent", {
  example: {
    event_id: "6f0b9c1e-52a7-4d0e-9f6a-0e5a4a6c1b22",
    ...run,
    stage: "processing",
    status: "in_progress",
    progress: 0.4,
    metadata: {},
    started_at: "2026-03-14T06:30:00.000Z",
    ended_at: null,
    timestamp: "2026-03-14T06:30:04.000Z",
  },
});

const SyncRunSummary = z.object({ ...progress, last_update: timestamp }).openapi("SyncRunSummary", {
  example: {
    ...run,
    stage: "completed",
    status: "success",
    progress: 1,
    started_at: "2026-03-14T06:30:00.000Z",
    ended_at: "2026-03-14T06:30:09.000Z",
    last_update: "2026-03-14T06:30:09.000Z",
  },
});

const params = z.object({ user_id: uuid });

/** `timing` is for tests, which do not want to wait. */
export function syncStatusRoutes(timing = streamTiming): readonly Endpoint[] {
  return [
    endpoint({
      method: "get",
      path: "/users/{user_id}/sync/stream",
      operationId: "streamSyncStatus",
      tag: "sync status",
      summary: "What happens while a person's data comes in, as it happens",
      description: "Server-sent events: first the comment `connected`, then the newest events, oldest first, then " +
        "each new one, exactly once. The comment `heartbeat` comes after 15 s without an event. After a broken " +
        "connection, call again; `event_id` tells what was seen before.",
      auth: "key",
      params,
      query: z.object({ replay: queryInteger(1, 200, 20) }),
      success: {
        status: 200,
        description: "Frames of `event: sync.status` and `data: <json>`",
        contentType: "text/event-stream",
        schema: SyncStatusEvent,
      },
      errors: ["not_found"],
    }, async (ctx, { params, query }, request) => {
      const userId = await requireUser(ctx, params.user_id);
      const frames = (gone: AbortSignal) => syncFrames(ctx, userId, query.replay, gone, timing);
      const response = await frameStream(ctx, request, frames, () => null);
      response.headers.set("cache-control", "no-cache, no-transform");
      return response;
    }),

    endpoint({
      method: "get",
      path: "/users/{user_id}/sync/recent",
      operationId: "listRecentSyncEvents",
      tag: "sync status",
      summary: "What happened last while a person's data came in, newest first",
      description: "Kept for a day after the last event of a run.",
      auth: "key",
      params,
      query: z.object({ limit: queryInteger(1, 200, 50) }),
      success: { status: 200, description: "Events", schema: z.array(SyncStatusEvent) },
      errors: ["not_found"],
    }, async (ctx, { params, query }) => {
      const found = await recentSyncEvents(ctx.database, await requireUser(ctx, params.user_id), query.limit);
      return found.map(({ no: _, ...event }) => ({ ...event, metadata: { ...event.metadata } }));
    }),

    endpoint({
      method: "get",
      path: "/users/{user_id}/sync/runs",
      operationId: "listSyncRuns",
      tag: "sync status",
      summary: "A person's syncs and imports of the last day, newest first",
      auth: "key",
      params,
      query: z.object({ limit: queryInteger(1, 200, 20) }),
      success: { status: 200, description: "Runs, as their newest event has them", schema: z.array(SyncRunSummary) },
      errors: ["not_found"],
    }, async (ctx, { params, query }) => {
      return await listSyncRuns(ctx.database, { user_id: await requireUser(ctx, params.user_id), limit: query.limit });
    }),

    endpoint({
      method: "get",
      path: "/sync/runs",
      operationId: "listAllSyncRuns",
      tag: "sync status",
      summary: "Everybody's syncs and imports of the last day, newest first",
      description: "A key that is bound to one person sees that person's.",
      auth: "key",
      query: z.object({
        limit: queryInteger(1, 10_000, 50),
        user_id: uuid.optional(),
        provider: z.enum(providers).optional(),
        status: z.enum(syncStates).optional(),
        source: z.enum(syncSources).optional(),
      }),
      success: { status: 200, description: "Runs, as their newest event has them", schema: z.array(SyncRunSummary) },
      errors: ["not_found"],
    }, async (ctx, { query }) => {
      const { user_id, ...filter } = query;
      const only = user_id === undefined ? boundUser(ctx.actor) : await requireUser(ctx, user_id);
      return await listSyncRuns(ctx.database, { ...filter, user_id: only });
    }),
  ];
}
