import { authenticate } from "./accounts/authenticate.ts";
import { apiKeyRoutes } from "./accounts/routes/api_keys.ts";
import { applicationRoutes } from "./accounts/routes/applications.ts";
import { authRoutes } from "./accounts/routes/auth.ts";
import { developerRoutes } from "./accounts/routes/developers.ts";
import { personalRecordRoutes } from "./accounts/routes/personal_record.ts";
import { tokenRoutes } from "./accounts/routes/tokens.ts";
import { userRoutes } from "./accounts/routes/users.ts";
import { messageRoutes } from "./chat/routes/messages.ts";
import { sessionRoutes } from "./chat/routes/sessions.ts";
import { cycleRoutes } from "./cycles/routes.ts";
import { seedRoutes } from "./demo/routes.ts";
import { connectionRoutes } from "./connections/routes/connections.ts";
import { syncStatusRoutes } from "./connections/routes/sync_status.ts";
import { documentRoutes } from "./documents/routes.ts";
import { mobileSdkRoutes } from "./imports/routes/mobile_sdk.ts";
import { autoExportRoutes } from "./imports/routes/auto_export.ts";
import { deviceFileRoutes } from "./imports/routes/device_files.ts";
import { sampleRoutes } from "./imports/routes/samples.ts";
import { appleHealthRoutes } from "./imports/routes/apple_health.ts";
import { importRunRoutes } from "./imports/routes/import_runs.ts";
import { labRoutes } from "./labs/routes.ts";
import { reviewRoutes } from "./labs/routes/review.ts";
import { serveMcp } from "./mcp/routes.ts";
import type { Context } from "./platform/context.ts";
import { docsFile } from "./platform/docs.ts";
import { healthRoutes } from "./platform/health.ts";
import { type HttpApp, serveEndpoints } from "./platform/http.ts";
import { modelPullRoutes } from "./platform/model_pull.ts";
import { modelStatusRoutes } from "./platform/model_status.ts";
import { describeApi } from "./platform/openapi.ts";
import { scoreRoutes } from "./scores/routes.ts";
import { sleepRoutes } from "./sleep/routes.ts";
import { activityRoutes } from "./summaries/routes/activity.ts";
import { bodySummaryRoutes } from "./summaries/routes/body.ts";
import { recoverySummaryRoutes } from "./summaries/routes/recovery.ts";
import { sleepSummaryRoutes } from "./summaries/routes/sleep.ts";
import { sourceRoutes } from "./sources/routes.ts";
import { symptomRoutes } from "./symptoms/routes.ts";
import { archivalRoutes } from "./timeseries/routes/archival.ts";
import { coverageRoutes } from "./summaries/routes/coverage.ts";
import { dashboardRoutes } from "./summaries/routes/dashboard.ts";
import { dataRoutes } from "./summaries/routes/data.ts";
import { timeseriesRoutes } from "./timeseries/routes/timeseries.ts";
import { tools } from "./tools.ts";
import { workoutRoutes } from "./workouts/routes.ts";

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
  { name: "applications", description: "Programs that hand out tokens to phones" },
  { name: "sdk tokens", description: "Tokens with which a phone syncs one person's data" },
  { name: "users", description: "The people whose records are kept" },
  { name: "data sources", description: "What measured, and who wins where several measured the same" },
  { name: "connections", description: "A person's links to the providers that data comes through" },
  { name: "sync status", description: "What happens while data comes in" },
  { name: "mobile sdk", description: "What a phone measured, sent by the phone" },
  { name: "timeseries", description: "What was measured, sample by sample or at a coarser resolution" },
  { name: "events", description: "Workouts, sleep and menstrual cycles" },
  { name: "health scores", description: "Scores of vendors, and those computed here" },
  { name: "imports", description: "Files with measurements: exports of Apple Health, rides and runs" },
  { name: "settings", description: "What holds for everybody's data" },
  { name: "summaries", description: "Days, nights and the body, merged from all sources" },
  { name: "dashboard", description: "The whole installation in numbers" },
  { name: "meta", description: "What this version knows" },
  { name: "documents", description: "Uploaded reports and what was read from them" },
  { name: "labs", description: "Laboratory results, read from documents or entered by hand" },
  { name: "symptoms", description: "What a person felt, and when" },
  { name: "chat", description: "Questions to a local language model that looks things up in the record" },
  { name: "demo data", description: "Invented people to try things out with" },
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
    ...applicationRoutes,
    ...tokenRoutes,
    ...userRoutes,
    ...personalRecordRoutes,
    ...sourceRoutes,
    ...connectionRoutes,
    ...syncStatusRoutes(),
    ...timeseriesRoutes,
    ...archivalRoutes,
    ...dataRoutes,
    ...coverageRoutes,
    ...dashboardRoutes,
    ...workoutRoutes,
    ...sleepRoutes,
    ...cycleRoutes,
    ...scoreRoutes,
    ...mobileSdkRoutes,
    ...appleHealthRoutes,
    ...importRunRoutes,
    ...autoExportRoutes,
    ...deviceFileRoutes,
    ...sampleRoutes,
    ...activityRoutes,
    ...sleepSummaryRoutes,
    ...recoverySummaryRoutes,
    ...bodySummaryRoutes,
    ...documentRoutes,
    ...labRoutes,
    ...reviewRoutes,
    ...symptomRoutes,
    ...modelStatusRoutes,
    ...modelPullRoutes(),
    ...sessionRoutes,
    ...messageRoutes(ctx, tools),
    ...seedRoutes,
  ];
  const openapi = describeApi(endpoints, { title: ctx.config.API_NAME, version: "1.0.0", tags });
  const http = serveEndpoints(ctx, endpoints, authenticate);
  serveMcp(http, ctx, tools);
  const document = JSON.stringify(openapi);
  http.get("/openapi.json", () => new Response(document, { headers: { "content-type": "application/json" } }));
  http.get("/docs/:file?", async (c) => await docsFile(c.req.param("file") ?? "") ?? c.notFound());
  return { http, openapi };
}
