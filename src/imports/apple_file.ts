import { AppError } from "../platform/errors.ts";
import type { ImportKind } from "./importers.ts";

/** Tells an export of Apple Health by its first bytes; what is really inside shows when it is read. */
export function detectAppleExport(head: Uint8Array): ImportKind {
  if (isZip(head) || isXml(head)) return "apple_health";
  throw new AppError(
    "unsupported_media_type",
    "Unsupported file type; upload the export.zip that the Health app writes, or the export.xml in it",
  );
}

export function isZip(head: Uint8Array): boolean {
  return head[0] === 0x50 && head[1] === 0x4b && (head[2] === 3 || head[2] === 5);
}

/** Text that begins with a tag, after a byte order mark and white space. */
function isXml(head: Uint8Array): boolean {
  return /^\s*<[?!A-Za-z]/.test(new TextDecoder().decode(head.subarray(0, 1024)));
}
