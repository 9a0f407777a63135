import { z } from "@hono/zod-openapi";
import { type Endpoint, endpoint } from "../../platform/endpoint.ts";
import { notFound } from "../../platform/errors.ts";
import { uuid } from "../../platform/scalars.ts";
import { changeDeveloper, removeDeveloper } from "../developers.ts";
import { findDeveloper, listDevelopers } from "../queries.ts";
import { DeveloperRead, DeveloperUpdate, readDeveloper } from "./auth.ts";

const params = z.object({ developer_id: uuid });

export const developerRoutes: readonly Endpoint[] = [
  endpoint({
    method: "get",
    path: "/developers",
    operationId: "listDevelopers",
    tag: "developers",
    summary: "All developers of this installation",
    auth: "developer",
    success: { status: 200, description: "Developers, oldest first", schema: z.array(DeveloperRead) },
  }, async (ctx) => (await listDevelopers(ctx.database)).map(readDeveloper)),

  endpoint({
    method: "get",
    path: "/developers/{developer_id}",
    operationId: "getDeveloper",
    tag: "developers",
    summary: "One developer",
    auth: "developer",
    params,
    success: { status: 200, description: "The developer", schema: DeveloperRead },
    errors: ["not_found"],
  }, async (ctx, { params }) => {
    const developer = await findDeveloper(ctx.database, params.developer_id);
    if (developer === undefined) throw notFound("Developer", params.developer_id);
    return readDeveloper(developer);
  }),

  endpoint({
    method: "patch",
    path: "/developers/{developer_id}",
    operationId: "updateDeveloper",
    tag: "developers",
    summary: "Change a developer: oneself, or anybody as the owner",
    auth: "developer",
    params,
    body: { kind: "json", schema: DeveloperUpdate },
    success: { status: 200, description: "The changed developer", schema: DeveloperRead },
    errors: ["forbidden", "not_found", "conflict"],
  }, async (ctx, { params, body }) => readDeveloper(await changeDeveloper(ctx, params.developer_id, body))),

  endpoint({
    method: "delete",
    path: "/developers/{developer_id}",
    operationId: "deleteDeveloper",
    tag: "developers",
    summary: "Delete a developer with their API keys and logins",
    auth: "developer",
    params,
    success: { status: 200, description: "The deleted developer", schema: DeveloperRead },
    errors: ["forbidden", "not_found", "conflict"],
  }, async (ctx, { params }) => readDeveloper(await removeDeveloper(ctx, params.developer_id))),
];
