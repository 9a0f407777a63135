import { z } from "@hono/zod-openapi";
import { type Endpoint, endpoint } from "../../platform/endpoint.ts";
import { type ArchivalEstimate, changeArchival, readArchival, startArchival } from "../archive.ts";

const limits = {
  archive_after_days: z.int().min(1).max(3650).nullable().openapi({
    description: "Local days after which samples become one row a day; null never",
  }),
  delete_after_days: z.int().min(1).max(7300).nullable().openapi({
    description: "Local days after which samples are deleted; null never. Not later than the other: without archiving",
  }),
};
const ArchivalSettingRead = z.object(limits).openapi("ArchivalSettingRead");
const ArchivalSettingUpdate = z.object({
  archive_after_days: limits.archive_after_days.default(null),
  delete_after_days: limits.delete_after_days.default(null),
}).openapi("ArchivalSettingUpdate", { example: { archive_after_days: 365, delete_after_days: null } });

const bytes = z.int().min(0);
const StorageEstimate = z.object({
  live_data_bytes: bytes,
  live_index_bytes: bytes,
  archive_data_bytes: bytes,
  archive_index_bytes: bytes,
  other_tables_bytes: bytes,
  total_bytes: bytes,
  live_row_count: z.int(),
  archive_row_count: z.int(),
  avg_bytes_per_live_row: z.number(),
  avg_bytes_per_archive_row: z.number(),
  live_data_span_days: z.int(),
  live_total_pretty: z.string(),
  live_data_pretty: z.string(),
  live_index_pretty: z.string(),
  archive_total_pretty: z.string(),
  archive_data_pretty: z.string(),
  archive_index_pretty: z.string(),
  other_tables_pretty: z.string(),
  total_pretty: z.string().openapi({ example: "1.4 GB" }),
  growth_class: z.enum(["bounded", "linear_efficient", "linear"]).openapi({
    description: "How the room grows with time: not for ever, by a row a day and series, or by a row a sample",
  }),
}).openapi("StorageEstimate");
const ArchivalSettingWithEstimate = z.object({ settings: ArchivalSettingRead, storage: StorageEstimate })
  .openapi("ArchivalSettingWithEstimate");
const ArchivalRun = z.object({ task_id: z.string(), status: z.literal("dispatched") }).openapi("ArchivalRun");

function show({ settings, storage }: ArchivalEstimate): z.input<typeof ArchivalSettingWithEstimate> {
  const live = storage.live_data_bytes + storage.live_index_bytes;
  const archived = storage.archive_data_bytes + storage.archive_index_bytes;
  return {
    settings,
    storage: {
      ...storage,
      live_total_pretty: pretty(live),
      live_data_pretty: pretty(storage.live_data_bytes),
      live_index_pretty: pretty(storage.live_index_bytes),
      archive_total_pretty: pretty(archived),
      archive_data_pretty: pretty(storage.archive_data_bytes),
      archive_index_pretty: pretty(storage.archive_index_bytes),
      other_tables_pretty: pretty(storage.other_tables_bytes),
      total_pretty: pretty(storage.total_bytes),
    },
  };
}

/** "640 bytes", "12.4 MB". */
function pretty(size: number): string {
  const units = ["bytes", "kB", "MB", "GB", "TB"];
  const step = size < 1 ? 0 : Math.min(Math.floor(Math.log(size) / Math.log(1024)), units.length - 1);
  return `${step === 0 ? size : (size / 1024 ** step).toFixed(1)} ${units[step]}`;
}

export const archivalRoutes: readonly Endpoint[] = [
  endpoint({
    method: "get",
    path: "/settings/archival",
    operationId: "getArchivalSettings",
    tag: "settings",
    summary: "How long samples are kept, and how much room they take",
    auth: "developer",
    success: { status: 200, description: "Settings and sizes", schema: ArchivalSettingWithEstimate },
  }, async (ctx) => show(await readArchival(ctx))),

  endpoint({
    method: "put",
    path: "/settings/archival",
    operationId: "updateArchivalSettings",
    tag: "settings",
    summary: "Change how long samples are kept",
    description:
      "Replaces both values; one that is missing is null. The next run, every night or asked for, acts on it.",
    auth: "developer",
    body: { kind: "json", schema: ArchivalSettingUpdate },
    success: { status: 200, description: "Settings and sizes", schema: ArchivalSettingWithEstimate },
  }, async (ctx, { body }) => show(await changeArchival(ctx, body))),

  endpoint({
    method: "post",
    path: "/settings/archival/run",
    operationId: "triggerArchival",
    tag: "settings",
    summary: "Archive and delete old samples now",
    auth: "developer",
    success: { status: 202, description: "It will run in the background", schema: ArchivalRun },
  }, async (ctx) => ({ task_id: await startArchival(ctx), status: "dispatched" as const })),
];
