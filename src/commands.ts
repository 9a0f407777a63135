import { join } from "node:path";
import { parseArgs } from "node:util";
import { demoLine, loadDemo, removeDemo } from "./demo/load_demo.ts";
import { runCommand, writeLine } from "./platform/command.ts";
import { environmentExample, environmentTable } from "./platform/config.ts";
import { StartFailure } from "./platform/failure.ts";
import { createLog } from "./platform/log.ts";
import { migrate, readMigrations, rollback } from "./platform/migrate.ts";
import { loadConfig, migrationsFolder, openDatabaseServer, openServices } from "./services.ts";

/** The commands beside `start`: `migrate`, `rollback`, `migration <name>`, `env`, `demo` and `demo remove`. */

const commands: Readonly<Record<string, (argument: string | undefined) => Promise<void>>> = {
  async migrate() {
    await withServer(async (url) => {
      const names = await migrate(url, await readMigrations(migrationsFolder));
      writeLine(names.length === 0 ? "Nothing to apply" : `Applied ${names.join(", ")}`);
    });
  },

  async rollback() {
    await withServer(async (url) => {
      const name = await rollback(url, await readMigrations(migrationsFolder));
      writeLine(name === null ? "Nothing to take back" : `Took back ${name}`);
    });
  },

  async migration(name) {
    if (name === undefined || !/^[a-z][a-z0-9_]*$/.test(name)) {
      throw new StartFailure("Name the change in lower_snake_case: deno task migration add_something");
    }
    const next = String((await readMigrations(migrationsFolder)).length + 1).padStart(4, "0");
    for (const ending of ["sql", "down.sql"]) {
      const path = join(migrationsFolder, `${next}_${name}.${ending}`);
      await Deno.writeTextFile(path, "", { createNew: true });
      writeLine(`Created ${path}`);
    }
  },

  async env(form) {
    await Promise.resolve(writeLine((form === "table" ? environmentTable() : environmentExample()).trimEnd()));
  },

  async demo(action) {
    if (action !== undefined && action !== "remove") {
      throw new StartFailure("Use deno task demo to load the demo record, deno task demo remove to delete it");
    }
    const config = await loadConfig();
    const services = await openServices(config, createLog(writeLine, "text", () => new Date()));
    try {
      if (action === "remove") {
        writeLine(await removeDemo(services.ctx) ? "Removed the demo record" : "There is no demo record");
      } else writeLine(demoLine(await loadDemo(services.ctx), config.API_PORT));
    } finally {
      await services.close();
    }
  },
};

async function withServer(work: (url: string) => Promise<void>): Promise<void> {
  const server = await openDatabaseServer(await loadConfig());
  try {
    await work(server.url);
  } finally {
    await server.close();
  }
}

await runCommand(async () => {
  const { positionals } = parseArgs({ allowPositionals: true });
  const command = commands[positionals[0] ?? ""];
  if (command === undefined) throw new StartFailure(`Unknown command; use one of ${Object.keys(commands).join(", ")}`);
  await command(positionals[1]);
});
