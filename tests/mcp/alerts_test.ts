import assert from "node:assert/strict";
import { addLab } from "../chat/turn.ts";
import { openWorld } from "../support/world.ts";
import { connectProgram } from "./program.ts";

/** The chat's tools carry what cannot wait over MCP as well; the program's own model says it. */

Deno.test("a critical value comes with an alert that knows the person's age, an ordinary one without", async () => {
  await using world = await openWorld({}, () => new Date("2026-03-14T12:00:00Z"));
  const user_id = await world.createUser();
  await addLab(world, user_id, { test_name: "Potassium", unit: "mmol/L", value: 6.9, recorded_at: "2026-03-13" });
  await addLab(world, user_id, { test_name: "HbA1c", unit: "%", value: 5.4, recorded_at: "2026-03-13" });
  await using program = await connectProgram(world, { user_id });
  const alerts = async (test_name: string) => {
    const { alerts } = await program.call<{ alerts?: Record<string, unknown>[] }>("get_lab_trend", { test_name });
    return alerts?.map(({ about, urgency, limits }) => [about, urgency, typeof limits]);
  };
  assert.deepEqual(await alerts("HbA1c"), undefined);
  assert.deepEqual(await alerts("Potassium"), [["Potassium", "emergency", "string"]]);
  const born = (birth_date: string) =>
    world.json(`/users/${user_id}/personal-record`, { method: "PATCH", json: { birth_date } });
  await born("1980-01-01");
  assert.deepEqual(await alerts("Potassium"), [["Potassium", "emergency", "undefined"]]);
  await born("2015-01-01");
  assert.deepEqual(await alerts("Potassium"), [["Potassium", "soon", "string"]]);
  // What existing programs know keeps its shape.
  const known = await program.call("get_lab_results", { user_id, start_date: "2026-03-01", end_date: "2026-03-15" });
  assert.equal("alerts" in known, false);
});
