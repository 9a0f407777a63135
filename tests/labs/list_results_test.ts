import assert from "node:assert/strict";
import { requireUser } from "../../src/accounts/access.ts";
import { labsOfDay } from "../../src/labs/queries.ts";
import { labValuesByDay } from "../../src/labs/trend_queries.ts";
import { openWorld, type World } from "../support/world.ts";

interface Lab {
  readonly [field: string]: unknown;
  readonly id: string;
  readonly test_name: string;
}

const now = () => new Date("2026-03-14T12:00:00Z");

async function add(world: World, user_id: string, fields: Record<string, unknown>, status = 201): Promise<Lab> {
  const json = { user_id, test_name: "Ferritin", unit: "ng/mL", recorded_at: "2026-03-01", ...fields };
  return await world.json<Lab>("/labs", { json }, status);
}

const names = (labs: readonly Lab[]) => labs.map((lab) => lab.test_name);

Deno.test("the list counts days back from today, or takes a range with both ends", async () => {
  await using world = await openWorld({}, now);
  const user_id = await world.createUser();
  for (const day of ["2025-12-13", "2025-12-14", "2026-02-01", "2026-03-14"]) {
    await add(world, user_id, { test_name: day, recorded_at: day, value: 1 });
  }
  await add(world, await world.createUser(), { value: 1 });
  const list = async (query: string) => names(await world.json<Lab[]>(`/labs?user_id=${user_id}${query}`));
  assert.deepEqual(await list(""), ["2026-03-14", "2026-02-01", "2025-12-14"]);
  assert.deepEqual(await list("&days=1"), ["2026-03-14"]);
  assert.deepEqual(await list("&start_date=2025-12-13&end_date=2026-02-01"), [
    "2026-02-01",
    "2025-12-14",
    "2025-12-13",
  ]);
  assert.deepEqual(await list("&days=1&end_date=2025-12-13"), ["2025-12-13"]);
  assert.deepEqual(await list("&start_date=0001-01-01&end_date=9999-12-31"), [
    "2026-03-14",
    "2026-02-01",
    "2025-12-14",
    "2025-12-13",
  ]);
});

Deno.test("the list finds part of a name in any case, and wildcards are letters", async () => {
  await using world = await openWorld({}, now);
  const user_id = await world.createUser();
  for (const test_name of ["HDL Cholesterol", "Neutrophils %", "Neutrophils _x"]) {
    await add(world, user_id, { test_name, value: 1 });
  }
  const find = async (part: string) =>
    names(await world.json<Lab[]>(`/labs?user_id=${user_id}&test_name=${encodeURIComponent(part)}`));
  assert.deepEqual(await find("cholest"), ["HDL Cholesterol"]);
  assert.deepEqual(await find("%"), ["Neutrophils %"]);
  assert.deepEqual(await find("_"), ["Neutrophils _x"]);
  assert.deepEqual(await find("\\"), []);
});

Deno.test("results without a date count for the day they were stored and come last", async () => {
  await using world = await openWorld();
  const user_id = await world.createUser();
  const today = new Date().toISOString().slice(0, 10);
  await add(world, user_id, { test_name: "A undated", recorded_at: null, value: 1 });
  await add(world, user_id, { test_name: "B dated", recorded_at: today, value: 1 });
  const list = async (query: string) => names(await world.json<Lab[]>(`/labs?user_id=${user_id}${query}`));
  assert.deepEqual(await list(""), ["B dated", "A undated"]);
  assert.deepEqual(await list("&end_date=2026-01-01"), []);
});

Deno.test("pages lead through all results once, in order of day and name", async () => {
  await using world = await openWorld({}, now);
  const user_id = await world.createUser();
  const expected: string[] = [];
  for (const recorded_at of ["2026-03-02", "2026-03-01", null]) {
    for (const test_name of ["A", "B", "B", "C"]) {
      expected.push(`${recorded_at} ${test_name}`);
      await add(world, user_id, { test_name, recorded_at, value: 1 });
    }
  }
  const path = `/labs?user_id=${user_id}&start_date=2026-01-01&limit=3`;
  const seen: Lab[] = [];
  let cursor: string | null = "";
  for (let pages = 0; cursor !== null; pages++) {
    assert.ok(pages < 5);
    const response: Response = await world.call(cursor === "" ? path : `${path}&cursor=${encodeURIComponent(cursor)}`);
    assert.equal(response.status, 200);
    cursor = response.headers.get("x-next-cursor");
    const labs: Lab[] = await response.json();
    if (pages === 1) await (await world.call(`/labs/${labs[0]!.id}`, { method: "DELETE" })).body?.cancel();
    seen.push(...labs);
  }
  assert.deepEqual(seen.map((lab) => `${lab.recorded_at} ${lab.test_name}`), expected);
  assert.equal(new Set(seen.map((lab) => lab.id)).size, expected.length);
});

Deno.test("a page goes on when the result before it was deleted", async () => {
  await using world = await openWorld({}, now);
  const user_id = await world.createUser();
  for (const test_name of ["A", "B", "C"]) await add(world, user_id, { test_name, value: 1 });
  await add(world, user_id, { test_name: "D", recorded_at: "2026-02-01", value: 1 });
  const path = `/labs?user_id=${user_id}&limit=2`;
  const first = await world.call(path);
  const [, last]: Lab[] = await first.json();
  await world.call(`/labs/${last?.id}`, { method: "DELETE" });
  const cursor = encodeURIComponent(first.headers.get("x-next-cursor") ?? "");
  const rest = names(await world.json<Lab[]>(`${path}&limit=9&cursor=${cursor}`.replace("limit=2&", "")));
  // The rest of its day is shown again rather than skipped.
  assert.deepEqual(rest, ["A", "C", "D"]);
});

Deno.test("bad queries answer 400", async () => {
  await using world = await openWorld({}, now);
  const user_id = await world.createUser();
  const cursor = (text: string) => `cursor=${btoa(text)}`;
  for (
    const query of [
      "limit=0",
      "limit=201",
      "days=0",
      "days=36501",
      "days=x",
      "days=1e9",
      "start_date=2026-03-02&end_date=2026-03-01",
      "start_date=0000-01-01",
      "end_date=99999-01-01",
      "start_date=20260131",
      "end_date=NaN",
      "test_name=%00",
      "cursor=%00",
      "cursor=nonsense",
      cursor("2026-03-01|------------------------------------"),
      cursor("1|00000000-0000-4000-8000-000000000000"),
    ]
  ) await world.json(`/labs?user_id=${user_id}&${query}`, {}, 400);
  await world.json("/labs", {}, 400);
  await world.json("/labs?user_id=x", {}, 400);
  await world.json("/labs/x", {}, 400);
  assert.deepEqual(world.log.filter((line) => line.level === "error"), []);
});

Deno.test("test names are listed once, however they are spelled, with their newest unit", async () => {
  await using world = await openWorld({}, now);
  const user_id = await world.createUser();
  await add(world, user_id, { test_name: "GLUCOSE ", value: 5, unit: "mmol/L", recorded_at: "2026-03-02" });
  await add(world, user_id, { test_name: "Glucose", value: 90, unit: "mg/dL", recorded_at: "2026-03-01" });
  await add(world, user_id, { test_name: "ANA", value_text: "1:80", unit: "", recorded_at: null });
  assert.deepEqual(await world.json(`/labs/test-names?user_id=${user_id}`), [
    { test_name: "ANA", count: 1, latest: null, unit: "" },
    { test_name: "GLUCOSE", count: 2, latest: "2026-03-02", unit: "mmol/L" },
  ]);
});

Deno.test("results by day: one day's list, and one value a day of one test in one unit", async () => {
  await using world = await openWorld({}, now);
  const { database } = world.ctx;
  const user_id = await world.createUser();
  for (
    const [test_name, recorded_at, value, unit] of [
      ["LDL Cholesterol", "2026-03-01", 100, "mg/dL"],
      ["LDL Cholesterol", "2026-03-01", 110, "mg/dl"],
      ["LDL Cholesterol", "2026-03-05", 120, "mg/dL"],
      ["LDL Cholesterol", "2026-02-01", 2.6, "mmol/L"],
      ["LDL Cholesterol", "2026-01-01", 90, "mg/dL"],
      ["VLDL Cholesterol", "2026-03-01", 20, "mg/dL"],
    ]
  ) await add(world, user_id, { test_name, recorded_at, value, unit });
  const userId = await requireUser(world.ctx, user_id);
  assert.deepEqual(await labValuesByDay(database, userId, "ldl", "2026-01-02"), [
    { day: "2026-02-01", value: 100.529 },
    { day: "2026-03-01", value: 105 },
    { day: "2026-03-05", value: 120 },
  ]);
  assert.deepEqual(await labValuesByDay(database, userId, "nothing", "2026-01-02"), []);
  assert.deepEqual(await labsOfDay(database, userId, "2026-03-05"), [
    { test_name: "LDL Cholesterol", value: 120, value_text: "120", unit: "mg/dL", status: null },
  ]);
});
