import { z } from "zod";
import { declareJob } from "../platform/jobs.ts";

/** Computes a person's own scores for the nights that changed. Further changes meanwhile join the waiting job. */
export const computeScores = declareJob({
  name: "compute_scores",
  payload: z.object({ user_id: z.uuid() }),
  attempts: 5,
  queue: "scores",
  key: ({ user_id }) => user_id,
});

/** Requests the above for everybody whose scores are out of date without a job that says so. */
export const sweepScores = declareJob({
  name: "sweep_scores",
  payload: z.object({}),
  attempts: 1,
  queue: null,
  key: () => "all",
});
