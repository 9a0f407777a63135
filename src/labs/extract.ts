import type { UserId } from "../accounts/access.ts";
import { findPersonalRecord } from "../accounts/personal_record_queries.ts";
import { documentPagesOf, findDocument, setStatus, updateDocument } from "../documents/queries.ts";
import type { Context } from "../platform/context.ts";
import { ModelError } from "../platform/model.ts";
import type { Database } from "../platform/database.ts";
import { groundResults } from "./ground_results.ts";
import { withoutSettled } from "./kept_results.ts";
import { type FoundResult, mergeResults } from "./merge_results.ts";
import { askForResults, type AskModel, type ModelReading, noReading } from "./model_results.ts";
import type { DecimalMark } from "./printed_number.ts";
import { insertLabResults, type NewLabResult } from "./queries.ts";
import { readReport } from "./read_report.ts";
import { deleteFoundResults, listKeptResults, listRejections } from "./review_queries.ts";
import { type Report, toRow } from "./stored_result.ts";
import { rememberedNames } from "./synonyms.ts";
import type { LabResult } from "./table.ts";

/** From pages to stored results: `extracting → completed`. Rules first; the model, where there is one, seconds them. */

/** Documents of these types are kept and read, but not searched for results: doses are not findings. */
const withoutResults = new Set(["prescription", "imaging"]);

const noResults = "No laboratory results found in the text";

/** For all of a document's pages; what is not asked by then has no second opinion. */
const modelPatienceMs = 30 * 60_000;

/**
 * Can run twice: what an earlier run found is replaced in the transaction that completes the document. What a person
 * entered, confirmed or corrected stays, and what was rejected does not come back.
 */
export async function extractResults(ctx: Context, documentId: string, signal: AbortSignal): Promise<void> {
  const document = await findDocument(ctx.database, documentId);
  if (document === undefined) return;
  // What the reader said about pages that it left out stays.
  const unread = document.status_reason === noResults ? null : document.status_reason;
  if (!await setStatus(ctx.database, documentId, "extracting", unread)) return;
  if (withoutResults.has(document.document_type)) {
    await setStatus(ctx.database, documentId, "completed", unread);
    return;
  }
  const pages = () => documentPagesOf(ctx.database, documentId);
  const reading = await readReport(pages(), signal);
  const opinion = await secondOpinion(ctx, documentId, reading.decimalMark, signal);
  const merged = withLaboratories(mergeResults(reading.results, opinion.results));
  const { results: found, refused } = await groundResults(merged, pages());
  const { dates, decimalMark: mark } = reading;
  const userId = document.user_id as UserId;
  const laboratories = [...new Set(found.flatMap((result) => result.laboratory ?? []))];
  const remembered = await rememberedNames(ctx.database, userId, laboratories);
  const person = await personOf(ctx.database, userId);
  const rows = await toRows({ document, dates, mark, person, remembered }, found, signal);
  await ctx.database.transaction(async (db) => {
    const change = {
      status: "completed" as const,
      status_reason: unread ?? (found.length === 0 ? noResults : null),
      document_date: document.document_date ?? dates.reported ?? dates.collected,
      results_refused: refused + opinion.refused,
    };
    // The row stays locked until the end, so that nothing is rejected or confirmed in between.
    if (!await updateDocument(db, documentId, change)) return;
    await deleteFoundResults(db, documentId);
    const kept = await listKeptResults(db, documentId);
    const fresh = withoutSettled(found, kept, await listRejections(db, documentId));
    const positions = freePositions(kept);
    await insertLabResults(
      db,
      fresh.flatMap((result) => {
        const row = rows.get(result);
        return row === undefined ? [] : [{ ...row, document_position: positions.next().value ?? 0 }];
      }),
    );
  });
}

/** Matching a name takes a millisecond; requests that this process answers get their turn in between. */
async function toRows(report: Report, found: readonly FoundResult[], signal: AbortSignal) {
  const rows = new Map<FoundResult, NewLabResult>();
  for (const [index, result] of found.entries()) {
    if (index % 20 === 19) await new Promise((resolve) => setTimeout(resolve));
    signal.throwIfAborted();
    rows.set(result, toRow(report, result));
  }
  return rows;
}

/** What only the model found comes from the laboratory of its page. */
function withLaboratories(results: readonly FoundResult[]): FoundResult[] {
  const names = new Map(results.flatMap(({ page, laboratory }) => laboratory ? [[page, laboratory]] : []));
  return results.map((result) => ({ ...result, laboratory: result.laboratory ?? names.get(result.page) ?? null }));
}

async function personOf(db: Database, userId: UserId) {
  const record = await findPersonalRecord(db, userId);
  return { sex: record?.sex ?? null, birth_date: record?.birth_date ?? null };
}

function* freePositions(kept: readonly LabResult[]): Generator<number, undefined> {
  const taken = new Set(kept.map((result) => result.document_position));
  for (let position = 0;; position++) if (!taken.has(position)) yield position;
}

/** The model's reading; a model that is away or fails costs its opinion, not the document. */
async function secondOpinion(
  ctx: Context,
  documentId: string,
  mark: DecimalMark,
  signal: AbortSignal,
): Promise<ModelReading> {
  if (!await ctx.model.canExtract()) return noReading;
  const contextLength = ctx.config.OLLAMA_EXTRACTION_CONTEXT_LENGTH ?? ctx.config.OLLAMA_CONTEXT_LENGTH;
  const patience = AbortSignal.timeout(modelPatienceMs);
  const limited = AbortSignal.any([signal, patience]);
  try {
    const pages = documentPagesOf(ctx.database, documentId);
    const ask: AskModel = async (question) => {
      try {
        return await ctx.model.structured({ ...question, signal: limited });
      } catch (error) {
        // What was read until then still counts.
        if (patience.aborted && !signal.aborted) throw tooSlow();
        throw error;
      }
    };
    // Some two characters a token; what the model answers is longer than what it reads.
    const reading = await askForResults(pages, mark, ask, Math.round(0.6 * contextLength));
    const { results, refused, failure } = reading;
    ctx.log("info", "extraction.model", { document_id: documentId, results: results.length, refused });
    if (failure !== null) ctx.capture(failure, { document_id: documentId });
    return reading;
  } catch (error) {
    signal.throwIfAborted();
    ctx.capture(error, { document_id: documentId });
    return noReading;
  }
}

function tooSlow(): ModelError {
  return new ModelError("timed_out", "The model is too slow for this document; choose a smaller one");
}
