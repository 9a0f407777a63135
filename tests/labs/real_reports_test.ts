/** The reports collected for this project, read from their text layer; skipped where that folder is absent. */
import assert from "node:assert/strict";
import { PageReader } from "../../src/documents/read_pages.ts";
import type { Page } from "../../src/documents/page.ts";
import { type PrintedResult, readResults } from "../../src/labs/read_results.ts";
import { readReportDates } from "../../src/labs/report_dates.ts";

interface Truth {
  readonly collection_date: string | null;
  readonly text_layer: string;
  readonly results: readonly {
    readonly test_name: string;
    readonly value_text: string | null;
    readonly unit: string | null;
    readonly reference_min: number | null;
    readonly reference_max: number | null;
  }[];
}

const REPORTS = new URL("../../../shared/data/labs/", import.meta.url);
const found = (() => {
  try {
    return ["pdf", "authored"].flatMap((folder) =>
      [...Deno.readDirSync(new URL(`${folder}/`, REPORTS))].filter((file) => file.name.endsWith(".truth.json"))
        .map((file) => new URL(`${folder}/${file.name}`, REPORTS))
    );
  } catch {
    return [];
  }
})();

Deno.test({
  name: found.length > 0
    ? "real reports give their results, and nothing that is not printed"
    : "real reports are skipped: ../shared/data/labs is absent",
  ignore: found.length === 0,
  // The page worker outlives the test by its idle timeout unless closed, and closing it is not awaited.
  sanitizeResources: false,
  sanitizeOps: false,
  async fn() {
    const reader = new PageReader();
    const score = { right: 0, read: 0, printed: 0, ranges: 0, dates: 0, reports: 0 };
    try {
      for (const file of found) {
        const truth = JSON.parse(await Deno.readTextFile(file)) as Truth;
        if (!truth.text_layer.startsWith("good")) continue;
        const bytes = await Deno.readFile(new URL(file.href.replace(".truth.json", ".pdf")));
        const pages: Page[] = [];
        for await (const page of reader.readPages(bytes, "application/pdf", { maxPages: 20 })) pages.push(page);
        count(truth, pages, score);
      }
    } finally {
      reader.close();
    }
    const precision = score.right / score.read;
    const recall = score.right / score.printed;
    assert.ok(score.reports >= 10, `${score.reports} reports`);
    assert.ok(precision > 0.985, `precision ${precision}`);
    assert.ok(recall > 0.985, `recall ${recall}`);
    assert.ok(score.ranges / score.right > 0.985, `ranges ${score.ranges} of ${score.right}`);
    assert.ok(score.dates / score.reports > 0.9, `collection dates ${score.dates} of ${score.reports}`);
  },
});

function count(truth: Truth, pages: readonly Page[], score: Record<string, number>): void {
  const results = readResults(pages);
  const page = fold(
    pages.flatMap((each) => each.lines.flatMap((line) => line.words.map((word) => word.text))).join(""),
  );
  for (const result of results) {
    for (const piece of [result.value_text, result.unit, result.reference_text]) {
      assert.ok(piece === null || page.includes(fold(piece)), `"${piece}" is not printed`);
    }
  }
  const left = [...truth.results];
  for (const result of results) {
    const at = left.findIndex((printed) => keyOf(printed) === keyOf(result));
    const [printed] = at < 0 ? [] : left.splice(at, 1);
    if (printed === undefined) continue;
    add(score, "right", 1);
    const same = printed.reference_min === result.reference_min && printed.reference_max === result.reference_max;
    add(score, "ranges", same ? 1 : 0);
  }
  add(score, "read", results.length);
  add(score, "printed", truth.results.length);
  add(score, "reports", 1);
  add(score, "dates", readReportDates(pages).collected === (truth.collection_date?.slice(0, 10) ?? null) ? 1 : 0);
}

function add(score: Record<string, number>, key: string, by: number): void {
  score[key] = (score[key] ?? 0) + by;
}

function keyOf(result: Truth["results"][number] | PrintedResult): string {
  return [result.test_name.replace(/[.:,*]+$/, ""), result.value_text ?? "", result.unit ?? ""].map(fold).join("|");
}

function fold(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").replace(/[µμ]/g, "u").replace(/\s+/g, "").toLowerCase();
}
