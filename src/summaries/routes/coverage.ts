import { z } from "@hono/zod-openapi";
import { type Endpoint, endpoint } from "../../platform/endpoint.ts";
import {
  type Coverage,
  coveredProviders,
  healthScoreCoverage,
  menstrualCycleFieldCoverage,
  seriesCoverage,
  sleepFieldCoverage,
  workoutFieldCoverage,
} from "../../sources/coverage_table.ts";
import { seriesTable } from "../../timeseries/series_table.ts";

const providers = z.array(z.string());
const CoverageField = z.object({ code: z.string(), providers }).openapi("CoverageField");
const CoverageCategory = z.object({
  name: z.string().openapi({ example: "Heart & Cardiovascular" }),
  metrics: z.array(z.object({ code: z.string(), unit: z.string(), providers })),
}).openapi("CoverageCategory");
const fields = z.array(CoverageField);
const CoverageResponse = z.object({
  providers,
  timeseries: z.array(CoverageCategory),
  workout_fields: fields,
  sleep_fields: fields,
  menstrual_cycle_fields: fields,
  health_scores: fields,
}).openapi("CoverageResponse");
const ConfigResponse = z.object({ outgoing_webhooks_enabled: z.boolean() }).openapi("ConfigResponse");

/** Every code there is, by category; one that no provider delivers comes from files and scripts. */
function timeseries(): z.input<typeof CoverageCategory>[] {
  return [...Map.groupBy(seriesTable, ({ category }) => category)].map(([name, series]) => ({
    name,
    metrics: series.map(({ code, unit }) => ({ code, unit, providers: [...seriesCoverage[code] ?? []] })),
  }));
}

function fieldsOf(coverage: Coverage): z.input<typeof CoverageField>[] {
  return Object.entries(coverage).map(([code, names]) => ({ code, providers: [...names] }));
}

export const coverageRoutes: readonly Endpoint[] = [
  endpoint({
    method: "get",
    path: "/meta/coverage",
    operationId: "getCoverage",
    tag: "meta",
    summary: "Which series, fields and scores there are, and which providers deliver them",
    auth: "none",
    success: { status: 200, description: "What each provider declares", schema: CoverageResponse },
  }, async () =>
    await Promise.resolve({
      providers: [...coveredProviders],
      timeseries: timeseries(),
      workout_fields: fieldsOf(workoutFieldCoverage),
      sleep_fields: fieldsOf(sleepFieldCoverage),
      menstrual_cycle_fields: fieldsOf(menstrualCycleFieldCoverage),
      health_scores: fieldsOf(healthScoreCoverage),
    })),

  endpoint({
    method: "get",
    path: "/config",
    operationId: "getConfig",
    tag: "meta",
    summary: "What this installation has switched on",
    auth: "developer",
    success: { status: 200, description: "Switches", schema: ConfigResponse },
  }, async () => await Promise.resolve({ outgoing_webhooks_enabled: false })),
];
