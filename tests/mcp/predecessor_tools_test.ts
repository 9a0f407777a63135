import assert from "node:assert/strict";
import { insertSymptoms } from "../../src/symptoms/queries.ts";
import { openWorld } from "../support/world.ts";
import { dayMs, days, dayText, entries, firstDay, longRecord, nights, results, workouts } from "./long_record.ts";
import { connectProgram } from "./program.ts";

/** The tools of the predecessors' MCP servers: names, arguments and results that existing programs know. */

const now = () => new Date(firstDay + days * dayMs);
const range = { start_date: dayText(0), end_date: dayText(days) };

async function open() {
  const world = await openWorld({}, now);
  const user_id = await world.createUser({ first_name: "Ada", last_name: "Example", email: "ada@example.org" });
  await longRecord(world, user_id);
  const program = await connectProgram(world, { scope: "read" });
  return {
    ...program,
    world,
    user_id,
    user: { id: user_id, first_name: "Ada", last_name: "Example" },
    async [Symbol.asyncDispose]() {
      await program[Symbol.asyncDispose]();
      await world[Symbol.asyncDispose]();
    },
  };
}

interface Records {
  readonly records: readonly Record<string, unknown>[];
  readonly summary: Record<string, unknown>;
  readonly [key: string]: unknown;
}

Deno.test("every tool of the predecessors has its name and its required arguments", async () => {
  await using world = await openWorld();
  await using program = await connectProgram(world, { scope: "read" });
  const { tools } = await program.client.listTools();
  const required = Object.fromEntries(tools.map(({ name, inputSchema }) => [name, inputSchema.required ?? []]));
  const dates = ["user_id", "start_date", "end_date"];
  const expected = {
    get_users: [],
    get_activity_summary: dates,
    get_sleep_summary: dates,
    get_workout_events: dates,
    get_timeseries: ["user_id", "start_time", "end_time", "types"],
    get_lab_results: ["user_id"],
    get_lab_trends: ["user_id", "test_name"],
    get_symptom_history: ["user_id"],
  };
  for (const [name, args] of Object.entries(expected)) assert.deepEqual(required[name], args, name);
  const properties = (name: string) => tools.find((tool) => tool.name === name)?.inputSchema.properties ?? {};
  const said = (name: string, argument: string) => JSON.stringify(Object(properties(name))[argument]);
  assert.deepEqual(Object.keys(properties("get_users")), ["search", "limit"]);
  assert.deepEqual(Object.keys(properties("get_workout_events")), [...dates, "workout_type"]);
  assert.match(said("get_users", "limit"), /10 when omitted/);
  assert.match(said("get_lab_results", "days"), /90 when omitted/);
  assert.match(said("get_lab_trends", "months"), /12 when omitted/);
  assert.match(said("get_symptom_history", "days"), /30 when omitted/);
  assert.match(said("get_timeseries", "resolution"), /"default":"raw"/);
});

Deno.test("get_users finds people by a part of their name, and counts all", async () => {
  await using world = await openWorld();
  await using program = await connectProgram(world);
  assert.deepEqual(await program.call("get_users"), { users: [], total: 0 });
  const id = await world.createUser({ first_name: "Ada", last_name: "Example", email: "ada@example.org" });
  for (let n = 0; n < 11; n++) await world.createUser({ first_name: `Other ${n}` });
  assert.deepEqual(await program.call("get_users", { search: "exam" }), {
    users: [{ id, first_name: "Ada", last_name: "Example", email: "ada@example.org" }],
    total: 1,
  });
  const all = await program.call<{ users: unknown[]; total: number }>("get_users");
  assert.equal(all.users.length, 10);
  assert.equal(all.total, 12);
  assert.equal((await program.call<{ users: unknown[] }>("get_users", { limit: 12 })).users.length, 12);
  const { error, ...rest } = await program.fail("get_users", { limit: "many" });
  assert.match(error, /limit/);
  assert.deepEqual([rest.users, rest.total], [[], 0]);
});

Deno.test("get_activity_summary gives every day of the range and what they come to", async () => {
  await using program = await open();
  const { user, user_id } = program;
  const { records, summary, ...rest } = await program.call<Records>("get_activity_summary", { user_id, ...range });
  assert.deepEqual(rest, { user, period: { start: range.start_date, end: range.end_date } });
  assert.deepEqual(records.map(({ date }) => date), Array.from({ length: days }, (_, n) => dayText(n)));
  assert.deepEqual(records[days - 1], {
    date: dayText(days - 1),
    steps: 1000 + days - 1,
    distance_meters: null,
    floors_climbed: null,
    elevation_meters: null,
    active_calories_kcal: null,
    total_calories_kcal: null,
    active_minutes: 10,
    sedentary_minutes: 0,
    intensity_minutes: null,
    heart_rate: null,
    source: "garmin",
  });
  const steps = days * 1000 + days * (days - 1) / 2;
  assert.deepEqual(summary, {
    total_days: days,
    days_with_data: days,
    total_steps: steps,
    avg_steps: Math.round(steps / days),
    total_distance_meters: null,
    total_active_calories_kcal: null,
    total_calories_kcal: null,
    avg_active_minutes: 10,
    total_intensity_minutes: null,
  });
  const two = await program.call<Records>("get_activity_summary", {
    user_id,
    start_date: dayText(3),
    end_date: dayText(5),
  });
  assert.deepEqual(two.records.map(({ date }) => date), [dayText(3), dayText(4)], "the end is exclusive");
});

Deno.test("get_sleep_summary gives every night by the day of waking up, in the person's time", async () => {
  await using program = await open();
  const { user, user_id } = program;
  const { records, summary, ...rest } = await program.call<Records>("get_sleep_summary", { user_id, ...range });
  assert.deepEqual(rest, { user, period: { start: range.start_date, end: range.end_date } });
  assert.equal(records.length, nights);
  assert.deepEqual(records[nights - 1], {
    date: dayText(nights - 1),
    start_datetime: `${dayText(nights - 2)}T23:00:00+01:00`,
    end_datetime: `${dayText(nights - 1)}T06:00:00+01:00`,
    duration_minutes: 360 + nights - 1,
    source: "garmin",
  });
  assert.deepEqual(summary, {
    total_nights: nights,
    nights_with_data: nights,
    avg_duration_minutes: Math.round(360 + (nights - 1) / 2),
    min_duration_minutes: 360,
    max_duration_minutes: 360 + nights - 1,
  });
});

Deno.test("get_workout_events gives every workout newest first, of one type when asked, and sums", async () => {
  await using program = await open();
  const { user, user_id } = program;
  const asked = { user_id, ...range };
  const { records, summary, ...rest } = await program.call<Records>("get_workout_events", asked);
  assert.deepEqual(rest, { user, period: { start: range.start_date, end: range.end_date } });
  assert.equal(records.length, workouts);
  const { id, ...newest } = records[0] ?? {};
  assert.match(String(id), /^[0-9a-f-]{36}$/);
  assert.deepEqual(newest, {
    type: "yoga",
    start_datetime: `${dayText(workouts - 1)}T17:00:00+01:00`,
    end_datetime: `${dayText(workouts - 1)}T17:30:00+01:00`,
    duration_seconds: 1800,
    distance_meters: 5000,
    calories_kcal: 300.25,
    avg_heart_rate_bpm: null,
    max_heart_rate_bpm: null,
    avg_pace_sec_per_km: null,
    elevation_gain_meters: null,
    source: "garmin",
  });
  assert.deepEqual(summary, {
    total_workouts: workouts,
    workouts_with_distance: workouts - 1,
    total_duration_seconds: workouts * 1800,
    total_distance_meters: (workouts - 1) * 5000,
    total_calories_kcal: workouts * 300.25,
    avg_duration_seconds: 1800,
    workout_types: { yoga: workouts / 2, running: workouts / 2 },
  });
  const runs = await program.call<Records>("get_workout_events", { ...asked, workout_type: "Running" });
  assert.deepEqual(runs.summary.workout_types, { running: workouts / 2 });
  const none = await program.call<Records>("get_workout_events", { ...asked, workout_type: "swimming" });
  assert.deepEqual(none.summary, {
    total_workouts: 0,
    workouts_with_distance: 0,
    total_duration_seconds: 0,
    total_distance_meters: null,
    total_calories_kcal: null,
    avg_duration_seconds: null,
    workout_types: null,
  });
});

Deno.test("get_lab_results and get_lab_trends give the results as the API does, all of them", async () => {
  await using program = await open();
  const { user, user_id, world } = program;
  type Labs = { results: Record<string, unknown>[]; [key: string]: unknown };
  const { results: found, ...rest } = await program.call<Labs>("get_lab_results", { user_id, days: 400 });
  assert.deepEqual(rest, { user, period_days: 400, filter: null, count: results });
  assert.equal(found.length, results);
  const first = await world.json<Record<string, unknown>[]>(`/labs?user_id=${user_id}&days=400&limit=200`);
  assert.deepEqual(found.slice(0, 200), first);
  const some = await program.call<Labs>("get_lab_results", { user_id, days: "400", test_name: "ferr" });
  assert.equal(some.filter, "ferr");
  assert.deepEqual(new Set(some.results.map(({ test_name }) => test_name)), new Set(["Ferritin"]));

  const trend = await program.call("get_lab_trends", { user_id, test_name: "Ferritin", months: 24 });
  const shown = await world.json<Record<string, unknown>>(`/labs/trends/Ferritin?user_id=${user_id}&months=24`);
  assert.deepEqual(trend, { user, ...shown });
  assert.equal(shown.count, results / 2);
});

Deno.test("get_symptom_history gives all entries and the types among them", async () => {
  await using program = await open();
  const { user, user_id, world } = program;
  type History = { entries: Record<string, unknown>[]; [key: string]: unknown };
  const { entries: found, ...rest } = await program.call<History>("get_symptom_history", { user_id, days: 400 });
  const types_found = ["headache", "nausea"];
  assert.deepEqual(rest, { user, period_days: 400, filter: null, count: entries, types_found });
  const first = await world.json<Record<string, unknown>[]>(`/symptoms?user_id=${user_id}&days=400&limit=200`);
  assert.deepEqual(found.slice(0, 200), first);
  const some = await program.call<History>("get_symptom_history", { user_id, days: 400, symptom_type: "nausea" });
  assert.deepEqual([some.count, some.filter, some.types_found], [entries / 2, "nausea", ["nausea"]]);
});

Deno.test("a result that would be too long is cut and says so", async () => {
  await using program = await open();
  const { user_id, world } = program;
  await insertSymptoms(
    world.ctx.database,
    Array.from({ length: 1_000 - entries + 1 }, () => ({
      ...{ id: crypto.randomUUID(), user_id, symptom_type: "mood", severity: 5, recorded_at: new Date(firstDay) },
    })),
  );
  const cut = await program.call<{ entries: unknown[] }>("get_symptom_history", { user_id, days: 400 });
  const { entries: shown, count, truncated, message } = { count: 0, truncated: false, message: "", ...cut };
  assert.deepEqual([shown.length, count, truncated], [1_000, 1_000, true]);
  assert.match(message, /Only the first 1000 records/);
});

Deno.test("failures are results that say what is wrong", async () => {
  await using program = await open();
  const { user_id } = program;
  const stranger = crypto.randomUUID();
  assert.deepEqual(await program.fail("get_sleep_summary", { ...range, user_id: stranger }), {
    error: `User not found: ${stranger}`,
    details: `User with ID: ${stranger} not found.`,
  });
  assert.equal((await program.fail("get_lab_results", { user_id: "me" })).error, "User not found: me");
  const failures: [string, Record<string, unknown>, RegExp][] = [
    ["get_activity_summary", { start_date: range.start_date }, /end_date/],
    ["get_activity_summary", { ...range, start_date: "yesterday" }, /Invalid datetime format: 'yesterday'/],
    ["get_activity_summary", { start_date: dayText(5), end_date: dayText(3) }, /must not end before it begins/],
    ["get_timeseries", { start_time: dayText(0), end_time: dayText(1), types: ["nonsense"] }, /Unknown series type/],
    ["get_timeseries", { start_time: dayText(0), end_time: dayText(1), types: "steps" }, /types/],
    ["get_timeseries", { start_time: dayText(0), end_time: dayText(1), types: [], resolution: "2min" }, /resolution/],
    ["get_lab_results", { days: -1 }, /days/],
    ["get_lab_trends", { test_name: "a\u0000b" }, /NUL/],
    ["get_symptom_history", { symptom_type: { a: 1 } }, /symptom_type/],
  ];
  for (const [name, args, message] of failures) {
    assert.match((await program.fail(name, { user_id, ...args })).error, message, name);
  }
  assert.deepEqual(program.world.log.filter(({ level }) => level === "error"), []);
});
