import { task } from "../src/platform/tasks.ts";
import { requestStaleScores } from "../src/scores/compute_scores.ts";
import { sweepScores } from "../src/scores/jobs.ts";

export const sweepScoresTask = task({
  job: sweepScores,
  schedule: "41 * * * *",
  run: (ctx) => requestStaleScores(ctx),
});
