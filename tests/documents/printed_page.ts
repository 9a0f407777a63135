/** Pages for the tests of readers: drawn as PDF, and turned into pictures of every format we read. */
import { PDFDocument, type PDFFont, type PDFPage, StandardFonts } from "pdf-lib";
import type { FileType } from "../../src/documents/file_type.ts";
import { lineText, type Page } from "../../src/documents/page.ts";
import { Pdf } from "../../src/documents/pdf.ts";
import { loadPdfium } from "../../src/documents/pdfium.ts";
import type { Picture } from "../../src/documents/picture.ts";
import { loadVips } from "../../src/documents/picture_file.ts";
import type { PageReader } from "../../src/documents/read_pages.ts";

export type Draw = (page: PDFPage, font: PDFFont) => void | Promise<void>;

/** One page for each function, with a Helvetica to write with; the origin of pdf-lib is bottom left. */
export async function drawPdf(draws: readonly Draw[], size: [number, number] = [595, 842]): Promise<Uint8Array> {
  const pdf = await PDFDocument.create();
  const font = await pdf.embedFont(StandardFonts.Helvetica);
  for (const draw of draws) await draw(pdf.addPage(size), font);
  return await pdf.save();
}

/** The rows that `drawReport` prints, as lines are expected to read. */
export const REPORT = ["Hemoglobin 13.2 g/dL 13.5 - 17.5", "Ferritin 85 ng/mL 20 - 250", "CRP <0.6 mg/L < 5.0"];
export const REPORT_SIZE: [number, number] = [420, 170];

/** A small table, 14 points high, without frames. */
export const drawReport: Draw = (page, font) => {
  const write = (text: string, x: number, y: number) => page.drawText(text, { x, y, size: 14, font });
  write("Invented Laboratory, Example Town", 30, 140);
  for (const [index, row] of REPORT.entries()) {
    const [name, value, unit, ...range] = row.split(" ");
    const y = 100 - index * 30;
    write(name!, 30, y);
    write(value!, 150, y);
    write(unit!, 220, y);
    write(range.join(" "), 300, y);
  }
};

/** The page with this number as the reader's own renderer shows it. */
export async function pictureOf(pdf: Uint8Array, number = 1): Promise<Picture> {
  const document = new Pdf(await loadPdfium(), pdf);
  try {
    return await document.withPage(number, (page) => page.render());
  } finally {
    document.close();
  }
}

export interface Encoding {
  /** A second page with the same print, for formats that have pages. */
  readonly pages?: number;
  /** EXIF orientation; the pixels are turned so that the page is upright when it is obeyed (6 and 3 only). */
  readonly orientation?: 3 | 6;
  /** Turned without saying so, as a scanner does. */
  readonly turned?: 90 | 180;
  /** Dots an inch across and down, for a TIFF; the picture is squeezed so that it is right with these. */
  readonly dots?: readonly [across: number, down: number];
}

type Vips = Awaited<ReturnType<typeof loadVips>>;
let loaded: Promise<Vips> | undefined;

export async function encode(picture: Picture, type: FileType, encoding: Encoding = {}): Promise<Uint8Array> {
  const vips = await (loaded ??= loadVips());
  const { data, width, height } = picture;
  let image = vips.Image.newFromMemory(data as Uint8Array<ArrayBuffer>, width, height, 3, vips.BandFormat.uchar)
    .copy({ interpretation: vips.Interpretation.srgb });
  if (encoding.turned !== undefined) image = encoding.turned === 90 ? image.rot90() : image.rot180();
  if (encoding.orientation !== undefined) {
    image = (encoding.orientation === 6 ? image.rot270() : image.rot180()).copy();
    image.setInt("orientation", encoding.orientation);
  }
  switch (type) {
    case "image/png":
      return image.pngsaveBuffer();
    case "image/jpeg":
      return image.jpegsaveBuffer({ Q: 85 });
    case "image/webp":
      return image.webpsaveBuffer({ Q: 85 });
    default: {
      // As a fax machine writes it: black and white, CCITT group 4, one strip of pages under each other.
      const [across, down] = encoding.dots ?? [200, 200];
      const grey = image.colourspace(vips.Interpretation.b_w).resize(1, { vscale: down / across });
      const pages = encoding.pages ?? 1;
      const stack = vips.Image.arrayjoin(Array.from({ length: pages }, () => grey), { across: 1 }).copy();
      stack.setInt("page-height", grey.height);
      // In dots a millimetre.
      return stack.tiffsaveBuffer({ compression: "ccittfax4", bitdepth: 1, xres: across / 25.4, yres: down / 25.4 });
    }
  }
}

export async function readAll(reader: PageReader, bytes: Uint8Array, type: FileType, maxPages = 20): Promise<Page[]> {
  return await Array.fromAsync(reader.readPages(bytes, type, { maxPages }));
}

export function texts(page: Page | undefined): string[] {
  return page?.lines.map(lineText) ?? [];
}
