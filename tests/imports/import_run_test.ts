import assert from "node:assert/strict";
import { sql } from "drizzle-orm";
import type { UserId } from "../../src/accounts/access.ts";
import { Batch } from "../../src/ingest/batch.ts";
import { noCounts } from "../../src/imports/importers.ts";
import { markRunning } from "../../src/imports/queries.ts";
import { giveUpOnImport, runImportJob } from "../../src/imports/run_import.ts";
import { rows } from "../../src/platform/database.ts";
import { storedBytes } from "../../src/platform/stored_bytes.ts";
import { importAppleHealth } from "../../src/imports/apple_import.ts";
import { sweepExpiredTask } from "../../tasks/sweep_expired.ts";
import { appleExportText } from "../support/apple_export.ts";
import { importEnded, type SeenImport, uploadExport } from "../support/imports.ts";
import { waitFor } from "../support/wait.ts";
import { openWorld, type World } from "../support/world.ts";

const text = appleExportText({ records: 500 });
const never = new AbortController().signal;

async function count(world: World, table: string): Promise<number> {
  const [row] = await rows<{ count: number }>(
    world.ctx.database,
    sql`select count(*)::int as count from ${sql.identifier(table)}`,
  );
  return row?.count ?? NaN;
}

Deno.test("a file is accepted in the contract's words, as a form or as the body", async () => {
  await using world = await openWorld();
  const user = await world.createUser();
  const accepted = await uploadExport(world, user, text, "export.xml");
  assert.deepEqual([accepted.status, accepted.user_id], ["processing", user]);
  const path = `/users/${user}/import/apple/xml/direct`;
  const raw = { body: text, headers: { "content-type": "application/xml" } };
  const second = await world.json<{ task_id: string }>(path, raw);

  const listed = await world.json<SeenImport[]>(`/users/${user}/imports`);
  assert.deepEqual(listed.map(({ id, status }) => [id, status]), [
    [second.task_id, "queued"],
    [accepted.task_id, "queued"],
  ]);
  const page = await world.call(`/users/${user}/imports?limit=1`);
  const next = page.headers.get("x-next-cursor") ?? "";
  assert.equal((await page.json()).length, 1);
  const rest = await world.json<SeenImport[]>(`/users/${user}/imports?cursor=${encodeURIComponent(next)}`);
  assert.deepEqual(rest.map(({ id }) => id), [accepted.task_id]);
});

Deno.test("what is no export is refused at once, and nothing of it is kept", async () => {
  await using world = await openWorld({ MAX_IMPORT_SIZE_MB: "1" });
  const user = await world.createUser();
  const path = `/users/${user}/import/apple/xml/direct`;
  const form = (file: BlobPart, field = "file") => {
    const body = new FormData();
    body.set(field, new File([file], "export"));
    return { body };
  };
  await world.json(path, form("%PDF-1.7"), 415);
  await world.json(path, form(""), 415);
  await world.json(path, form(text, "upload"), 400);
  await world.json(path, { method: "POST" }, 415);
  await world.json(path, form("<" + "x".repeat(1024 * 1024)), 413);
  const refused = await world.json(`/users/${user}/import/apple/xml/s3`, { json: {} }, 503);
  assert.match(String(refused.detail), /S3 is not used here; upload to .*\/direct/);
  assert.deepEqual([await count(world, "stored_file"), await count(world, "import_run")], [0, 0]);
});

Deno.test("a waiting import is cancelled at once; one that has ended cannot be", async () => {
  await using world = await openWorld();
  const user = await world.createUser();
  const { task_id } = await uploadExport(world, user, text, "export.xml");
  const path = `/users/${user}/imports/${task_id}/cancel`;
  assert.equal((await world.json(path, { method: "POST" })).status, "cancelled");
  assert.equal((await world.json(path, { method: "POST" })).status, "cancelled");
  assert.equal(await count(world, "stored_file"), 0);
  // Its job finds nothing to do.
  await runImportJob(world.ctx, task_id, () => Promise.reject(new Error("It was read")), never);

  await world.startWorker();
  const done = await uploadExport(world, user, text, "export.xml");
  await importEnded(world, user, done.task_id);
  await world.json(`/users/${user}/imports/${done.task_id}/cancel`, { method: "POST" }, 409);
  const stranger = await world.createUser();
  await world.json(`/users/${stranger}/imports/${done.task_id}`, {}, 404);
});

Deno.test("a running import is cancelled with its next batch, and what was stored stays", async () => {
  await using world = await openWorld();
  const user = await world.createUser();
  const large = appleExportText({ records: 120_000 });
  const { task_id, run_id } = await uploadExport(world, user, large, "export.xml");
  await world.startWorker();
  const path = `/users/${user}/imports/${task_id}`;
  await waitFor("the first batch", async () => {
    const run = await world.json<SeenImport>(path);
    return run.counts.read > 0 ? run : undefined;
  });
  await world.json(`${path}/cancel`, { method: "POST" });
  const run = await importEnded(world, user, task_id);
  assert.equal(run.status, "cancelled");
  const stored = await count(world, "sample");
  assert.equal(stored, run.counts.stored.samples?.inserted);
  assert.ok(stored > 0 && stored < 120_000, String(stored));
  const [last] = await rows<{ stage: string; status: string }>(
    world.ctx.database,
    sql`select stage, status from sync_event where run_id = ${run_id} order by no desc limit 1`,
  );
  assert.deepEqual(last, { stage: "cancelled", status: "cancelled" });
  assert.equal(await count(world, "stored_file"), 0);
});

Deno.test("a person who is deleted takes the import along", async () => {
  await using world = await openWorld();
  const user = await world.createUser();
  const { task_id } = await uploadExport(world, user, text, "export.xml");
  await world.json(`/users/${user}`, { method: "DELETE" });
  assert.deepEqual([await count(world, "import_run"), await count(world, "stored_file")], [0, 0]);
  await runImportJob(world.ctx, task_id, () => Promise.reject(new Error("It was read")), never);
});

Deno.test("an import without attempts left has failed, and says so everywhere", async () => {
  await using world = await openWorld();
  const user = await world.createUser();
  const { task_id, run_id } = await uploadExport(world, user, text, "export.xml");
  await markRunning(world.ctx.database, task_id, new Date());
  await giveUpOnImport(world.ctx, task_id);
  const run = await world.json<SeenImport>(`/users/${user}/imports/${task_id}`);
  assert.equal(run.status, "failed");
  assert.match(run.error ?? "", /send the file again/);
  const [last] = await rows<{ status: string; error: string }>(
    world.ctx.database,
    sql`select status, error from sync_event where run_id = ${run_id} order by no desc limit 1`,
  );
  assert.deepEqual(last, { status: "failed", error: run.error });
  assert.equal(await count(world, "stored_file"), 0);
});

Deno.test("the sweep of abandoned uploads spares files that wait for their import", async () => {
  await using world = await openWorld();
  const user = await world.createUser();
  await uploadExport(world, user, text, "export.xml");
  await world.ctx.database.execute(sql`update stored_file set created_at = now() - interval '2 hours'`);
  await sweepExpiredTask.run(world.ctx, {}, never);
  assert.equal(await count(world, "stored_file"), 1);
});

Deno.test("a reader that goes on from a checkpoint reads only what is left, and its counts go on", async () => {
  await using world = await openWorld();
  const user = await world.createUser() as UserId;
  const { task_id } = await uploadExport(world, user, text, "export.xml");
  const [file] = await rows<{ id: string; size: number }>(
    world.ctx.database,
    sql`select id, size::int as size from stored_file`,
  );
  const read = async (checkpoint: unknown, counts = noCounts) => {
    const saved: { size: number; checkpoint: unknown; counts: typeof noCounts }[] = [];
    await importAppleHealth({
      database: world.ctx.database,
      userId: user,
      importId: task_id,
      provider: "apple",
      fileName: null,
      file: storedBytes(world.ctx.database, file?.id ?? "", file?.size ?? 0),
      checkpoint,
      counts,
      now: () => new Date("2026-03-02"),
      save: (batch: Batch, step) => {
        saved.push({ size: batch.size, ...step });
        return Promise.resolve();
      },
      signal: never,
    });
    return saved.at(-1)!;
  };
  const whole = await read(null);
  const rest = await read({ elements: 302 }, { ...noCounts, read: 300 });
  assert.equal(whole.size, 511);
  // Two of the elements passed over are the date of the export and the person.
  assert.equal(rest.size, 211);
  assert.deepEqual(rest.counts.read, whole.counts.read);
  assert.deepEqual(rest.checkpoint, whole.checkpoint);
});
