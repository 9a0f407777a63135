import { task } from "../src/platform/tasks.ts";
import { summarizeEverybody } from "../src/summaries/summarize_days.ts";
import { archiveOldSamples } from "../src/timeseries/archive.ts";
import { archiveSamplesJob } from "../src/timeseries/jobs.ts";

export const archiveSamplesTask = task({
  job: archiveSamplesJob,
  schedule: "7 3 * * *",
  run: async (ctx, _, signal) => {
    await summarizeEverybody(ctx, signal);
    await archiveOldSamples(ctx, signal);
  },
});
