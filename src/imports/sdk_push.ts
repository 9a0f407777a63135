import type { UserId } from "../accounts/access.ts";
import { ensureConnection } from "../connections/connections.ts";
import { tellSync } from "../connections/sync_status.ts";
import type { Context } from "../platform/context.ts";
import { enqueue } from "../platform/jobs.ts";
import { invalidInput } from "../platform/validation.ts";
import { processPayload } from "./jobs.ts";
import { insertRawPayload } from "./raw_payload_queries.ts";
import { readJsonBody } from "./sdk_body.ts";
import { SDKLogRequest } from "./sdk_logs.ts";
import { isPhoneProvider, pushProvider } from "./sdk_provider.ts";

/**
 * Takes in what a phone sends. It is kept word for word together with the job that reads it, so that nothing a reader
 * does can lose it; the phone waits for no more than that.
 */

/** `provider` is what the path names; null when the body says it. */
export async function acceptPush(
  ctx: Context,
  user_id: UserId,
  provider: string | null,
  request: Request,
): Promise<void> {
  const { text, value } = await readJsonBody(request, ctx.config.MAX_PUSH_SIZE_MB);
  const sender = pushProvider(value, provider);
  const payload_id = crypto.randomUUID();
  const now = ctx.clock();
  await ctx.database.transaction(async (db) => {
    await ensureConnection(db, user_id, sender);
    await insertRawPayload(db, {
      id: payload_id,
      user_id,
      kind: "sdk",
      provider: sender,
      body: text,
      received_at: now,
      processed_at: null,
    });
    await tellSync(db, {
      run_id: payload_id,
      user_id,
      provider: sender,
      source: "sdk",
      stage: "queued",
      status: "in_progress",
      metadata: { batch_id: payload_id },
      timestamp: now,
    });
    await enqueue(db, processPayload, { payload_id });
  });
}

/** Events about the phone itself; kept, and read by nobody. */
export async function acceptLogs(ctx: Context, user_id: UserId, request: Request): Promise<void> {
  const { text, value } = await readJsonBody(request, 1);
  const parsed = SDKLogRequest.safeParse(value);
  if (!parsed.success) throw invalidInput("body", parsed.error, value);
  const sender = parsed.data.provider?.trim().toLowerCase();
  const now = ctx.clock();
  await insertRawPayload(ctx.database, {
    id: crypto.randomUUID(),
    user_id,
    kind: "sdk_logs",
    provider: isPhoneProvider(sender) ? sender : "unknown",
    body: text,
    received_at: now,
    processed_at: now,
  });
}
