import { createServer } from "node:net";
import { join } from "node:path";

/** The real program as a child process, started by the command of `deno task start`. */

export const checkout = join(import.meta.dirname ?? ".", "../..");

export interface Program extends AsyncDisposable {
  readonly pid: number;
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  /** Everything that the program wrote to standard output and error so far. */
  readonly output: () => { readonly out: string; readonly error: string };
  readonly status: Promise<Deno.CommandStatus>;
  /** Waits for `/health/ready`; gives the milliseconds since the start. */
  ready(): Promise<number>;
  signal(name: Deno.Signal): void;
}

/** A folder that Postgres' unprivileged user may enter too. */
export async function emptyFolder(): Promise<string> {
  const folder = await Deno.makeTempDir({ prefix: "anamnesis-run-" });
  await Deno.chmod(folder, 0o755);
  return folder;
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}

/** What `deno task start` gives to `deno`: its arguments, with the files named from anywhere, and its environment. */
export async function startCommand(): Promise<{ args: string[]; environment: Record<string, string> }> {
  const { tasks } = JSON.parse(await Deno.readTextFile(join(checkout, "deno.json")));
  const words = String(tasks.start.command).split(" ");
  const deno = words.indexOf("deno");
  const [subcommand = "run", ...args] = words.slice(deno + 1);
  const main = args.pop() ?? "";
  return {
    args: [subcommand, "--config", join(checkout, "deno.json"), "--frozen", ...args, join(checkout, main)],
    environment: Object.fromEntries(words.slice(0, deno).map((word) => word.split("="))),
  };
}

export async function startProgram(
  folder: string,
  environment: Record<string, string> = {},
  args: readonly string[] = [],
): Promise<Program> {
  const started = performance.now();
  const port = Number(environment.API_PORT ?? await freePort());
  const start = await startCommand();
  const child = new Deno.Command(Deno.execPath(), {
    args: [...start.args, ...args],
    cwd: folder,
    clearEnv: true,
    env: {
      PATH: Deno.env.get("PATH") ?? "",
      HOME: Deno.env.get("HOME") ?? folder,
      ...(Deno.env.has("DENO_DIR") ? { DENO_DIR: Deno.env.get("DENO_DIR") ?? "" } : {}),
      NO_COLOR: "1",
      OLLAMA_HOST: "http://127.0.0.1:9",
      API_PORT: String(port),
      ...start.environment,
      ...environment,
    },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  let [out, error] = ["", ""];
  const reading = Promise.all([
    collect(child.stdout, (text) => out += text),
    collect(child.stderr, (text) => error += text),
  ]);
  let ended = false;
  const status = child.status.then(async (status) => {
    ended = true;
    await reading;
    return status;
  });
  const url = `http://127.0.0.1:${port}`;
  return {
    pid: child.pid,
    url,
    output: () => ({ out, error: programsOwn(error) }),
    status,
    async ready() {
      while (!ended && performance.now() - started < 60_000) {
        const response = await fetch(`${url}/health/ready`).catch(() => null);
        await response?.body?.cancel();
        if (response?.status === 200) return performance.now() - started;
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      throw new Error(`The program did not become ready: ${out.slice(0, 2_000)} … ${error}`);
    },
    signal: (name) => child.kill(name),
    async [Symbol.asyncDispose]() {
      if (!ended) child.kill("SIGTERM");
      await status;
    },
  };
}

/** What the runtime itself says when several programs start at once is no output of the program. */
export function programsOwn(error: string): string {
  return error.replace(/^Blocking waiting for file lock on node_modules directory\n/gm, "");
}

async function collect(stream: ReadableStream<Uint8Array>, take: (text: string) => void): Promise<void> {
  for await (const text of stream.pipeThrough(new TextDecoderStream())) take(text);
}
