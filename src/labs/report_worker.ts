/** The thread in which the rules read a report; started and ended by `read_report.ts`. */
import { lineText, type Page } from "../documents/page.ts";
import { readDecimalMark } from "./printed_number.ts";
import { readReportDates } from "./report_dates.ts";
import { readResults } from "./read_results.ts";
import type { ReportReading } from "./read_report.ts";

/** One page after the other, then `end`. */
export type ReportMessage = { readonly kind: "page"; readonly page: Page } | { readonly kind: "end" };

/** This thread's own scope; the checker takes every module for one of the main thread. */
const starter = self as unknown as {
  onmessage: (event: MessageEvent<ReportMessage>) => void;
  postMessage(reading: ReportReading): void;
};

const pages: Page[] = [];

starter.onmessage = ({ data }) => {
  if (data.kind === "page") return void pages.push(data.page);
  starter.postMessage({
    results: readResults(pages),
    dates: readReportDates(pages),
    decimalMark: readDecimalMark(pages.flatMap((page) => page.lines.map(lineText))),
  });
};
