import assert from "node:assert/strict";
import { deleteUser } from "../../src/accounts/queries.ts";
import { insertLabResult } from "../../src/labs/queries.ts";
import { readResultValue, resultStatus } from "../../src/labs/result_value.ts";
import { correctLabResult } from "../../src/labs/results.ts";
import { waitForLock } from "../support/locks.ts";
import { openWorld, type World } from "../support/world.ts";

interface Lab {
  readonly [field: string]: unknown;
  readonly id: string;
  readonly test_name: string;
}

/** What only a document says of a result. */
const unread = {
  qualitative: null,
  titre: null,
  flag: null,
  flag_printed: null,
  specimen: null,
  section: null,
  laboratory: null,
  confidence: null,
  needs_review: false,
  review_reasons: [],
  review_status: "confirmed",
  reviewed_at: "2026-03-14T12:00:00.000Z",
};

const now = () => new Date("2026-03-14T12:00:00Z");

async function add(world: World, user_id: string, fields: Record<string, unknown>, status = 201): Promise<Lab> {
  const json = { user_id, test_name: "Ferritin", unit: "ng/mL", recorded_at: "2026-03-01", ...fields };
  return await world.json<Lab>("/labs", { json }, status);
}

Deno.test("a result entered by hand is read back as it was sent, and its status follows the range", async () => {
  await using world = await openWorld({}, now);
  const user_id = await world.createUser();
  const lab = await add(world, user_id, {
    test_code: "2276-4",
    value: 12.25,
    reference_min: 20,
    reference_max: 250,
    reference_text: "20 - 250",
  });
  assert.deepEqual(await world.json(`/labs/${lab.id}`), {
    id: lab.id,
    user_id,
    document_id: null,
    test_name: "Ferritin",
    test_code: "2276-4",
    value: 12.25,
    value_text: "12.25",
    comparator: null,
    unit: "ng/mL",
    reference_min: 20,
    reference_max: 250,
    reference_text: "20 - 250",
    status: "low",
    recorded_at: "2026-03-01",
    page: null,
    box: null,
    found_by: "person",
    ...unread,
    reference_min_inclusive: true,
    reference_max_inclusive: true,
    // What the catalogue says of the name.
    analyte: lab.analyte,
    loinc_status: lab.loinc_status,
  });
  const named = await add(world, user_id, { value: 12, reference_min: 20, status: "critical" });
  assert.equal(named.status, "critical");
});

Deno.test("results that are no plain number keep comparator and text, and no value", async () => {
  await using world = await openWorld({}, now);
  const user_id = await world.createUser();
  for (
    const [value_text, value, comparator] of [
      ["<0.41", null, "<"],
      ["≥ 60", null, ">="],
      ["~5", null, "~"],
      ["negative", null, null],
      ["1:80", null, null],
      ["5,4", 5.4, null],
      ["-1.5", -1.5, null],
    ]
  ) {
    const lab = await add(world, user_id, { value_text });
    assert.deepEqual([lab.value, lab.value_text, lab.comparator], [value, value_text, comparator]);
  }
});

Deno.test("value and text must say one thing", () => {
  assert.deepEqual(readResultValue(1250, "1,250"), { value: 1250, value_text: "1,250", comparator: null });
  assert.deepEqual(readResultValue(1.25, "1,250"), { value: 1.25, value_text: "1,250", comparator: null });
  for (
    const [value, text] of [
      [undefined, undefined],
      [null, undefined],
      [undefined, "1,250"],
      [5, "5.4"],
      [0.41, "<0.41"],
      [0, "negative"],
      [undefined, "9000000000000"],
    ] as const
  ) {
    assert.throws(() => readResultValue(value, text), { code: "invalid_input" }, `${value} ${text}`);
  }
});

Deno.test("a status is decided only where there is no doubt", () => {
  const status = (text: string, reference_min: number | null, reference_max: number | null) =>
    resultStatus(readResultValue(null, text), { reference_min, reference_max });
  assert.deepEqual(
    [status("4", 4, 6), status("6", 4, 6), status("3.9", 4, 6), status("6.1", 4, 6)],
    ["normal", "normal", "low", "high"],
  );
  assert.deepEqual([status("7", null, 6), status("5", null, 6), status("3", 4, null)], ["high", "normal", "low"]);
  assert.equal(status("5", null, null), null);
  assert.equal(status("<0.41", null, 5), "normal");
  assert.equal(status("<0.41", 0, 5), "normal");
  assert.equal(status("<5", null, 5), "normal");
  assert.equal(status("<5.1", null, 5), null);
  assert.equal(status("<0.41", 0.2, 5), null);
  assert.equal(status("<0.41", -2, 5), null);
  assert.equal(status("<0.41", 1, 5), "low");
  assert.equal(status("<1", 1, 5), "low");
  assert.equal(status("<=1", 1, 5), null);
  assert.equal(status(">90", 60, null), "normal");
  assert.equal(status(">90", 60, 80), "high");
  assert.equal(status(">80", 60, 80), "high");
  assert.equal(status(">=80", 60, 80), null);
  assert.equal(status(">70", 60, 80), null);
  assert.equal(status("~5", 4, 6), null);
  assert.equal(status("<1:80", null, 5), null);
  assert.equal(status("negative", 0, 5), null);
});

Deno.test("input that cannot be stored or makes no sense is refused with 400", async () => {
  await using world = await openWorld({}, now);
  const user_id = await world.createUser();
  for (
    const fields of [
      { value: 1e13 },
      { value: "5" },
      { value: 1, reference_min: 6, reference_max: 4 },
      { value: 1, reference_max: -1e300 },
      { value: 1, recorded_at: "2026-03-16" },
      { value: 1, recorded_at: "2026-02-30" },
      { value: 1, recorded_at: undefined },
      { value: 1, test_name: "  " },
      { value: 1, test_name: "x".repeat(256) },
      { value: 1, unit: "x".repeat(51) },
      { value: 1, test_code: "x".repeat(51) },
      { value_text: "x".repeat(256) },
      { value_text: "a\u0000b" },
      { value: 1, reference_text: "x".repeat(2001) },
      {},
    ]
  ) await add(world, user_id, fields, 400);
  const raw = `{"user_id":"${user_id}","test_name":"A","recorded_at":"2026-03-01","value":1e999}`;
  const response = await world.call("/labs", {
    method: "POST",
    body: raw,
    headers: { "content-type": "application/json" },
  });
  assert.equal(response.status, 400);
  await response.body?.cancel();
  // Tomorrow may have come where the person lives.
  await add(world, user_id, { value: 5e-324, recorded_at: "2026-03-15", test_name: "Prüfung 検査 🩸" });
});

Deno.test("a correction leaves out what is omitted, clears what is null, and decides the status anew", async () => {
  await using world = await openWorld({}, now);
  const user_id = await world.createUser();
  const { id } = await add(world, user_id, { value: 850, reference_min: 20, reference_max: 250, test_code: "2276-4" });
  const patch = (json: unknown, status = 200) => world.json<Lab>(`/labs/${id}`, { method: "PATCH", json }, status);

  const corrected = await patch({ value: 85 });
  assert.deepEqual([corrected.value, corrected.value_text, corrected.status], [85, "85", "normal"]);
  assert.deepEqual([corrected.test_code, corrected.reference_max, corrected.unit], ["2276-4", 250, "ng/mL"]);
  assert.equal((await patch({ reference_max: 80 })).status, "high");
  const cleared = await patch({ test_code: null, reference_max: null, recorded_at: null });
  assert.deepEqual([cleared.test_code, cleared.reference_max, cleared.recorded_at], [null, null, null]);
  const text = await patch({ value_text: "<5" });
  assert.deepEqual([text.value, text.value_text, text.comparator, text.status], [null, "<5", "<", "low"]);
  const number = await patch({ value: 30 });
  assert.deepEqual([number.value, number.comparator, number.value_text], [30, null, "30"]);
  assert.equal((await patch({ status: "borderline" })).status, "borderline");
  // The name says nothing about the status.
  assert.equal((await patch({ test_name: "Ferritin, serum" })).status, "borderline");
  assert.equal((await patch({ status: null })).status, null);
  // The whole result can be sent back as it was read.
  const read = await patch({});
  assert.deepEqual(await patch(read), read);

  await patch({ reference_max: 10 }, 400);
  await patch({ value: null }, 400);
  await patch({ value_text: null }, 400);
  await patch({ unit: null }, 400);
  await patch({ recorded_at: "2027-01-01" }, 400);
  assert.deepEqual(await world.json(`/labs/${id}`), read);
});

Deno.test("a corrected result of a document keeps its place and is a person's from then on", async () => {
  await using world = await openWorld({}, now);
  const user_id = await world.createUser();
  const { id } = await insertLabResult(world.ctx.database, {
    id: crypto.randomUUID(),
    user_id,
    test_name: "CRP",
    value_text: "<0.41",
    comparator: "<",
    page: 2,
    box: [1, 2, 3, 4],
    status: "normal",
    found_by: "rules",
  });
  // A result without a number, sent back unchanged but for its date, stays what it was.
  const json = { value: null, recorded_at: "2026-02-01" };
  const lab = await world.json<Lab>(`/labs/${id}`, { method: "PATCH", json });
  assert.deepEqual([lab.page, lab.box, lab.found_by], [2, [1, 2, 3, 4], "person"]);
  assert.deepEqual([lab.value_text, lab.comparator, lab.status, lab.recorded_at], [
    "<0.41",
    "<",
    "normal",
    "2026-02-01",
  ]);
});

Deno.test("of two corrections at once the second is held against what the first left", async () => {
  await using world = await openWorld({}, now);
  const user_id = await world.createUser();
  const { id } = await add(world, user_id, { value: 5, reference_min: 0, reference_max: 100 });
  const { second } = await world.ctx.database.transaction(async (database) => {
    await correctLabResult({ ...world.ctx, database }, id, { reference_min: 60 });
    const second = world.json(`/labs/${id}`, { method: "PATCH", json: { reference_max: 40 } }, 400);
    await waitForLock(world);
    return { second };
  });
  assert.equal((await second).detail, "reference_min must not be greater than reference_max");
});

Deno.test("deleting answers 204, then 404", async () => {
  await using world = await openWorld({}, now);
  const { id } = await add(world, await world.createUser(), { value: 1 });
  assert.equal((await world.call(`/labs/${id}`, { method: "DELETE" })).status, 204);
  const problem = await world.json(`/labs/${id}`, { method: "DELETE" }, 404);
  assert.equal(problem.detail, "Lab result not found");
});

Deno.test("a stranger's result and a missing one answer alike, and a stranger's person is unknown", async () => {
  await using world = await openWorld({}, now);
  const [mine, other] = [await world.createUser(), await world.createUser()];
  const key = await world.createKey({ user_id: mine });
  const { id } = await add(world, other, { value: 1 });
  const answers = async (lab: string) => {
    const calls = [{}, { method: "PATCH", json: { value: 2 } }, { method: "DELETE" }];
    return await Promise.all(calls.map(async (call) => {
      const { request_id: _, ...problem } = await world.json(`/labs/${lab}`, { ...call, key }, 404);
      return problem;
    }));
  };
  assert.deepEqual(await answers(id), await answers(crypto.randomUUID()));
  for (const path of ["/labs?", "/labs/test-names?", "/labs/trends/Ferritin?"]) {
    await world.json(`${path}user_id=${other}`, { key }, 404);
    await world.json(`${path}user_id=${mine}`, { key });
  }
  const json = { user_id: other, test_name: "A", value: 1, recorded_at: null };
  await world.json("/labs", { key, json }, 404);
  assert.equal((await world.json(`/labs/${id}`)).value, 1);
});

Deno.test("a result of a person who is being deleted answers 404", async () => {
  await using world = await openWorld({}, now);
  const user_id = await world.createUser();
  const answer = await world.ctx.database.transaction(async (db) => {
    await deleteUser(db, user_id);
    const pending = add(world, user_id, { value: 1 }, 404);
    await waitForLock(world);
    return { pending };
  });
  assert.equal((await answer.pending).detail, `User with ID: ${user_id} not found.`);
});
