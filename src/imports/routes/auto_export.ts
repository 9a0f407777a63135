import { z } from "@hono/zod-openapi";
import { requireSdkUser } from "../../accounts/access.ts";
import { type Endpoint, endpoint } from "../../platform/endpoint.ts";
import { uuid } from "../../platform/scalars.ts";
import { acceptAutoExport } from "../auto_export_push.ts";
import { uploadAccepted, UploadDataResponse } from "../sdk_upload_response.ts";

/** The shape only documents: what is sent is kept first and read afterwards. */

const list = z.array(z.record(z.string(), z.unknown())).optional();

const AutoExportBody = z.object({
  data: z.object({
    metrics: z.array(z.object({
      name: z.string().openapi({ example: "step_count" }),
      units: z.string().optional(),
      data: z.array(z.record(z.string(), z.unknown())).openapi({ description: "`{date, qty, source}` and the like" }),
    })).optional(),
    workouts: list,
  }),
}).openapi("AutoExportBody", {
  example: {
    data: {
      metrics: [{
        name: "resting_heart_rate",
        units: "count/min",
        data: [{ date: "2026-03-14 00:00:00 +0100", qty: 53, source: "Apple Watch" }],
      }],
    },
  },
});

const paths = [
  ["/users/{user_id}/import/apple/auto-health-export", "importAutoHealthExport"],
  ["/sdk/users/{user_id}/sync/apple/auto-health-export", "syncAutoHealthExport"],
] as const;

export const autoExportRoutes: readonly Endpoint[] = paths.map(([path, operationId]) =>
  endpoint({
    method: "post",
    path,
    operationId,
    tag: "imports",
    summary: path.startsWith("/sdk")
      ? "The same as importAutoHealthExport, at the path of the phones"
      : "Send what the iOS app Health Auto Export exports",
    description: "The app's JSON, of either version, as its REST API automation posts it. It is kept as it was sent " +
      "and read in the background; what cannot be read is left out and counted in the sync status. Amounts that the " +
      "app has summed by day are daily totals, by hour or minute samples of that length. Metrics without a series " +
      "here become series of the person's own.",
    auth: "sdk",
    params: z.object({ user_id: uuid }),
    body: { kind: "stream", contentType: "application/json", schema: AutoExportBody },
    success: { status: 200, description: "Kept; it is stored in the background", schema: UploadDataResponse },
    errors: ["not_found"],
  }, async (ctx, { params }, { raw }) => {
    const userId = await requireSdkUser(ctx, params.user_id);
    await acceptAutoExport(ctx, userId, raw);
    return uploadAccepted(userId, "Import task queued successfully");
  })
);
