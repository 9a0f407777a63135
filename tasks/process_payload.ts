import { processAutoExport } from "../src/imports/auto_export_process.ts";
import { processPayload } from "../src/imports/jobs.ts";
import { giveUpOnPayload, processPushedPayload } from "../src/imports/sdk_process.ts";
import { task } from "../src/platform/tasks.ts";

export const processPayloadTask = task({
  job: processPayload,
  run: async (ctx, { payload_id }) => {
    if (!await processAutoExport(ctx, payload_id)) await processPushedPayload(ctx, payload_id);
  },
  dead: (ctx, { payload_id }) => giveUpOnPayload(ctx, payload_id),
});
