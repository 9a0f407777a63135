import { authenticate } from "./accounts/authenticate.ts";
import { apiKeyRoutes } from "./accounts/routes/api_keys.ts";
import { authRoutes } from "./accounts/routes/auth.ts";
import { developerRoutes } from "./accounts/routes/developers.ts";
import { userRoutes } from "./accounts/routes/users.ts";
import { chatRoutes } from "./chat/routes.ts";
import { documentRoutes } from "./documents/routes.ts";
import { labRoutes } from "./labs/routes.ts";
import type { Context } from "./platform/context.ts";
import { docsFile } from "./platform/docs.ts";
import { healthRoutes } from "./platform/health.ts";
import { type HttpApp, serveEndpoints } from "./platform/http.ts";
import { modelRoutes } from "./platform/model_status.ts";
import { describeApi } from "./platform/openapi.ts";
import { symptomRoutes } from "./symptoms/routes.ts";
import { tools } from "./tools.ts";

/**
 * The HTTP surface: every slice's routes in the order of the documentation, and the document itself.
 *
 * Nothing imported from here may reach the queue's library, the embedded database, OCR or the file system outside
 * `platform`: this app also runs where there are only Web APIs and a Postgres.
 */

const tags = [
  { name: "health", description: "Liveness and readiness" },
  { name: "auth", description: "Login, tokens and the own account" },
  { name: "developers", description: "The people who run this installation" },
  { name: "api keys", description: "Keys for programs" },
  { name: "users", description: "The people whose records are kept" },
  { name: "documents", description: "Uploaded reports and what was read from them" },
  { name: "labs", description: "Laboratory results, read from documents or entered by hand" },
  { name: "symptoms", description: "What a person felt, and when" },
  { name: "chat", description: "Questions to a local language model that looks things up in the record" },
];

export interface App {
  readonly http: HttpApp;
  readonly openapi: Record<string, unknown>;
}

/** `migrations` is how many this version has; readiness compares the database with it. */
export function buildApp(ctx: Context, migrations: number): App {
  const endpoints = [
    ...healthRoutes(migrations),
    ...authRoutes,
    ...developerRoutes,
    ...apiKeyRoutes,
    ...userRoutes,
    ...documentRoutes,
    ...labRoutes,
    ...symptomRoutes,
    ...modelRoutes,
    ...chatRoutes(tools),
  ];
  const openapi = describeApi(endpoints, { title: ctx.config.API_NAME, version: "1.0.0", tags });
  const http = serveEndpoints(ctx, endpoints, authenticate);
  const document = JSON.stringify(openapi);
  http.get("/openapi.json", () => new Response(document, { headers: { "content-type": "application/json" } }));
  http.get("/docs/:file?", async (c) => await docsFile(c.req.param("file") ?? "") ?? c.notFound());
  return { http, openapi };
}
