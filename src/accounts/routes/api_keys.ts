import { z } from "@hono/zod-openapi";
import { type Endpoint, endpoint } from "../../platform/endpoint.ts";
import { instant, shortText, timestamp, uuid } from "../../platform/scalars.ts";
import {
  createApiKey,
  type IssuedApiKey,
  managedApiKeys,
  removeApiKey,
  renameApiKey,
  rotateApiKey,
} from "../api_keys.ts";
import type { ApiKey } from "../table.ts";

const ApiKeyRead = z.object({
  id: uuid,
  name: z.string(),
  key_prefix: z.string().openapi({ description: "The first characters of the secret, to tell keys apart" }),
  scope: z.enum(["read", "write"]),
  user_id: uuid.nullable().openapi({ description: "The one person this key reaches; null for everybody" }),
  created_by: uuid.nullable(),
  expires_at: timestamp.nullable(),
  last_used_at: timestamp.nullable(),
  created_at: timestamp,
}).openapi("ApiKeyRead");

const ApiKeyCreated = ApiKeyRead.extend({
  key: z.string().openapi({ description: "The secret; shown this once", example: "sk-…" }),
}).openapi("ApiKeyCreated");

const ApiKeyCreate = z.object({
  name: shortText(1, 100).default("Default"),
  scope: z.enum(["read", "write"]).default("write"),
  user_id: uuid.nullish(),
  expires_at: instant.nullish().openapi({ example: "2099-12-31T23:00:00Z" }),
}).openapi("ApiKeyCreate", { example: { name: "Dashboard", scope: "read" } });

const ApiKeyUpdate = z.object({ name: shortText(1, 100).nullish() }).openapi("ApiKeyUpdate", {
  example: { name: "Dashboard" },
});

const params = z.object({ key_id: uuid });

function readKey(row: ApiKey): z.input<typeof ApiKeyRead> {
  const { key_hash: _, ...shown } = row;
  return {
    ...shown,
    expires_at: row.expires_at?.toISOString() ?? null,
    last_used_at: row.last_used_at?.toISOString() ?? null,
    created_at: row.created_at.toISOString(),
  };
}

function readIssued(issued: IssuedApiKey): z.input<typeof ApiKeyCreated> {
  return { ...readKey(issued.row), key: issued.key };
}

export const apiKeyRoutes: readonly Endpoint[] = [
  endpoint({
    method: "get",
    path: "/developer/api-keys",
    operationId: "listApiKeys",
    tag: "api keys",
    summary: "The own API keys; all of them for the owner",
    auth: "developer",
    success: { status: 200, description: "Keys, newest first, without their secrets", schema: z.array(ApiKeyRead) },
  }, async (ctx) => (await managedApiKeys(ctx)).map(readKey)),

  endpoint({
    method: "post",
    path: "/developer/api-keys",
    operationId: "createApiKey",
    tag: "api keys",
    summary: "Create an API key",
    description: "The secret is in `key`, this once. Scope `read` refuses every writing operation.",
    auth: "developer",
    body: { kind: "json", schema: ApiKeyCreate, optional: true },
    success: { status: 201, description: "The key with its secret", schema: ApiKeyCreated },
    errors: ["not_found"],
  }, async (ctx, { body }) =>
    readIssued(
      await createApiKey(ctx, {
        name: body.name,
        scope: body.scope,
        user_id: body.user_id ?? null,
        expires_at: body.expires_at?.at ?? null,
      }),
    )),

  endpoint({
    method: "patch",
    path: "/developer/api-keys/{key_id}",
    operationId: "updateApiKey",
    tag: "api keys",
    summary: "Rename an API key",
    auth: "developer",
    params,
    body: { kind: "json", schema: ApiKeyUpdate },
    success: { status: 200, description: "The key", schema: ApiKeyRead },
    errors: ["not_found"],
  }, async (ctx, { params, body }) => readKey(await renameApiKey(ctx, params.key_id, body.name))),

  endpoint({
    method: "delete",
    path: "/developer/api-keys/{key_id}",
    operationId: "deleteApiKey",
    tag: "api keys",
    summary: "Delete an API key; it stops working at once",
    auth: "developer",
    params,
    success: { status: 200, description: "The deleted key", schema: ApiKeyRead },
    errors: ["not_found"],
  }, async (ctx, { params }) => readKey(await removeApiKey(ctx, params.key_id))),

  endpoint({
    method: "post",
    path: "/developer/api-keys/{key_id}/rotate",
    operationId: "rotateApiKey",
    tag: "api keys",
    summary: "Give an API key a new secret",
    auth: "developer",
    params,
    success: { status: 201, description: "The key with its new secret", schema: ApiKeyCreated },
    errors: ["not_found"],
  }, async (ctx, { params }) => readIssued(await rotateApiKey(ctx, params.key_id))),
];
