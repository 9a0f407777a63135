import { z } from "@hono/zod-openapi";
import { type Endpoint, endpoint } from "../../platform/endpoint.ts";
import { uuid } from "../../platform/scalars.ts";
import { startDeviceFile } from "../device_file.ts";
import { acceptedImport } from "../import_run.ts";

const DeviceFileUpload = z.object({
  file: z.string().openapi({ format: "binary", description: "FIT, TCX or GPX, or one of them as gzip" }),
}).openapi("DeviceFileUpload");

const DeviceFileAccepted = z.object({
  status: z.literal("processing"),
  task_id: uuid,
  user_id: uuid,
  run_id: z.string().openapi({ description: "Names the run in the sync status" }),
}).openapi("DeviceFileAccepted");

export const deviceFileRoutes: readonly Endpoint[] = [
  endpoint({
    method: "post",
    path: "/users/{user_id}/import/file",
    operationId: "importDeviceFile",
    tag: "imports",
    summary: "Import a file of a watch, bike computer or scale; it is read in the background",
    description: "A form with `file`, or the file itself as the body; the format is told from the content. Up to " +
      "64 MB; a FIT file up to 24 MB, also unpacked. Importing a file again changes nothing. See the sync status for how it went.",
    auth: "key",
    params: z.object({ user_id: uuid }),
    body: { kind: "stream", contentType: "multipart/form-data", schema: DeviceFileUpload },
    success: { status: 202, description: "Accepted", schema: DeviceFileAccepted },
    errors: ["not_found"],
  }, async (ctx, { params }, request) => acceptedImport(await startDeviceFile(ctx, params.user_id, request.raw))),
];
