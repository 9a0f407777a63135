/** Whole reports of invented laboratories, printed as PDF and read back; and papers that are no reports. */
import assert from "node:assert/strict";
import type { Page } from "../../src/documents/page.ts";
import { Pdf } from "../../src/documents/pdf.ts";
import { isTextLayerUsable, textLines } from "../../src/documents/pdf_text.ts";
import { loadPdfium } from "../../src/documents/pdfium.ts";
import { readResults } from "../../src/labs/read_results.ts";
import { readReportDates } from "../../src/labs/report_dates.ts";
import { compareResults, type Comparison, isRight } from "../eval/compare_results.ts";
import { parseTruth } from "../eval/report_truth.ts";
import { drawReport } from "./printed_reports/draw_pdf.ts";
import { printedReports } from "./printed_reports/layouts.ts";
import { notReports } from "./printed_reports/not_reports.ts";
import { randomFrom } from "./printed_reports/random.ts";
import { randomLaboratory } from "./printed_reports/random_laboratory.ts";
import type { PrintedReport } from "./printed_reports/sheet.ts";

async function pagesOf(report: PrintedReport): Promise<Page[]> {
  const pdf = new Pdf(await loadPdfium(), await drawReport(report));
  try {
    const pages: Page[] = [];
    for (let number = 1; number <= pdf.pageCount; number++) {
      pages.push(
        await pdf.withPage(number, (page): Page => {
          const characters = page.characters();
          assert.ok(isTextLayerUsable(characters, page.pictureShare()), report.name);
          return { number, width: page.width, height: page.height, source: "text_layer", lines: textLines(characters) };
        }),
      );
    }
    return pages;
  } finally {
    pdf.close();
  }
}

async function readBack(report: PrintedReport): Promise<Comparison> {
  const pages = await pagesOf(report);
  return compareResults(readResults(pages), readReportDates(pages).collected, parseTruth(report.truth));
}

function mistakes({ pairs }: Comparison): string[] {
  const show = (result: Comparison["pairs"][number]["read"] | Comparison["pairs"][number]["printed"]) =>
    result === null ? "nothing" : `${result.test_name} | ${result.value_text} | ${result.unit} | ${result.flag}`;
  return pairs.filter((pair) => !isRight(pair)).map((pair) => `${show(pair.printed)} read as ${show(pair.read)}`);
}

async function assertReadBack(reports: readonly PrintedReport[]): Promise<void> {
  const sum = { right: 0, read: 0, printed: 0, ranges: 0, limited: 0, flags: 0, flagged: 0, invented: 0 };
  const wrong: string[] = [];
  for (const report of reports) {
    const comparison = await readBack(report);
    const { result, range, flag, date } = comparison.counts;
    sum.right += result.right;
    sum.read += result.read;
    sum.printed += result.printed;
    sum.ranges += range.right;
    sum.limited += range.printed;
    sum.flags += flag.right;
    sum.flagged += Math.max(flag.printed, flag.read);
    sum.invented += comparison.invented.length;
    assert.equal(date.right, date.printed, `${report.name}: day of collection`);
    wrong.push(...mistakes(comparison).map((mistake) => `${report.name}: ${mistake}`));
  }
  assert.equal(sum.invented, 0, wrong.join("\n"));
  assert.ok(2 * sum.right / (sum.read + sum.printed) >= 0.99, wrong.join("\n"));
  assert.ok(sum.ranges / sum.limited >= 0.98, `${sum.ranges} of ${sum.limited} ranges`);
  assert.ok(sum.flags / sum.flagged >= 0.98, `${sum.flags} of ${sum.flagged} flags`);
}

Deno.test("reports in the layouts of laboratories of many countries are read back", async () => {
  await assertReadBack(printedReports(21));
});

Deno.test("reports in layouts drawn at random are read back", async () => {
  await assertReadBack(Array.from({ length: 30 }, (_, at) => randomLaboratory(randomFrom(7000 + at))));
});

Deno.test("bills, labels, prescriptions, letters and findings of other kinds have no results", async () => {
  for (const paper of notReports()) assert.deepEqual(readResults(await pagesOf(paper)), [], paper.name);
});

Deno.test("flags as printed, the material and the laboratory are given beside the result", async () => {
  const reports = printedReports(21);
  const named = (name: string) => reports.find((report) => report.name === name) ?? assert.fail(name);
  const german = readResults(await pagesOf(named("de-plus-minus")));
  assert.ok(german.every((result) => result.laboratory === "MVZ Labor am Stadtwald GmbH"));
  assert.ok(german.every((result) => result.flag !== "H" || result.flag_printed === "+"));
  const brazilian = readResults(await pagesOf(named("pt-br-blocks")));
  assert.ok(brazilian.length > 5 && brazilian.every((result) => result.specimen === "Soro"));
});
