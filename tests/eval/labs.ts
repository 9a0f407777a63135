/**
 * Measures how well laboratory reports become data: `deno task eval:labs --dir DIR [--model NAME] [--json FILE]`.
 *
 * Reads every document below DIR that has a `<name>.truth.json` beside it, prints what was found, missed and invented,
 * and writes the same as JSON. How names, values and units are compared stands in compare_results.ts.
 */
import { parseArgs } from "node:util";
import { PageReader } from "../../src/documents/read_pages.ts";
import type { AskModel } from "../../src/labs/model_results.ts";
import { ollamaModel } from "../../src/platform/ollama.ts";
import { loadConfig } from "../../src/services.ts";
import { compareResults, type Comparison, isRight } from "./compare_results.ts";
import { codeCount } from "./loinc_codes.ts";
import { PeakMemory } from "./peak_memory.ts";
import { type FileReading, readFile } from "./read_file.ts";
import { findDocuments } from "./report_truth.ts";
import { fieldTable, type Measured, scoreTable, type Totals, totalsOf } from "./score_table.ts";

interface MeasuredDocument extends Measured {
  readonly name: string;
  readonly reading: FileReading;
  readonly collected: string | null;
}

const usage = "Usage: deno task eval:labs --dir DIR [--model NAME] [--json FILE]";
const print = (line: string) => Deno.stdout.writeSync(new TextEncoder().encode(line + "\n"));

const percent = (share: number) => `${(100 * share).toFixed(2)} %`;

const options = readOptions();
const documents = await findDocuments(options.dir).catch((error) => {
  if (error instanceof Deno.errors.NotFound) return [];
  throw error;
});
if (documents.length === 0) fail(`No documents below "${options.dir}"; name a folder with PDFs or pictures`);
const ask = options.model === undefined ? null : await modelNamed(options.model);
const reader = new PageReader();
const memory = new PeakMemory();
const measured: MeasuredDocument[] = [];
const others: { readonly name: string; readonly reading: FileReading }[] = [];
for (const { name, path, truth } of documents) {
  const reading = await readFile(path, reader, ask);
  if (truth === null) {
    others.push({ name, reading });
    continue;
  }
  const comparison = compareResults(reading.results, reading.collected, truth);
  const { pages, seconds } = reading;
  const one = {
    name,
    reading,
    comparison,
    pages,
    seconds,
    loinc: codeCount(comparison),
    collected: truth.collection_date,
  };
  measured.push(one);
  printDocument(one);
}
reader.close();
const peak = await memory.stop();

const groups: [string, Totals][] = [
  ["text layer", totalsOf(measured.filter(({ reading }) => reading.source === "text_layer"))],
  ["pictures", totalsOf(measured.filter(({ reading }) => reading.source !== "text_layer"))],
  ["all", totalsOf(measured)],
];
const some = groups.filter(([, totals]) => totals.documents > 0);
const rows = [...measured.map((one): [string, Totals] => [one.name, totalsOf([one])]), ...some];
print(`\n${scoreTable(rows)}\n`);
for (const [name, totals] of some) {
  print(`${name}: ${totals.documents} documents, invented values ${percent(totals.invented_rate)}`);
  const { loinc_precision_at_1: precision, loinc_coverage: coverage } = totals;
  if (precision !== null) {
    print(`LOINC: best candidate right ${percent(precision)}, with a candidate ${percent(coverage ?? 0)}`);
  }
  print("");
  print(`${fieldTable(totals)}\n`);
}
for (const { name, reading } of others) {
  print(`${name}: ${reading.unreadable ?? `${reading.results.length} results`}; no truth beside it`);
}
print(`Peak memory ${peak.peakMegabytes} MB, ${peak.afterMegabytes} MB at the end`);
if (options.json !== undefined) await Deno.writeTextFile(options.json, JSON.stringify(asJson(), null, 2) + "\n");
Deno.exit(0);

function readOptions(): {
  readonly dir: string;
  readonly model?: string | undefined;
  readonly json?: string | undefined;
} {
  try {
    const text = { type: "string" } as const;
    const { values } = parseArgs({ args: Deno.args, options: { dir: text, model: text, json: text } });
    if (values.dir === undefined) fail(usage);
    return { dir: values.dir, model: values.model, json: values.json };
  } catch {
    return fail(usage);
  }
}

function fail(message: string): never {
  print(message);
  Deno.exit(1);
}

async function modelNamed(name: string): Promise<AskModel> {
  const config = { ...await loadConfig(), OLLAMA_EXTRACTION_MODEL: name };
  const model = ollamaModel(config, fetch);
  const status = await model.status();
  if (status.status !== "connected") {
    return fail(`No model server at ${config.OLLAMA_HOST}; start Ollama or set OLLAMA_HOST`);
  }
  if (!status.extraction_model_available) return fail(`The model server has no "${name}"; run: ollama pull ${name}`);
  const { signal } = new AbortController();
  return (question) => model.structured({ ...question, model: name, signal });
}

function printDocument({ name, reading, comparison, collected }: MeasuredDocument): void {
  const { counts, invented } = comparison;
  print(`${name}: ${counts.result.printed} printed, ${counts.result.right} found, ${invented.length} invented values`);
  if (reading.unreadable !== null) print(`  ${reading.unreadable}`);
  for (const line of differences(comparison)) print(`  ${line}`);
  const day = collected?.slice(0, 10) ?? null;
  if (reading.collected !== day) print(`  date: read ${reading.collected ?? "none"}, printed ${day ?? "none"}`);
}

function differences(comparison: Comparison): string[] {
  return comparison.pairs.flatMap((pair) => {
    const show = (result: typeof pair.read | typeof pair.printed) =>
      result === null
        ? "nothing"
        : [result.test_name, result.value_text, result.unit, result.reference_text, result.flag].map((part) =>
          part ?? "–"
        )
          .join(" | ");
    if (isRight(pair) && sameExtras(pair)) return [];
    return [`page ${(pair.printed ?? pair.read)?.page}: printed ${show(pair.printed)}  ⟶  read ${show(pair.read)}`];
  });
}

function sameExtras({ read, printed }: Comparison["pairs"][number]): boolean {
  return read !== null && printed !== null && read.flag === printed.flag &&
    read.reference_min === printed.reference_min && read.reference_max === printed.reference_max;
}

function asJson(): unknown {
  return {
    dir: options.dir,
    model: options.model ?? null,
    peak_memory_megabytes: peak.peakMegabytes,
    memory_after_megabytes: peak.afterMegabytes,
    totals: Object.fromEntries(groups.map(([name, totals]) => [name.replace(" ", "_"), totals])),
    documents: measured.map((one) => ({
      file: one.name,
      source: one.reading.source,
      unreadable: one.reading.unreadable,
      model_seconds: one.reading.modelSeconds,
      ...totalsOf([one]),
      differences: differences(one.comparison),
    })),
    without_truth: others.map(({ name, reading }) => ({
      file: name,
      unreadable: reading.unreadable,
      results: reading.results.length,
    })),
  };
}
