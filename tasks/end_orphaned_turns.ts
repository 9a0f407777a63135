import { endOrphans } from "../src/chat/end_turn.ts";
import { endOrphanedTurns } from "../src/chat/jobs.ts";
import { task } from "../src/platform/tasks.ts";

export const endOrphanedTurnsTask = task({
  job: endOrphanedTurns,
  schedule: "* * * * *",
  run: (ctx) => endOrphans(ctx),
});
