import assert from "node:assert/strict";
import { join } from "node:path";
import { environmentExample, environmentTable } from "../../src/platform/config.ts";
import { checkout } from "../support/process.ts";

const readme = await Deno.readTextFile(join(checkout, "README.md"));

Deno.test("the README's table of settings and .env.example are what the code says", async () => {
  const [, table] = /<!-- settings -->\n([\s\S]*?)<!-- \/settings -->/.exec(readme) ?? [];
  assert.equal(table?.trim(), environmentTable().trim(), "paste the output of `deno run -A src/commands.ts env table`");
  const example = await Deno.readTextFile(join(checkout, ".env.example"));
  assert.equal(example.trim(), environmentExample().trim(), "run `deno run -A src/commands.ts env > .env.example`");
});

Deno.test("every task the README names exists and is described, and every task is named", async () => {
  const { tasks } = JSON.parse(await Deno.readTextFile(join(checkout, "deno.json")));
  const named = new Set([...readme.matchAll(/(?:deno|deno@2\.9\.6) task ([a-z:]+)/g)].map(([, name]) => name ?? ""));
  for (const name of named) assert.ok(name in tasks, `deno task ${name}`);
  for (const [name, task] of Object.entries<{ description?: string; command: string }>(tasks)) {
    assert.ok(task.description, `${name} has no description`);
    assert.ok(readme.includes(`\`${name}\``) || readme.includes(`task ${name}`), `the README does not name ${name}`);
    assert.doesNotMatch(task.command, /\s-A\b|--allow-all/, `${name} asks for every permission`);
  }
});

Deno.test("every path the README names exists", async () => {
  const paths = [...readme.matchAll(/(?<![\w/.-])((?:src|tests|tasks|migrations)\/(?!N)[\w./-]*\w)/g)]
    .map(([, path]) => path ?? "");
  assert.ok(paths.length > 10);
  for (const path of [...paths, "LICENSE", ".env.example", "docker-compose.yml", ".ci/run"]) {
    await assert.doesNotReject(Deno.stat(join(checkout, path)), path);
  }
});

Deno.test("the README names no environment variable that does not exist", () => {
  const known = environmentExample() + "KEY USER_ID API POSTGRES_PASSWORD";
  for (const [, name] of readme.matchAll(/`([A-Z][A-Z_]{4,})(?:=[^`]*)?`/g)) {
    assert.ok(known.includes(name ?? ""), name);
  }
});
