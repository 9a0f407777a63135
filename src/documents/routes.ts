import { z } from "@hono/zod-openapi";
import { requireUser } from "../accounts/access.ts";
import { type Endpoint, endpoint, Reply } from "../platform/endpoint.ts";
import { readFile } from "../platform/files.ts";
import { decodeCursor, page } from "../platform/paging.ts";
import { queryInteger, timestamp, uuid } from "../platform/scalars.ts";
import { requireDocument } from "./access.ts";
import { pageImage } from "./page_image.ts";
import { deleteDocument, listDocuments } from "./queries.ts";
import { reprocessDocument } from "./read_document.ts";
import { type Document, documentStatuses } from "./table.ts";
import { uploadDocument } from "./upload.ts";

const MedicalDocumentRead = z.object({
  id: uuid,
  user_id: uuid,
  title: z.string(),
  document_type: z.string(),
  file_path: z.string().openapi({ description: "Where the original can be downloaded" }),
  file_name: z.string().nullable(),
  file_type: z.string(),
  file_size: z.int().openapi({ description: "Bytes" }),
  raw_text: z.string().nullable(),
  parsed_data: z.record(z.string(), z.unknown()).nullable(),
  page_count: z.int().nullable(),
  document_date: z.string().nullable(),
  status: z.enum(documentStatuses),
  results_refused: z.int().openapi({
    description: "Values, units and ranges that were not stored because they do not stand in the document's text",
  }),
  status_reason: z.string().nullable().openapi({ description: "Why it failed, or what is to know about the result" }),
  created_at: timestamp,
}).openapi("MedicalDocumentRead");

const UploadForm = z.object({
  file: z.string().openapi({ format: "binary", description: "PDF, JPEG, PNG, TIFF or WebP" }),
  user_id: uuid,
  title: z.string().min(1).max(255).optional().openapi({ description: "The file's name when not given" }),
  document_type: z.string().min(1).max(50).optional().openapi({
    description:
      "lab_report (default), prescription, imaging or other; only the first and others are searched for results",
  }),
  document_date: z.string().optional().openapi({ format: "date" }),
}).openapi("DocumentUpload");

const params = z.object({ document_id: uuid });
const pageNumber = z.string().regex(/^\d{1,6}$/, "Input should be a valid integer").transform(Number)
  .pipe(z.int().min(1)).openapi({ type: "integer", minimum: 1, example: 1 });

function readDocumentRow(row: Document): z.input<typeof MedicalDocumentRead> {
  const { file_id: _, content_hash: __, ...shown } = row;
  return {
    ...shown,
    file_path: `/api/v1/documents/${row.id}/file`,
    parsed_data: null,
    created_at: row.created_at.toISOString(),
  };
}

/** RFC 5987 wants four more characters escaped than encodeURIComponent does. */
function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

export const documentRoutes: readonly Endpoint[] = [
  endpoint({
    method: "post",
    path: "/documents/upload",
    operationId: "uploadDocument",
    tag: "documents",
    summary: "Upload a document; it is read in the background",
    description:
      "Poll the document until `status` is `completed` or `failed`. A file this person has uploaded before " +
      "answers 200 with the earlier document.",
    auth: "key",
    body: { kind: "stream", contentType: "multipart/form-data", schema: UploadForm },
    success: { status: 202, description: "Accepted", schema: MedicalDocumentRead },
    alternative: { status: 200, description: "This file was uploaded before" },
    errors: ["not_found", "conflict", "unprocessable"],
  }, async (ctx, _input, request) => {
    const { document, created } = await uploadDocument(ctx, request.raw);
    return new Reply(readDocumentRow(document), { status: created ? 202 : 200 });
  }),

  endpoint({
    method: "get",
    path: "/documents",
    operationId: "listDocuments",
    tag: "documents",
    summary: "A person's documents, newest first",
    auth: "key",
    query: z.object({
      user_id: uuid,
      limit: queryInteger(1, 200, 50),
      cursor: z.string().max(200).optional().openapi({ description: "X-Next-Cursor of the page before" }),
    }),
    success: {
      status: 200,
      description: "One page",
      schema: z.array(MedicalDocumentRead),
      headers: { "X-Next-Cursor": "Present when there are more" },
    },
    errors: ["not_found"],
  }, async (ctx, { query }) => {
    const userId = await requireUser(ctx, query.user_id);
    const found = await listDocuments(ctx.database, userId, { limit: query.limit, after: decodeCursor(query.cursor) });
    const { items, headers } = page(found, query.limit, (row) => ({ at: row.created_at.toISOString(), id: row.id }));
    return new Reply(items.map(readDocumentRow), { headers });
  }),

  endpoint({
    method: "get",
    path: "/documents/{document_id}",
    operationId: "getDocument",
    tag: "documents",
    summary: "One document with its text and status",
    auth: "key",
    params,
    success: { status: 200, description: "The document", schema: MedicalDocumentRead },
    errors: ["not_found"],
  }, async (ctx, { params }) => readDocumentRow(await requireDocument(ctx, params.document_id))),

  endpoint({
    method: "get",
    path: "/documents/{document_id}/file",
    operationId: "downloadDocument",
    tag: "documents",
    summary: "The original, byte for byte",
    auth: "key",
    params,
    success: {
      status: 200,
      description: "The file",
      contentType: "application/octet-stream",
      schema: z.string().openapi({ format: "binary" }),
    },
    errors: ["not_found"],
  }, async (ctx, { params }) => {
    const document = await requireDocument(ctx, params.document_id);
    const name = encodeURIComponent((document.file_name ?? document.id).toWellFormed()).replace(/['()*]/g, percent);
    return new Response(readFile(ctx, document.file_id), {
      headers: {
        "content-type": document.file_type,
        "content-length": String(document.file_size),
        // Never shown inside our origin: a PDF or picture is somebody else's content.
        "content-disposition": `attachment; filename*=UTF-8''${name}`,
        "cache-control": "private, no-store",
      },
    });
  }),

  endpoint({
    method: "get",
    path: "/documents/{document_id}/pages/{number}.png",
    operationId: "getDocumentPageImage",
    tag: "documents",
    summary: "One page as a picture, in the coordinates of the boxes of its results",
    description: "The page as it was read: turned upright and straightened. Divide the picture's width by the page's " +
      "width to scale a box. It is drawn by the worker and kept for a day; the first call waits for that.",
    auth: "key",
    params: z.object({ document_id: uuid, number: pageNumber }),
    query: z.object({ width: queryInteger(200, 2000, 1000) }),
    success: {
      status: 200,
      description: "The page; narrower than asked for only where it would have more than 10 million pixels",
      contentType: "image/png",
      schema: z.string().openapi({ format: "binary" }),
    },
    errors: ["not_found", "conflict", "unprocessable", "unavailable"],
  }, async (ctx, { params, query }, request) => {
    const document = await requireDocument(ctx, params.document_id);
    const png = await pageImage(ctx, document, { page: params.number, width: query.width }, request.signal);
    return new Response(png, { headers: { "content-type": "image/png", "cache-control": "private, max-age=600" } });
  }),

  endpoint(
    {
      method: "post",
      path: "/documents/{document_id}/reprocess",
      operationId: "reprocessDocument",
      tag: "documents",
      summary: "Read the document again",
      description:
        "Results found by the reader are replaced. Those a person entered, confirmed or corrected stay, and " +
        "those that were rejected do not come back.",
      auth: "key",
      params,
      success: { status: 202, description: "Accepted", schema: MedicalDocumentRead },
      errors: ["not_found"],
    },
    async (ctx, { params }) =>
      readDocumentRow(await reprocessDocument(ctx, await requireDocument(ctx, params.document_id))),
  ),

  endpoint({
    method: "delete",
    path: "/documents/{document_id}",
    operationId: "deleteDocument",
    tag: "documents",
    summary: "Delete a document and its file; its laboratory results stay",
    auth: "key",
    params,
    success: { status: 204, description: "Deleted" },
    errors: ["not_found"],
  }, async (ctx, { params }) => {
    await deleteDocument(ctx.database, (await requireDocument(ctx, params.document_id)).id);
  }),
];
