/** One document through the code that the product runs: pages, rules, and the model where one is named. No database. */
import { fileType } from "../../src/documents/file_type.ts";
import type { Page } from "../../src/documents/page.ts";
import type { PageReader } from "../../src/documents/read_pages.ts";
import { DocumentUnreadable } from "../../src/documents/unreadable.ts";
import { mergeResults } from "../../src/labs/merge_results.ts";
import { askForResults, type AskModel } from "../../src/labs/model_results.ts";
import { readReport } from "../../src/labs/read_report.ts";
import type { PrintedResult } from "../../src/labs/read_results.ts";

export interface FileReading {
  readonly results: readonly PrintedResult[];
  /** ISO day. */
  readonly collected: string | null;
  readonly reported: string | null;
  readonly pages: number;
  readonly source: Page["source"] | null;
  /** Pages and rules; a model's time is its own. */
  readonly seconds: number;
  readonly modelSeconds: number;
  /** Why there are no pages, in the words the product tells. */
  readonly unreadable: string | null;
}

const MAX_PAGES = 500;
/** Characters of a page that the model is asked about at once. */
const PART = 4_800;

export async function readFile(path: string, reader: PageReader, ask: AskModel | null): Promise<FileReading> {
  const bytes = await Deno.readFile(path);
  const type = fileType(bytes);
  const started = performance.now();
  const pages: Page[] = [];
  try {
    if (type === null) throw new DocumentUnreadable("not_supported");
    for await (const page of reader.readPages(bytes, type, { maxPages: MAX_PAGES })) pages.push(page);
  } catch (error) {
    if (!(error instanceof DocumentUnreadable)) throw error;
    const seconds = (performance.now() - started) / 1000;
    const nothing = { results: [], collected: null, reported: null, pages: 0, source: null, modelSeconds: 0 };
    return { ...nothing, seconds, unreadable: error.message };
  }
  const never = new AbortController().signal;
  const { results: rules, dates, decimalMark } = await readReport(each(pages), never);
  const seconds = (performance.now() - started) / 1000;
  let results: readonly PrintedResult[] = rules;
  if (ask !== null) results = mergeResults(rules, (await askForResults(each(pages), decimalMark, ask, PART)).results);
  return {
    results,
    collected: dates.collected,
    reported: dates.reported,
    pages: pages.length,
    source: pages.some((page) => page.source === "ocr") ? "ocr" : pages[0]?.source ?? null,
    seconds,
    modelSeconds: (performance.now() - started) / 1000 - seconds,
    unreadable: null,
  };
}

/** An array as the stream that the product reads. */
async function* each<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}
