import postgres from "postgres";
import { migrate, readMigrations } from "../../src/platform/migrate.ts";
import { loadDemo } from "../../src/demo/load_demo.ts";
import { openDatabase } from "../../src/platform/database.ts";
import { startEmbeddedPostgres } from "../../src/platform/embedded_postgres.ts";
import { callTool } from "../../src/platform/tool.ts";
import { migrationsFolder } from "../../src/services.ts";
import { summarizeStaleDays } from "../../src/summaries/summarize_days.ts";
import { tools } from "../../src/tools.ts";
import { emptyFolder } from "../support/process.ts";
import type { Figure } from "./main.ts";
import { benchContext } from "./reading.ts";

/** What a model may call, on the demo person with two years of data: how long a call takes, and how long its result is. */

const calls: readonly (readonly [tool: string, args: Record<string, unknown>])[] = [
  ["get_recent_labs", { days: 365 }],
  ["get_lab_trend", { test_name: "HbA1c", months: 24 }],
  ["get_symptom_timeline", { days: 90 }],
  ["search_documents", { query: "ferritin" }],
  ["get_wearable_summary", { metric: "steps", days: 30 }],
  ["get_wearable_summary", { metric: "heart_rate", days: 30 }],
  ["get_wearable_summary", { metric: "heart_rate", days: 730 }],
  ["get_daily_summary", { date: "yesterday" }],
  ["correlate_metrics", { metric_a: "steps", metric_b: "sleep" }],
  ["compare_periods", { metric: "resting_heart_rate", days: 30 }],
  ["compare_periods", { metric: "steps", days: 365 }],
  ["find_extremes", { metric: "steps", days: 90 }],
  ["find_extremes", { metric: "heart_rate", of: "measurements", days: 730 }],
  ["get_sleep", { days: 730 }],
  ["get_workouts", { days: 730 }],
  ["list_available_data", {}],
];

const rounds = 15;

export async function benchTools(): Promise<Figure[]> {
  const folder = await emptyFolder();
  const server = await startEmbeddedPostgres(folder, crypto.randomUUID());
  const pool = openDatabase(server.url, { max: 6, name: "anamnesis-bench" });
  const client = postgres(server.url, { max: 1, onnotice: () => {} });
  try {
    await migrate(server.url, await readMigrations(migrationsFolder));
    const ctx = benchContext(server.url, pool.database);
    const { user_id } = await loadDemo(ctx);
    // As the worker does in the background.
    await summarizeStaleDays(ctx, { user_id }, ctx.stopping);
    await client.unsafe("vacuum analyze");
    const figures: Figure[] = [];
    for (const [name, args] of calls) {
      const times: number[] = [];
      let length = 0;
      for (let round = 0; round < rounds; round++) {
        const start = performance.now();
        const result = JSON.stringify(await callTool(ctx, tools, user_id, name, args));
        times.push(performance.now() - start);
        if (result.startsWith('{"error"')) throw new Error(`${name} ${JSON.stringify(args)}: ${result.slice(0, 200)}`);
        length = result.length;
      }
      const median = times.sort((a, b) => a - b)[Math.floor(rounds / 2)] ?? NaN;
      figures.push({ what: `${name} ${JSON.stringify(args)}, ${length} characters`, value: median, unit: "ms" });
    }
    return figures;
  } finally {
    await client.end();
    await pool.close();
    await server.stop();
    await Deno.remove(folder, { recursive: true });
  }
}
