import { task } from "../src/platform/tasks.ts";
import { computeStaleScores } from "../src/scores/compute_scores.ts";
import { computeScores } from "../src/scores/jobs.ts";

export const computeScoresTask = task({
  job: computeScores,
  run: (ctx, { user_id }) => computeStaleScores(ctx, user_id),
});
