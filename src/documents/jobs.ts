import { z } from "zod";
import { declareJob } from "../platform/jobs.ts";

/** The two steps from a file to results. One document at a time in each, so that memory stays bounded. */

const payload = z.object({ document_id: z.uuid() });

/** File → pages of text: `pending → parsing → parsed`. */
export const readDocument = declareJob({
  name: "read_document",
  payload,
  attempts: 5,
  queue: "document_reading",
  key: ({ document_id }) => document_id,
});

/** One page → a picture for whoever looks at it; of little use to anybody after a minute. */
export const drawPageImage = declareJob({
  name: "draw_page_image",
  payload: z.object({ document_id: z.uuid(), page: z.int().min(1), width: z.int().min(1) }),
  attempts: 2,
  queue: "page_images",
  key: ({ document_id, page, width }) => `${document_id}:${page}:${width}`,
});

/** Pages → laboratory results: `extracting → completed`. */
export const extractDocument = declareJob({
  name: "extract_document",
  payload,
  attempts: 5,
  queue: "document_extraction",
  key: ({ document_id }) => document_id,
});
