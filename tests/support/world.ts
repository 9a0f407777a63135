import assert from "node:assert/strict";
import { createApiKey } from "../../src/accounts/api_keys.ts";
import { issueTokens } from "../../src/accounts/login.ts";
import { insertDeveloper } from "../../src/accounts/queries.ts";
import { createUser } from "../../src/accounts/users.ts";
import { type App, buildApp } from "../../src/app.ts";
import { openPageSource } from "../../src/documents/page_source.ts";
import { openImportReader } from "../../src/imports/import_thread.ts";
import { openBackground } from "../../src/platform/background.ts";
import { configuredModel } from "../../src/platform/configured_model.ts";
import { type Config, readConfig } from "../../src/platform/config.ts";
import { type Actor, as, type Context, type Scope } from "../../src/platform/context.ts";
import { openDatabase } from "../../src/platform/database.ts";
import { describeError } from "../../src/platform/errors.ts";
import { readMigrations } from "../../src/platform/migrate.ts";
import { openNotifications } from "../../src/platform/notifications.ts";
import { startWorker } from "../../src/platform/tasks.ts";
import { migrationsFolder } from "../../src/services.ts";
import { createTasks } from "../../tasks/mod.ts";
import { createTestDatabase } from "./database.ts";

/**
 * A whole installation for one test: its own database, the API on a loopback port, one developer, and whatever users
 * and keys the test asks for. `await using world = await openWorld()` closes it.
 */

export interface LogLine {
  readonly level: string;
  readonly event: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

export interface Call {
  readonly method?: string;
  /** Sent as JSON. */
  readonly json?: unknown;
  readonly body?: BodyInit;
  readonly headers?: Record<string, string>;
  /** An API key, a developer's token, or null for no credential. The developer's token by default. */
  readonly key?: string;
  readonly token?: string | null;
  readonly signal?: AbortSignal;
}

export interface World extends AsyncDisposable {
  readonly ctx: Context;
  readonly app: App;
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  readonly databaseUrl: string;
  readonly email: string;
  readonly password: string;
  readonly developerId: string;
  /** A developer's access token. */
  readonly token: string;
  readonly log: LogLine[];
  /** A request below `/api/v1` unless the path starts with two slashes. */
  call(path: string, call?: Call): Promise<Response>;
  /** The same, expecting `status` and a JSON body. */
  json<T = Record<string, unknown>>(path: string, call?: Call, status?: number): Promise<T>;
  createUser(fields?: Record<string, string>): Promise<string>;
  createKey(options?: { scope?: Scope; user_id?: string | null }): Promise<string>;
  startWorker(): Promise<void>;
  as(actor: Actor): Context;
}

const password = "a long enough password";

/** Its hash, because computing one takes longer than most tests. */
const passwordHash =
  "$argon2id$v=19$m=19456,t=2,p=1$6NGMLJXZoXV2NsA0Bor/cg$FhrsIbagZS88/+G1SfzDaj8o6HzhWgT+7m27zWoHO5A";

export const testSettings: Readonly<Record<string, string>> = {
  ENVIRONMENT: "test",
  SECRET_KEY: "0123456789abcdef0123456789abcdef",
  OLLAMA_HOST: "http://127.0.0.1:9",
  OLLAMA_TIMEOUT: "5",
};

export function testConfig(settings: Record<string, string> = {}): Config {
  const result = readConfig({ ...testSettings, ...settings });
  if ("problems" in result) throw new Error(result.problems.join("; "));
  return result.config;
}

export async function openWorld(settings: Record<string, string> = {}, clock?: () => Date): Promise<World> {
  const database = await createTestDatabase();
  const config = testConfig({ ...settings, DATABASE_URL: database.url });
  const pool = openDatabase(database.url, { max: 6, name: "anamnesis-test" });
  const listener = openDatabase(database.url, { max: 1, name: "anamnesis-test-listener" });
  const log: LogLine[] = [];
  const stopping = new AbortController();
  const background = openBackground();
  const ctx: Context = {
    config,
    database: pool.database,
    listen: openNotifications(listener.client, (error) => ctx.capture(error, { listening: true })),
    clock: clock ?? (() => new Date()),
    fetch: globalThis.fetch,
    model: configuredModel(config, { ollama: globalThis.fetch, openAi: globalThis.fetch }, undefined),
    background: background.run,
    log: (level, event, fields = {}) => void log.push({ level, event, fields }),
    capture: (error, extra) =>
      void log.push({ level: "error", event: "error", fields: { ...extra, ...describeError(error) } }),
    actor: { kind: "system" },
    stopping: stopping.signal,
  };
  const email = "owner@example.org";
  const developer = await insertDeveloper(ctx.database, {
    id: crypto.randomUUID(),
    email,
    password_hash: passwordHash,
    role: "owner",
  });
  const app = buildApp(ctx, (await readMigrations(migrationsFolder)).length);
  const server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {} },
    (request, info) => app.http.fetch(request, { remoteAddress: info.remoteAddr.hostname }),
  );
  const url = `http://127.0.0.1:${server.addr.port}`;
  const pages = openPageSource(config, ctx.fetch);
  const imports = openImportReader(database.url);
  let worker: { stop(): Promise<void> } | undefined;
  let token = "";

  const call = async (path: string, options: Call = {}) => {
    const headers = new Headers(options.headers);
    const bearer = options.token === undefined && options.key === undefined ? token : options.token;
    if (bearer) headers.set("authorization", `Bearer ${bearer}`);
    if (options.key !== undefined) headers.set("X-Open-Wearables-API-Key", options.key);
    if (options.json !== undefined) headers.set("content-type", "application/json");
    const body = options.json === undefined ? options.body : JSON.stringify(options.json);
    return await fetch(path.startsWith("//") ? url + path.slice(1) : `${url}/api/v1${path}`, {
      method: options.method ?? (body === undefined ? "GET" : "POST"),
      headers,
      ...(body === undefined ? {} : { body }),
      ...(options.signal === undefined ? {} : { signal: options.signal }),
      redirect: "manual",
    });
  };

  const tokens = await issueTokens(ctx, ctx.database, {
    family_id: crypto.randomUUID(),
    token_type: "developer",
    developer_id: developer.id,
    user_id: null,
    app_id: null,
  });
  token = tokens.access_token;
  const developerActor: Actor = {
    kind: "developer",
    developer_id: developer.id,
    role: "owner",
    family_id: crypto.randomUUID(),
  };

  return {
    ctx,
    app,
    url,
    databaseUrl: database.url,
    email,
    password,
    developerId: developer.id,
    token,
    log,
    call,
    async json<T>(path: string, options: Call = {}, status = 200) {
      const response = await call(path, options);
      const text = await response.text();
      assert.equal(
        response.status,
        status,
        `${options.method ?? ""} ${path}: ${response.status} ${text.slice(0, 500)}`,
      );
      return JSON.parse(text) as T;
    },
    async createUser(fields = {}) {
      return (await createUser(ctx, fields)).id;
    },
    async createKey(options = {}) {
      const { scope = "write", user_id = null } = options;
      const wanted = { name: "test", scope, user_id, expires_at: null };
      return (await createApiKey(as(ctx, developerActor), wanted)).key;
    },
    async startWorker() {
      worker = await startWorker(ctx, database.url, createTasks(pages, imports));
    },
    as: (actor) => as(ctx, actor),
    async [Symbol.asyncDispose]() {
      stopping.abort();
      await worker?.stop();
      pages.close();
      imports.close();
      await server.shutdown();
      await background.idle();
      await pool.close();
      await listener.close();
      await database.drop();
    },
  };
}
