import { PDFiumLibrary } from "@hyzyla/pdfium";
import { PDFDocument, StandardFonts } from "pdf-lib";

/** Invented laboratory reports, as PDF and as PNG, made while the test runs. */

export interface ReportRow {
  readonly name: string;
  readonly value: string;
  readonly unit: string;
  readonly range: string;
}

export const bloodCount: readonly ReportRow[] = [
  { name: "Hemoglobin", value: "13.2", unit: "g/dL", range: "13.5 - 17.5" },
  { name: "Leukocytes", value: "6.1", unit: "10^9/L", range: "4.0 - 10.0" },
  { name: "Ferritin", value: "85", unit: "ng/mL", range: "20 - 250" },
  { name: "Troponin T", value: "<0.41", unit: "ng/mL", range: "< 0.50" },
];

/** `pages` repeats the same table under its heading. */
export async function reportPdf(
  rows: readonly ReportRow[],
  options: { readonly collected?: string; readonly pages?: number } = {},
): Promise<Uint8Array> {
  const pdf = await PDFDocument.create();
  const font = await pdf.embedFont(StandardFonts.Helvetica);
  for (let number = 1; number <= (options.pages ?? 1); number++) {
    const page = pdf.addPage([595, 842]);
    const write = (text: string, x: number, y: number, size = 12) => page.drawText(text, { x, y, size, font });
    write("Invented Laboratory, Example Town", 50, 790, 16);
    write("Patient: Ada Example", 50, 765);
    write(`Collected: ${options.collected ?? "2026-03-14"}`, 50, 745);
    for (const [x, title] of [[50, "Test"], [220, "Result"], [320, "Unit"], [430, "Reference range"]] as const) {
      write(title, x, 710);
    }
    for (const [index, row] of rows.entries()) {
      const y = 685 - index * 24;
      write(row.name, 50, y);
      write(row.value, 220, y);
      write(row.unit, 320, y);
      write(row.range, 430, y);
    }
  }
  return await pdf.save();
}

/** The first page as a picture at 150 dpi, as a scanner would send it. */
export async function pngOf(pdf: Uint8Array): Promise<Uint8Array> {
  const library = await PDFiumLibrary.init();
  try {
    const document = await library.loadDocument(pdf);
    const { data, width, height } = await document.getPage(0).render({ scale: 150 / 72, render: "bitmap" });
    document.destroy();
    return await encodePng(data, width, height);
  } finally {
    library.destroy();
  }
}

/** RGBA or BGRA makes no difference for black print on white paper. */
async function encodePng(pixels: Uint8Array, width: number, height: number): Promise<Uint8Array> {
  const lines = new Uint8Array(height * (width * 4 + 1));
  for (let y = 0; y < height; y++) {
    lines.set(pixels.subarray(y * width * 4, (y + 1) * width * 4), y * (width * 4 + 1) + 1);
  }
  const deflated = new Blob([lines]).stream().pipeThrough(new CompressionStream("deflate"));
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set([8, 6, 0, 0, 0], 8);
  const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
  const parts = [
    signature,
    pngChunk("IHDR", header),
    pngChunk("IDAT", new Uint8Array(await new Response(deflated).arrayBuffer())),
    pngChunk("IEND", new Uint8Array()),
  ];
  return new Uint8Array(await new Blob(parts as BlobPart[]).arrayBuffer());
}

function pngChunk(name: string, data: Uint8Array): Uint8Array {
  const chunk = new Uint8Array(data.length + 12);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, data.length);
  chunk.set(new TextEncoder().encode(name), 4);
  chunk.set(data, 8);
  view.setUint32(data.length + 8, crc32(chunk.subarray(4, data.length + 8)));
  return chunk;
}

/** The checksum of PNG chunks. */
export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}

/** The multipart form of an upload. */
export function uploadForm(
  bytes: Uint8Array,
  fields: Readonly<Record<string, string>>,
  file: { readonly name?: string; readonly type?: string } = {},
): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  form.set("file", new Blob([bytes as BlobPart], { type: file.type ?? "application/pdf" }), file.name ?? "report.pdf");
  return form;
}
