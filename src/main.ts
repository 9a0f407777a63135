import { parseArgs } from "node:util";
import { type FirstRun, firstRun } from "./accounts/first_run.ts";
import { buildApp } from "./app.ts";
import { demoLine, loadDemo } from "./demo/load_demo.ts";
import { openPageSource } from "./documents/page_source.ts";
import { openImportReader } from "./imports/import_thread.ts";
import type { Context } from "./platform/context.ts";
import { StartFailure } from "./platform/failure.ts";
import { listen, type Listener } from "./platform/listen.ts";
import { createLog } from "./platform/log.ts";
import { runCommand, writeLine } from "./platform/command.ts";
import { graceMs, startWorker, type Worker } from "./platform/tasks.ts";
import { loadConfig, openServices } from "./services.ts";
import { createTasks } from "../tasks/mod.ts";

/** Starts the API and the worker (or one of them) and stops them in order when asked to. */

function parseOptions(): { api: boolean; worker: boolean; demo: boolean } {
  try {
    const { values } = parseArgs({ options: { only: { type: "string" }, demo: { type: "boolean", default: false } } });
    if (values.only !== undefined && values.only !== "api" && values.only !== "worker") throw new Error();
    return { api: values.only !== "worker", worker: values.only !== "api", demo: values.demo };
  } catch {
    throw new StartFailure("Unknown option; use --only=api, --only=worker or --demo");
  }
}

async function start(): Promise<void> {
  const options = parseOptions();
  const config = await loadConfig();
  const log = createLog(writeLine, Deno.stdout.isTerminal() ? "text" : "json", () => new Date());
  // Listened for from the first moment: a process asked to stop while it starts finishes starting, then stops.
  const asked = stopSignal();
  const services = await openServices(config, log);
  const pages = openPageSource(config, services.ctx.fetch);
  const imports = openImportReader(services.url);
  let server: Listener | undefined;
  let worker: Worker | undefined;
  try {
    // First of all the port: a start that fails must not have used up the credentials that are shown once.
    if (options.api) {
      const { http } = buildApp(services.ctx, services.migrations);
      server = listen(http, config.API_HOST, config.API_PORT);
    }
    const port = server?.port ?? config.API_PORT;
    const first = await firstRun(services.ctx);
    if (first !== null) writeLine(welcome(first, port));
    const demo = options.demo ? await loadDemo(services.ctx) : null;
    if (demo !== null) writeLine(demoLine(demo, port));
    const tasks = createTasks(pages, imports);
    worker = options.worker ? await startWorker(services.ctx, services.url, tasks) : undefined;
    log("info", "started", { api: options.api, worker: options.worker, ...(server === undefined ? {} : { port }) });
    await warnOfLeavingData(services.ctx);
    await asked;
    log("info", "stopping");
  } finally {
    services.stop();
    await Promise.all([server?.close(graceMs), worker?.stop()]);
    pages.close();
    imports.close();
    await services.close();
  }
  log("info", "stopped");
}

/** Whoever starts this must know when a model server is not in their own network; the log keeps it. */
async function warnOfLeavingData(ctx: Context): Promise<void> {
  const warning = await ctx.model.privacyWarning();
  if (warning === null) return;
  ctx.log("warn", "model.data_leaves", { warning });
  writeLine(`\nWarning: ${warning}\n`);
}

/** What is printed once, at the first start of an installation. */
function welcome(first: FirstRun, port: number): string {
  const address = `http://localhost:${port}`;
  return [
    "",
    "Anamnesis is set up. This is shown once:",
    `  e-mail    ${first.email}`,
    `  password  ${first.password ?? "as set in ADMIN_PASSWORD"}`,
    `  API key   ${first.api_key}`,
    "",
    "Try it:",
    `  curl -H "X-Open-Wearables-API-Key: ${first.api_key}" ${address}/api/v1/users`,
    `  ${address}/docs describes every operation`,
    "",
  ].join("\n");
}

function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    const signals: Deno.Signal[] = Deno.build.os === "windows" ? ["SIGINT", "SIGBREAK"] : ["SIGINT", "SIGTERM"];
    for (const signal of signals) Deno.addSignalListener(signal, () => resolve());
  });
}

if (import.meta.main) {
  await runCommand(start);
}
