import assert from "node:assert/strict";
import { join } from "node:path";
import { emptyFolder, type Program, startProgram } from "../support/process.ts";
import { waitFor } from "../support/wait.ts";

/** `deno task start` in empty folders: what is printed, kept, shared and left behind. */

async function postmaster(folder: string): Promise<{ pid: number; port: number } | null> {
  const lines = await Deno.readTextFile(join(folder, ".data/postgres/postmaster.pid")).then(
    (text) => text.split("\n"),
    () => null,
  );
  return lines === null ? null : { pid: Number(lines[0]), port: Number(lines[3]) };
}

function credentials(program: Program): { email: string; password: string; key: string } | null {
  const { out } = program.output();
  const found = /e-mail +(\S+)\n +password +(\S.*)\n +API key +(\S+)\n/.exec(out);
  return found === null ? null : { email: found[1] ?? "", password: found[2] ?? "", key: found[3] ?? "" };
}

async function users(program: Program, key: string): Promise<number> {
  const response = await fetch(`${program.url}/api/v1/users`, { headers: { "x-open-wearables-api-key": key } });
  await response.body?.cancel();
  return response.status;
}

async function login(program: Program, username: string, password: string): Promise<number> {
  const body = new URLSearchParams({ username, password });
  const response = await fetch(`${program.url}/api/v1/auth/login`, { method: "POST", body });
  await response.body?.cancel();
  return response.status;
}

async function stop(program: Program): Promise<void> {
  program.signal("SIGTERM");
  const { code } = await program.status;
  assert.equal(code, 0, program.output().error);
  assert.equal(program.output().error, "");
}

Deno.test("the first start prints credentials once; later ones reuse everything, also what kill -9 left running", async () => {
  const folder = await emptyFolder();
  await using first = await startProgram(folder);
  // About a second on two idle cores; the bound is for machines that do something else too.
  assert.ok(await first.ready() < 30_000);
  const given = credentials(first);
  assert.ok(given, first.output().out);
  assert.equal(await users(first, given.key), 200);
  assert.equal(await login(first, given.email, given.password), 200);

  const secrets = join(folder, ".data/secrets.json");
  assert.equal(((await Deno.stat(secrets)).mode ?? 0) & 0o777, 0o600);
  const kept = await Deno.readTextFile(secrets);
  for (const secret of Object.values(JSON.parse(kept))) assert.ok(!first.output().out.includes(String(secret)));
  assert.deepEqual([...Deno.readDirSync(folder)].map(({ name }) => name), [".data"]);
  await stop(first);
  assert.equal(await postmaster(folder), null, "Postgres is still running");

  await using second = await startProgram(folder);
  assert.ok(await second.ready() < 30_000);
  assert.equal(credentials(second), null);
  assert.ok(!second.output().out.includes("sk-"));
  assert.equal(await users(second, given.key), 200);
  assert.equal(await Deno.readTextFile(secrets), kept);

  // After kill -9 the next start adopts the orphaned Postgres, and stops it in the end.
  const orphan = await postmaster(folder);
  second.signal("SIGKILL");
  await second.status;
  await using third = await startProgram(folder);
  await third.ready();
  assert.notEqual(orphan, null);
  assert.deepEqual(await postmaster(folder), orphan);
  assert.equal(await users(third, given.key), 200);
  await stop(third);
  assert.equal(await postmaster(folder), null);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("two installations run side by side and know nothing of each other; one is told its owner", async () => {
  const folders = await Promise.all([emptyFolder(), emptyFolder()]);
  const [first = "", second = ""] = folders;
  await Deno.writeTextFile(join(second, ".env"), 'ADMIN_EMAIL=ada@example.org\nADMIN_PASSWORD="correct horse"\n');
  await using one = await startProgram(first);
  await using two = await startProgram(second);
  await Promise.all([one.ready(), two.ready()]);
  const [mine, theirs] = [credentials(one), credentials(two)];
  assert.ok(mine && theirs);
  assert.deepEqual([await users(one, mine.key), await users(two, theirs.key)], [200, 200]);
  assert.deepEqual([await users(one, theirs.key), await users(two, mine.key)], [401, 401]);

  assert.deepEqual([theirs.email, theirs.password], ["ada@example.org", "as set in ADMIN_PASSWORD"]);
  assert.ok(!two.output().out.includes("correct horse"));
  const statuses = [one, two].map((program) => login(program, "Ada@Example.org", "correct horse"));
  assert.deepEqual(await Promise.all(statuses), [401, 200]);
  await Promise.all([stop(one), stop(two)]);
  for (const folder of folders) await Deno.remove(folder, { recursive: true });
});

Deno.test("whoever starts it is told that a model server is outside the private network", async () => {
  const folder = await emptyFolder();
  const settings = { CHAT_PROVIDER: "openai", OPENAI_BASE_URL: "https://203.0.113.9/v1", OPENAI_CHAT_MODEL: "large" };
  await using program = await startProgram(folder, { ...settings, OPENAI_API_KEY: "secret-word" });
  await program.ready();
  const out = await waitFor("the warning", () => {
    const { out } = program.output();
    return Promise.resolve(out.includes("\nWarning: ") ? out : undefined);
  });
  assert.match(out, /^Warning: Health data leaves the private network: questions .*\(OPENAI_BASE_URL\)/m);
  assert.match(out, /"level":"warn".*"model\.data_leaves"/);
  assert.doesNotMatch(out, /secret-word|203\.0\.113/);
  await stop(program);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("API and worker run as two processes on one DATA_DIR, started at once, stopped in any order", async () => {
  const folder = await emptyFolder();
  await using api = await startProgram(folder, {}, ["--only=api"]);
  await using worker = await startProgram(folder, {}, ["--only=worker"]);
  await api.ready();
  const given = [credentials(api), credentials(worker)].filter((found) => found !== null);
  assert.equal(given.length, 1, "credentials should be printed by one of them");
  assert.equal(await fetch(worker.url).catch(() => "refused"), "refused");

  await stop(worker);
  assert.notEqual(await postmaster(folder), null, "the worker stopped the API's Postgres");
  assert.equal(await users(api, given[0]?.key ?? ""), 200);
  const alone = await fetch(`${api.url}/health/ready`);
  assert.deepEqual([alone.status, (await alone.json()).worker], [503, "missing"]);
  await stop(api);
  assert.equal(await postmaster(folder), null, "Postgres is still running");
  await Deno.remove(folder, { recursive: true });
});
