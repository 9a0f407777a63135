import assert from "node:assert/strict";
import { sql } from "drizzle-orm";
import { rows } from "../../src/platform/database.ts";
import { bloodCount, pngOf, reportPdf, uploadForm } from "../support/report.ts";
import { waitFor } from "../support/wait.ts";
import { openWorld, type World } from "../support/world.ts";

interface Document {
  id: string;
  status: string;
  status_reason: string | null;
  raw_text: string | null;
  document_date: string | null;
  file_path: string;
  file_type: string;
  page_count: number | null;
}

interface Lab {
  test_name: string;
  value: number | null;
  value_text: string;
  comparator: string | null;
  unit: string;
  reference_min: number | null;
  reference_max: number | null;
  status: string | null;
  recorded_at: string | null;
  document_id: string | null;
  page: number | null;
  found_by: string;
}

async function upload(world: World, user_id: string, bytes: Uint8Array, fields = {}, status = 202): Promise<Document> {
  return await world.json(
    "/documents/upload",
    { body: uploadForm(bytes, { user_id, title: "Report", ...fields }) },
    status,
  );
}

async function finished(world: World, id: string): Promise<Document> {
  return await waitFor("the document", async () => {
    const document = await world.json<Document>(`/documents/${id}`);
    return ["completed", "failed"].includes(document.status) ? document : undefined;
  }, 60);
}

async function labs(world: World, user_id: string): Promise<Lab[]> {
  return await world.json(`/labs?user_id=${user_id}&days=36500`);
}

async function count(world: World, table: string): Promise<number> {
  const [row] = await rows<{ count: number }>(
    world.ctx.database,
    sql`select count(*)::int as count from ${sql.identifier(table)}`,
  );
  return row?.count ?? -1;
}

Deno.test("documents are read in the background", async (test) => {
  await using world = await openWorld();
  await world.startWorker();
  // One reader for all, because it takes seconds to start; it outlives the steps.
  const step = async (name: string, fn: () => Promise<void>) =>
    assert.ok(await test.step({ name, fn, sanitizeOps: false, sanitizeResources: false }), name);
  await step("deleting a document keeps its results; deleting the person deletes all", async () => {
    const user = await world.createUser();
    const { id } = await upload(world, user, await reportPdf(bloodCount));
    await finished(world, id);
    assert.equal((await world.call(`/documents/${id}`, { method: "DELETE" })).status, 204);
    await world.json(`/documents/${id}`, {}, 404);
    const kept = await labs(world, user);
    assert.equal(kept.length, bloodCount.length);
    assert.ok(kept.every((lab) => lab.document_id === null));
    assert.equal(await count(world, "stored_file_piece"), 0);

    await upload(world, user, await reportPdf(bloodCount));
    await world.json(`/users/${user}`, { method: "DELETE" });
    for (const table of ["medical_document", "lab_result", "stored_file", "stored_file_piece"]) {
      assert.equal(await count(world, table), 0, table);
    }
  });

  await step("a digital PDF and a picture of it become the same results", async () => {
    const pdf = await reportPdf(bloodCount);
    for (const [bytes, type] of [[pdf, "application/pdf"], [await pngOf(pdf), "image/png"]] as const) {
      const user = await world.createUser();
      const accepted = await upload(world, user, bytes);
      assert.equal(accepted.status, "pending");
      assert.equal(accepted.file_type, type);
      const document = await finished(world, accepted.id);
      assert.equal(document.status, "completed", document.status_reason ?? "");
      assert.match(document.raw_text ?? "", /Hemoglobin/);
      assert.equal(document.page_count, 1);

      const results = await labs(world, user);
      const found = Object.fromEntries(results.map((lab) => [lab.test_name, lab]));
      assert.deepEqual(Object.keys(found).sort(), ["Ferritin", "Hemoglobin", "Leukocytes", "Troponin T"]);
      const hemoglobin = found["Hemoglobin"]!;
      assert.deepEqual(
        [hemoglobin.value, hemoglobin.unit, hemoglobin.reference_min, hemoglobin.reference_max, hemoglobin.status],
        [13.2, "g/dL", 13.5, 17.5, "low"],
      );
      assert.equal(hemoglobin.recorded_at, "2026-03-14");
      assert.equal(hemoglobin.document_id, accepted.id);
      assert.equal(hemoglobin.found_by, "rules");
      const troponin = found["Troponin T"]!;
      assert.deepEqual([troponin.value, troponin.comparator, troponin.value_text], [null, "<", "<0.41"]);
    }
  });

  await step("reprocessing replaces what was found and keeps what a person corrected", async () => {
    const user = await world.createUser();
    const { id } = await upload(world, user, await reportPdf(bloodCount));
    await finished(world, id);
    const [ferritin] = await world.json<(Lab & { id: string })[]>(
      `/labs?user_id=${user}&days=36500&test_name=ferritin`,
    );
    await world.json(`/labs/${ferritin!.id}`, { method: "PATCH", json: { value: 58 } });

    const accepted = await world.json<Document>(`/documents/${id}/reprocess`, { method: "POST" }, 202);
    assert.equal(accepted.status, "pending");
    await finished(world, id);
    const results = await labs(world, user);
    assert.equal(results.length, bloodCount.length);
    assert.equal(results.find((lab) => lab.test_name === "Ferritin")?.value, 58);
  });

  await step("a prescription is read but not searched for results", async () => {
    const user = await world.createUser();
    const { id } = await upload(world, user, await reportPdf(bloodCount), { document_type: "prescription" });
    const document = await finished(world, id);
    assert.equal(document.status, "completed");
    assert.match(document.raw_text ?? "", /Hemoglobin/);
    assert.deepEqual(await labs(world, user), []);
  });

  await step("an unreadable file fails with a reason, and the next one is read", async () => {
    const user = await world.createUser();
    const whole = await reportPdf(bloodCount);
    const broken = await upload(world, user, whole.slice(0, whole.length / 2));
    const good = await upload(world, user, whole);
    const failed = await finished(world, broken.id);
    assert.equal(failed.status, "failed");
    assert.match(failed.status_reason ?? "", /damaged or incomplete/);
    assert.equal((await finished(world, good.id)).status, "completed");
  });
});

Deno.test("the original comes back byte for byte, however large", async () => {
  await using world = await openWorld();
  const user = await world.createUser();
  const bytes = new Uint8Array(3 * 1024 * 1024 + 17);
  for (let from = 0; from < bytes.length; from += 65536) crypto.getRandomValues(bytes.subarray(from, from + 65536));
  bytes.set(new TextEncoder().encode("%PDF-1.7\n"));
  const document = await upload(world, user, bytes);
  const response = await world.call(document.file_path.replace("/api/v1", ""));
  assert.equal(response.headers.get("content-type"), "application/pdf");
  assert.match(response.headers.get("content-disposition") ?? "", /^attachment/);
  assert.deepEqual(new Uint8Array(await response.arrayBuffer()), bytes);
});

Deno.test("the same file of the same person is one document, of another person another", async () => {
  await using world = await openWorld();
  const [ada, bob] = [await world.createUser(), await world.createUser()];
  const pdf = await reportPdf(bloodCount);
  const first = await upload(world, ada, pdf);
  const again = await upload(world, ada, pdf, { title: "Another title" }, 200);
  assert.equal(again.id, first.id);
  assert.notEqual((await upload(world, bob, pdf)).id, first.id);
  assert.equal(await count(world, "stored_file"), 2);
});

Deno.test("the same file uploaded ten times at once is one document", async () => {
  await using world = await openWorld();
  const user = await world.createUser();
  const pdf = await reportPdf(bloodCount);
  const answers = await Promise.all(Array.from({ length: 10 }, async () => {
    const response = await world.call("/documents/upload", { body: uploadForm(pdf, { user_id: user, title: "x" }) });
    return [response.status, (await response.json()).id];
  }));
  assert.equal(new Set(answers.map(([, id]) => id)).size, 1);
  assert.equal(answers.filter(([status]) => status === 202).length, 1);
  assert.equal(await count(world, "stored_file"), 1);
});

Deno.test("what cannot be taken is refused clearly and leaves nothing behind", async () => {
  await using world = await openWorld({ MAX_UPLOAD_SIZE_MB: "1" });
  const user_id = await world.createUser();
  const pdf = await reportPdf(bloodCount);
  const text = new TextEncoder().encode("just words");
  const large = new Uint8Array(1024 * 1024 + 1);
  large.set(pdf);
  const cases: [string, BodyInit, number, RegExp][] = [
    ["text declared as PDF", uploadForm(text, { user_id }), 415, /upload a PDF/],
    ["empty file", uploadForm(new Uint8Array(), { user_id }), 415, /upload a PDF/],
    ["too large", uploadForm(large, { user_id }), 413, /^File exceeds maximum size of 1 MB$/],
    ["bad date", uploadForm(pdf, { user_id, document_date: "14.03.2026" }), 422, /document_date/],
    ["impossible date", uploadForm(pdf, { user_id, document_date: "2026-02-30" }), 422, /document_date/],
    ["no user", uploadForm(pdf, {}), 400, /Field required/],
    ["bad user", uploadForm(pdf, { user_id: "x" }), 400, /valid UUID/],
    ["unknown user", uploadForm(pdf, { user_id: crypto.randomUUID() }), 404, /User/],
    ["NUL in a field", uploadForm(pdf, { user_id, title: "a\u0000b" }), 400, /NUL/],
    ["long title", uploadForm(pdf, { user_id, title: "x".repeat(300) }), 400, /at most 255/],
    ["no file", new URLSearchParams({ user_id }), 415, /multipart/],
  ];
  for (const [name, body, status, detail] of cases) {
    const problem = await world.json<{ detail: string }>("/documents/upload", { body }, status);
    assert.match(problem.detail, detail, name);
    assert.equal(await count(world, "stored_file"), 0, name);
  }
  const form = new FormData();
  form.set("user_id", user_id);
  await world.json("/documents/upload", { body: form }, 400);
  const cut = await world.json<{ detail: string }>("/documents/upload", {
    method: "POST",
    headers: { "content-type": "multipart/form-data; boundary=x" },
    body: `--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF-1.7 and then nothing`,
  }, 400);
  assert.match(cut.detail, /malformed|complete/);
  for (const table of ["stored_file", "stored_file_piece", "medical_document"]) {
    assert.equal(await count(world, table), 0, table);
  }
});

Deno.test("a key bound to one person neither sees nor changes another's documents", async () => {
  await using world = await openWorld();
  const [ada, bob] = [await world.createUser(), await world.createUser()];
  const document = await upload(world, ada, await reportPdf(bloodCount));
  const key = await world.createKey({ user_id: bob });
  await world.json(`/documents/${document.id}`, { key }, 404);
  await world.json(`/documents/${document.id}/file`, { key }, 404);
  await world.json(`/documents/${document.id}/reprocess`, { key, method: "POST" }, 404);
  await world.json(`/documents/${document.id}`, { key, method: "DELETE" }, 404);
  await world.json(`/documents?user_id=${ada}`, { key }, 404);
  const body = uploadForm(await reportPdf(bloodCount), { user_id: ada, title: "x" });
  await world.json("/documents/upload", { key, body }, 404);
  await world.json(`/documents/${document.id}`);
});

Deno.test("documents are listed newest first, page by page, none twice", async () => {
  await using world = await openWorld();
  const user = await world.createUser();
  const made: string[] = [];
  for (let index = 0; index < 5; index++) {
    made.unshift((await upload(world, user, await reportPdf(bloodCount, { collected: `2026-03-1${index}` }))).id);
  }
  const seen: string[] = [];
  for (let cursor = "";;) {
    const response = await world.call(`/documents?user_id=${user}&limit=2${cursor && `&cursor=${cursor}`}`);
    seen.push(...(await response.json()).map((document: Document) => document.id));
    const next = response.headers.get("x-next-cursor");
    if (next === null) break;
    cursor = encodeURIComponent(next);
  }
  assert.deepEqual(seen, made);
  await world.json(`/documents?user_id=${user}&cursor=nonsense`, {}, 400);
});

Deno.test("an upload that hangs up half-way leaves no pieces", async () => {
  await using world = await openWorld();
  const user_id = await world.createUser();
  const aborter = new AbortController();
  let sent = 0;
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (sent++ === 0) {
        controller.enqueue(encoder.encode(
          `--x\r\nContent-Disposition: form-data; name="user_id"\r\n\r\n${user_id}\r\n` +
            `--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF-1.7 `,
        ));
      } else if (sent < 5) controller.enqueue(new Uint8Array(600_000));
      else if (!aborter.signal.aborted) {
        await new Promise((resolve) => setTimeout(resolve, 300));
        aborter.abort();
      } else await new Promise(() => {});
    },
  });
  await assert.rejects(world.call("/documents/upload", {
    method: "POST",
    headers: { "content-type": "multipart/form-data; boundary=x" },
    body,
    signal: aborter.signal,
  }));
  await waitFor("the pieces to go", async () => await count(world, "stored_file") === 0 ? true : undefined, 10);
});
