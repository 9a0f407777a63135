/**
 * Which kind of document a file is, decided from its first bytes and never from its name.
 *
 * Used by the HTTP API as well: Web APIs only.
 */

export type FileType = "application/pdf" | "image/jpeg" | "image/png" | "image/tiff" | "image/webp";

export const FILE_TYPES: readonly FileType[] = [
  "application/pdf",
  "image/jpeg",
  "image/png",
  "image/tiff",
  "image/webp",
];

/** ISO 32000-1, implementation note 13: readers accept the header anywhere within the first 1024 bytes. */
const PDF_HEADER_WITHIN = 1024;

/** The file's type, or null if it is none of those we read. Looks at the first 1024 bytes at most. */
export function fileType(bytes: Uint8Array): FileType | null {
  if (hasAt(bytes, 0, "\xff\xd8\xff")) return "image/jpeg";
  if (hasAt(bytes, 0, "\x89PNG\r\n\x1a\n")) return "image/png";
  if (hasAt(bytes, 0, "RIFF") && hasAt(bytes, 8, "WEBP")) return "image/webp";
  if (hasAt(bytes, 0, "II*\0") || hasAt(bytes, 0, "MM\0*")) return "image/tiff";
  if (hasAt(bytes, 0, "II+\0") || hasAt(bytes, 0, "MM\0+")) return "image/tiff"; // BigTIFF
  const last = Math.min(PDF_HEADER_WITHIN, bytes.length) - "%PDF-".length;
  for (let offset = 0; offset <= last; offset++) {
    if (hasAt(bytes, offset, "%PDF-")) return "application/pdf";
  }
  return null;
}

function hasAt(bytes: Uint8Array, offset: number, signature: string): boolean {
  for (let index = 0; index < signature.length; index++) {
    if (bytes[offset + index] !== signature.charCodeAt(index)) return false;
  }
  return true;
}
