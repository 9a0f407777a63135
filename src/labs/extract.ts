import { documentPagesOf, findDocument, setStatus, updateDocument } from "../documents/queries.ts";
import type { Document } from "../documents/table.ts";
import type { Context } from "../platform/context.ts";
import { mergeResults } from "./merge_results.ts";
import { askForResults, type AskModel, type ModelReading } from "./model_results.ts";
import { deleteFoundResults, insertLabResults, listKeptResults, type NewLabResult } from "./queries.ts";
import type { ReportDates } from "./report_dates.ts";
import type { DecimalMark } from "./printed_number.ts";
import { readReport } from "./read_report.ts";
import type { PrintedResult } from "./read_results.ts";
import { resultStatus } from "./result_value.ts";
import type { LabResult } from "./table.ts";

/** From pages to stored results: `extracting → completed`. Rules first; the model, where there is one, seconds them. */

/** Documents of these types are kept and read, but not searched for results: doses are not findings. */
const withoutResults = new Set(["prescription", "imaging"]);

/**
 * Can run twice: what an earlier run found is replaced in the transaction that completes the document, and what a
 * person entered or corrected stays.
 */
export async function extractResults(ctx: Context, documentId: string, signal: AbortSignal): Promise<void> {
  const document = await findDocument(ctx.database, documentId);
  if (document === undefined || !await setStatus(ctx.database, documentId, "extracting")) return;
  if (withoutResults.has(document.document_type)) {
    await setStatus(ctx.database, documentId, "completed");
    return;
  }
  const reading = await readReport(documentPagesOf(ctx.database, documentId), signal);
  const opinion = await secondOpinion(ctx, documentId, reading.decimalMark, signal);
  const found = mergeResults(reading.results, opinion.results);
  const { dates } = reading;
  await ctx.database.transaction(async (db) => {
    const reason = found.length === 0 ? "No laboratory results found in the text" : null;
    const document_date = document.document_date ?? dates.reported ?? dates.collected;
    if (!await updateDocument(db, documentId, { status: "completed", status_reason: reason, document_date })) return;
    await deleteFoundResults(db, documentId);
    const kept = await listKeptResults(db, documentId);
    const positions = freePositions(kept);
    const fresh = found.filter((result) => !kept.some((other) => samePlace(result, other)));
    await insertLabResults(db, fresh.map((result) => row(document, dates, result, positions.next().value ?? 0)));
  });
}

/** Whether a person has already said what stands there: the boxes share most of their height on one page. */
function samePlace(result: PrintedResult, kept: LabResult): boolean {
  if (kept.page !== result.page || kept.box === null) return false;
  const shared = Math.min(kept.box[3], result.box[3]) - Math.max(kept.box[1], result.box[1]);
  const beside = kept.box[2] < result.box[0] || result.box[2] < kept.box[0];
  return !beside && shared > 0.5 * Math.min(kept.box[3] - kept.box[1], result.box[3] - result.box[1]);
}

function* freePositions(kept: readonly LabResult[]): Generator<number, undefined> {
  const taken = new Set(kept.map((result) => result.document_position));
  for (let position = 0;; position++) if (!taken.has(position)) yield position;
}

function row(
  document: Document,
  dates: ReportDates,
  result: PrintedResult & Pick<NewLabResult, "found_by">,
  position: number,
): NewLabResult {
  // "<0.41" says a limit, not a value.
  const value = result.comparator === null ? result.value : null;
  const { value_text, reference_min, reference_max, comparator } = result;
  return {
    id: crypto.randomUUID(),
    user_id: document.user_id,
    document_id: document.id,
    document_position: position,
    test_name: result.test_name.slice(0, 255),
    value,
    value_text: value_text.slice(0, 255),
    comparator,
    unit: (result.unit ?? "").slice(0, 50),
    reference_min,
    reference_max,
    reference_text: result.reference_text,
    status: flagStatus(result.flag) ??
      resultStatus({ value, value_text, comparator }, { reference_min, reference_max }),
    // Never today: a date that neither the report nor the upload names is unknown.
    recorded_at: dates.collected ?? document.document_date ?? dates.reported,
    page: result.page,
    box: result.box,
    found_by: result.found_by,
  };
}

function flagStatus(flag: string | null): string | null {
  if (flag === null) return null;
  return { H: "high", HH: "high", L: "low", LL: "low", N: "normal" }[flag] ?? null;
}

const noOpinion: ModelReading = { results: [], refused: 0 };

/** The model's reading; a model that is away or fails costs its opinion, not the document. */
async function secondOpinion(
  ctx: Context,
  documentId: string,
  mark: DecimalMark,
  signal: AbortSignal,
): Promise<ModelReading> {
  const status = await ctx.model.status();
  if (status.status !== "connected" || !status.extraction_model_available) return noOpinion;
  const model = ctx.config.OLLAMA_EXTRACTION_MODEL;
  try {
    const pages = documentPagesOf(ctx.database, documentId);
    const ask: AskModel = (question) => ctx.model.structured({ ...question, model, signal });
    const reading = await askForResults(pages, mark, ask);
    const { results, refused } = reading;
    ctx.log("info", "extraction.model", { document_id: documentId, results: results.length, refused });
    return reading;
  } catch (error) {
    signal.throwIfAborted();
    ctx.capture(error, { document_id: documentId });
    return noOpinion;
  }
}
