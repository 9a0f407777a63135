/** Counts of many documents as precision, recall and F1, and as tables. */
import type { CodeCount } from "./loinc_codes.ts";
import { type Comparison, type Count, type Field, fields } from "./compare_results.ts";

export interface Score {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

/** Of nothing read and nothing printed all is right; something read where nothing is printed is all wrong. */
export function scoreOf({ right, read, printed }: Count): Score {
  const precision = read === 0 ? 1 : right / read;
  const recall = printed === 0 ? 1 : right / printed;
  return { precision, recall, f1: read + printed === 0 ? 1 : 2 * right / (read + printed) };
}

export interface Totals {
  readonly documents: number;
  readonly pages: number;
  readonly seconds: number;
  readonly printed: number;
  readonly read: number;
  /** Name, value and unit right. */
  readonly found: number;
  readonly missed: number;
  /** Read, but not so printed: a wrong name, value or unit, or no result at all. */
  readonly wrong: number;
  readonly invented: number;
  readonly invented_rate: number;
  readonly seconds_per_page: number;
  readonly scores: Readonly<Record<Field, Score>>;
  /** Share of results with a code candidate whose best candidate is right; null where none has one. */
  readonly loinc_precision_at_1: number | null;
  /** Share of results with codes in the truth that have a candidate. */
  readonly loinc_coverage: number | null;
}

export interface Measured {
  readonly comparison: Comparison;
  readonly pages: number;
  readonly seconds: number;
  readonly loinc: CodeCount;
}

export function totalsOf(measured: readonly Measured[]): Totals {
  const sum = (of: (one: Measured) => number) => measured.reduce((total, one) => total + of(one), 0);
  const count = (field: Field): Count => ({
    right: sum((one) => one.comparison.counts[field].right),
    read: sum((one) => one.comparison.counts[field].read),
    printed: sum((one) => one.comparison.counts[field].printed),
  });
  const results = count("result");
  const invented = sum((one) => one.comparison.invented.length);
  const [pages, seconds] = [sum((one) => one.pages), sum((one) => one.seconds)];
  const [coded, asked] = [sum((one) => one.loinc.coded), sum((one) => one.loinc.asked)];
  return {
    documents: measured.length,
    pages,
    seconds,
    printed: results.printed,
    read: results.read,
    found: results.right,
    missed: results.printed - results.right,
    wrong: results.read - results.right,
    invented,
    invented_rate: results.read === 0 ? 0 : invented / results.read,
    seconds_per_page: pages === 0 ? 0 : seconds / pages,
    scores: Object.fromEntries(fields.map((field) => [field, scoreOf(count(field))])) as Record<Field, Score>,
    loinc_precision_at_1: coded === 0 ? null : sum((one) => one.loinc.right) / coded,
    loinc_coverage: asked === 0 ? null : coded / asked,
  };
}

/** A Markdown table, one row each; columns are padded so that a terminal shows them as well. */
export function scoreTable(rows: readonly (readonly [name: string, totals: Totals])[]): string {
  const head = [
    "document",
    "pages",
    "printed",
    "found",
    "missed",
    "wrong",
    "invented",
    "F1 (name, value, unit)",
    ...fields.slice(1).map((field) => `F1 ${field}`),
    "LOINC@1",
    "s/page",
  ];
  const cells = rows.map(([name, totals]) => [
    name,
    `${totals.pages}`,
    `${totals.printed}`,
    `${totals.found}`,
    `${totals.missed}`,
    `${totals.wrong}`,
    `${totals.invented}`,
    ...fields.map((field) => totals.scores[field].f1.toFixed(3)),
    totals.loinc_precision_at_1?.toFixed(3) ?? "–",
    totals.seconds_per_page.toFixed(2),
  ]);
  return table([head, ...cells]);
}

/** Precision and recall of each field, which the F1 above hides. */
export function fieldTable(totals: Totals): string {
  const rows = fields.map((field) => {
    const { precision, recall, f1 } = totals.scores[field];
    const name = field === "result" ? "name, value and unit" : field;
    return [name, precision.toFixed(4), recall.toFixed(4), f1.toFixed(4)];
  });
  return table([["field", "precision", "recall", "F1"], ...rows]);
}

/** The first row is the head. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  const lines = rows.map((row) => `| ${row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(" | ")} |`);
  lines.splice(1, 0, `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`);
  return lines.join("\n");
}
