import assert from "node:assert/strict";
import { openWorld, type World } from "../support/world.ts";

const nothing = { birth_date: null, sex: null, gender: null };
const path = (user: string) => `/users/${user}/personal-record`;

const change = (world: World, user: string, json: unknown, status = 200) =>
  world.json(path(user), { method: "PATCH", json }, status);

Deno.test("nothing is known at first; what is given stays, null clears, omitted is kept", async () => {
  await using world = await openWorld();
  const [user, other] = [await world.createUser(), await world.createUser()];
  assert.deepEqual(await world.json(path(user)), nothing);
  assert.deepEqual(await change(world, user, {}), nothing);
  const all = { birth_date: "1980-05-17", sex: "female", gender: "nonbinary" };
  assert.deepEqual(await change(world, user, all), all);
  assert.deepEqual(await world.json(path(user)), all);
  assert.deepEqual(await change(world, user, {}), all);
  assert.deepEqual(await change(world, user, { sex: "male" }), { ...all, sex: "male" });
  assert.deepEqual(await change(world, user, { birth_date: null }), { ...nothing, sex: "male", gender: "nonbinary" });
  assert.deepEqual(await change(world, user, { sex: null, gender: null }), nothing);
  assert.deepEqual(await world.json(path(user)), nothing);
  assert.deepEqual(await world.json(path(other)), nothing);
});

Deno.test("every documented word is taken and no other", async () => {
  await using world = await openWorld();
  const user = await world.createUser();
  for (const sex of ["female", "male"]) assert.equal((await change(world, user, { sex })).sex, sex);
  for (const gender of ["female", "male", "nonbinary", "other"]) {
    assert.equal((await change(world, user, { gender })).gender, gender);
  }
  const before = await world.json(path(user));
  for (const wrong of [{ sex: "other" }, { sex: true }, { sex: "" }, { gender: "Female" }, { gender: 1 }]) {
    await change(world, user, wrong, 400);
  }
  assert.deepEqual(await world.json(path(user)), before);
});

Deno.test("a birth date is a real day, from 1900 until today wherever it is today already", async () => {
  const now = new Date("2026-03-14T09:30:00Z");
  await using world = await openWorld({}, () => now);
  const user = await world.createUser();
  for (const birth_date of ["1900-01-01", "2000-02-29", "2026-03-14"]) {
    assert.equal((await change(world, user, { birth_date })).birth_date, birth_date);
  }
  const future = await change(world, user, { birth_date: "2026-03-15" }, 400);
  assert.equal(future.detail, "birth_date must not be in the future");
  assert.deepEqual(future.errors, [{ path: "body.birth_date", message: "birth_date must not be in the future" }]);
  const past = await change(world, user, { birth_date: "1899-12-31", sex: "male" }, 400);
  assert.equal(past.detail, "birth_date must not be before 1900-01-01");
  for (const birth_date of ["2001-02-29", "14.03.1980", "1980-5-17", "1980-05-17T00:00:00Z", "", 19800517]) {
    await change(world, user, { birth_date }, 400);
  }
  assert.deepEqual(await world.json(path(user)), { ...nothing, birth_date: "2026-03-14" });
  // In Kiritimati it is tomorrow from ten o'clock UTC.
  now.setUTCHours(10, 0);
  await change(world, user, { birth_date: "2026-03-15" });
  await change(world, user, { birth_date: "2026-03-16" }, 400);
});

Deno.test("a key reaches the people it is for; reading keys do not write", async () => {
  await using world = await openWorld();
  const [user, other] = [await world.createUser(), await world.createUser()];
  await change(world, other, { birth_date: "1980-05-17" });
  const bound = await world.createKey({ user_id: user });
  const json = { sex: "female" };
  assert.equal((await world.json(path(user), { key: bound, method: "PATCH", json })).sex, "female");
  for (const id of [other, crypto.randomUUID()]) {
    const message = `User with ID: ${id} not found.`;
    assert.equal((await world.json(path(id), { key: bound }, 404)).detail, message);
    assert.equal((await world.json(path(id), { key: bound, method: "PATCH", json }, 404)).detail, message);
  }
  assert.deepEqual(await world.json(path(other)), { ...nothing, birth_date: "1980-05-17" });
  const reader = await world.createKey({ scope: "read" });
  assert.equal((await world.json(path(other), { key: reader })).birth_date, "1980-05-17");
  await world.json(path(other), { key: reader, method: "PATCH", json }, 403);
});

Deno.test("first changes at once lose nothing", async () => {
  await using world = await openWorld();
  const user = await world.createUser();
  const given = [{ birth_date: "1980-05-17" }, { sex: "female" }, { gender: "other" }];
  await Promise.all(given.map((json) => change(world, user, json)));
  assert.deepEqual(await world.json(path(user)), Object.assign({}, ...given));
});

Deno.test("the record is deleted with the person, and no log line tells it", async () => {
  await using world = await openWorld();
  const user = await world.createUser();
  await change(world, user, { birth_date: "1980-05-17", gender: "nonbinary" });
  assert.doesNotMatch(JSON.stringify(world.log), /1980-05-17|nonbinary/);
  await world.json(`/users/${user}`, { method: "DELETE" });
  assert.equal((await world.ctx.database.execute("select * from personal_record")).length, 0);
  await world.json(path(user), {}, 404);
});
