import type { Context } from "../platform/context.ts";
import { deleteProcessedPayloads } from "./raw_payload_queries.ts";

const dayMs = 86_400_000;

/** What phones sent is kept for some days, so that a better reader can read it again; then it goes. */
export async function sweepRawPayloads(ctx: Context): Promise<void> {
  await deleteProcessedPayloads(ctx.database, new Date(ctx.clock().getTime() - ctx.config.RAW_PAYLOAD_DAYS * dayMs));
}
