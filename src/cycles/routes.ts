import { z } from "@hono/zod-openapi";
import { requireUser } from "../accounts/access.ts";
import { type Endpoint, endpoint } from "../platform/endpoint.ts";
import { Page, pageEnvelope, positionForm } from "../platform/envelope.ts";
import { notFound } from "../platform/errors.ts";
import { eventList, eventListQuery, eventPosition } from "../platform/event_list.ts";
import { timestamp, uuid, zoneOffsetText } from "../platform/scalars.ts";
import { SourceMetadata, sourceMetadata } from "../sources/source_metadata.ts";
import { type CycleRow, deleteCycle, listCycles } from "./queries.ts";

const MenstrualCycleRecord = z.object({
  id: uuid,
  start_time: timestamp,
  end_time: timestamp,
  zone_offset: z.string().nullable().openapi({ description: "`±HH:MM`; null when unknown", example: "+01:00" }),
  source: SourceMetadata,
  current_phase: z.int().nullable(),
  current_phase_type: z.string().nullable(),
  day_in_cycle: z.int().nullable(),
  cycle_length: z.int().nullable(),
  predicted_cycle_length: z.int().nullable(),
  is_predicted_cycle: z.boolean().nullable(),
  period_length: z.int().nullable(),
  length_of_current_phase: z.int().nullable(),
  days_until_next_phase: z.int().nullable(),
  fertile_window_start: z.int().nullable().openapi({ description: "Day of the cycle" }),
  length_of_fertile_window: z.int().nullable(),
  last_updated_at: timestamp.nullable(),
  has_specified_cycle_length: z.boolean().nullable(),
  has_specified_period_length: z.boolean().nullable(),
  pregnancy_snapshot: z.array(z.record(z.string(), z.unknown())).nullable(),
}).openapi("MenstrualCycleRecord");

const params = z.object({ user_id: uuid });

function readCycle(row: CycleRow): z.input<typeof MenstrualCycleRecord> {
  const { pregnancy_snapshot, ...detail } = row.detail;
  return {
    id: row.id,
    start_time: new Date(row.start).toISOString(),
    end_time: new Date(row.end).toISOString(),
    zone_offset: zoneOffsetText(row.zone_offset),
    source: sourceMetadata(row),
    ...detail,
    last_updated_at: row.last_updated === null ? null : new Date(row.last_updated).toISOString(),
    pregnancy_snapshot: Array.isArray(pregnancy_snapshot) ? [...pregnancy_snapshot] : null,
  };
}

export const cycleRoutes: readonly Endpoint[] = [
  endpoint({
    method: "get",
    path: "/users/{user_id}/events/menstrual-cycles",
    operationId: "listMenstrualCycles",
    tag: "events",
    summary: "A person's menstrual cycles, newest first",
    auth: "key",
    params,
    query: z.object(eventListQuery),
    success: { status: 200, description: "A page", schema: Page("MenstrualCycleRecord", MenstrualCycleRecord) },
    errors: ["not_found"],
  }, async (ctx, { params, query }) => {
    const userId = await requireUser(ctx, params.user_id);
    const list = eventList(query);
    const { total, found } = await listCycles(ctx.database, userId, list);
    return pageEnvelope({ ...list, rows: found, form: positionForm, key: eventPosition, item: readCycle, total });
  }),

  endpoint({
    method: "delete",
    path: "/users/{user_id}/events/menstrual-cycles/{cycle_id}",
    operationId: "deleteMenstrualCycle",
    tag: "events",
    summary: "Delete a menstrual cycle",
    description: "It comes back when its source sends it again.",
    auth: "key",
    params: z.object({ user_id: uuid, cycle_id: uuid }),
    success: { status: 204, description: "Deleted" },
    errors: ["not_found"],
  }, async (ctx, { params }) => {
    const userId = await requireUser(ctx, params.user_id);
    if (!await deleteCycle(ctx.database, userId, params.cycle_id)) throw notFound("Menstrual cycle", params.cycle_id);
  }),
];
