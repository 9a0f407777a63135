import type { Page } from "../documents/page.ts";
import type { DecimalMark } from "./printed_number.ts";
import type { ReportDates } from "./report_dates.ts";
import type { PrintedResult } from "./read_results.ts";
import type { ReportMessage } from "./report_worker.ts";

/** What the rules read on all pages of a report. */
export interface ReportReading {
  readonly results: readonly PrintedResult[];
  readonly dates: ReportDates;
  readonly decimalMark: DecimalMark;
}

/** A page of sixty rows takes some 40 ms; this is for what nobody foresaw. */
const patienceMs = 180_000;

/**
 * Reads a report off the thread that answers requests, which a long one would stop for seconds. Pages are handed over
 * as they come. Throws the signal's reason, or an error when the reading fails or takes more than three minutes.
 */
export async function readReport(pages: AsyncIterable<Page>, signal: AbortSignal): Promise<ReportReading> {
  signal.throwIfAborted();
  const folders = ["./", "../documents/"].map((folder) => new URL(folder, import.meta.url));
  const worker = new Worker(new URL("./report_worker.ts", import.meta.url).href, {
    type: "module",
    name: "report",
    deno: { permissions: { read: folders } },
  });
  const reading = Promise.withResolvers<ReportReading>();
  const abort = () => reading.reject(signal.reason);
  const timer = setTimeout(() => reading.reject(new Error("Reading the report took too long")), patienceMs);
  worker.onmessage = (event: MessageEvent<ReportReading>) => reading.resolve(event.data);
  worker.onerror = (event) => {
    event.preventDefault();
    reading.reject(new Error("The rules failed on this report"));
  };
  signal.addEventListener("abort", abort);
  const tell = (message: ReportMessage) => worker.postMessage(message);
  try {
    // Also fails when the worker ends while pages are still coming.
    const all = (async () => {
      for await (const page of pages) tell({ kind: "page", page });
      tell({ kind: "end" });
    })();
    const [result] = await Promise.all([reading.promise, all]);
    return result;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", abort);
    worker.terminate();
  }
}
