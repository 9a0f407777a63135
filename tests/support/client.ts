import { join } from "node:path";
import { pathToFileURL } from "node:url";

/**
 * Tools that only tests need. They have a configuration of their own, tests/tools/deno.json: whatever the project's
 * lock file names is downloaded by everybody who starts it.
 */

const tools = join(import.meta.dirname ?? "", "..", "tools");

/** Runs a file of tests/tools in its own process; returns what it wrote, and fails with what it complained about. */
export async function runTool(file: string, args: string[], input = ""): Promise<string> {
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--frozen",
      "--no-check",
      "--allow-all",
      `--config=${join(tools, "deno.json")}`,
      join(tools, file),
      ...args,
    ],
    cwd: tools,
    env: { NO_COLOR: "1" },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const [output] = await Promise.all([
    child.output(),
    new Blob([input]).stream().pipeTo(child.stdin),
  ]);
  if (!output.success) throw new Error(`${file} failed: ${new TextDecoder().decode(output.stderr)}`);
  return new TextDecoder().decode(output.stdout);
}

export interface GeneratedClient extends AsyncDisposable {
  /** Where the generated sources are. */
  readonly folder: string;
  /** The generated functions, one for each operation. */
  readonly sdk: Readonly<Record<string, (options?: CallOptions) => Promise<CallResult>>>;
  /** Sends every call to `url` with `key` from now on. */
  use(url: string, key: string): void;
}

export interface CallOptions {
  readonly path?: Record<string, unknown>;
  readonly query?: Record<string, unknown>;
  readonly body?: unknown;
}

export interface CallResult {
  readonly data?: Record<string, unknown>;
  readonly error?: Record<string, unknown>;
  readonly response: Response;
}

/** A TypeScript client generated from `openapi` by a generator many people use, loaded and ready to call. */
export async function generateClient(openapi: unknown): Promise<GeneratedClient> {
  const folder = await Deno.makeTempDir({ prefix: "anamnesis-client-" });
  const document = join(folder, "openapi.json");
  await Deno.writeTextFile(document, JSON.stringify(openapi));
  await runTool("generate_client.ts", [document, join(folder, "client")]);
  const load = (file: string) => import(pathToFileURL(join(folder, "client", file)).href);
  const { client } = await load("client.gen.ts");
  return {
    folder,
    sdk: await load("sdk.gen.ts"),
    use: (url, key) => client.setConfig({ baseUrl: url, headers: { "X-Open-Wearables-API-Key": key } }),
    [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }),
  };
}
