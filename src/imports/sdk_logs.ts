import { z } from "@hono/zod-openapi";
import { instant } from "../platform/scalars.ts";

/** What a phone tells about itself while it syncs. */

const count = z.int().min(0);
const word = z.string().max(200);

const HistoricalDataSyncStartEvent = z.object({
  eventType: z.literal("historical_data_sync_start"),
  timestamp: instant,
  dataTypeCounts: z.array(z.object({ type: word, count })).max(1_000).nullish(),
  timeRange: z.object({
    startDate: instant.nullish().openapi({ description: "Absent for the whole history" }),
    endDate: instant,
  }).nullish(),
}).openapi("HistoricalDataSyncStartEvent");

const HistoricalDataTypeSyncEndEvent = z.object({
  eventType: z.literal("historical_data_type_sync_end"),
  timestamp: instant,
  dataType: word,
  success: z.boolean(),
  recordCount: count.nullish(),
  durationMs: count.nullish(),
}).openapi("HistoricalDataTypeSyncEndEvent");

const DeviceStateEvent = z.object({
  eventType: z.literal("device_state"),
  timestamp: instant,
  batteryLevel: z.number().min(0).max(1).nullish(),
  batteryState: word.nullish(),
  isLowPowerMode: z.boolean().nullish(),
  thermalState: word.nullish(),
  taskType: word.nullish(),
  availableRamBytes: z.int().nullish(),
  totalRamBytes: z.int().nullish(),
}).openapi("DeviceStateEvent");

export const SDKLogRequest = z.object({
  sdkVersion: z.string().min(1).max(100),
  provider: z.string().max(100).nullish(),
  events: z.array(
    z.discriminatedUnion("eventType", [
      HistoricalDataSyncStartEvent,
      HistoricalDataTypeSyncEndEvent,
      DeviceStateEvent,
    ]),
  ).min(1).max(100),
}).openapi("SDKLogRequest", {
  example: {
    sdkVersion: "1.0.0",
    provider: "apple",
    events: [{ eventType: "device_state", timestamp: "2026-04-09T10:00:00Z", batteryLevel: 0.72 }],
  },
});
