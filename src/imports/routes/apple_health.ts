import { z } from "@hono/zod-openapi";
import { requireUser } from "../../accounts/access.ts";
import { type Endpoint, endpoint } from "../../platform/endpoint.ts";
import { AppError } from "../../platform/errors.ts";
import { uuid } from "../../platform/scalars.ts";
import { detectAppleExport } from "../apple_file.ts";
import { acceptedImport, startImport } from "../import_run.ts";

const ImportForm = z.object({
  file: z.string().openapi({
    format: "binary",
    description: "export.zip as the phone writes it, or the export.xml in it",
  }),
}).openapi("AppleHealthExport");

const ImportAccepted = z.object({
  status: z.literal("processing"),
  task_id: uuid.openapi({ description: "The import, see `/users/{user_id}/imports/{import_id}`" }),
  user_id: uuid,
  run_id: z.string().openapi({ description: "The run in the sync status", example: "xml_5f0c2a9be1d34c77" }),
}).openapi("ImportAccepted");

const params = z.object({ user_id: uuid });

export const appleHealthRoutes: readonly Endpoint[] = [
  endpoint({
    method: "post",
    path: "/users/{user_id}/import/apple/xml/direct",
    operationId: "importAppleHealthExport",
    tag: "imports",
    summary: "Import an export of Apple Health; it is read in the background",
    description: "A form with `file`, or the file itself as the body (`application/zip`, `application/xml`). " +
      "`task_id` is the import; the sync stream tells its progress. Sending an export again changes nothing but what " +
      "has changed.",
    auth: "key",
    params,
    body: { kind: "stream", contentType: "multipart/form-data", schema: ImportForm },
    success: { status: 200, description: "Accepted", schema: ImportAccepted },
    errors: ["not_found"],
  }, async (ctx, { params }, request) => {
    const userId = await requireUser(ctx, params.user_id);
    const options = { provider: "apple", detect: detectAppleExport } as const;
    return acceptedImport(await startImport(ctx, userId, request.raw, options));
  }),

  endpoint({
    method: "post",
    path: "/users/{user_id}/import/apple/xml/s3",
    operationId: "importAppleHealthExportFromS3",
    tag: "imports",
    summary: "Not available: there is no S3 here",
    description:
      "Kept so that clients get a clear answer. Upload to `/users/{user_id}/import/apple/xml/direct` instead.",
    auth: "key",
    params,
    success: { status: 200, description: "Never", schema: ImportAccepted },
    errors: ["not_found", "unavailable"],
  }, async (ctx, { params }) => {
    const userId = await requireUser(ctx, params.user_id);
    throw new AppError(
      "unavailable",
      `S3 is not used here; upload to /api/v1/users/${userId}/import/apple/xml/direct`,
    );
  }),
];
