/**
 * Reads documents with docling-serve (v1) instead of the embedded reader.
 *
 * Knows the service's wire format and nothing of layout; `docling_pages.ts` makes pages of the answer.
 */
import { z } from "zod";
import { DoclingDocument, documentPages, markdownPages } from "./docling_pages.ts";
import type { Page } from "./page.ts";
import { DocumentUnreadable, type UnreadableCode } from "./unreadable.ts";

export interface DoclingOptions {
  /** Where docling-serve is, such as `http://docling:5001`. */
  readonly url: string;
  readonly fetch: typeof globalThis.fetch;
  /** For the whole conversion, in milliseconds. */
  readonly timeout: number;
  readonly fileName: string;
  readonly maxPages: number;
  readonly signal?: AbortSignal;
}

/** https://github.com/docling-project/docling-serve/blob/main/docs/usage.md, "Response format". */
const Answer = z.object({
  status: z.enum(["pending", "started", "success", "partial_success", "skipped", "failure"]),
  document: z.object({
    md_content: z.string().nullish(),
    json_content: DoclingDocument.nullish().catch(null),
  }),
  errors: z.array(z.unknown()).default([]),
});

/** Throws DocumentUnreadable; an aborted signal throws its reason. */
export async function* readPagesWithDocling(
  bytes: Uint8Array,
  options: DoclingOptions,
): AsyncGenerator<Page, void, undefined> {
  const { document, status } = await convert(bytes, options);
  if (status === "skipped") throw new DocumentUnreadable("not_supported");
  // A report of which a page is missing looks like a complete one: better none.
  if (status !== "success") throw failed("could not convert all of it; try again, or upload it in another format");
  const { json_content: json, md_content: markdown } = document;
  const pages = json === null || json === undefined ? markdownPages(markdown ?? "") : documentPages(json);
  if (pages.length > options.maxPages) {
    throw new DocumentUnreadable(
      "too_many_pages",
      `Cannot read the file: it has ${pages.length} pages, more than ${options.maxPages}; upload it in parts`,
    );
  }
  if (pages.every((page) => page.lines.length === 0)) throw new DocumentUnreadable("empty");
  yield* pages;
}

async function convert(bytes: Uint8Array, options: DoclingOptions): Promise<z.infer<typeof Answer>> {
  const { url, timeout, signal, fileName } = options;
  const patience = AbortSignal.timeout(timeout);
  try {
    const response = await options.fetch(new URL("/v1/convert/source", url), {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json" },
      body: JSON.stringify({
        sources: [{ kind: "file", base64_string: bytes.toBase64(), filename: fileName }],
        options: { to_formats: ["md", "json"], image_export_mode: "placeholder", table_mode: "accurate" },
      }),
      signal: signal === undefined ? patience : AbortSignal.any([signal, patience]),
    });
    if (!response.ok) {
      await response.body?.cancel();
      throw refused(response.status);
    }
    const answer = Answer.safeParse(await response.json());
    if (!answer.success) throw failed("answered something else than a document; check which service it is");
    return answer.data;
  } catch (error) {
    if (error instanceof DocumentUnreadable) throw error;
    signal?.throwIfAborted();
    if (patience.aborted) throw new DocumentUnreadable("timed_out");
    // What fetch and JSON.parse say may quote the address or the document.
    if (error instanceof SyntaxError) throw failed("answered something else than JSON; check which service it is");
    throw failed("cannot be reached; check that it is running, then try again");
  }
}

function refused(status: number): DocumentUnreadable {
  if (status === 413) return new DocumentUnreadable("too_large", "Cannot read the file: it is too large for Docling");
  return failed(`answered with status ${status}; see its log, then try again`);
}

function failed(what: string, code: UnreadableCode = "reader_failed"): DocumentUnreadable {
  return new DocumentUnreadable(code, `Cannot read the file: Docling ${what}`);
}
