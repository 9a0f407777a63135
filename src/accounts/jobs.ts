import { z } from "zod";
import { declareJob } from "../platform/jobs.ts";

/** Removes what has expired: refresh tokens, invitation codes, rate-limit windows, unfinished uploads. */
export const sweepExpired = declareJob({
  name: "sweep_expired",
  payload: z.object({}),
  attempts: 3,
  queue: null,
  key: () => "all",
});
