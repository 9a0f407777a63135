import { openBackground } from "./platform/background.ts";
import type { Config } from "./platform/config.ts";
import type { Context } from "./platform/context.ts";
import { prepareDataDir, storedSecrets } from "./platform/data_dir.ts";
import { configuredModel } from "./platform/configured_model.ts";
import { type DatabasePool, openDatabase } from "./platform/database.ts";
import { directFetch } from "./platform/direct_fetch.ts";
import { startEmbeddedPostgres } from "./platform/embedded_postgres.ts";
import { StartFailure } from "./platform/failure.ts";
import type { Log } from "./platform/log.ts";
import { migrate, readMigrations } from "./platform/migrate.ts";
import { openNotifications } from "./platform/notifications.ts";
import { systemResolver } from "./platform/private_network.ts";
import { Secret } from "./platform/secret.ts";
import { startReporter } from "./platform/sentry.ts";

/** Builds what a Context needs, in order, and closes it in reverse. */

export { loadConfig } from "./platform/config_file.ts";

export interface Services {
  readonly ctx: Context;
  readonly url: string;
  /** How many migrations this version has. */
  readonly migrations: number;
  /** Ends streams and long waits; call it before `close`. */
  stop(): void;
  close(): Promise<void>;
}

export const migrationsFolder = new URL("../migrations", import.meta.url).pathname;

export async function openServices(given: Config, log: Log): Promise<Services> {
  const closers: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    const server = await openDatabaseServer(given);
    closers.push(server.close);
    const { config, url } = server;
    const migrations = await readMigrations(migrationsFolder);
    const applied = await migrate(url, migrations);
    if (applied.length > 0) log("info", "migrated", { migrations: applied.length });
    const pool = openDatabase(url, { max: config.DATABASE_POOL_SIZE, name: "anamnesis" });
    closers.push(pool.close);
    // It reconnects by itself for ever, so it must not press a server that has no connection to spare.
    const listener = openDatabase(url, { max: 1, name: "anamnesis-listener", reconnectSeconds: 1 });
    closers.push(listener.close);
    const reporter = await startReporter(config, log);
    closers.push(reporter.close);
    const ollama = directFetch(config.OLLAMA_HOST);
    closers.push(ollama.close);
    const openAi = directFetch(config.OPENAI_BASE_URL ?? config.OLLAMA_HOST);
    closers.push(openAi.close);
    const stopping = new AbortController();
    const background = openBackground();
    closers.push(background.idle);
    const ctx: Context = {
      config,
      database: pool.database,
      listen: openNotifications(listener.client, (error) => reporter.capture(error, { listening: true })),
      clock: () => new Date(),
      fetch: globalThis.fetch,
      model: configuredModel(config, { ollama: ollama.fetch, openAi: openAi.fetch }, systemResolver()),
      background: background.run,
      log,
      capture: reporter.capture,
      actor: { kind: "system" },
      stopping: stopping.signal,
    };
    return { ctx, url, migrations: migrations.length, stop: () => stopping.abort(), close };
  } catch (error) {
    await close();
    throw error;
  }
}

export interface DatabaseServer {
  /** As given, with the secrets that were not configured filled in. */
  readonly config: Config;
  readonly url: string;
  close(): Promise<void>;
}

/** The configured Postgres, or the embedded one, started when it does not run yet; proved to be usable. */
export async function openDatabaseServer(config: Config): Promise<DatabaseServer> {
  const configured = config.DATABASE_URL?.reveal();
  if (configured !== undefined && config.SECRET_KEY !== null) {
    await requireUsableDatabase(configured);
    return { config, url: configured, close: async () => {} };
  }
  await prepareDataDir(config.DATA_DIR);
  const secrets = await storedSecrets(config.DATA_DIR);
  const resolved = { ...config, SECRET_KEY: config.SECRET_KEY ?? new Secret(secrets.secret_key) };
  if (configured !== undefined) {
    await requireUsableDatabase(configured);
    return { config: resolved, url: configured, close: async () => {} };
  }
  const postgres = await startEmbeddedPostgres(config.DATA_DIR, secrets.postgres_password);
  return { config: resolved, url: postgres.url, close: postgres.stop };
}

/** One clear line for what a wrong DATABASE_URL or an old server looks like. */
async function requireUsableDatabase(url: string): Promise<void> {
  let pool: DatabasePool | undefined;
  try {
    pool = openDatabase(url, { max: 1, name: "anamnesis-start" });
    const [row] = await pool.client<
      { version: number }[]
    >`select current_setting('server_version_num')::int as version`;
    if ((row?.version ?? 0) < 150_000) {
      throw new StartFailure(
        `DATABASE_URL leads to Postgres ${Math.floor((row?.version ?? 0) / 10_000)}; version 15 or newer is needed`,
      );
    }
  } catch (error) {
    throw error instanceof StartFailure ? error : new StartFailure(connectionAdvice(error));
  } finally {
    await pool?.close().catch(() => {});
  }
}

function connectionAdvice(error: unknown): string {
  const code = error instanceof Error ? String(Reflect.get(error, "code") ?? error.name) : "unknown";
  const advice: Readonly<Record<string, string>> = {
    "28P01": "the password is wrong; correct it in DATABASE_URL",
    "28000": "the server refuses this user; check the user and pg_hba.conf",
    "3D000": "the database does not exist; create it or correct its name in DATABASE_URL",
    ECONNREFUSED: "nothing listens at that address; start Postgres or correct host and port in DATABASE_URL",
    ENOTFOUND: "the host name is unknown; correct it in DATABASE_URL",
    CONNECT_TIMEOUT: "the server does not answer; check host, port and firewall",
  };
  return `DATABASE_URL cannot be used: ${advice[code] ?? `the connection failed (${code})`}`;
}
