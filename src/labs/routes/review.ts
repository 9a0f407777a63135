import { z } from "@hono/zod-openapi";
import { documentStatuses } from "../../documents/table.ts";
import { type Endpoint, endpoint } from "../../platform/endpoint.ts";
import { shortText, uuid } from "../../platform/scalars.ts";
import { confirmDocument, confirmLabResult, documentResults, rejectLabResult } from "../review.ts";
import { DocumentResult, LabResultRead, showDocumentResult, showResult } from "../shown_result.ts";

/** Looking through what was read from a document. */

const DocumentResults = z.object({
  document_id: uuid,
  status: z.enum(documentStatuses),
  results_refused: z.int().openapi({
    description: "Values, units and ranges that were not stored because they do not stand in the document's text",
  }),
  unreviewed: z.int(),
  needs_review: z.int().openapi({ description: "How many a person should look at" }),
  pages: z.array(
    z.object({
      number: z.int(),
      width: z.number().openapi({ description: "In the units of the boxes" }),
      height: z.number(),
      image: z.string().openapi({ description: "Where the page can be had as a picture" }),
    }).openapi("DocumentPage"),
  ),
  results: z.array(DocumentResult).openapi({ description: "In the order of the print" }),
}).openapi("DocumentResults");

const LabConfirm = z.object({
  analyte: shortText(1, 100).optional().openapi({ description: "One of the candidates, by its id in the catalogue" }),
  loinc: shortText(1, 50).optional().openapi({ description: "One of the candidates, by its code" }),
}).openapi("LabConfirm", { example: {} });

const DocumentConfirm = z.object({
  include_needs_review: z.boolean().optional().openapi({ description: "Also those that a person should look at" }),
}).openapi("DocumentConfirm", { example: { include_needs_review: false } });

const DocumentConfirmed = z.object({
  confirmed: z.int().openapi({ description: "Results confirmed by this call" }),
  left: z.int().openapi({ description: "Results that nobody has looked at yet" }),
  total: z.int(),
}).openapi("DocumentConfirmed");

const documentParams = z.object({ document_id: uuid });
const labParams = z.object({ lab_id: uuid });

export const reviewRoutes: readonly Endpoint[] = [
  endpoint({
    method: "get",
    path: "/documents/{document_id}/results",
    operationId: "listDocumentResults",
    tag: "labs",
    summary: "What was read from a document: results with their place, doubts and candidates",
    auth: "key",
    params: documentParams,
    success: { status: 200, description: "The results and the pages they stand on", schema: DocumentResults },
    errors: ["not_found"],
  }, async (ctx, { params }) => {
    const { document, pages, results } = await documentResults(ctx, params.document_id);
    return {
      document_id: document.id,
      status: document.status,
      results_refused: document.results_refused,
      unreviewed: results.filter((result) => result.review_status === "unreviewed").length,
      needs_review: results.filter((result) => result.needs_review).length,
      pages: pages.map((page) => ({
        ...page,
        image: `/api/v1/documents/${document.id}/pages/${page.number}.png`,
      })),
      results: results.map(showDocumentResult),
    };
  }),

  endpoint({
    method: "post",
    path: "/documents/{document_id}/results/confirm",
    operationId: "confirmDocumentResults",
    tag: "labs",
    summary: "Confirm all results of a document that need no review",
    description: "What was confirmed or corrected before stays as it is.",
    auth: "key",
    params: documentParams,
    body: { kind: "json", schema: DocumentConfirm, optional: true },
    success: { status: 200, description: "How many were confirmed", schema: DocumentConfirmed },
    errors: ["not_found"],
  }, async (ctx, { params, body }) => {
    return { ...await confirmDocument(ctx, params.document_id, body?.include_needs_review === true) };
  }),

  endpoint({
    method: "post",
    path: "/labs/{lab_id}/confirm",
    operationId: "confirmLab",
    tag: "labs",
    summary: "Confirm that a result is right",
    description: "With `analyte` or `loinc`, one of the result's candidates becomes its test, and the name that this " +
      "laboratory prints for it is remembered. To change anything else, correct the result instead.",
    auth: "key",
    params: labParams,
    body: { kind: "json", schema: LabConfirm, optional: true },
    success: { status: 200, description: "The confirmed result", schema: LabResultRead },
    errors: ["not_found", "unprocessable"],
  }, async (ctx, { params, body }) => showResult(await confirmLabResult(ctx, params.lab_id, body ?? {}))),

  endpoint({
    method: "post",
    path: "/labs/{lab_id}/reject",
    operationId: "rejectLab",
    tag: "labs",
    summary: "Delete a result that is none, so that it does not come back",
    description: "Reading the document again leaves it out. Rejecting twice is rejecting once.",
    auth: "key",
    params: labParams,
    success: { status: 204, description: "Rejected" },
    errors: ["not_found"],
  }, async (ctx, { params }) => await rejectLabResult(ctx, params.lab_id)),
];
