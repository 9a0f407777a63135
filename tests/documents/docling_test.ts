import assert from "node:assert/strict";
import { readPagesWithDocling } from "../../src/documents/docling.ts";
import { lineText, type Page } from "../../src/documents/page.ts";
import { DocumentUnreadable, type UnreadableCode } from "../../src/documents/unreadable.ts";
import { texts } from "./printed_page.ts";

/** docling-serve on loopback, as far as the client sees it. */
async function withDocling(
  answer: (request: Request) => Response | Promise<Response>,
  use: (
    read: (options?: { timeout?: number; signal?: AbortSignal; maxPages?: number }) => Promise<Page[]>,
  ) => Promise<void>,
): Promise<void> {
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, answer);
  const url = `http://127.0.0.1:${server.addr.port}`;
  try {
    await use((options) =>
      Array.fromAsync(readPagesWithDocling(Uint8Array.of(37, 80, 68, 70), {
        url,
        fetch: globalThis.fetch,
        timeout: 5000,
        fileName: "report.pdf",
        maxPages: 5,
        ...options,
      }))
    );
  } finally {
    await server.shutdown();
  }
}

const success = (document: unknown) => Response.json({ document, status: "success", errors: [], processing_time: 0.1 });

function unreadable(code: UnreadableCode, message = /^Cannot read the file: /): (error: unknown) => boolean {
  return (error) => {
    assert.ok(error instanceof DocumentUnreadable, String(error));
    assert.equal(error.code, code);
    assert.match(error.message, message);
    assert.doesNotMatch(error.message, /Sodium|127\.0\.0\.1/);
    return true;
  };
}

const MARKDOWN = `## Invented Laboratory

<!-- image -->

| Test | Result | Unit |
|------|-------:|------|
| Sodium | 140 | mmol/L |
| eGFR | &lt; 60 | |

- a note\\_with **signs**`;

Deno.test("the request is docling-serve's, with the file inside", () =>
  withDocling(async (request) => {
    assert.equal(request.method + " " + new URL(request.url).pathname, "POST /v1/convert/source");
    const body = await request.json();
    assert.deepEqual(body.sources, [{ kind: "file", base64_string: "JVBERg==", filename: "report.pdf" }]);
    assert.deepEqual(body.options.to_formats, ["md", "json"]);
    return success({ md_content: "Sodium 140" });
  }, async (read) => {
    assert.deepEqual((await read()).map(texts), [["Sodium 140"]]);
  }));

Deno.test("rows of markdown tables become lines whose columns stand under each other", () =>
  withDocling(() => success({ md_content: MARKDOWN, json_content: null }), async (read) => {
    const [page] = await read();
    assert.deepEqual(texts(page), [
      "Invented Laboratory",
      "Test Result Unit",
      "Sodium 140 mmol/L",
      "eGFR < 60",
      "a note_with signs",
    ]);
    const [, head, sodium, egfr] = page!.lines;
    for (const line of [sodium, egfr]) assert.equal(line!.words[1]!.box[0], head!.words[1]!.box[0]);
    const gap = sodium!.words[1]!.box[0] - sodium!.words[0]!.box[2];
    const height = sodium!.words[0]!.box[3] - sodium!.words[0]!.box[1];
    assert.ok(gap > height, `a column's gap is wider than a blank: ${gap}`);
    assert.equal(page!.source, "docling");
    const tops = page!.lines.map((line) => line.words[0]!.box[1]);
    assert.deepEqual(tops, tops.toSorted((a, b) => a - b));
  }));

const box = (l: number, t: number, r: number, b: number, coord_origin = "TOPLEFT") => ({ l, t, r, b, coord_origin });
const cell = (text: string, row: number, column: number, bbox: unknown = null) => ({
  text,
  bbox,
  start_row_offset_idx: row,
  start_col_offset_idx: column,
});

/** As docling-core 2 writes it, without what is not read. */
const JSON_CONTENT = {
  schema_name: "DoclingDocument",
  version: "1.3.0",
  pages: {
    "2": { page_no: 2, size: { width: 600, height: 800 } },
    "1": { page_no: 1, size: { width: 600, height: 800 } },
  },
  texts: [
    {
      label: "text",
      text: "Collected 2026-03-14",
      prov: [{ page_no: 1, bbox: box(300, 750, 420, 740, "BOTTOMLEFT") }],
    },
    { label: "title", text: "Invented Laboratory", prov: [{ page_no: 1, bbox: box(50, 751, 164, 739, "BOTTOMLEFT") }] },
    { label: "text", text: "last page", prov: [{ page_no: 2, bbox: box(50, 20, 104, 32) }] },
  ],
  tables: [
    {
      prov: [{ page_no: 1, bbox: box(50, 700, 350, 660, "BOTTOMLEFT") }],
      data: {
        table_cells: [
          cell("140", 0, 1, box(200, 102, 218, 112)),
          cell("Sodium", 0, 0, box(50, 100, 86, 112)),
          cell("mmol/L", 0, 2, box(260, 100, 296, 112)),
        ],
      },
    },
    {
      prov: [{ page_no: 2, bbox: box(50, 100, 350, 140) }],
      data: { table_cells: [cell("Iron", 0, 0), cell("80", 0, 1), cell("Ferritin", 1, 0), cell("85", 1, 1)] },
    },
  ],
};

Deno.test("pages, positions and reading order come from Docling's JSON", () =>
  withDocling(() => success({ md_content: MARKDOWN, json_content: JSON_CONTENT }), async (read) => {
    const pages = await read();
    assert.deepEqual(pages.map(({ number, width, height }) => [number, width, height]), [[1, 600, 800], [2, 600, 800]]);
    assert.deepEqual(pages.map(texts), [
      ["Invented Laboratory Collected 2026-03-14", "Sodium 140 mmol/L"],
      ["last page", "Iron 80", "Ferritin 85"],
    ]);
    assert.deepEqual(pages[0]!.lines[0]!.words[0]!.box, [50, 49, 98, 61]);
    assert.deepEqual(pages[0]!.lines[1]!.words.map((word) => word.box[0]), [50, 200, 260]);
    // Without positions, the second row fills the lower half of its table, and columns are aligned.
    const [, iron, ferritin] = pages[1]!.lines;
    assert.deepEqual([iron!.words[0]!.box[1], ferritin!.words[0]!.box[1]], [100, 120]);
    assert.equal(iron!.words[1]!.box[0], ferritin!.words[1]!.box[0]);
    assert.ok(pages.every((page) => page.lines.every((line) => lineText(line) !== "")));
  }));

Deno.test("JSON of another shape is passed over for the markdown", () =>
  withDocling(() => success({ md_content: "Sodium 140", json_content: { pages: "none" } }), async (read) => {
    assert.deepEqual((await read()).map(texts), [["Sodium 140"]]);
  }));

const failures: Record<string, [answer: () => Response, code: UnreadableCode, message?: RegExp]> = {
  "an error of the service": [
    () => new Response("Sodium", { status: 500 }),
    "reader_failed",
    /answered with status 500/,
  ],
  "a refused request": [() => Response.json({ detail: [] }, { status: 422 }), "reader_failed", /status 422/],
  "a file that is too large for it": [() => new Response(null, { status: 413 }), "too_large"],
  "a page that is no JSON": [() => new Response("<html>Sodium</html>"), "reader_failed", /else than JSON/],
  "JSON of another service": [() => Response.json({ models: [] }), "reader_failed", /else than a document/],
  "a failed conversion": [
    () => Response.json({ document: { md_content: "" }, status: "failure", errors: [{ error_message: "Sodium" }] }),
    "reader_failed",
    /could not convert all of it/,
  ],
  "a conversion that lost pages": [
    () => Response.json({ document: { md_content: "Sodium 140" }, status: "partial_success", errors: [{}] }),
    "reader_failed",
    /could not convert all of it/,
  ],
  "a format it skips": [
    () => Response.json({ document: {}, status: "skipped", errors: [] }),
    "not_supported",
  ],
  "a document without text": [
    () => success({ md_content: "<!-- image -->\n" }),
    "empty",
    /^No text found in the document$/,
  ],
};

for (const [name, [answer, code, message]] of Object.entries(failures)) {
  Deno.test(`${name} is ${code}`, () =>
    withDocling(answer, async (read) => {
      await assert.rejects(read(), unreadable(code, message));
    }));
}

Deno.test("too many pages are refused", () =>
  withDocling(() => success({ json_content: JSON_CONTENT }), async (read) => {
    await assert.rejects(read({ maxPages: 1 }), unreadable("too_many_pages", /it has 2 pages, more than 1/));
  }));

Deno.test("a service that does not answer in time, is told to stop, or is not there", async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  await withDocling(async () => {
    await promise;
    return success({ md_content: "late" });
  }, async (read) => {
    await assert.rejects(read({ timeout: 50 }), unreadable("timed_out"));
    const reason = new Error("enough");
    await assert.rejects(read({ signal: AbortSignal.abort(reason) }), reason);
    const abort = new AbortController();
    const reading = read({ signal: abort.signal });
    setTimeout(() => abort.abort(reason), 20);
    await assert.rejects(reading, reason);
    resolve();
  });
  const closed = readPagesWithDocling(new Uint8Array(1), {
    url: "http://127.0.0.1:1",
    fetch: globalThis.fetch,
    timeout: 2000,
    fileName: "report.pdf",
    maxPages: 5,
  });
  await assert.rejects(closed.next(), unreadable("reader_failed", /cannot be reached/));
});
