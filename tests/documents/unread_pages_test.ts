import assert from "node:assert/strict";
import type { Page } from "../../src/documents/page.ts";
import { readDocumentPages, type ReadPages } from "../../src/documents/read_document.ts";
import { extractResults } from "../../src/labs/extract.ts";
import { bloodCount, reportPdf, uploadForm } from "../support/report.ts";
import { openWorld } from "../support/world.ts";

Deno.test("a document says which of its pages were left out, until the end", async () => {
  await using world = await openWorld();
  const body = uploadForm(await reportPdf(bloodCount), { user_id: await world.createUser(), title: "Report" });
  const { id } = await world.json<{ id: string }>("/documents/upload", { body }, 202);
  const unread = new Set([2, 4, 5, 6]);
  const readPages: ReadPages = async function* () {
    for (let number = 1; number <= 7; number++) {
      const words = [{ text: "Remarks", box: [10, 10, 60, 20] as const }];
      const page: Page = { number, width: 595, height: 842, source: "text_layer", lines: [{ words }] };
      yield unread.has(number) ? { ...page, source: "ocr", lines: [], isUnread: true } : page;
    }
  };
  const { signal } = new AbortController();
  const document = () => world.json<{ status: string; status_reason: string; page_count: number }>(`/documents/${id}`);
  const says = /^Not read, because .* pages 2, 4–6; upload these by themselves$/;
  await readDocumentPages(world.ctx, id, readPages, signal);
  const parsed = await document();
  assert.deepEqual([parsed.status, parsed.page_count], ["parsed", 7]);
  assert.match(parsed.status_reason, says);
  for (let attempt = 0; attempt < 2; attempt++) {
    await extractResults(world.ctx, id, signal);
    const completed = await document();
    assert.equal(completed.status, "completed");
    assert.match(completed.status_reason, says);
  }
  unread.clear();
  await readDocumentPages(world.ctx, id, readPages, signal);
  assert.equal((await document()).status_reason, null);
  await extractResults(world.ctx, id, signal);
  assert.equal((await document()).status_reason, "No laboratory results found in the text");
});
