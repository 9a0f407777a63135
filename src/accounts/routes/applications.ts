import { z } from "@hono/zod-openapi";
import { type Endpoint, endpoint } from "../../platform/endpoint.ts";
import { shortText, timestamp, uuid } from "../../platform/scalars.ts";
import {
  createApplication,
  type IssuedApplication,
  ownApplications,
  removeApplication,
  rotateApplicationSecret,
} from "../applications.ts";
import type { Application } from "../table.ts";

const ApplicationRead = z.object({
  id: uuid,
  app_id: z.string().openapi({ description: "The public name, sent with the secret", example: "app_…" }),
  name: z.string(),
  created_at: timestamp,
}).openapi("ApplicationRead");

const ApplicationReadWithSecret = ApplicationRead.extend({
  app_secret: z.string().openapi({ description: "The secret; shown this once", example: "secret_…" }),
}).openapi("ApplicationReadWithSecret");

const ApplicationCreate = z.object({ name: shortText(1, 100) }).openapi("ApplicationCreate", {
  example: { name: "Phone app" },
});

const params = z.object({ app_id: z.string().max(64) });

function readApplication({ id, app_id, name, created_at }: Application): z.input<typeof ApplicationRead> {
  return { id, app_id, name, created_at: created_at.toISOString() };
}

function readIssued({ row, app_secret }: IssuedApplication): z.input<typeof ApplicationReadWithSecret> {
  return { ...readApplication(row), app_secret };
}

export const applicationRoutes: readonly Endpoint[] = [
  endpoint({
    method: "get",
    path: "/applications",
    operationId: "listApplications",
    tag: "applications",
    summary: "The own applications",
    auth: "developer",
    success: { status: 200, description: "Applications, newest first", schema: z.array(ApplicationRead) },
  }, async (ctx) => (await ownApplications(ctx)).map(readApplication)),

  endpoint({
    method: "post",
    path: "/applications",
    operationId: "createApplication",
    tag: "applications",
    summary: "Create an application",
    description: "The secret is in `app_secret`, this once.",
    auth: "developer",
    body: { kind: "json", schema: ApplicationCreate },
    success: { status: 201, description: "The application with its secret", schema: ApplicationReadWithSecret },
  }, async (ctx, { body }) => readIssued(await createApplication(ctx, body.name))),

  endpoint({
    method: "delete",
    path: "/applications/{app_id}",
    operationId: "deleteApplication",
    tag: "applications",
    summary: "Delete an application; tokens it handed out stop working",
    auth: "developer",
    params,
    success: { status: 204, description: "Deleted" },
    errors: ["not_found"],
  }, async (ctx, { params }) => await removeApplication(ctx, params.app_id)),

  endpoint({
    method: "post",
    path: "/applications/{app_id}/rotate-secret",
    operationId: "rotateApplicationSecret",
    tag: "applications",
    summary: "Give an application a new secret; the old one stops working",
    auth: "developer",
    params,
    success: { status: 200, description: "The application with its new secret", schema: ApplicationReadWithSecret },
    errors: ["not_found"],
  }, async (ctx, { params }) => readIssued(await rotateApplicationSecret(ctx, params.app_id))),
];
