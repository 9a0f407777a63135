import { deleteEndedInvitationCodes } from "../src/accounts/invitation_code_queries.ts";
import { sweepExpired } from "../src/accounts/jobs.ts";
import { deleteExpiredRefreshTokens } from "../src/accounts/queries.ts";
import { deleteOldEvents } from "../src/chat/turn_queries.ts";
import { deleteOldSyncEvents } from "../src/connections/sync_queries.ts";
import { deleteOldPageImages } from "../src/documents/page_image_queries.ts";
import { deleteUnreferredFiles } from "../src/documents/queries.ts";
import { sweepRawPayloads } from "../src/imports/raw_payload.ts";
import { sweepAttempts } from "../src/platform/rate_limit.ts";
import { task } from "../src/platform/tasks.ts";

export const sweepExpiredTask = task({
  job: sweepExpired,
  schedule: "17 * * * *",
  async run(ctx) {
    await deleteExpiredRefreshTokens(ctx.database, ctx.clock());
    await deleteEndedInvitationCodes(ctx.database, ctx.clock());
    await sweepAttempts(ctx);
    await deleteOldSyncEvents(ctx.database, ctx.clock());
    await deleteOldEvents(ctx.database, ctx.clock());
    await deleteUnreferredFiles(ctx.database, ctx.clock());
    await deleteOldPageImages(ctx.database, ctx.clock());
    await sweepRawPayloads(ctx);
  },
});
