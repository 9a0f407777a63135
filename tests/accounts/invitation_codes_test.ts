import assert from "node:assert/strict";
import { sql } from "drizzle-orm";
import { decode } from "hono/jwt";
import { sha256Hex } from "../../src/platform/crypto.ts";
import { rows } from "../../src/platform/database.ts";
import { sweepExpiredTask } from "../../tasks/sweep_expired.ts";
import { waitFor } from "../support/wait.ts";
import { openWorld, type World } from "../support/world.ts";

interface Code {
  readonly id: string;
  readonly code: string;
  readonly user_id: string;
  readonly expires_at: string;
  readonly created_at: string;
}

interface Redeemed {
  readonly access_token: string;
  readonly token_type: string;
  readonly refresh_token: string;
  readonly expires_in: number;
  readonly user_id: string;
}

const invite = (world: World, user: string) =>
  world.json<Code>(`/users/${user}/invitation-code`, { method: "POST" }, 201);

const redeem = <T = Redeemed>(world: World, code: string, status = 200) =>
  world.json<T>("/invitation-code/redeem", { token: null, json: { code } }, status);

const refused = async (world: World, code: string) =>
  (await redeem<{ detail: string }>(world, code, 404)).detail === "Invalid or expired invitation code";

const day = 86_400_000;

/** Resolves when so many statements wait for a lock. */
const waitForLocks = (world: World, count: number) =>
  waitFor(`${count} statements that wait for a lock`, async () => {
    const statement = sql`
      select 1
      from pg_stat_activity
      where datname = current_database()
        and wait_event_type = 'Lock'`;
    return (await rows(world.ctx.database, statement)).length === count ? true : undefined;
  });

Deno.test("a code connects one person's phone, in upper or lower case", async () => {
  await using world = await openWorld();
  const user = await world.createUser();
  const made = await invite(world, user);
  assert.deepEqual(Object.keys(made).sort(), ["code", "created_at", "expires_at", "id", "user_id"]);
  assert.equal(made.user_id, user);
  assert.equal(Date.parse(made.expires_at) - Date.parse(made.created_at), 7 * day);

  const tokens = await redeem(world, ` ${made.code.toLowerCase()} `);
  assert.deepEqual([tokens.user_id, tokens.token_type, tokens.expires_in], [user, "bearer", 3600]);
  assert.match(tokens.refresh_token, /^rt-[0-9a-f]{32}$/);
  const { sub, scope, app_id } = decode(tokens.access_token).payload;
  assert.deepEqual([sub, scope, app_id], [user, "sdk", `invite:${world.developerId}`]);
  const again = await world.json<Redeemed>("/token/refresh", {
    token: null,
    json: { refresh_token: tokens.refresh_token },
  });
  assert.equal(decode(again.access_token).payload.app_id, `invite:${world.developerId}`);
});

Deno.test("codes have eight letters and digits that nobody confuses, and differ", async () => {
  await using world = await openWorld();
  const user = await world.createUser();
  const codes: string[] = [];
  for (let count = 0; count < 40; count++) codes.push((await invite(world, user)).code);
  for (const code of codes) assert.match(code, /^[A-HJ-NP-Z2-9]{8}$/);
  assert.equal(new Set(codes).size, codes.length);
  assert.ok(new Set(codes.join("")).size > 25, "some symbols never come");
});

Deno.test("unknown, used, replaced and expired codes answer alike", async () => {
  let now = new Date();
  await using world = await openWorld({}, () => now);
  const user = await world.createUser();
  assert.ok(await refused(world, "ABCDEFGH"));

  const used = await invite(world, user);
  await redeem(world, used.code);
  assert.ok(await refused(world, used.code));

  const replaced = await invite(world, user);
  const other = await invite(world, await world.createUser());
  const current = await invite(world, user);
  assert.ok(await refused(world, replaced.code));
  await redeem(world, current.code);
  // Another person's code is none of this one's business.
  await redeem(world, other.code);

  const [late, later] = [await invite(world, user), await invite(world, await world.createUser())];
  now = new Date(Date.parse(late.expires_at) - 1_000);
  await redeem(world, late.code);
  now = new Date(Date.parse(later.expires_at));
  assert.ok(await refused(world, later.code));
});

Deno.test("what is no code is an input error", async () => {
  await using world = await openWorld();
  for (const code of ["ABCDEFG", "ABCDEFGHJ", "ABCDEFG1", "ABCDEFG0", "ABC-EFGH", "", null, 12345678]) {
    await world.json("/invitation-code/redeem", { token: null, json: { code } }, 400);
  }
  await world.json("/invitation-code/redeem", { token: null, json: {} }, 400);
});

Deno.test("of two redeems of one code at once exactly one wins", async () => {
  await using world = await openWorld();
  const { id, code } = await invite(world, await world.createUser());
  const attempts: Promise<Response>[] = [];
  // Held until both are past whatever they look up first.
  await world.ctx.database.transaction(async (db) => {
    await db.execute(sql`select from user_invitation_code where id = ${id} for update`);
    for (let count = 0; count < 2; count++) {
      attempts.push(world.call("/invitation-code/redeem", { token: null, json: { code } }));
    }
    await waitForLocks(world, 2);
  });
  const answers = await Promise.all(attempts);
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 404]);
  const texts = await Promise.all(answers.map((answer) => answer.text()));
  assert.equal(texts.filter((text) => text.includes("Invalid or expired invitation code")).length, 1);
  const families = await rows(world.ctx.database, sql`select 1 from refresh_token where token_type = 'sdk'`);
  assert.equal(families.length, 1);
});

Deno.test("redeeming while the person is deleted: the redeem is first or finds nothing", async () => {
  await using world = await openWorld({ LOGIN_ATTEMPTS: "1000" });
  const status = async (answer: Promise<Response>) => {
    const response = await answer;
    await response.body?.cancel();
    return response.status;
  };
  const people: { user: string; code: string }[] = [];
  for (let count = 0; count < 30; count++) {
    const user = await world.createUser();
    people.push({ user, code: (await invite(world, user)).code });
  }
  for (const { user, code } of people) {
    const [redeemed, deleted] = await Promise.all([
      status(world.call("/invitation-code/redeem", { token: null, json: { code } })),
      status(world.call(`/users/${user}`, { method: "DELETE" })),
    ]);
    assert.equal(deleted, 200);
    assert.ok(redeemed === 200 || redeemed === 404, `${redeemed}`);
  }
  const left = await rows(world.ctx.database, sql`select 1 from refresh_token where token_type = 'sdk'`);
  assert.deepEqual([left.length, world.log.filter(({ level }) => level === "error")], [0, []]);
});

Deno.test("a redeem that waits for its code and a deletion of the person do not wait for each other", async () => {
  await using world = await openWorld();
  const user = await world.createUser();
  const { id, code } = await invite(world, user);
  let answers: Promise<Response>[] = [];
  await world.ctx.database.transaction(async (db) => {
    await db.execute(sql`select from user_invitation_code where id = ${id} for update`);
    answers = [world.call("/invitation-code/redeem", { token: null, json: { code } })];
    await waitForLocks(world, 1);
    answers.push(world.call(`/users/${user}`, { method: "DELETE" }));
    await waitForLocks(world, 2);
  });
  const [redeemed, deleted] = await Promise.all(answers);
  assert.deepEqual([redeemed?.status, deleted?.status], [200, 200]);
  await Promise.all([redeemed?.body?.cancel(), deleted?.body?.cancel()]);
});

Deno.test("a phone that refreshes and a deletion of its person do not wait for each other", async () => {
  await using world = await openWorld();
  const user = await world.createUser();
  const { refresh_token } = await redeem(world, (await invite(world, user)).code);
  let answers: Promise<Response>[] = [];
  await world.ctx.database.transaction(async (db) => {
    await db.execute(sql`select from refresh_token where token_hash = ${await sha256Hex(refresh_token)} for update`);
    answers = [world.call("/token/refresh", { token: null, json: { refresh_token } })];
    await waitForLocks(world, 1);
    answers.push(world.call(`/users/${user}`, { method: "DELETE" }));
    await waitForLocks(world, 2);
  });
  const [refreshed, deleted] = await Promise.all(answers);
  assert.deepEqual([refreshed?.status, deleted?.status], [200, 200]);
  await Promise.all([refreshed?.body?.cancel(), deleted?.body?.cancel()]);
});

Deno.test("the sweep removes codes that ended more than a day ago, and no others", async () => {
  let now = new Date("2026-03-14T12:00:00Z");
  await using world = await openWorld({ LOGIN_ATTEMPTS: "1000" }, () => now);
  const spent = await invite(world, await world.createUser());
  await redeem(world, spent.code);
  const person = await world.createUser();
  const replaced = await invite(world, person);
  const open = await invite(world, person);
  const sweep = async () => {
    await sweepExpiredTask.run(world.ctx, {}, new AbortController().signal);
    const left = await rows<{ id: string }>(world.ctx.database, sql`select id from user_invitation_code`);
    return left.map(({ id }) => id).sort();
  };
  assert.deepEqual(await sweep(), [spent.id, replaced.id, open.id].sort());
  now = new Date(now.getTime() + day + 1);
  assert.deepEqual(await sweep(), [open.id]);
  now = new Date(Date.parse(open.expires_at) + day);
  assert.deepEqual(await sweep(), [open.id]);
  now = new Date(now.getTime() + 1);
  assert.deepEqual(await sweep(), []);
});

Deno.test("of codes made at once for a person one works", async () => {
  await using world = await openWorld();
  const user = await world.createUser();
  const made = await Promise.all(Array.from({ length: 5 }, () => invite(world, user)));
  const statuses = await Promise.all(made.map(async ({ code }) => {
    const response = await world.call("/invitation-code/redeem", { token: null, json: { code } });
    await response.body?.cancel();
    return response.status;
  }));
  assert.deepEqual(statuses.sort(), [200, 404, 404, 404, 404]);
});

Deno.test("only a developer makes codes, and only for people who exist", async () => {
  await using world = await openWorld();
  const user = await world.createUser();
  const path = `/users/${user}/invitation-code`;
  for (const key of [await world.createKey(), await world.createKey({ user_id: user })]) {
    await world.json(path, { key, method: "POST" }, 401);
  }
  const { access_token: token } = await redeem(world, (await invite(world, user)).code);
  const { detail } = await world.json(path, { token, method: "POST" }, 401);
  assert.equal(detail, "SDK tokens cannot access this endpoint");
  const nobody = crypto.randomUUID();
  const missing = await world.json(`/users/${nobody}/invitation-code`, { method: "POST" }, 404);
  assert.equal(missing.detail, `User with ID: ${nobody} not found.`);
});

Deno.test("guessing from one address is slowed down; a right code starts afresh", async () => {
  await using world = await openWorld({ LOGIN_ATTEMPTS: "3", TRUST_PROXY: "true" });
  const from = async (address: string, code: string) => {
    const headers = { "x-forwarded-for": address };
    const response = await world.call("/invitation-code/redeem", { token: null, json: { code }, headers });
    await response.body?.cancel();
    return response;
  };
  const user = await world.createUser();
  for (let count = 0; count < 2; count++) assert.equal((await from("192.0.2.1", "ABCDEFGH")).status, 404);
  assert.equal((await from("192.0.2.1", (await invite(world, user)).code)).status, 200);
  for (let count = 0; count < 3; count++) assert.equal((await from("192.0.2.1", "ABCDEFGH")).status, 404);
  const { code } = await invite(world, user);
  const late = await from("192.0.2.1", code);
  assert.equal(late.status, 429);
  assert.ok(Number(late.headers.get("retry-after")) > 0);
  // The refused attempt did not spend the code.
  assert.equal((await from("192.0.2.2", code)).status, 200);
});

Deno.test("codes and their tokens are neither stored nor logged in clear", async () => {
  await using world = await openWorld();
  const user = await world.createUser();
  const open = await invite(world, await world.createUser());
  const { code } = await invite(world, user);
  const tokens = await redeem(world, code);
  const kept = JSON.stringify([
    await world.ctx.database.execute("select * from user_invitation_code"),
    await world.ctx.database.execute("select * from refresh_token"),
    world.log,
  ]);
  assert.ok(kept.includes(open.id));
  for (const secret of [open.code, code, tokens.access_token, tokens.refresh_token]) assert.ok(!kept.includes(secret));
  // Forty bits are quickly tried: a hash that needs no key would not hide them.
  assert.ok(!kept.includes(await sha256Hex(open.code)));
});
