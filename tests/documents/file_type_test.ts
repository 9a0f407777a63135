import assert from "node:assert/strict";
import { type FileType, fileType } from "../../src/documents/file_type.ts";

const bytes = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));

const signatures: Record<string, FileType | null> = {
  "%PDF-1.7\n": "application/pdf",
  "\xff\xd8\xff\xe0\0\x10JFIF": "image/jpeg",
  "\x89PNG\r\n\x1a\n\0\0": "image/png",
  "II*\0\x08\0\0\0": "image/tiff",
  "MM\0*\0\0\0\x08": "image/tiff",
  "MM\0+\0\x08\0\0": "image/tiff",
  "RIFF\x10\0\0\0WEBPVP8 ": "image/webp",
  "RIFF\x10\0\0\0WAVEfmt ": null,
  "GIF89a": null,
  "PK\x03\x04": null,
  "<html><body>": null,
  "": null,
  "%PD": null,
  "\xff\xd8": null,
};

for (const [start, type] of Object.entries(signatures)) {
  Deno.test(`a file that starts with ${JSON.stringify(start)} is ${type ?? "none we read"}`, () => {
    assert.equal(fileType(bytes(start)), type);
  });
}

Deno.test("a PDF may have up to 1024 bytes of something else in front", () => {
  assert.equal(fileType(bytes("\r\n".repeat(500) + "%PDF-1.4")), "application/pdf");
  assert.equal(fileType(bytes("x".repeat(1024 - 5) + "%PDF-")), "application/pdf");
  assert.equal(fileType(bytes("x".repeat(1024) + "%PDF-1.4")), null);
});

Deno.test("only the view's own bytes count", () => {
  assert.equal(fileType(bytes("junk%PDF-1.4").subarray(0, 4)), null);
});
