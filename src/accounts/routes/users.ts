import { z } from "@hono/zod-openapi";
import type { Context } from "../../platform/context.ts";
import { type Endpoint, endpoint } from "../../platform/endpoint.ts";
import { queryInteger, shortText, timestamp, uuid } from "../../platform/scalars.ts";
import { boundUser, requireUserRow } from "../access.ts";
import { type LastSync, lastSyncs } from "../last_sync_queries.ts";
import { listUsers, one } from "../queries.ts";
import type { User } from "../table.ts";
import { changeUser, createUser, removeUser } from "../users.ts";

const UserRead = z.object({
  id: uuid,
  created_at: timestamp,
  first_name: z.string().nullable(),
  last_name: z.string().nullable(),
  email: z.string().nullable(),
  external_user_id: z.string().nullable(),
  last_synced_at: timestamp.nullable(),
  last_synced_provider: z.string().nullable(),
  has_active_connection: z.boolean(),
}).openapi("UserRead");

const fields = {
  first_name: shortText(1, 100).nullish(),
  last_name: shortText(1, 100).nullish(),
  email: z.email().max(320).nullish(),
  external_user_id: shortText(1, 255).nullish(),
};
const example = { first_name: "Ada", last_name: "Example", email: "ada@example.org" };
const UserCreate = z.object(fields).openapi("UserCreate", { example });
const UserUpdate = z.object(fields).openapi("UserUpdate", { example });

const UserPage = z.object({
  items: z.array(UserRead),
  total: z.int(),
  page: z.int(),
  limit: z.int(),
  pages: z.int(),
  has_next: z.boolean(),
  has_prev: z.boolean(),
}).openapi("OldPaginatedResponse_UserRead_");

const params = z.object({ user_id: uuid });

const neverSynced: LastSync = { last_synced_at: null, last_synced_provider: null, has_active_connection: false };

async function readUsers(ctx: Context, found: readonly User[]): Promise<z.input<typeof UserRead>[]> {
  const synced = await lastSyncs(ctx.database, found.map(({ id }) => id));
  return found.map((row) => ({
    ...row,
    created_at: row.created_at.toISOString(),
    ...synced.get(row.id) ?? neverSynced,
  }));
}

async function readUser(ctx: Context, row: User): Promise<z.input<typeof UserRead>> {
  return one(await readUsers(ctx, [row]));
}

export const userRoutes: readonly Endpoint[] = [
  endpoint({
    method: "get",
    path: "/users",
    operationId: "listUsers",
    tag: "users",
    summary: "The people whose records are kept here",
    auth: "key",
    query: z.object({
      page: queryInteger(1, 1_000_000, 1),
      limit: queryInteger(1, 100, 20),
      sort_by: z.enum(["created_at", "email", "first_name", "last_name", "last_synced_at"]).default("created_at"),
      sort_order: z.enum(["asc", "desc"]).default("desc"),
      search: z.string().max(200).optional().openapi({ description: "Part of a name or e-mail" }),
      email: z.email().optional(),
      external_user_id: z.string().max(255).optional(),
    }),
    success: { status: 200, description: "One page", schema: UserPage },
  }, async (ctx, { query }) => {
    const { page, limit, ...filter } = query;
    const { items, total } = await listUsers(ctx.database, {
      ...filter,
      only_user_id: boundUser(ctx.actor),
      limit,
      offset: (page - 1) * limit,
    });
    const pages = Math.ceil(total / limit);
    return {
      items: await readUsers(ctx, items),
      total,
      page,
      limit,
      pages,
      has_next: page < pages,
      has_prev: page > 1,
    };
  }),

  endpoint({
    method: "get",
    path: "/users/{user_id}",
    operationId: "getUser",
    tag: "users",
    summary: "One person",
    auth: "key",
    params,
    success: { status: 200, description: "The person", schema: UserRead },
    errors: ["not_found"],
  }, async (ctx, { params }) => await readUser(ctx, await requireUserRow(ctx, params.user_id))),

  endpoint({
    method: "post",
    path: "/users",
    operationId: "createUser",
    tag: "users",
    summary: "Create a person",
    description: "A known `external_user_id` answers with the person who has it.",
    auth: "key",
    body: { kind: "json", schema: UserCreate },
    success: { status: 201, description: "The person", schema: UserRead },
    errors: ["conflict"],
  }, async (ctx, { body }) => await readUser(ctx, await createUser(ctx, body))),

  endpoint({
    method: "patch",
    path: "/users/{user_id}",
    operationId: "updateUser",
    tag: "users",
    summary: "Change a person; null leaves a field as it is",
    auth: "developer",
    params,
    body: { kind: "json", schema: UserUpdate },
    success: { status: 200, description: "The changed person", schema: UserRead },
    errors: ["not_found", "conflict"],
  }, async (ctx, { params, body }) => await readUser(ctx, await changeUser(ctx, params.user_id, body))),

  endpoint({
    method: "delete",
    path: "/users/{user_id}",
    operationId: "deleteUser",
    tag: "users",
    summary: "Delete a person with everything about them",
    auth: "developer",
    params,
    success: { status: 200, description: "The deleted person", schema: UserRead },
    errors: ["not_found"],
  }, async (ctx, { params }) => await readUser(ctx, await removeUser(ctx, params.user_id))),
];
