import { sweepExpired } from "../src/accounts/jobs.ts";
import { deleteExpiredRefreshTokens } from "../src/accounts/queries.ts";
import { deleteOldSyncEvents } from "../src/connections/sync_queries.ts";
import { deleteUnreferredFiles } from "../src/documents/queries.ts";
import { sweepRawPayloads } from "../src/imports/raw_payload.ts";
import { sweepAttempts } from "../src/platform/rate_limit.ts";
import { task } from "../src/platform/tasks.ts";

export const sweepExpiredTask = task({
  job: sweepExpired,
  schedule: "17 * * * *",
  async run(ctx) {
    await deleteExpiredRefreshTokens(ctx.database, ctx.clock());
    await sweepAttempts(ctx);
    await deleteOldSyncEvents(ctx.database, ctx.clock());
    await deleteUnreferredFiles(ctx.database, ctx.clock());
    await sweepRawPayloads(ctx);
  },
});
