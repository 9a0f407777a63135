import { z } from "@hono/zod-openapi";
import { requireUser } from "../accounts/access.ts";
import { type Endpoint, endpoint } from "../platform/endpoint.ts";
import { timestamp, uuid } from "../platform/scalars.ts";
import { deviceTypes } from "./device_type.ts";
import { changePriorities, readPriorities } from "./priority.ts";
import type { PriorityRow, RankedThing } from "./priority_queries.ts";
import { providerName, providers } from "./provider_table.ts";
import { listDataSources } from "./queries.ts";
import { deviceName } from "./source_metadata.ts";
import type { DataSource } from "./table.ts";

const DataSourceRead = z.object({
  id: uuid,
  user_id: uuid,
  provider: z.string(),
  user_connection_id: uuid.nullable(),
  device_model: z.string().nullable(),
  software_version: z.string().nullable(),
  source: z.string().nullable().openapi({ description: "The app that wrote" }),
  device_type: z.enum(deviceTypes).nullable(),
  original_source_name: z.string().nullable(),
  display_name: z.string().nullable().openapi({
    description: "What to call it: its own name, the device or the provider",
  }),
}).openapi("DataSourceRead");

const DataSourceListResponse = z.object({ items: z.array(DataSourceRead), total: z.int() })
  .openapi("DataSourceListResponse");

const rank = z.int().min(1).max(100).openapi({ description: "Lower wins; the same number may be given twice" });
const stored = { id: uuid, created_at: timestamp, updated_at: timestamp };
const PriorityUpdate = (name: string) => z.object({ priority: rank }).openapi(name, { example: { priority: 2 } });

const ProviderPriorityRead = z.object({ provider: z.enum(providers), priority: rank, ...stored })
  .openapi("ProviderPriorityRead");
const ProviderPriorityList = z.object({ items: z.array(ProviderPriorityRead) })
  .openapi("ProviderPriorityListResponse");
const ProviderPriorityUpdate = PriorityUpdate("ProviderPriorityUpdate");
const ProviderPriorityBulkUpdate = z.object({
  priorities: z.array(z.object({ provider: z.enum(providers), priority: rank })).max(100),
}).openapi("ProviderPriorityBulkUpdate", {
  example: { priorities: [{ provider: "garmin", priority: 1 }, { provider: "apple", priority: 2 }] },
});

const DeviceTypePriorityRead = z.object({ device_type: z.enum(deviceTypes), priority: rank, ...stored })
  .openapi("DeviceTypePriorityRead");
const DeviceTypePriorityList = z.object({ items: z.array(DeviceTypePriorityRead) })
  .openapi("DeviceTypePriorityListResponse");
const DeviceTypePriorityUpdate = PriorityUpdate("DeviceTypePriorityUpdate");
const DeviceTypePriorityBulkUpdate = z.object({
  priorities: z.array(z.object({ device_type: z.enum(deviceTypes), priority: rank })).max(100),
}).openapi("DeviceTypePriorityBulkUpdate", {
  example: { priorities: [{ device_type: "ring", priority: 1 }, { device_type: "watch", priority: 2 }] },
});

function readSource(row: DataSource): z.input<typeof DataSourceRead> {
  const { user_no: _, no: __, created_at: ___, ...shown } = row;
  const device = row.device_model === null ? null : deviceName(row.device_model);
  return { ...shown, display_name: row.original_source_name ?? device ?? providerName(row.provider) };
}

const providerItem = ({ name, ...row }: PriorityRow) =>
  ({ ...row, provider: name }) as z.output<typeof ProviderPriorityRead>;
const deviceTypeItem = ({ name, ...row }: PriorityRow) =>
  ({ ...row, device_type: name }) as z.output<typeof DeviceTypePriorityRead>;

/** The row of what was just changed. */
function named(found: readonly PriorityRow[], thing: RankedThing, name: string): PriorityRow {
  const row = found.find((candidate) => candidate.name === name);
  if (row === undefined) throw new Error(`There is no ${thing} priority of that name`);
  return row;
}

const tag = "data sources";

export const sourceRoutes: readonly Endpoint[] = [
  endpoint({
    method: "get",
    path: "/users/{user_id}/data-sources",
    operationId: "listDataSources",
    tag,
    summary: "The devices and apps a person's measurements come from",
    auth: "key",
    params: z.object({ user_id: uuid }),
    success: { status: 200, description: "Sources", schema: DataSourceListResponse },
    errors: ["not_found"],
  }, async (ctx, { params }) => {
    const found = await listDataSources(ctx.database, await requireUser(ctx, params.user_id));
    return { items: found.map(readSource), total: found.length };
  }),

  endpoint({
    method: "get",
    path: "/priorities/providers",
    operationId: "listProviderPriorities",
    tag,
    summary: "Which provider wins where several measured the same, the strongest first",
    auth: "developer",
    success: { status: 200, description: "All providers", schema: ProviderPriorityList },
  }, async (ctx) => ({ items: (await readPriorities(ctx, "provider")).map(providerItem) })),

  endpoint({
    method: "put",
    path: "/priorities/providers/{provider}",
    operationId: "updateProviderPriority",
    tag,
    summary: "Move one provider",
    description: "Summaries of all people are computed again when they are next read.",
    auth: "developer",
    params: z.object({ provider: z.enum(providers) }),
    body: { kind: "json", schema: ProviderPriorityUpdate },
    success: { status: 200, description: "The provider", schema: ProviderPriorityRead },
  }, async (ctx, { params, body }) => {
    const found = await changePriorities(ctx, "provider", [{ name: params.provider, priority: body.priority }]);
    return providerItem(named(found, "provider", params.provider));
  }),

  endpoint({
    method: "put",
    path: "/priorities/providers",
    operationId: "updateProviderPriorities",
    tag,
    summary: "Move several providers at once",
    description: "Those that are not named stay where they are. Summaries of all people are computed again when they " +
      "are next read.",
    auth: "developer",
    body: { kind: "json", schema: ProviderPriorityBulkUpdate },
    success: { status: 200, description: "All providers", schema: ProviderPriorityList },
  }, async (ctx, { body }) => {
    const wanted = body.priorities.map(({ provider, priority }) => ({ name: provider, priority }));
    return { items: (await changePriorities(ctx, "provider", wanted)).map(providerItem) };
  }),

  endpoint({
    method: "get",
    path: "/priorities/device-types",
    operationId: "listDeviceTypePriorities",
    tag,
    summary: "Which kind of device wins within a provider, the strongest first",
    auth: "developer",
    success: { status: 200, description: "All kinds", schema: DeviceTypePriorityList },
  }, async (ctx) => ({ items: (await readPriorities(ctx, "device_type")).map(deviceTypeItem) })),

  endpoint({
    method: "put",
    path: "/priorities/device-types/{device_type}",
    operationId: "updateDeviceTypePriority",
    tag,
    summary: "Move one kind of device",
    description: "Summaries of all people are computed again when they are next read.",
    auth: "developer",
    params: z.object({ device_type: z.enum(deviceTypes) }),
    body: { kind: "json", schema: DeviceTypePriorityUpdate },
    success: { status: 200, description: "The kind", schema: DeviceTypePriorityRead },
  }, async (ctx, { params, body }) => {
    const { device_type } = params;
    const found = await changePriorities(ctx, "device_type", [{ name: device_type, priority: body.priority }]);
    return deviceTypeItem(named(found, "device_type", device_type));
  }),

  endpoint({
    method: "put",
    path: "/priorities/device-types",
    operationId: "updateDeviceTypePriorities",
    tag,
    summary: "Move several kinds of devices at once",
    description: "Those that are not named stay where they are. Summaries of all people are computed again when they " +
      "are next read.",
    auth: "developer",
    body: { kind: "json", schema: DeviceTypePriorityBulkUpdate },
    success: { status: 200, description: "All kinds", schema: DeviceTypePriorityList },
  }, async (ctx, { body }) => {
    const wanted = body.priorities.map(({ device_type, priority }) => ({ name: device_type, priority }));
    return { items: (await changePriorities(ctx, "device_type", wanted)).map(deviceTypeItem) };
  }),
];
