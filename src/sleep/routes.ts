import { z } from "@hono/zod-openapi";
import { requireUser } from "../accounts/access.ts";
import { type Endpoint, endpoint } from "../platform/endpoint.ts";
import { Page, pageEnvelope, positionForm } from "../platform/envelope.ts";
import { eventList, eventListQuery, eventPosition } from "../platform/event_list.ts";
import { queryBoolean, timestamp, uuid, zoneOffsetText } from "../platform/scalars.ts";
import { SourceMetadata, sourceMetadata } from "../sources/source_metadata.ts";
import { listSessions, type SleepRow } from "./queries.ts";
import { removeSession } from "./remove_session.ts";
import { sleepStages } from "./sleep_stage.ts";
import { sourceRanks } from "./source_ranks.ts";

const SleepStagesSummary = z.object({
  awake_minutes: z.int().nullable(),
  light_minutes: z.int().nullable(),
  deep_minutes: z.int().nullable(),
  rem_minutes: z.int().nullable(),
}).openapi("SleepStagesSummary");

const SleepStageInterval = z.object({ stage: z.enum(sleepStages), start_time: timestamp, end_time: timestamp })
  .openapi("SleepStageInterval");

const SleepSession = z.object({
  id: uuid,
  start_time: timestamp,
  end_time: timestamp,
  zone_offset: z.string().nullable().openapi({ description: "`±HH:MM`; null when unknown", example: "+01:00" }),
  source: SourceMetadata,
  duration_seconds: z.int().openapi({ description: "From start to end" }),
  sleep_duration_seconds: z.int().nullable().openapi({ description: "Asleep" }),
  efficiency_percent: z.number().nullable().openapi({ description: "Time asleep of the time in bed" }),
  stages: SleepStagesSummary.nullable(),
  sleep_stage_intervals: z.array(SleepStageInterval).nullable(),
  is_nap: z.boolean(),
}).openapi("SleepSession");

const params = z.object({ user_id: uuid });

function readSession(row: SleepRow): z.input<typeof SleepSession> {
  const { light_seconds, deep_seconds, rem_seconds, awake_seconds } = row;
  const hasStages = [light_seconds, deep_seconds, rem_seconds, awake_seconds].some((seconds) => seconds !== null);
  return {
    id: row.id,
    start_time: new Date(row.start).toISOString(),
    end_time: new Date(row.end).toISOString(),
    zone_offset: zoneOffsetText(row.zone_offset),
    source: sourceMetadata(row),
    duration_seconds: Math.round((row.end - row.start) / 1000),
    sleep_duration_seconds: row.asleep_seconds,
    efficiency_percent: row.efficiency_percent,
    stages: hasStages
      ? {
        awake_minutes: minutes(awake_seconds),
        light_minutes: minutes(light_seconds),
        deep_minutes: minutes(deep_seconds),
        rem_minutes: minutes(rem_seconds),
      }
      : null,
    sleep_stage_intervals: row.stages === null ? null : [...row.stages],
    is_nap: row.is_nap,
  };
}

function minutes(seconds: number | null): number | null {
  return seconds === null ? null : Math.floor(seconds / 60);
}

export const sleepRoutes: readonly Endpoint[] = [
  endpoint({
    method: "get",
    path: "/users/{user_id}/events/sleep",
    operationId: "listSleepSessions",
    tag: "events",
    summary: "A person's sleep, newest first",
    description: "Every source that recorded a night has its own session.",
    auth: "key",
    params,
    query: z.object({
      ...eventListQuery,
      filter_by_priority: queryBoolean.optional().openapi({
        type: "boolean",
        default: false,
        description: "Of each local day only the sleep of the source that comes first in the priorities",
      }),
    }),
    success: { status: 200, description: "A page", schema: Page("SleepSession", SleepSession) },
    errors: ["not_found"],
  }, async (ctx, { params, query }) => {
    const userId = await requireUser(ctx, params.user_id);
    const list = eventList(query);
    const ranks = query.filter_by_priority === true ? await sourceRanks(ctx.database, userId) : null;
    const { total, found } = await listSessions(ctx.database, userId, list, ranks);
    return pageEnvelope({ ...list, rows: found, form: positionForm, key: eventPosition, item: readSession, total });
  }),

  endpoint({
    method: "delete",
    path: "/users/{user_id}/events/sleep/{sleep_id}",
    operationId: "deleteSleepSession",
    tag: "events",
    summary: "Delete a sleep session and its stages",
    description: "It comes back when its source sends it again.",
    auth: "key",
    params: z.object({ user_id: uuid, sleep_id: uuid }),
    success: { status: 204, description: "Deleted" },
    errors: ["not_found"],
  }, async (ctx, { params }) => await removeSession(ctx, await requireUser(ctx, params.user_id), params.sleep_id)),
];
