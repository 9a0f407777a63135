import { z } from "zod";
import { declareJob, type Job } from "../platform/jobs.ts";

/** File → measurements. One file at a time in each queue, so that memory stays bounded. */

const payload = z.object({ import_id: z.uuid() });

export type ImportPayload = z.output<typeof payload>;

const attempts = 5;
const key = ({ import_id }: ImportPayload) => import_id;

export const runImport = declareJob({ name: "run_import", payload, attempts, queue: "imports", key });

/** A ride need not wait for somebody's ten years of records. */
export const runSmallImport = declareJob({
  name: "run_small_import",
  payload,
  attempts,
  queue: "small_imports",
  key,
});

const smallBytes = 8 * 1024 * 1024;

export function importJob(fileSize: number): Job<ImportPayload> {
  return fileSize <= smallBytes ? runSmallImport : runImport;
}

/** A phone's push → measurements, in the order they came: a later value replaces an earlier one. */
export const processPayload = declareJob({
  name: "process_payload",
  payload: z.object({ payload_id: z.uuid() }),
  attempts,
  queue: "phone_pushes",
  key: ({ payload_id }) => payload_id,
});
