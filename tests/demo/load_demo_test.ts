import assert from "node:assert/strict";
import { demoCheckUps } from "../../src/demo/check_ups.ts";
import { demoDiary } from "../../src/demo/diary.ts";
import { demoLine, loadDemo, removeDemo } from "../../src/demo/load_demo.ts";
import { addDays } from "../../src/platform/day_range.ts";
import { waitForLock } from "../support/locks.ts";
import { openWorld } from "../support/world.ts";

const today = "2026-03-14";
const nothing = { labs: 0, symptoms: 0, samples: 0, workouts: 0, nights: 0, created: false };
const now = () => new Date(`${today}T12:00:00Z`);

Deno.test("the demo record is loaded once, with four check-ups and ninety days of symptoms", async () => {
  await using world = await openWorld({}, now);
  // Two processes that start at once load it once.
  const { first, second } = await world.ctx.database.transaction(async (database) => {
    const first = await loadDemo({ ...world.ctx, database });
    const second = loadDemo(world.ctx);
    await waitForLock(world);
    return { first, second };
  });
  const { user_id } = first;
  assert.equal(first.created, true);
  assert.deepEqual(await second, { user_id, ...nothing });
  assert.ok(first.samples > 200_000 && first.nights >= 730 && first.workouts === 312, JSON.stringify(first));

  const user = await world.json(`/users/${user_id}`);
  assert.deepEqual([user.first_name, user.last_name, user.external_user_id], ["Demo", "Person", "demo"]);
  const labs = await world.json<{ recorded_at: string; found_by: string }[]>(
    `/labs?user_id=${user_id}&days=365&limit=200`,
  );
  assert.equal(labs.length, 60);
  assert.equal(first.labs, 60);
  assert.deepEqual(
    [...new Set(labs.map((lab) => lab.recorded_at))],
    [95, 185, 275, 365].map((n) => addDays(today, -n)),
  );
  assert.deepEqual([...new Set(labs.map((lab) => lab.found_by))], ["person"]);
  const symptoms = await world.json<unknown[]>(`/symptoms?user_id=${user_id}&days=90&limit=200`);
  assert.equal(symptoms.length, first.symptoms);
  const trend = await world.json(`/labs/trends/Vitamin%20D?user_id=${user_id}`);
  assert.equal(trend.count, 3);
});

Deno.test("the same day gives the same record, a later day the same values later", async () => {
  const [labs, diary] = [await demoCheckUps("u", today), await demoDiary("u", today)];
  assert.deepEqual([await demoCheckUps("u", today), await demoDiary("u", today)], [labs, diary]);
  const later = await demoCheckUps("u", addDays(today, 10));
  assert.deepEqual(
    later,
    labs.map((lab) => ({ ...lab, recorded_at: addDays(lab.recorded_at!, 10) })),
  );
  // The exact record that screenshots, docs and recorded answers were made with.
  const shown = JSON.stringify([labs.map((lab) => [lab.test_name, lab.value_text]), diary]);
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(shown))).toHex();
  assert.equal(digest, "c1047964e2f78a02b4ca8442507fd25b52177beabc3c1c6437bb05af769def83");
});

Deno.test("check-ups lie within 5 % of their base, with the status of their range", async () => {
  const labs = await demoCheckUps("u", today);
  assert.equal(new Set(labs.map((lab) => lab.id)).size, 60);
  for (const [index, base] of [28, 35, 22, 32].entries()) {
    const lab = labs.filter((candidate) => candidate.test_name === "Vitamin D")[index]!;
    assert.ok(Math.abs(lab.value! - base) <= base * 0.05 + 0.05, `${lab.value}`);
    assert.equal(lab.status, lab.value! < 30 ? "low" : "normal");
    assert.equal(lab.test_code, "1989-3");
    assert.equal(Number(lab.value_text), lab.value);
  }
});

Deno.test("the diary keeps to its patterns", async () => {
  const diary = await demoDiary("u", today);
  assert.equal(new Set(diary.map((entry) => entry.id)).size, diary.length);
  const limits: Record<string, readonly [number, number, number, number, number]> = {
    headache: [3, 7, 30, 240, 0.15],
    migraine: [6, 9, 120, 720, 0.05],
    back_pain: [2, 6, 60, 480, 0.1],
    fatigue: [3, 7, 120, 480, 0.2],
    mood_low: [3, 6, 240, 720, 0.08],
    energy_high: [7, 10, 0, 0, 0.25],
  };
  for (const [type, [low, high, shortest, longest, probability]] of Object.entries(limits)) {
    const entries = diary.filter((entry) => entry.symptom_type === type);
    assert.ok(entries.length > 90 * probability / 2 && entries.length < 90 * probability * 2, `${type}`);
    for (const { severity, duration_minutes, triggers, recorded_at } of entries) {
      assert.ok(severity >= low && severity <= high);
      if (type === "energy_high") assert.equal(duration_minutes, null);
      else assert.ok(duration_minutes! >= shortest && duration_minutes! <= longest);
      assert.ok(triggers === null || (triggers!.length > 0 && triggers!.length <= 2));
      const day = recorded_at.toISOString().slice(0, 10);
      assert.ok(day >= addDays(today, -90) && day < today);
      assert.ok(recorded_at.getUTCHours() >= 7 && recorded_at.getUTCHours() <= 22);
    }
  }
});

Deno.test("the demo can be removed, and nobody else is", async () => {
  await using world = await openWorld({}, now);
  const { user_id } = await loadDemo(world.ctx);
  assert.equal(await removeDemo(world.ctx), true);
  await world.json(`/users/${user_id}`, {}, 404);
  assert.equal(await removeDemo(world.ctx), false);

  // Somebody else may have the external id: they keep what they have, and get nothing.
  const other = await world.createUser({ external_user_id: "demo" });
  assert.deepEqual(await loadDemo(world.ctx), { user_id: other, ...nothing });
  assert.equal(await removeDemo(world.ctx), false);
  await world.json(`/users/${other}`);
});

Deno.test("the line after loading names the person and a call to try", () => {
  const counts = { labs: 60, symptoms: 5, samples: 9, workouts: 3, nights: 2 };
  const line = demoLine({ user_id: "u1", ...counts, created: true }, 8000);
  assert.match(
    line,
    /9 samples, 2 nights, 3 workouts, 60 lab results and 5 symptoms; user u1; curl .*localhost:8000\/api\/v1\/labs\?user_id=u1&days=400/,
  );
  assert.ok(!line.includes("\n"));
});
