import { parseArgs } from "node:util";
import { type FirstRun, firstRun } from "./accounts/first_run.ts";
import { buildApp } from "./app.ts";
import { demoLine, loadDemo } from "./demo/load_demo.ts";
import { openPageSource } from "./documents/page_source.ts";
import type { Config } from "./platform/config.ts";
import { StartFailure } from "./platform/failure.ts";
import { createLog } from "./platform/log.ts";
import { runCommand, writeLine } from "./platform/command.ts";
import { graceMs, startWorker } from "./platform/tasks.ts";
import { loadConfig, openServices, type Services } from "./services.ts";
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
  try {
    const first = await firstRun(services.ctx);
    const demo = options.demo ? await loadDemo(services.ctx) : null;
    const worker = options.worker
      ? await startWorker(services.ctx, services.url, createTasks(pages.readPages))
      : undefined;
    const server = options.api ? listen(config, services) : undefined;
    const port = server === undefined ? undefined : (server.addr as Deno.NetAddr).port;
    if (first !== null) writeLine(welcome(first, port ?? config.API_PORT));
    if (demo !== null) writeLine(demoLine(demo, port ?? config.API_PORT));
    log("info", "started", { api: options.api, worker: options.worker, port });
    await asked;
    log("info", "stopping");
    services.stop();
    await Promise.all([server && shutDown(server), worker?.stop()]);
  } finally {
    pages.close();
    await services.close();
  }
  log("info", "stopped");
}

function listen(config: Config, services: Services): Deno.HttpServer {
  const { http } = buildApp(services.ctx, services.migrations);
  try {
    return Deno.serve(
      { hostname: config.API_HOST, port: config.API_PORT, onListen: () => {} },
      (request, info) => http.fetch(request, { remoteAddress: (info.remoteAddr as Deno.NetAddr).hostname }),
    );
  } catch (error) {
    if (error instanceof Deno.errors.AddrInUse) {
      throw new StartFailure(
        `API_PORT ${config.API_PORT} is taken; stop what listens there or choose another API_PORT`,
      );
    }
    throw new StartFailure(`API_HOST "${config.API_HOST}" with API_PORT ${config.API_PORT} cannot be listened on`);
  }
}

/** No new connections; requests under way get as long as running jobs do. */
async function shutDown(server: Deno.HttpServer): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<void>((resolve) => timer = setTimeout(resolve, graceMs));
  await Promise.race([server.shutdown(), late]);
  clearTimeout(timer);
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
