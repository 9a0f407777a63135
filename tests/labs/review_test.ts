import assert from "node:assert/strict";
import { sql } from "drizzle-orm";
import { rows } from "../../src/platform/database.ts";
import { updateLabResult } from "../../src/labs/queries.ts";
import { rememberedNames } from "../../src/labs/synonyms.ts";
import type { UserId } from "../../src/accounts/access.ts";
import { openWorld, type World } from "../support/world.ts";
import { extract, type Lab, type Results, type StoredDocument, storeDocument, table } from "./stored_report.ts";

const now = () => new Date("2026-03-20T12:00:00Z");
const print = ["Collected: 14 Mar 2026", ...table, "Sodium\t140\tmmol/L\t135 - 145"];

async function readReport(world: World, more: Record<string, unknown> = {}): Promise<StoredDocument> {
  const document = await storeDocument(world, print, more);
  await extract(world, document);
  return document;
}

const resultsOf = (world: World, { id }: { id: string }) => world.json<Results>(`/documents/${id}/results`);

async function named(world: World, document: { id: string }, name: string) {
  const found = (await resultsOf(world, document)).results.find((result) => result.test_name === name);
  assert.ok(found, name);
  return found;
}

const post = (world: World, path: string, json: unknown = {}, status = 200) =>
  world.json<Lab>(path, { method: "POST", json }, status);

async function reject(world: World, id: string, status = 204): Promise<void> {
  const response = await world.call(`/labs/${id}/reject`, { method: "POST" });
  assert.equal(response.status, status);
  await response.body?.cancel();
}

Deno.test("a document's results come in the order of the print, with places, doubts and pages", async () => {
  await using world = await openWorld({}, now);
  const document = await readReport(world);
  const answer = await resultsOf(world, document);
  assert.deepEqual(answer.results.map((result) => result.test_name), ["Ferritin", "Hemoglobin", "Sodium"]);
  assert.deepEqual(answer.pages, [
    { number: 1, width: 595, height: 842, image: `/api/v1/documents/${document.id}/pages/1.png` },
  ]);
  assert.deepEqual([answer.results_refused, answer.unreviewed], [0, 3]);
  for (const { page, box, review_status, candidates, printed, found_by } of answer.results) {
    assert.deepEqual([page, box?.length, review_status, printed, found_by], [1, 4, "unreviewed", null, "rules"]);
    assert.ok(Array.isArray(candidates) && candidates.length <= 5);
  }
});

Deno.test("what is confirmed stays as it is when the document is read again, under the same id", async () => {
  await using world = await openWorld({}, now);
  const document = await readReport(world);
  const { id } = await named(world, document, "Ferritin");
  const confirmed = await post(world, `/labs/${id}/confirm`);
  assert.deepEqual([confirmed.review_status, confirmed.reviewed_at], ["confirmed", "2026-03-20T12:00:00.000Z"]);
  assert.deepEqual([confirmed.found_by, confirmed.needs_review], ["rules", false]);
  assert.deepEqual(await post(world, `/labs/${id}/confirm`), confirmed);
  await extract(world, document);
  assert.deepEqual(await world.json(`/labs/${id}`), confirmed);
  assert.equal((await resultsOf(world, document)).results.length, 3);
});

Deno.test("what is rejected or deleted does not come back, and may be rejected twice", async () => {
  await using world = await openWorld({}, now);
  const document = await readReport(world);
  const [ferritin, sodium] = [await named(world, document, "Ferritin"), await named(world, document, "Sodium")];
  await reject(world, ferritin.id);
  await reject(world, ferritin.id);
  assert.equal((await world.call(`/labs/${sodium.id}`, { method: "DELETE" })).status, 204);
  await world.json(`/labs/${ferritin.id}`, {}, 404);
  for (let time = 0; time < 2; time++) {
    await extract(world, document);
    assert.deepEqual((await resultsOf(world, document)).results.map((result) => result.test_name), ["Hemoglobin"]);
  }
  // The same print in another document is another result.
  const other = await readReport(world, { user_id: document.user_id });
  assert.equal((await resultsOf(world, other)).results.length, 3);

  // One that was entered by hand is simply gone.
  const json = { user_id: document.user_id, test_name: "CRP", value: 1, recorded_at: null };
  const byHand = await world.json<Lab>("/labs", { json }, 201);
  await reject(world, byHand.id);
  await reject(world, byHand.id, 404);
  const stranger = await world.createKey({ user_id: await world.createUser() });
  const asked = { method: "POST", key: stranger };
  const { request_id: _, ...theirs } = await world.json(`/labs/${ferritin.id}/reject`, asked, 404);
  const { request_id: __, ...nobodys } = await world.json(`/labs/${crypto.randomUUID()}/reject`, asked, 404);
  assert.deepEqual(theirs, nobodys);
});

Deno.test("a rejection while the document is being completed waits for it and is not lost", async () => {
  await using world = await openWorld({}, now);
  const document = await readReport(world);
  const ids = (await resultsOf(world, document)).results.map((result) => result.id);
  for (let time = 0; time < 3; time++) {
    const statuses = await Promise.all([
      extract(world, document).then(() => 0),
      ...ids.map(async (id) => (await world.call(`/labs/${id}/reject`, { method: "POST" })).status),
    ]);
    assert.ok(statuses.every((status) => [0, 204, 404].includes(status)), `${statuses}`);
    const rejected = statuses.filter((status) => status === 204).length;
    await extract(world, document);
    assert.equal((await resultsOf(world, document)).results.length, 3 - rejected);
    if (rejected > 0) return;
  }
});

Deno.test("confirm all leaves what a person should look at, unless it is asked for, and tells the counts", async () => {
  await using world = await openWorld({}, now);
  const document = await readReport(world);
  const [ferritin, sodium] = [await named(world, document, "Ferritin"), await named(world, document, "Sodium")];
  await world.ctx.database.execute(sql`update lab_result set review_reasons = '{}'`);
  await updateLabResult(world.ctx.database, ferritin.id, { review_reasons: ["implausible_value"] });
  await world.json(`/labs/${sodium.id}`, { method: "PATCH", json: { value: 141 } });
  assert.equal((await resultsOf(world, document)).needs_review, 1);
  const all = `/documents/${document.id}/results/confirm`;
  assert.deepEqual(await world.json(all, { method: "POST" }), { confirmed: 1, left: 1, total: 3 });
  assert.deepEqual(await post(world, all), { confirmed: 0, left: 1, total: 3 });
  assert.deepEqual((await named(world, document, "Ferritin")).review_status, "unreviewed");
  assert.deepEqual(await post(world, all, { include_needs_review: true }), { confirmed: 1, left: 0, total: 3 });
  assert.deepEqual((await resultsOf(world, document)).results.map((r) => [r.review_status, r.needs_review]), [
    ["confirmed", false],
    ["confirmed", false],
    ["corrected", false],
  ]);
  await extract(world, document);
  assert.equal((await resultsOf(world, document)).results.length, 3);
  await world.json(all, { method: "POST", json: { include_needs_review: "yes" } }, 400);
  await world.json(`/documents/${crypto.randomUUID()}/results/confirm`, { method: "POST" }, 404);
});

const candidates = [
  { analyte: "ferritin", loinc: "2276-4", name: "Ferritin", score: 0.8, reason: "similar" },
  { analyte: "transferrin", loinc: "3034-6", name: "Transferrin", score: 0.7, reason: "similar" },
];

Deno.test("choosing a candidate gives the result its code, and is remembered for the laboratory's name", async () => {
  await using world = await openWorld({}, now);
  const document = await readReport(world);
  const { id } = await named(world, document, "Ferritin");
  const doubtful = { candidates, analyte: null, test_code: null, loinc_status: "needs_review" as const };
  await updateLabResult(world.ctx.database, id, {
    ...doubtful,
    review_reasons: ["ambiguous_code"],
    laboratory: "Example  LABOR",
  });
  const undecided = await post(world, `/labs/${id}/confirm`);
  assert.deepEqual([undecided.test_code, undecided.loinc_status], [null, "needs_review"]);
  for (const choice of [{ analyte: "sodium" }, { loinc: "1-8" }, { analyte: "ferritin", loinc: "3034-6" }]) {
    await post(world, `/labs/${id}/confirm`, choice, 422);
  }
  const chosen = await post(world, `/labs/${id}/confirm`, { loinc: "3034-6" });
  assert.deepEqual([chosen.analyte, chosen.test_code, chosen.loinc_status], ["transferrin", "3034-6", "auto_match"]);
  assert.deepEqual(await post(world, `/labs/${id}/confirm`, { analyte: "transferrin" }), chosen);

  const remembered = async (laboratory: string | null) =>
    (await rememberedNames(world.ctx.database, document.user_id as UserId, ["example labor"]))(laboratory);
  assert.deepEqual(await remembered("Example Labor"), [{ name: "ferritin", analyte: "transferrin" }]);
  assert.deepEqual(await remembered("Another"), []);
  assert.deepEqual(await remembered(null), []);
  // Another choice takes the place of the first; other people are not concerned.
  await post(world, `/labs/${id}/confirm`, { analyte: "ferritin" });
  assert.deepEqual(await remembered("EXAMPLE LABOR"), [{ name: "ferritin", analyte: "ferritin" }]);
  const synonyms = await rows(world.ctx.database, sql`select user_id from lab_synonym`);
  assert.deepEqual(synonyms, [{ user_id: document.user_id }]);
});

Deno.test("a correction keeps what was printed, and its print does not come back beside it", async () => {
  await using world = await openWorld({}, now);
  const document = await readReport(world);
  const { id } = await named(world, document, "Ferritin");
  await world.json(`/labs/${id}`, { method: "PATCH", json: { value: 58, test_name: "Iron store", unit: "ug/L" } });
  await world.json(`/labs/${id}`, { method: "PATCH", json: { value: 59 } });
  const corrected = await named(world, document, "Iron store");
  assert.deepEqual(corrected.printed, {
    test_name: "Ferritin",
    value_text: "85",
    unit: "ng/mL",
    reference_text: "20 - 250",
  });
  assert.deepEqual([corrected.review_status, corrected.found_by, corrected.status], ["corrected", "person", "normal"]);
  const again = await world.json<Lab>(`/labs/${id}`);
  assert.deepEqual(await world.json(`/labs/${id}`, { method: "PATCH", json: again }), again);
  await extract(world, document);
  const names = (await resultsOf(world, document)).results.map((result) => result.test_name);
  assert.deepEqual(names, ["Iron store", "Hemoglobin", "Sodium"]);
  // Rejected after all: what was printed there stays away.
  await reject(world, id);
  await extract(world, document);
  assert.deepEqual((await resultsOf(world, document)).results.length, 2);
  await world.json(`/labs/${(await named(world, document, "Sodium")).id}`, {
    method: "PATCH",
    json: { analyte: "no_such_test" },
  }, 400);
});

Deno.test("what a correction says of a laboratory's name holds for this person's next document", async () => {
  await using world = await openWorld({}, now);
  const print = [...table, "Karzinom-Marker\t3.1\tng/mL\t0 - 5"];
  const read = async (user_id?: string) => {
    const document = await storeDocument(world, print, user_id === undefined ? {} : { user_id });
    await extract(world, document);
    const marker = (await resultsOf(world, document)).results.find((result) => result.value === 3.1);
    return { ...marker!, user_id: document.user_id };
  };
  const first = await read();
  assert.deepEqual([first.analyte, first.test_code, first.loinc_status], [null, null, "no_match"]);
  const corrected = await world.json<Lab>(`/labs/${first.id}`, { method: "PATCH", json: { test_name: "CEA" } });
  assert.deepEqual([corrected.analyte, corrected.test_code], ["cea", "2039-6"]);
  const second = await read(first.user_id);
  assert.deepEqual([second.test_name, second.analyte, second.test_code], ["Karzinom-Marker", "cea", "2039-6"]);
  assert.equal((await read()).analyte, null);

  // Named by its id; another unit of the same test stays the same test; null takes the test away.
  const patch = (json: unknown) => world.json<Lab>(`/labs/${second.id}`, { method: "PATCH", json });
  assert.deepEqual((await patch({ analyte: "psa" })).test_code, "2857-1");
  assert.deepEqual((await patch({ unit: "ug/L" })).analyte, "psa");
  const cleared = await patch({ analyte: null });
  assert.deepEqual([cleared.analyte, cleared.test_code, cleared.loinc_status], [null, null, "no_match"]);
  assert.deepEqual((await patch({ test_code: "2039-6" })).analyte, "cea");
});

Deno.test("deleting a document or a person deletes what was said about its results", async () => {
  await using world = await openWorld({}, now);
  const document = await readReport(world);
  const { results } = await resultsOf(world, document);
  await reject(world, results[0]!.id);
  await world.call(`/documents/${document.id}`, { method: "DELETE" });
  assert.deepEqual(await rows(world.ctx.database, sql`select id from lab_rejection`), []);
  await world.json(`/documents/${document.id}/results`, {}, 404);
  // Without its document a result can still be reviewed.
  assert.equal((await post(world, `/labs/${results[1]!.id}/confirm`)).review_status, "confirmed");
  await reject(world, results[2]!.id);
  await world.json(`/users/${document.user_id}`, { method: "DELETE" });
  assert.deepEqual(await rows(world.ctx.database, sql`select user_id from lab_synonym`), []);
});
