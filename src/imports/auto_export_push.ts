import type { UserId } from "../accounts/access.ts";
import { ensureConnection } from "../connections/connections.ts";
import { tellSync } from "../connections/sync_status.ts";
import type { Context } from "../platform/context.ts";
import { enqueue } from "../platform/jobs.ts";
import { processPayload } from "./jobs.ts";
import { insertRawPayload } from "./raw_payload_queries.ts";
import { readJsonBody } from "./sdk_body.ts";

/** Takes in what Health Auto Export sends: kept word for word, together with the job that reads it. */
export async function acceptAutoExport(ctx: Context, user_id: UserId, request: Request): Promise<void> {
  const { text } = await readJsonBody(request, ctx.config.MAX_PUSH_SIZE_MB);
  const payload_id = crypto.randomUUID();
  const now = ctx.clock();
  await ctx.database.transaction(async (db) => {
    await ensureConnection(db, user_id, "apple");
    await insertRawPayload(db, {
      id: payload_id,
      user_id,
      kind: "auto_export",
      provider: "apple",
      body: text,
      received_at: now,
      processed_at: null,
    });
    await tellSync(db, {
      run_id: payload_id,
      user_id,
      provider: "apple",
      source: "sdk",
      stage: "queued",
      status: "in_progress",
      metadata: { batch_id: payload_id },
      timestamp: now,
    });
    await enqueue(db, processPayload, { payload_id });
  });
}
