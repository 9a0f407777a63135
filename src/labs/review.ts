import { requireDocument } from "../documents/access.ts";
import { type PageSize, pageSizes } from "../documents/queries.ts";
import type { Document } from "../documents/table.ts";
import { mayReach } from "../accounts/access.ts";
import type { Context } from "../platform/context.ts";
import { AppError, notFound } from "../platform/errors.ts";
import { reachable, requireLabResult } from "./access.ts";
import { deleteLabResult, lockLabResult, updateLabResult } from "./queries.ts";
import {
  confirmResultsOfDocument,
  findRejection,
  insertRejection,
  lockDocument,
  resultsOfDocument,
} from "./review_queries.ts";
import { rememberName } from "./synonyms.ts";
import type { CandidateTest, LabResult } from "./table.ts";

/**
 * What a person says of the results of a document. It outlasts reading the document again: what was confirmed or
 * corrected stays, and what was rejected does not come back. Everything may be said twice.
 */

export interface DocumentResults {
  readonly document: Document;
  readonly pages: readonly PageSize[];
  readonly results: readonly LabResult[];
}

/** The results in the order of their print, and the pages that their boxes lie on. */
export async function documentResults(ctx: Context, documentId: string): Promise<DocumentResults> {
  const document = await requireDocument(ctx, documentId);
  const [pages, results] = await Promise.all([
    pageSizes(ctx.database, document.id),
    resultsOfDocument(ctx.database, document.id),
  ]);
  return { document, pages, results };
}

/** One of the tests that a result may be of, named by its id in the catalogue or by its code. */
export interface Choice {
  readonly analyte?: string | undefined;
  readonly loinc?: string | undefined;
}

/**
 * Says that a result is as printed, and which test it is if that is chosen; the choice is remembered for the name that
 * this laboratory prints. Without a choice a doubtful code stays undecided. What was corrected stays corrected.
 */
export async function confirmLabResult(ctx: Context, id: string, choice: Choice): Promise<LabResult> {
  return await ctx.database.transaction(async (db) => {
    const row = reachable(ctx, await lockLabResult(db, id));
    const chosen = chosenCandidate(row, choice);
    const settled = row.review_status !== "unreviewed" && !row.needs_review;
    if (settled && (chosen === undefined || isAlready(row, chosen))) return row;
    const changed = await updateLabResult(db, row.id, {
      review_status: row.review_status === "unreviewed" ? "confirmed" : row.review_status,
      review_reasons: [],
      reviewed_at: ctx.clock(),
      ...(chosen === undefined
        ? {}
        : { analyte: chosen.analyte, test_code: chosen.loinc, loinc_status: "auto_match" as const }),
    });
    if (changed !== undefined && chosen !== undefined) await rememberName(db, changed, chosen.analyte);
    return reachable(ctx, changed);
  });
}

function isAlready(row: LabResult, chosen: CandidateTest): boolean {
  return row.analyte === chosen.analyte && row.test_code === chosen.loinc;
}

function chosenCandidate(row: LabResult, { analyte, loinc }: Choice): CandidateTest | undefined {
  if (analyte === undefined && loinc === undefined) return undefined;
  const chosen = row.candidates.find((candidate) =>
    (analyte === undefined || candidate.analyte === analyte) && (loinc === undefined || candidate.loinc === loinc)
  );
  if (chosen !== undefined) return chosen;
  const message = "Choose one of the result's candidates, or correct the result to name another test";
  throw new AppError("unprocessable", message, {
    issues: [{ path: analyte === undefined ? "body.loinc" : "body.analyte", message }],
  });
}

export interface Confirmed {
  /** How many were confirmed now. */
  readonly confirmed: number;
  /** How many nobody has looked at yet. */
  readonly left: number;
  readonly total: number;
}

/** Confirms all results of a document that need no review; with `all` those as well. */
export async function confirmDocument(ctx: Context, documentId: string, all: boolean): Promise<Confirmed> {
  const document = await requireDocument(ctx, documentId);
  return await ctx.database.transaction(async (db) => {
    if (!await lockDocument(db, document.id)) throw notFound("Document");
    const confirmed = await confirmResultsOfDocument(db, document.id, all, ctx.clock());
    const results = await resultsOfDocument(db, document.id);
    const left = results.filter((result) => result.review_status === "unreviewed").length;
    return { confirmed, left, total: results.length };
  });
}

/**
 * Deletes a result. One of a document is remembered, so that reading the document again does not bring it back, and may
 * be rejected twice; one that was entered by hand is gone.
 */
export async function rejectLabResult(ctx: Context, id: string): Promise<void> {
  const rejected = await findRejection(ctx.database, id);
  if (rejected !== undefined && mayReach(ctx.actor, rejected.user_id)) return;
  const { document_id } = await requireLabResult(ctx, id);
  await ctx.database.transaction(async (db) => {
    // Before the result itself, in the order in which a reader takes them.
    const document = document_id !== null && await lockDocument(db, document_id);
    const row = await lockLabResult(db, id);
    if (row === undefined && await findRejection(db, id) !== undefined) return;
    const { user_id, page, box, printed, ...own } = reachable(ctx, row);
    const { test_name, value_text, unit } = printed ?? own;
    // What a person added to a document by hand is not in its print.
    if (document && document_id !== null && page !== null) {
      await insertRejection(db, { id, user_id, document_id, page, box, test_name, value_text, unit });
    }
    await deleteLabResult(db, id);
  });
}
