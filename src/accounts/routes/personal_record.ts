import { z } from "@hono/zod-openapi";
import { type Endpoint, endpoint } from "../../platform/endpoint.ts";
import { calendarDate, uuid } from "../../platform/scalars.ts";
import { changePersonalRecord, getPersonalRecord } from "../personal_record.ts";
import type { PersonalRecordFields } from "../personal_record_queries.ts";

const fields = {
  birth_date: calendarDate.nullable().openapi({ description: "From 1900-01-01 to today", example: "1980-05-17" }),
  sex: z.enum(["female", "male"]).nullable().openapi({ description: "The one that reference formulas ask for" }),
  gender: z.enum(["female", "male", "nonbinary", "other"]).nullable(),
};
const example = { birth_date: "1980-05-17", sex: "female", gender: "female" } as const;

const PersonalRecordRead = z.object(fields).openapi("PersonalRecordRead", { example });
const PersonalRecordUpdate = z.object(fields).partial().openapi("PersonalRecordUpdate", { example });

const params = z.object({ user_id: uuid });

function readRecord({ birth_date, sex, gender }: PersonalRecordFields): z.input<typeof PersonalRecordRead> {
  return { birth_date, sex, gender };
}

export const personalRecordRoutes: readonly Endpoint[] = [
  endpoint({
    method: "get",
    path: "/users/{user_id}/personal-record",
    operationId: "getPersonalRecord",
    tag: "users",
    summary: "Birth date, sex and gender; null where nothing is known",
    auth: "key",
    params,
    success: { status: 200, description: "What is known", schema: PersonalRecordRead },
    errors: ["not_found"],
  }, async (ctx, { params }) => readRecord(await getPersonalRecord(ctx, params.user_id))),

  endpoint({
    method: "patch",
    path: "/users/{user_id}/personal-record",
    operationId: "updatePersonalRecord",
    tag: "users",
    summary: "Change birth date, sex or gender",
    description: "An omitted field stays as it is; null clears it.",
    auth: "key",
    params,
    body: { kind: "json", schema: PersonalRecordUpdate },
    success: { status: 200, description: "What is known now", schema: PersonalRecordRead },
    errors: ["not_found"],
  }, async (ctx, { params, body }) => readRecord(await changePersonalRecord(ctx, params.user_id, body))),
];
