import { z } from "@hono/zod-openapi";
import { requireUser } from "../../accounts/access.ts";
import { type Endpoint, endpoint } from "../../platform/endpoint.ts";
import { timestamp, uuid } from "../../platform/scalars.ts";
import { providers } from "../../sources/provider_table.ts";
import { deleteProviderData, disconnect } from "../disconnect.ts";
import { listConnections } from "../queries.ts";
import { connectionStates, type UserConnection } from "../table.ts";

const UserConnectionRead = z.object({
  id: uuid,
  user_id: uuid,
  provider: z.string(),
  provider_user_id: z.string().nullable(),
  provider_username: z.string().nullable(),
  scope: z.string().nullable(),
  status: z.enum(connectionStates),
  last_synced_at: timestamp.nullable(),
  created_at: timestamp,
  updated_at: timestamp,
  icon_url: z.string().nullable(),
  max_historical_days: z.int().nullable(),
  rest_pull: z.boolean().openapi({ description: "Whether data is fetched from the provider" }),
  webhook_stream: z.boolean().openapi({ description: "Whether the provider sends data" }),
  webhook_ping: z.boolean().openapi({ description: "Whether the provider says that there is data to fetch" }),
  webhook_callback: z.boolean(),
  live_sync_mode: z.enum(["pull", "webhook"]).nullable(),
  linked_user_ids: z.array(uuid).openapi({ description: "Other people who share the provider's account" }),
}).openapi("UserConnectionWithCapabilities");

/** Phones and files send by themselves: nothing is fetched, and nobody shares their account. */
function readConnection(row: UserConnection): z.input<typeof UserConnectionRead> {
  return {
    ...row,
    last_synced_at: row.last_synced_at?.toISOString() ?? null,
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
    icon_url: null,
    max_historical_days: null,
    rest_pull: false,
    webhook_stream: false,
    webhook_ping: false,
    webhook_callback: false,
    live_sync_mode: null,
    linked_user_ids: [],
  };
}

const params = z.object({ user_id: uuid, provider: z.enum(providers) });

export const connectionRoutes: readonly Endpoint[] = [
  endpoint({
    method: "get",
    path: "/users/{user_id}/connections",
    operationId: "listConnections",
    tag: "connections",
    summary: "A person's links to providers",
    auth: "key",
    params: z.object({ user_id: uuid }),
    success: { status: 200, description: "Links, by provider", schema: z.array(UserConnectionRead) },
    errors: ["not_found"],
  }, async (ctx, { params }) => {
    const userId = await requireUser(ctx, params.user_id);
    return (await listConnections(ctx.database, userId)).map(readConnection);
  }),

  endpoint({
    method: "delete",
    path: "/users/{user_id}/connections/{provider}",
    operationId: "disconnectProvider",
    tag: "connections",
    summary: "End a link; the data stays",
    description: "When data of the provider comes in again, the link is active again.",
    auth: "key",
    params,
    success: { status: 204, description: "Disconnected" },
    errors: ["not_found"],
  }, async (ctx, { params }) => await disconnect(ctx, params.user_id, params.provider)),

  endpoint({
    method: "delete",
    path: "/users/{user_id}/connections/{provider}/data",
    operationId: "deleteProviderData",
    tag: "connections",
    summary: "End a link and delete everything that came through it",
    description: "Measurements, workouts, nights, cycles and scores of the provider, what it sent word for word, and " +
      "imports under way. Works without a link, too, for data that files brought.",
    auth: "key",
    params,
    success: { status: 204, description: "Deleted" },
    errors: ["not_found"],
  }, async (ctx, { params }) => await deleteProviderData(ctx, params.user_id, params.provider)),
];
