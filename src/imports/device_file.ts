import { requireUser } from "../accounts/access.ts";
import type { Context } from "../platform/context.ts";
import { AppError } from "../platform/errors.ts";
import { deviceFileMaxBytes, fitMaxBytes, isGzip } from "./device_file_bytes.ts";
import { startImport } from "./import_run.ts";
import type { ImportKind } from "./importers.ts";
import type { ImportRun } from "./table.ts";

/** Files of watches, bike computers and scales: FIT, TCX and GPX, each also as gzip. */

/** Who made the file is only known when it is read; the run itself names nobody. */
export async function startDeviceFile(ctx: Context, id: string, request: Request): Promise<ImportRun> {
  const userId = await requireUser(ctx, id);
  return await startImport(ctx, userId, request, {
    provider: "unknown",
    detect: deviceFileKind,
    maxBytes: (kind) => kind === "fit" ? fitMaxBytes : deviceFileMaxBytes,
  });
}

const byEnding: readonly (readonly [RegExp, ImportKind])[] = [
  [/\.fit(\.gz)?$/i, "fit"],
  [/\.tcx(\.gz)?$/i, "tcx"],
  [/\.gpx(\.gz)?$/i, "gpx"],
];

/** Told from the content; only of an archive the name must tell. */
export function deviceFileKind(head: Uint8Array, fileName: string | null): ImportKind {
  if (isGzip(head)) {
    const kind = byEnding.find(([pattern]) => pattern.test(fileName ?? ""))?.[1];
    if (kind !== undefined) return kind;
    throw refused("Cannot tell what is in the gzip archive; name it such as ride.fit.gz, or send the file unpacked");
  }
  if (isFit(head)) return "fit";
  const text = new TextDecoder().decode(head);
  if (/<(?:[\w.-]+:)?TrainingCenterDatabase[\s>]/.test(text)) return "tcx";
  if (/<(?:[\w.-]+:)?gpx[\s>]/.test(text)) return "gpx";
  throw refused("The file is neither FIT nor TCX nor GPX; export the workout in one of these formats");
}

/** The header's length, and its signature at the eighth byte. */
export function isFit(head: Uint8Array): boolean {
  return (head[0] === 12 || head[0] === 14) && String.fromCharCode(...head.subarray(8, 12)) === ".FIT";
}

function refused(message: string): AppError {
  return new AppError("invalid_input", message, { issues: [{ path: "body.file", message }] });
}
