import { z } from "@hono/zod-openapi";
import { requireSdkUser } from "../../accounts/access.ts";
import { type Endpoint, endpoint } from "../../platform/endpoint.ts";
import { uuid } from "../../platform/scalars.ts";
import { SDKLogRequest } from "../sdk_logs.ts";
import { phoneProviders } from "../sdk_provider.ts";
import { acceptLogs, acceptPush } from "../sdk_push.ts";
import { uploadAccepted, UploadDataResponse } from "../sdk_upload_response.ts";

/** The shapes below only document: what is sent is kept first and read afterwards, each item on its own. */

const text = z.string().nullable().optional();
const number = z.number();
const date = z.string().openapi({ format: "date-time" });
const anything = z.union([z.record(z.string(), z.unknown()), z.array(z.unknown())]).nullable().optional();
const list = z.array(z.record(z.string(), z.unknown())).nullable().optional();

const SDKSourceInfo = z.object({
  appId: text,
  name: text,
  bundleIdentifier: text,
  version: text,
  productType: text,
  operatingSystemVersion: z.object({ majorVersion: z.int(), minorVersion: z.int(), patchVersion: z.int() }).nullable()
    .optional(),
  deviceId: text,
  deviceName: text,
  deviceManufacturer: text,
  deviceType: z.string().nullable().optional().openapi({
    description: "phone, watch, scale, ring, fitness_band, chest_strap, head_mounted, smart_display or unknown",
  }),
  deviceModel: text,
  deviceHardwareVersion: text,
  deviceSoftwareVersion: text,
  recordingMethod: z.string().nullable().optional().openapi({
    description: "active, automatic, manual or unknown",
  }),
}).openapi("SDKSourceInfo");

const item = {
  id: text,
  parentId: text,
  startDate: date,
  endDate: date,
  zoneOffset: z.string().nullable().optional().openapi({ description: "`±HH:MM` or `Z`", example: "+01:00" }),
  source: SDKSourceInfo.nullable().optional(),
  metadata: anything,
};

const SDKMetricRecord = z.object({
  ...item,
  type: z.string().openapi({
    description: "HealthKit's or Android's name",
    example: "HKQuantityTypeIdentifierHeartRate",
  }),
  value: number,
  unit: z.string().nullable(),
}).openapi("SDKMetricRecord");

const values = z.array(z.object({ type: z.string(), unit: z.string(), value: number })).nullable().optional();

const SDKSleepRecord = z.object({
  ...item,
  stage: z.string().openapi({ description: "in_bed, sleeping, awake, light (or core), deep, rem", example: "light" }),
  values,
}).openapi("SDKSleepRecord");

const SDKWorkout = z.object({
  ...item,
  type: z.string().openapi({ example: "running" }),
  title: text,
  notes: text,
  values,
  segments: list,
  laps: list,
  route: list,
  samples: list,
}).openapi("SDKWorkout");

const SDKSyncRequest = z.object({
  provider: z.enum(phoneProviders).optional().openapi({ description: "Required where the path does not name it" }),
  sdkVersion: z.string().optional(),
  syncTimestamp: date.optional(),
  data: z.object({
    records: z.array(SDKMetricRecord).optional(),
    sleep: z.array(SDKSleepRecord).optional(),
    workouts: z.array(SDKWorkout).optional(),
  }),
}).openapi("SDKSyncRequest", {
  example: {
    provider: "apple",
    sdkVersion: "1.0.0",
    syncTimestamp: "2026-03-14T06:30:00Z",
    data: {
      records: [{
        type: "HKQuantityTypeIdentifierHeartRate",
        startDate: "2026-03-14T06:00:00Z",
        endDate: "2026-03-14T06:00:00Z",
        zoneOffset: "+01:00",
        value: 61,
        unit: "count/min",
      }],
    },
  },
});

const description =
  "The body is JSON, or a multipart form with a part that is the JSON. It is kept as it was sent; what " +
  "cannot be read of it is left out and counted in the sync status, and does not stop the rest.";

const body = { kind: "stream", contentType: "application/json", schema: SDKSyncRequest } as const;

export const mobileSdkRoutes: readonly Endpoint[] = [
  endpoint({
    method: "post",
    path: "/sdk/users/{user_id}/sync",
    operationId: "syncSdkData",
    tag: "mobile sdk",
    summary: "Send what a phone measured",
    description,
    auth: "sdk",
    params: z.object({ user_id: uuid }),
    body,
    success: { status: 202, description: "Kept; it is stored in the background", schema: UploadDataResponse },
    errors: ["not_found"],
  }, async (ctx, { params }, { raw }) => {
    const userId = await requireSdkUser(ctx, params.user_id);
    await acceptPush(ctx, userId, null, raw);
    return uploadAccepted(userId, "Import task queued successfully");
  }),

  endpoint({
    method: "post",
    path: "/sdk/users/{user_id}/sync/{provider}",
    operationId: "syncSdkProviderData",
    tag: "mobile sdk",
    summary: "Send what a phone measured, with its provider in the path",
    description,
    auth: "sdk",
    params: z.object({ user_id: uuid, provider: z.string().openapi({ enum: [...phoneProviders] }) }),
    body,
    success: { status: 200, description: "Kept; it is stored in the background", schema: UploadDataResponse },
    errors: ["not_found"],
  }, async (ctx, { params }, { raw }) => {
    const userId = await requireSdkUser(ctx, params.user_id);
    await acceptPush(ctx, userId, params.provider, raw);
    return uploadAccepted(userId, "Import task queued successfully");
  }),

  endpoint({
    method: "post",
    path: "/sdk/users/{user_id}/logs",
    operationId: "submitSdkLogs",
    tag: "mobile sdk",
    summary: "Send what a phone noticed about its own syncing",
    description: "Kept as it was sent, for whoever looks for the cause of a problem.",
    auth: "sdk",
    params: z.object({ user_id: uuid }),
    body: { kind: "stream", contentType: "application/json", schema: SDKLogRequest },
    success: { status: 202, description: "Kept", schema: UploadDataResponse },
    errors: ["not_found"],
  }, async (ctx, { params }, { raw }) => {
    const userId = await requireSdkUser(ctx, params.user_id);
    await acceptLogs(ctx, userId, raw);
    return uploadAccepted(userId, "Log events stored successfully");
  }),
];
