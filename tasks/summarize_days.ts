import { task } from "../src/platform/tasks.ts";
import { summarizeDays } from "../src/summaries/jobs.ts";
import { summarizeStaleDays } from "../src/summaries/summarize_days.ts";

export const summarizeDaysTask = task({
  job: summarizeDays,
  schedule: "*/2 * * * *",
  run: (ctx, payload, signal) => summarizeStaleDays(ctx, payload, signal),
});
