import { z } from "zod";
import { declareJob } from "../platform/jobs.ts";

/** Ends answers whose process has died, so that their conversations can go on without somebody looking. */
export const endOrphanedTurns = declareJob({
  name: "end_orphaned_turns",
  payload: z.object({}),
  attempts: 1,
  queue: null,
  key: () => "all",
});
