import assert from "node:assert/strict";
import { callTool } from "../../src/platform/tool.ts";
import { symptomTools } from "../../src/symptoms/tools.ts";
import { openWorld, type World } from "../support/world.ts";

const now = () => new Date("2026-03-14T12:00:00Z");

async function diary(world: World): Promise<string> {
  const user_id = await world.createUser();
  for (
    const fields of [
      { symptom_type: "headache", severity: 4, recorded_at: "2026-03-14T07:30:00+01:00", notes: "a", triggers: ["b"] },
      {
        symptom_type: "headache",
        severity: 7,
        recorded_at: "2026-03-13T07:30:00Z",
        duration_minutes: 30,
        triggers: [],
      },
      { symptom_type: "headache", severity: 7, recorded_at: "2026-03-12T07:30:00Z", duration_minutes: 0 },
      { symptom_type: "mood_low", severity: 3, recorded_at: "2026-03-11T07:30:00-05:30" },
      { symptom_type: "mood_low", severity: 9, recorded_at: "2026-01-01T00:00:00Z" },
    ]
  ) await world.json("/symptoms", { json: { user_id, ...fields } }, 201);
  return user_id;
}

Deno.test("get_symptom_timeline gives entries newest first in local time, and how often each type came", async () => {
  await using world = await openWorld({}, now);
  const user_id = await diary(world);
  assert.deepEqual(await callTool(world.ctx, symptomTools, user_id, "get_symptom_timeline", {}), {
    user_id,
    period_days: 30,
    start_date: "2026-02-12",
    end_date: "2026-03-14",
    time_zone: "UTC+01:00; days are the person's local days",
    summary: "headache 3 times with average severity 6, mood_low 1 time with average severity 3 over 2026-02-12 to " +
      "2026-03-14 (3 of 30 days have an entry, and today); the newest is headache on 2026-03-14.",
    unit: "severity 0-10",
    coverage: { days_with_data: 3, days_in_period: 30, text: "3 of 30 days have an entry, and today" },
    sources: ["the person's own notes"],
    count: 4,
    entries: [
      {
        symptom_type: "headache",
        severity: 4,
        recorded_at: "2026-03-14T07:30:00+01:00",
        notes: "a",
        triggers: ["b"],
      },
      { symptom_type: "headache", severity: 7, recorded_at: "2026-03-13T07:30:00+00:00", duration_minutes: 30 },
      { symptom_type: "headache", severity: 7, recorded_at: "2026-03-12T07:30:00+00:00" },
      { symptom_type: "mood_low", severity: 3, recorded_at: "2026-03-11T07:30:00-05:30" },
    ],
    frequency: {
      headache: { count: 3, avg_severity: 6, max_severity: 7 },
      mood_low: { count: 1, avg_severity: 3, max_severity: 3 },
    },
  });
});

Deno.test("a type may be named in another case, and an unknown one gets the real ones", async () => {
  await using world = await openWorld({}, now);
  const user_id = await diary(world);
  const call = (args: unknown) =>
    callTool(world.ctx, symptomTools, user_id, "get_symptom_timeline", args) as Promise<Record<string, unknown>>;
  const low = await call({ symptom_type: "Mood low", days: "365" });
  assert.deepEqual(low.frequency, { mood_low: { count: 2, avg_severity: 6, max_severity: 9 } });
  const none = await call({ symptom_type: "nausea" });
  assert.deepEqual(none, {
    user_id,
    period_days: 30,
    start_date: "2026-02-12",
    end_date: "2026-03-14",
    time_zone: "UTC+01:00; days are the person's local days",
    summary: "No entries found for 'nausea' in the last 30 days.",
    unit: "severity 0-10",
    coverage: { days_with_data: 0, days_in_period: 30, text: "0 of 30 days have an entry" },
    sources: ["the person's own notes"],
    count: 0,
    entries: [],
    frequency: {},
    message: "No entries found for 'nausea' in the last 30 days.",
    available_types: ["headache", "mood_low"],
  });
});

Deno.test("bad arguments become an error, and a stranger's person is no one", async () => {
  await using world = await openWorld({}, now);
  const user_id = await diary(world);
  const name = "get_symptom_timeline";
  for (const args of [{ days: 0 }, { days: "x" }, { symptom_type: 1 }, { symptom_type: "\u0000" }, 5]) {
    const answer = await callTool(world.ctx, symptomTools, user_id, name, args) as Record<string, unknown>;
    assert.match(String(answer.error), /^Invalid arguments: /);
  }
  assert.deepEqual(world.log.filter((line) => line.level === "error"), []);
  const bound = { kind: "api_key", api_key_id: crypto.randomUUID(), scope: "read" } as const;
  const ctx = world.as({ ...bound, user_id: await world.createUser() });
  assert.deepEqual(Object.keys(await callTool(ctx, symptomTools, user_id, name, {}) as object), ["error"]);
});
