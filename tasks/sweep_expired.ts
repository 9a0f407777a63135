import { sweepExpired } from "../src/accounts/jobs.ts";
import { deleteExpiredRefreshTokens } from "../src/accounts/queries.ts";
import { deleteUnreferredFiles } from "../src/documents/queries.ts";
import { sweepAttempts } from "../src/platform/rate_limit.ts";
import { task } from "../src/platform/tasks.ts";

export const sweepExpiredTask = task({
  job: sweepExpired,
  schedule: "17 * * * *",
  async run(ctx) {
    await deleteExpiredRefreshTokens(ctx.database, ctx.clock());
    await sweepAttempts(ctx);
    await deleteUnreferredFiles(ctx.database, ctx.clock());
  },
});
