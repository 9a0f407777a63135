import { z } from "@hono/zod-openapi";
import { type Endpoint, endpoint } from "../../platform/endpoint.ts";
import { countEverything } from "../dashboard_queries.ts";

const CountOf = z.object({ count: z.int() }).openapi("CountWithoutGrowth");
const DashboardStats = z.object({
  total_users: CountOf,
  active_conn: CountOf,
  data_points: z.object({
    count: z.int().openapi({ description: "Samples and vendors' daily totals" }),
    archived: z.int().openapi({ description: "Days that were put together, one for each series and source" }),
  }),
  event_records: z.object({ count: z.int(), workouts: z.int(), sleep: z.int(), menstrual_cycles: z.int() }),
  connections_coverage: z.object({
    users_with_active: z.int(),
    users_with_multi_active: z.int(),
    top_providers: z.array(z.object({ provider: z.string(), count: z.int() })),
  }),
}).openapi("SystemInfoResponse");

export const dashboardRoutes: readonly Endpoint[] = [
  endpoint({
    method: "get",
    path: "/dashboard/stats",
    operationId: "getStats",
    tag: "dashboard",
    summary: "How many people, connections and measurements there are",
    auth: "developer",
    success: { status: 200, description: "Counts", schema: DashboardStats },
  }, async (ctx) => {
    const counts = await countEverything(ctx.database);
    const { workouts, sleep_sessions: sleep, menstrual_cycles } = counts;
    return {
      total_users: { count: counts.users },
      active_conn: { count: counts.active_connections },
      data_points: { count: counts.samples, archived: counts.archived_days },
      event_records: { count: workouts + sleep + menstrual_cycles, workouts, sleep, menstrual_cycles },
      connections_coverage: {
        users_with_active: counts.users_with_active,
        users_with_multi_active: counts.users_with_several,
        top_providers: [...counts.top_providers],
      },
    };
  }),
];
