import { task } from "../src/platform/tasks.ts";
import { archiveOldSamples } from "../src/timeseries/archive.ts";
import { archiveSamplesJob } from "../src/timeseries/jobs.ts";

export const archiveSamplesTask = task({
  job: archiveSamplesJob,
  schedule: "7 3 * * *",
  run: (ctx, _, signal) => archiveOldSamples(ctx, signal),
});
