import { z } from "zod";
import { declareJob } from "../platform/jobs.ts";

/** Archives and deletes old samples as the settings say. `run_id` names a run that somebody asked for. */
export const archiveSamplesJob = declareJob({
  name: "archive_samples",
  payload: z.object({ run_id: z.uuid().optional() }),
  attempts: 3,
  queue: "archival",
  key: () => "all",
});
