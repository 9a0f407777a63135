import assert from "node:assert/strict";
import { requireUser } from "../../src/accounts/access.ts";
import { deleteUser } from "../../src/accounts/queries.ts";
import { symptomSeverityByDay, symptomsOfDay } from "../../src/symptoms/queries.ts";
import { waitForLock } from "../support/locks.ts";
import { openWorld, type World } from "../support/world.ts";

interface Symptom {
  readonly [field: string]: unknown;
  readonly id: string;
  readonly symptom_type: string;
}

const now = () => new Date("2026-03-14T12:00:00Z");

async function add(world: World, user_id: string, fields: Record<string, unknown> = {}, status = 201) {
  const json = { user_id, symptom_type: "headache", severity: 5, recorded_at: "2026-03-14T07:30:00Z", ...fields };
  return await world.json<Symptom>("/symptoms", { json }, status);
}

const types = (entries: readonly Symptom[]) => entries.map((entry) => entry.symptom_type);

Deno.test("an entry is read back as it was sent, with its offset", async () => {
  await using world = await openWorld({}, now);
  const user_id = await world.createUser();
  const entry = await add(world, user_id, {
    recorded_at: "2026-03-14T07:30:00+01:00",
    notes: "behind the eyes 🤕",
    duration_minutes: 90,
    triggers: ["Screen time", "Streß"],
  });
  assert.deepEqual(await world.json(`/symptoms/${entry.id}`), {
    id: entry.id,
    user_id,
    symptom_type: "headache",
    severity: 5,
    notes: "behind the eyes 🤕",
    recorded_at: "2026-03-14T06:30:00.000Z",
    zone_offset: "+01:00",
    duration_minutes: 90,
    triggers: ["Screen time", "Streß"],
  });
  const bare = await add(world, user_id, { recorded_at: "2026-03-14T07:30:00" });
  assert.deepEqual(
    [bare.recorded_at, bare.zone_offset, bare.notes, bare.duration_minutes, bare.triggers],
    ["2026-03-14T07:30:00.000Z", "+00:00", null, null, null],
  );
});

Deno.test("input that cannot be stored or makes no sense is refused with 400", async () => {
  await using world = await openWorld({}, now);
  const user_id = await world.createUser();
  for (
    const fields of [
      { severity: 11 },
      { severity: -1 },
      { severity: 5.5 },
      { severity: "5" },
      { severity: null },
      { symptom_type: " " },
      { symptom_type: "x".repeat(101) },
      { symptom_type: "a\u0000b" },
      { duration_minutes: -1 },
      { duration_minutes: 525_601 },
      { duration_minutes: 1e300 },
      { triggers: Array.from({ length: 51 }, () => "x") },
      { triggers: ["x".repeat(201)] },
      { triggers: ["a\u0000b"] },
      { triggers: [5] },
      { triggers: ["\ud800"] },
      { notes: "x".repeat(10_001) },
      { recorded_at: "yesterday" },
      { recorded_at: "2026-02-30T10:00:00Z" },
      { recorded_at: "0001-01-01T00:00:00+14:00" },
      // Each of them would come back as another year, or make the whole list unreadable.
      { recorded_at: "0001-01-02T00:00:00Z" },
      { recorded_at: "0029-02-01T20:07:30Z" },
      { recorded_at: "0100-01-01T00:00:00+01:00" },
      { recorded_at: "2026-03-15T12:00:01Z" },
      { recorded_at: "9999-12-31T00:00:00Z" },
      { recorded_at: undefined },
    ]
  ) await add(world, user_id, fields, 400);
  await add(world, crypto.randomUUID(), {}, 404);
  await add(world, user_id, { severity: 0, recorded_at: "2026-03-15T11:59:59Z", duration_minutes: 0, triggers: [] });
  const oldest = await add(world, user_id, { severity: 10, recorded_at: "0099-12-31T23:00:00-01:00" });
  assert.equal(oldest.recorded_at, "0100-01-01T00:00:00.000Z");
  assert.deepEqual(world.log.filter((line) => line.level === "error"), []);
});

Deno.test("a change leaves out what is omitted and clears what is null", async () => {
  await using world = await openWorld({}, now);
  const user_id = await world.createUser();
  const { id } = await add(world, user_id, { notes: "a", duration_minutes: 5, triggers: ["b"] });
  const patch = (json: unknown, status = 200) =>
    world.json<Symptom>(`/symptoms/${id}`, { method: "PATCH", json }, status);
  const changed = await patch({ severity: 7, recorded_at: "2026-03-13T23:30:00-05:00" });
  assert.deepEqual(
    [changed.severity, changed.notes, changed.recorded_at, changed.zone_offset],
    [7, "a", "2026-03-14T04:30:00.000Z", "-05:00"],
  );
  const cleared = await patch({ notes: null, duration_minutes: null, triggers: null });
  assert.deepEqual([cleared.notes, cleared.duration_minutes, cleared.triggers], [null, null, null]);
  assert.deepEqual(await patch({}), cleared);
  // Another person's id in the body moves nothing.
  assert.equal((await patch({ user_id: crypto.randomUUID() })).user_id, user_id);
  for (const json of [{ severity: null }, { severity: 11 }, { symptom_type: "" }, { recorded_at: "2027-01-01" }]) {
    await patch(json, 400);
  }
  assert.deepEqual(await world.json(`/symptoms/${id}`), cleared);
});

Deno.test("deleting answers 204, then 404", async () => {
  await using world = await openWorld({}, now);
  const { id } = await add(world, await world.createUser());
  assert.equal((await world.call(`/symptoms/${id}`, { method: "DELETE" })).status, 204);
  assert.equal((await world.json(`/symptoms/${id}`, { method: "DELETE" }, 404)).detail, "Symptom not found");
});

Deno.test("a stranger's entry and a missing one answer alike, and a stranger's person is unknown", async () => {
  await using world = await openWorld({}, now);
  const [mine, other] = [await world.createUser(), await world.createUser()];
  const key = await world.createKey({ user_id: mine });
  const { id } = await add(world, other);
  const answers = async (entry: string) => {
    const calls = [{}, { method: "PATCH", json: { severity: 1 } }, { method: "DELETE" }];
    return await Promise.all(calls.map(async (call) => {
      const { request_id: _, ...problem } = await world.json(`/symptoms/${entry}`, { ...call, key }, 404);
      return problem;
    }));
  };
  assert.deepEqual(await answers(id), await answers(crypto.randomUUID()));
  for (const path of ["/symptoms?", "/symptoms/types?"]) {
    await world.json(`${path}user_id=${other}`, { key }, 404);
    await world.json(`${path}user_id=${mine}`, { key });
  }
  const json = { user_id: other, symptom_type: "a", severity: 1, recorded_at: "2026-03-14T00:00:00Z" };
  await world.json("/symptoms", { key, json }, 404);
  assert.equal((await world.json(`/symptoms/${id}`)).severity, 5);
});

Deno.test("an entry of a person who is being deleted answers 404", async () => {
  await using world = await openWorld({}, now);
  const user_id = await world.createUser();
  const answer = await world.ctx.database.transaction(async (db) => {
    await deleteUser(db, user_id);
    const pending = add(world, user_id, {}, 404);
    await waitForLock(world);
    return { pending };
  });
  assert.equal((await answer.pending).detail, `User with ID: ${user_id} not found.`);
});

Deno.test("days are the local days of the entries", async () => {
  await using world = await openWorld({}, now);
  const user_id = await world.createUser();
  // 13 March in UTC, 14 March in Auckland; 14 March in UTC, 13 March in New York.
  await add(world, user_id, { symptom_type: "auckland", recorded_at: "2026-03-14T01:00:00+13:00" });
  await add(world, user_id, { symptom_type: "new york", recorded_at: "2026-03-13T22:00:00-05:00", severity: 2 });
  const day = async (date: string) =>
    types(await world.json<Symptom[]>(`/symptoms?user_id=${user_id}&start_date=${date}&end_date=${date}`));
  assert.deepEqual(await day("2026-03-14"), ["auckland"]);
  assert.deepEqual(await day("2026-03-13"), ["new york"]);
  assert.deepEqual(await day("2026-03-12"), []);

  const { database } = world.ctx;
  const userId = await requireUser(world.ctx, user_id);
  assert.deepEqual(types(await symptomsOfDay(database, userId, "2026-03-14")), ["auckland"]);
  await add(world, user_id, { symptom_type: "new york", recorded_at: "2026-03-13T01:00:00-05:00", severity: 5 });
  await add(world, user_id, { symptom_type: "new york", recorded_at: "2026-03-12T23:59:00-05:00", severity: 9 });
  assert.deepEqual(await symptomSeverityByDay(database, userId, "new york", "2026-03-13"), [
    { day: "2026-03-13", value: 3.5 },
  ]);
  assert.deepEqual(await symptomSeverityByDay(database, userId, "new york", "2026-03-01"), [
    { day: "2026-03-12", value: 9 },
    { day: "2026-03-13", value: 3.5 },
  ]);
});

Deno.test("the list counts days back from today, newest first, of one type when asked", async () => {
  await using world = await openWorld({}, now);
  const user_id = await world.createUser();
  for (const day of ["2026-02-11", "2026-02-12", "2026-03-14"]) {
    await add(world, user_id, { symptom_type: day, recorded_at: `${day}T00:00:00Z` });
  }
  await add(world, await world.createUser(), { symptom_type: "another's" });
  const list = async (query: string) => types(await world.json<Symptom[]>(`/symptoms?user_id=${user_id}${query}`));
  assert.deepEqual(await list(""), ["2026-03-14", "2026-02-12"]);
  assert.deepEqual(await list("&days=31"), ["2026-03-14", "2026-02-12", "2026-02-11"]);
  assert.deepEqual(await list("&days=1&end_date=2026-02-11"), ["2026-02-11"]);
  assert.deepEqual(await list("&start_date=2026-02-12&end_date=9999-12-31"), ["2026-03-14", "2026-02-12"]);
  assert.deepEqual(await list("&start_date=0001-01-01&symptom_type=2026-02-11"), ["2026-02-11"]);
  assert.deepEqual(await list("&symptom_type=2026-03"), []);
});

Deno.test("types are listed once, by name", async () => {
  await using world = await openWorld({}, now);
  const user_id = await world.createUser();
  for (const symptom_type of ["migraine", "fatigue", "migraine"]) await add(world, user_id, { symptom_type });
  await add(world, await world.createUser(), { symptom_type: "another's" });
  assert.deepEqual(await world.json(`/symptoms/types?user_id=${user_id}`), ["fatigue", "migraine"]);
});

Deno.test("pages lead through all entries once, also those of one instant", async () => {
  await using world = await openWorld({}, now);
  const user_id = await world.createUser();
  for (let entry = 0; entry < 7; entry++) {
    await add(world, user_id, { recorded_at: entry < 4 ? "2026-03-14T07:30:00.123Z" : `2026-03-0${entry}T07:00:00Z` });
  }
  const path = `/symptoms?user_id=${user_id}&limit=3`;
  const seen: Symptom[] = [];
  let cursor: string | null = "";
  for (let pages = 0; cursor !== null; pages++) {
    assert.ok(pages < 3);
    const response: Response = await world.call(cursor === "" ? path : `${path}&cursor=${encodeURIComponent(cursor)}`);
    cursor = response.headers.get("x-next-cursor");
    seen.push(...await response.json());
  }
  const times = seen.map((entry) => String(entry.recorded_at));
  assert.deepEqual(times, [...times].sort().reverse());
  assert.equal(new Set(seen.map((entry) => entry.id)).size, 7);
});

Deno.test("bad queries answer 400", async () => {
  await using world = await openWorld({}, now);
  const user_id = await world.createUser();
  for (
    const query of [
      "limit=0",
      "limit=201",
      "days=0",
      "days=36501",
      "start_date=2026-03-02&end_date=2026-03-01",
      "start_date=10000-01-01",
      "symptom_type=%00",
      `symptom_type=${"x".repeat(101)}`,
      "cursor=nonsense",
      `cursor=${btoa("1|00000000-0000-4000-8000-000000000000")}`,
    ]
  ) await world.json(`/symptoms?user_id=${user_id}&${query}`, {}, 400);
  for (const path of ["/symptoms", "/symptoms?user_id=x", "/symptoms/types", "/symptoms/x"]) {
    await world.json(path, {}, 400);
  }
  assert.deepEqual(world.log.filter((line) => line.level === "error"), []);
});
