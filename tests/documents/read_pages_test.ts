import assert from "node:assert/strict";
import { type FileType, fileType } from "../../src/documents/file_type.ts";
import type { Page } from "../../src/documents/page.ts";
import { PageReader } from "../../src/documents/read_pages.ts";
import { DocumentUnreadable, type UnreadableCode } from "../../src/documents/unreadable.ts";
import { drawPdf, readAll, texts } from "./printed_page.ts";

const PDF: FileType = "application/pdf";

/** Pages that say their number. */
function numbered(count: number, word = "Page"): Promise<Uint8Array> {
  return drawPdf(Array.from({ length: count }, (_, index) => (page, font) => {
    page.drawText(`${word} ${index + 1}`, { x: 50, y: 700, size: 12, font });
  }));
}

async function withReader(use: (reader: PageReader) => Promise<void>, options = {}): Promise<void> {
  const reader = new PageReader(options);
  try {
    await use(reader);
  } finally {
    reader.close();
  }
}

function unreadable(code: UnreadableCode, message?: RegExp): (error: unknown) => boolean {
  return (error) => {
    assert.ok(error instanceof DocumentUnreadable, String(error));
    assert.equal(error.code, code);
    if (message !== undefined) assert.match(error.message, message);
    return true;
  };
}

Deno.test("pages come in order, one at a time, with progress, and the bytes stay the caller's", () =>
  withReader(async (reader) => {
    const bytes = await numbered(3);
    const progress: [number, number][] = [];
    const pages: Page[] = [];
    const onProgress = (read: number, count: number) => progress.push([read, count]);
    for await (const page of reader.readPages(bytes, PDF, { maxPages: 3, onProgress })) {
      pages.push(page);
      assert.equal(progress.length, pages.length, "no page is read before it is asked for");
    }
    assert.deepEqual(pages.map(texts), [["Page 1"], ["Page 2"], ["Page 3"]]);
    assert.deepEqual(progress, [[1, 3], [2, 3], [3, 3]]);
    assert.deepEqual(pages.map(({ number, source }) => [number, source]), [1, 2, 3].map((n) => [n, "text_layer"]));
    assert.ok(bytes.length > 0 && pages[0]!.width === 595 && pages[0]!.height === 842);
  }));

Deno.test("a document with too many pages is refused before any is read", () =>
  withReader(async (reader) => {
    const pages: Page[] = [];
    const read = async () => {
      for await (const page of reader.readPages(await numbered(4), PDF, { maxPages: 3 })) pages.push(page);
    };
    await assert.rejects(read, unreadable("too_many_pages", /it has 4 pages, more than 3; upload it in parts$/));
    assert.equal(pages.length, 0);
  }));

Deno.test("blank pages have no lines, and a document of nothing else is empty", () =>
  withReader(async (reader) => {
    const half = await readAll(reader, await drawPdf([() => {}, (page) => page.drawText("Text")]), PDF);
    assert.deepEqual(half.map(texts), [[], ["Text"]]);
    const pages: Page[] = [];
    const read = async () => {
      for await (const page of reader.readPages(await drawPdf([() => {}]), PDF, { maxPages: 9 })) pages.push(page);
    };
    await assert.rejects(read, unreadable("empty", /^No text found in the document$/));
    assert.equal(pages.length, 1);
  }));

/** The smallest PDF that asks for a password: nobody's password fits these owner and user keys. */
const ENCRYPTED = new TextEncoder().encode(`%PDF-1.4
1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj
2 0 obj <</Type /Pages /Kids [3 0 R] /Count 1>> endobj
3 0 obj <</Type /Page /Parent 2 0 R /MediaBox [0 0 200 200]>> endobj
4 0 obj <</Filter /Standard /V 1 /R 2 /P -4 /O <${"1a".repeat(32)}> /U <${"2b".repeat(32)}>>> endobj
trailer <</Size 5 /Root 1 0 R /Encrypt 4 0 R /ID [<00> <00>]>>
%%EOF`);

Deno.test("what cannot be opened says why, and the next document is read all the same", () =>
  withReader(async (reader) => {
    await assert.rejects(readAll(reader, ENCRYPTED, PDF), unreadable("encrypted", /upload it without a password$/));
    const whole = await numbered(2);
    const cut = whole.subarray(0, Math.floor(whole.length / 3));
    await assert.rejects(readAll(reader, cut, PDF), unreadable("truncated", /upload the original again$/));
    const junk = new TextEncoder().encode("%PDF-1.7 and then something else entirely");
    await assert.rejects(readAll(reader, junk, PDF), unreadable("truncated"));
    assert.equal((await readAll(reader, whole, PDF)).length, 2);
  }));

Deno.test("documents asked for at once are read one after the other", () =>
  withReader(async (reader) => {
    const documents = await Promise.all(["Red", "Green", "Blue"].map((word) => numbered(3, word)));
    const read = await Promise.all(documents.map((bytes) => readAll(reader, bytes, PDF)));
    const expected = ["Red", "Green", "Blue"].map((word) => [1, 2, 3].map((number) => [`${word} ${number}`]));
    assert.deepEqual(read.map((pages) => pages.map(texts)), expected);
  }));

Deno.test("who stops early lets the next one in", () =>
  withReader(async (reader) => {
    for await (const page of reader.readPages(await numbered(500), PDF, { maxPages: 500 })) {
      if (page.number === 2) break;
    }
    assert.deepEqual((await readAll(reader, await numbered(1), PDF)).map(texts), [["Page 1"]]);
  }));

Deno.test("an aborted document throws the signal's reason, while waiting as well, and the next one is read", () =>
  withReader(async (reader) => {
    const bytes = await numbered(3);
    const reason = new Error("enough");
    const abort = new AbortController();
    const reading = reader.readPages(bytes, PDF, { maxPages: 9, signal: abort.signal });
    await reading.next();
    const waiting = new AbortController();
    const second = reader.readPages(bytes, PDF, { maxPages: 9, signal: waiting.signal }).next();
    const third = readAll(reader, bytes, PDF);
    waiting.abort(reason);
    await assert.rejects(second, reason);
    abort.abort(reason);
    await assert.rejects(reading.next(), reason);
    assert.equal((await third).length, 3);
    await assert.rejects(
      readAll(reader, bytes, PDF).then(() =>
        reader.readPages(bytes, PDF, {
          maxPages: 9,
          signal: AbortSignal.abort(reason),
        }).next()
      ),
      reason,
    );
  }));

Deno.test("a step that takes too long fails the document and not the process", () =>
  withReader(async (reader) => {
    await assert.rejects(readAll(reader, await numbered(1), PDF), unreadable("timed_out"));
  }, { stepTimeout: 1 }));

Deno.test("after an idle time the worker is gone, and comes back when it is needed", () =>
  withReader(async (reader) => {
    const bytes = await numbered(1);
    await readAll(reader, bytes, PDF);
    await new Promise((resolve) => setTimeout(resolve, 60));
    assert.deepEqual((await readAll(reader, bytes, PDF)).map(texts), [["Page 1"]]);
  }, { idleTimeout: 10 }));

Deno.test("closing ends what is being read and refuses what comes later", async () => {
  const reader = new PageReader();
  const bytes = await numbered(3);
  const reading = reader.readPages(bytes, PDF, { maxPages: 9 });
  await reading.next();
  reader.close();
  await assert.rejects(reading.next(), unreadable("reader_failed"));
  await assert.rejects(readAll(reader, bytes, PDF), unreadable("reader_failed"));
});

const LABS = new URL("../../../shared/data/labs/", import.meta.url);
const hasLabs = await Deno.stat(LABS).then(() => true, () => false);

Deno.test({
  name: hasLabs
    ? "real broken files give their reason"
    : "real broken files are skipped: ../shared/data/labs is absent",
  ignore: !hasLabs,
  fn: () =>
    withReader(async (reader) => {
      const reasons: Record<string, UnreadableCode> = {
        "password-secret.pdf": "encrypted",
        "truncated.pdf": "truncated",
        "blank-page.pdf": "empty",
      };
      for (const [name, code] of Object.entries(reasons)) {
        const bytes = await Deno.readFile(new URL(`negative/${name}`, LABS));
        await assert.rejects(readAll(reader, bytes, fileType(bytes)!), unreadable(code), name);
      }
      assert.equal(fileType(await Deno.readFile(new URL("negative/not-a-pdf.pdf", LABS))), null);
    }),
});
