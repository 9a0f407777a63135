import { z } from "@hono/zod-openapi";
import { requireUser } from "../accounts/access.ts";
import { dayRange, dayRangeQuery, rangeQuery, utcDay } from "../platform/day_range.ts";
import { type Endpoint, endpoint, Reply } from "../platform/endpoint.ts";
import { decodeCursor, page } from "../platform/paging.ts";
import { calendarDate, queryInteger, shortText, uuid } from "../platform/scalars.ts";
import { requireLabResult } from "./access.ts";
import { listLabResults, listPosition } from "./queries.ts";
import { maxQuantity } from "./result_value.ts";
import { correctLabResult, createLabResult } from "./results.ts";
import { rejectLabResult } from "./review.ts";
import { LabResultRead, showResult } from "./shown_result.ts";
import { labTrend } from "./trend.ts";
import { testsOfPerson } from "./trend_queries.ts";

const LabTrendResponse = z.object({
  test_name: z.string().openapi({
    description: "The one test that was chosen, as its newest result is called; tests are never mixed",
  }),
  loinc: z.string().nullable().openapi({ description: "Code of the test in `unit`; null when it is not known" }),
  unit: z.string().openapi({ description: "Of the newest value; every value is in it" }),
  reference_min: z.number().nullable().openapi({ description: "Of the newest result that was printed in `unit`" }),
  reference_max: z.number().nullable(),
  period_months: z.int(),
  count: z.int(),
  data_points: z.array(z.object({
    date: calendarDate,
    value: z.number().openapi({ description: "In `unit`" }),
    status: z.string().nullable(),
    printed_value: z.string().openapi({ description: "As printed or entered" }),
    printed_unit: z.string(),
  })),
  statistics: z.object({
    min: z.number(),
    max: z.number(),
    avg: z.number().openapi({ description: "Two decimals" }),
    latest: z.number(),
    trend: z.enum(["increasing", "decreasing", "stable"]).openapi({ description: "Last against first value" }),
  }).nullable(),
  other_matches: z.array(z.string()).openapi({ description: "Other tests whose name contains the words asked for" }),
  converted_count: z.int().openapi({ description: "Points whose value was converted to `unit`" }),
  other_unit_count: z.int().openapi({ description: "Values left out because they cannot be converted to `unit`" }),
  text_only_count: z.int().openapi({ description: "Results left out because they are no plain number" }),
}).openapi("LabTrendResponse");

const LabTestName = z.object({
  test_name: z.string(),
  count: z.int(),
  latest: calendarDate.nullable(),
  unit: z.string(),
}).openapi("LabTestName");

const quantity = z.number().min(-maxQuantity).max(maxQuantity);
const fields = {
  test_name: shortText(1, 255),
  test_code: shortText(1, 50).nullish(),
  value: quantity.nullish(),
  value_text: shortText(1, 255).optional().openapi({
    description: "For what is not a plain number: `<0.41`, `negative`, `1:80`. With `value`, both must say the same",
  }),
  unit: shortText(0, 50).optional(),
  reference_min: quantity.nullish(),
  reference_max: quantity.nullish(),
  reference_text: shortText(1, 2000).nullish(),
  status: shortText(1, 50).nullish().openapi({ description: "Decided by value and range when it is not given" }),
  recorded_at: calendarDate.nullable(),
  analyte: shortText(1, 100).nullish().openapi({
    description: "The test's id in the catalogue; decided by name, unit and specimen when it is not given",
  }),
  specimen: shortText(1, 50).nullish(),
};
const LabResultCreate = z.object({ user_id: uuid, ...fields }).openapi("LabResultCreate", {
  example: {
    user_id: "3f1c9a52-7f0e-4c61-9a54-2f6b1d0c8e11",
    test_name: "Ferritin",
    value: 85,
    unit: "ng/mL",
    reference_min: 20,
    reference_max: 250,
    recorded_at: "2026-03-14",
  },
});
const LabResultUpdate = z.object({
  ...fields,
  test_name: fields.test_name.optional(),
  recorded_at: fields.recorded_at.optional(),
}).openapi("LabResultUpdate", { example: { value: 58, status: "normal" } });

const params = z.object({ lab_id: uuid });

export const labRoutes: readonly Endpoint[] = [
  endpoint({
    method: "get",
    path: "/labs",
    operationId: "listLabs",
    tag: "labs",
    summary: "A person's lab results, newest first",
    description: "Results without a date count for the day they were stored and come last.",
    auth: "key",
    query: z.object({
      user_id: uuid,
      ...dayRangeQuery(90),
      test_name: z.string().max(255).optional().openapi({ description: "Part of the name, in any case" }),
      limit: queryInteger(1, 200, 50),
      cursor: z.string().max(200).optional(),
    }),
    success: {
      status: 200,
      description: "Results",
      schema: z.array(LabResultRead),
      headers: { "X-Next-Cursor": "Where the next page starts; absent on the last page" },
    },
    errors: ["not_found"],
  }, async (ctx, { query }) => {
    const { user_id, test_name, limit, cursor, ...range } = query;
    const days = dayRange(utcDay(ctx.clock()), range);
    const filter = { ...days, test_name, limit: limit + 1, after: decodeCursor(cursor) };
    const found = await listLabResults(ctx.database, await requireUser(ctx, user_id), filter);
    const { items, headers } = page(found, limit, listPosition);
    return new Reply(items.map(showResult), { headers });
  }),

  endpoint({
    method: "get",
    path: "/labs/trends/{test_name}",
    operationId: "getLabTrend",
    tag: "labs",
    summary: "How one test moved",
    description: "`test_name` is a name as printed, a usual name in any of the catalogue's languages, or a LOINC " +
      "code; else the test with the shortest name that contains these words. Results of one test are joined across " +
      "laboratories and converted to the unit of the newest; different tests are never mixed. A month has 30 days.",
    auth: "key",
    params: z.object({ test_name: shortText(1, 255) }),
    query: z.object({ user_id: uuid, months: queryInteger(1, 1200, 12), ...rangeQuery }),
    success: { status: 200, description: "The trend; without a point when nothing matches", schema: LabTrendResponse },
    errors: ["not_found"],
  }, async (ctx, { params, query }) => {
    const { user_id, ...period } = query;
    return (await labTrend(ctx, await requireUser(ctx, user_id), params.test_name, period)).trend;
  }),

  endpoint({
    method: "get",
    path: "/labs/test-names",
    operationId: "listLabTestNames",
    tag: "labs",
    summary: "The tests a person has results of, by name",
    auth: "key",
    query: z.object({ user_id: uuid }),
    success: {
      status: 200,
      description: "One entry a test, as its newest result spells it",
      schema: z.array(LabTestName),
    },
    errors: ["not_found"],
  }, async (ctx, { query }) => {
    const tests = await testsOfPerson(ctx.database, await requireUser(ctx, query.user_id));
    return tests.map(({ test_name, count, latest, unit }) => ({ test_name, count, latest, unit }));
  }),

  endpoint({
    method: "get",
    path: "/labs/{lab_id}",
    operationId: "getLab",
    tag: "labs",
    summary: "One lab result",
    auth: "key",
    params,
    success: { status: 200, description: "The result", schema: LabResultRead },
    errors: ["not_found"],
  }, async (ctx, { params }) => showResult(await requireLabResult(ctx, params.lab_id))),

  endpoint({
    method: "post",
    path: "/labs",
    operationId: "createLab",
    tag: "labs",
    summary: "Enter a lab result by hand",
    description: "`value` for a plain number, `value_text` for anything else. `recorded_at` null means undated.",
    auth: "key",
    body: { kind: "json", schema: LabResultCreate },
    success: { status: 201, description: "The result", schema: LabResultRead },
    errors: ["not_found"],
  }, async (ctx, { body }) => {
    const { user_id, ...fields } = body;
    return showResult(await createLabResult(ctx, user_id, fields));
  }),

  endpoint({
    method: "patch",
    path: "/labs/{lab_id}",
    operationId: "updateLab",
    tag: "labs",
    summary: "Correct a lab result",
    description: "An omitted field stays as it is; null clears a field that may be empty. `value` and `value_text` " +
      "are one thing: sending either replaces both. A corrected result keeps its place in the document, counts as " +
      "found by a person, and is not overwritten when the document is read again. What its printed name turned out to " +
      "mean is remembered for its laboratory.",
    auth: "key",
    params,
    body: { kind: "json", schema: LabResultUpdate },
    success: { status: 200, description: "The corrected result", schema: LabResultRead },
    errors: ["not_found"],
  }, async (ctx, { params, body }) => showResult(await correctLabResult(ctx, params.lab_id, body))),

  endpoint({
    method: "delete",
    path: "/labs/{lab_id}",
    operationId: "deleteLab",
    tag: "labs",
    summary: "Delete a lab result",
    description: "One of a document is rejected: reading the document again does not bring it back.",
    auth: "key",
    params,
    success: { status: 204, description: "Deleted" },
    errors: ["not_found"],
  }, async (ctx, { params }) => await rejectLabResult(ctx, params.lab_id)),
];
