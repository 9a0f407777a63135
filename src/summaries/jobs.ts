import { z } from "zod";
import { declareJob } from "../platform/jobs.ts";

/** Computes stale days, of one person or, without one, by a job for each person who has some. */
export const summarizeDays = declareJob({
  name: "summarize_days",
  payload: z.object({ user_id: z.uuid().optional() }),
  attempts: 5,
  queue: "summaries",
  key: ({ user_id }) => user_id ?? "all",
});
