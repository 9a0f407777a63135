import { z } from "@hono/zod-openapi";
import { requireUser } from "../accounts/access.ts";
import { dayRange, dayRangeQuery, utcDay } from "../platform/day_range.ts";
import { type Endpoint, endpoint, Reply } from "../platform/endpoint.ts";
import { decodeCursor, page } from "../platform/paging.ts";
import { queryInteger, uuid } from "../platform/scalars.ts";
import { requireSymptom } from "./access.ts";
import { changeSymptom, createSymptom, removeSymptom } from "./entries.ts";
import { listSymptoms, listSymptomTypes } from "./queries.ts";
import { showSymptom, SymptomEntryRead, symptomFields } from "./shown_symptom.ts";

const SymptomEntryCreate = z.object({ user_id: uuid, ...symptomFields }).openapi("SymptomEntryCreate", {
  example: {
    user_id: "3f1c9a52-7f0e-4c61-9a54-2f6b1d0c8e11",
    symptom_type: "headache",
    severity: 6,
    recorded_at: "2026-03-14T07:30:00+01:00",
    duration_minutes: 90,
    triggers: ["Screen time"],
  },
});
const SymptomEntryUpdate = z.object({
  ...symptomFields,
  symptom_type: symptomFields.symptom_type.optional(),
  severity: symptomFields.severity.optional(),
  recorded_at: symptomFields.recorded_at.optional(),
}).openapi("SymptomEntryUpdate", { example: { severity: 4 } });

const params = z.object({ symptom_id: uuid });

export const symptomRoutes: readonly Endpoint[] = [
  endpoint({
    method: "post",
    path: "/symptoms",
    operationId: "createSymptom",
    tag: "symptoms",
    summary: "Note a symptom",
    auth: "key",
    body: { kind: "json", schema: SymptomEntryCreate },
    success: { status: 201, description: "The entry", schema: SymptomEntryRead },
    errors: ["not_found"],
  }, async (ctx, { body }) => {
    const { user_id, ...fields } = body;
    return showSymptom(await createSymptom(ctx, user_id, fields));
  }),

  endpoint({
    method: "get",
    path: "/symptoms",
    operationId: "listSymptoms",
    tag: "symptoms",
    summary: "A person's symptoms, newest first",
    description: "Days are local: the entry's instant at the offset it was sent with.",
    auth: "key",
    query: z.object({
      user_id: uuid,
      ...dayRangeQuery(30),
      symptom_type: z.string().max(100).optional().openapi({ description: "Exactly this type" }),
      limit: queryInteger(1, 200, 100),
      cursor: z.string().max(200).optional(),
    }),
    success: {
      status: 200,
      description: "Entries",
      schema: z.array(SymptomEntryRead),
      headers: { "X-Next-Cursor": "Where the next page starts; absent on the last page" },
    },
    errors: ["not_found"],
  }, async (ctx, { query }) => {
    const { user_id, symptom_type, limit, cursor, ...range } = query;
    const days = dayRange(utcDay(ctx.clock()), range);
    const filter = { ...days, symptom_type, limit: limit + 1, after: decodeCursor(cursor) };
    const found = await listSymptoms(ctx.database, await requireUser(ctx, user_id), filter);
    const { items, headers } = page(found, limit, (row) => ({ at: row.recorded_at.toISOString(), id: row.id }));
    return new Reply(items.map(showSymptom), { headers });
  }),

  endpoint({
    method: "get",
    path: "/symptoms/types",
    operationId: "listSymptomTypes",
    tag: "symptoms",
    summary: "The types of symptoms a person has noted, by name",
    auth: "key",
    query: z.object({ user_id: uuid }),
    success: { status: 200, description: "Types", schema: z.array(z.string()) },
    errors: ["not_found"],
  }, async (ctx, { query }) => await listSymptomTypes(ctx.database, await requireUser(ctx, query.user_id))),

  endpoint({
    method: "get",
    path: "/symptoms/{symptom_id}",
    operationId: "getSymptom",
    tag: "symptoms",
    summary: "One symptom",
    auth: "key",
    params,
    success: { status: 200, description: "The entry", schema: SymptomEntryRead },
    errors: ["not_found"],
  }, async (ctx, { params }) => showSymptom(await requireSymptom(ctx, params.symptom_id))),

  endpoint({
    method: "patch",
    path: "/symptoms/{symptom_id}",
    operationId: "updateSymptom",
    tag: "symptoms",
    summary: "Change a symptom",
    description: "An omitted field stays as it is; null clears notes, duration and triggers.",
    auth: "key",
    params,
    body: { kind: "json", schema: SymptomEntryUpdate },
    success: { status: 200, description: "The changed entry", schema: SymptomEntryRead },
    errors: ["not_found"],
  }, async (ctx, { params, body }) => showSymptom(await changeSymptom(ctx, params.symptom_id, body))),

  endpoint({
    method: "delete",
    path: "/symptoms/{symptom_id}",
    operationId: "deleteSymptom",
    tag: "symptoms",
    summary: "Delete a symptom",
    auth: "key",
    params,
    success: { status: 204, description: "Deleted" },
    errors: ["not_found"],
  }, async (ctx, { params }) => await removeSymptom(ctx, params.symptom_id)),
];
