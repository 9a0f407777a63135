/**
 * Printed reports as PDF files. Latin text is set in Helvetica; other writing in a font that is named and not embedded,
 * with its own table of characters, as many laboratory systems do.
 */
import {
  type PDFContext,
  PDFDocument,
  type PDFFont,
  PDFHexString,
  PDFName,
  type PDFPage,
  type PDFRef,
  StandardFonts,
} from "pdf-lib";
import { pageSize, type Placed, type PrintedReport } from "./sheet.ts";

export async function drawReport(report: PrintedReport): Promise<Uint8Array> {
  const pdf = await PDFDocument.create();
  const [plain, bold, symbols] = [
    await pdf.embedFont(StandardFonts.Helvetica),
    await pdf.embedFont(StandardFonts.HelveticaBold),
    await pdf.embedFont(StandardFonts.Symbol),
  ];
  let wide: PDFRef | null = null;
  for (const placed of report.pages) {
    const page = pdf.addPage([...pageSize]);
    for (const print of placed) {
      const font = print.bold ? bold : plain;
      if (isLatin(print.text, font)) drawLatin(page, font, print);
      else if (/^[↑↓]$/.test(print.text)) drawLatin(page, symbols, print);
      else drawWide(page, wide ??= wideFont(pdf.context), print);
    }
  }
  return await pdf.save();
}

function isLatin(text: string, font: PDFFont): boolean {
  try {
    font.encodeText(text);
    return true;
  } catch {
    return false;
  }
}

function drawLatin(page: PDFPage, font: PDFFont, { left, top, text, size, align }: Placed): void {
  const width = font.widthOfTextAtSize(text, size);
  page.drawText(text, { x: startOf(left, width, align), y: pageSize[1] - top, size, font });
}

function startOf(left: number, width: number, align: Placed["align"]): number {
  return align === "left" ? left : align === "right" ? left - width : left - width / 2;
}

function drawWide(page: PDFPage, font: PDFRef, { left, top, text, size, align }: Placed): void {
  const units = Array.from({ length: text.length }, (_, at) => text.charCodeAt(at));
  const width = units.reduce((sum, unit) => sum + (unit >= 0x2e80 ? 1 : 0.5), 0) * size;
  const hex = PDFHexString.of(units.map((unit) => unit.toString(16).padStart(4, "0")).join(""));
  page.node.setFontDictionary(PDFName.of("Wide"), font);
  const content = `BT /Wide ${size} Tf 1 0 0 1 ${startOf(left, width, align)} ${pageSize[1] - top} Tm ${hex} Tj ET`;
  const stream = page.doc.context.register(page.doc.context.stream(content));
  page.node.addContentStream(stream);
}

/** Codes are UTF-16 units; letters are half as wide as high, Han signs as wide as high. */
function wideFont(context: PDFContext): PDFRef {
  const map = context.register(context.stream(
    "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Unicode def /CMapType 2 def " +
      "1 begincodespacerange <0000> <FFFF> endcodespacerange " +
      `${0x80} beginbfrange ${
        Array.from({ length: 0x80 }, (_, high) => {
          const from = (high * 2).toString(16).padStart(2, "0");
          return `<${from}00> <${from}ff> <${from}00>`;
        }).join(" ")
      } endbfrange ${0x80} beginbfrange ${
        Array.from({ length: 0x80 }, (_, high) => {
          const from = (high * 2 + 1).toString(16).padStart(2, "0");
          return `<${from}00> <${from}ff> <${from}00>`;
        }).join(" ")
      } endbfrange endcmap end end`,
  ));
  const descriptor = context.register(context.obj({
    Type: "FontDescriptor",
    FontName: "Songti",
    Flags: 4,
    FontBBox: [0, -200, 1000, 900],
    ItalicAngle: 0,
    Ascent: 880,
    Descent: -120,
    CapHeight: 700,
    StemV: 80,
  }));
  const descendant = context.register(context.obj({
    Type: "Font",
    Subtype: "CIDFontType2",
    BaseFont: "Songti",
    CIDSystemInfo: {
      Registry: PDFHexString.fromText("Adobe"),
      Ordering: PDFHexString.fromText("Identity"),
      Supplement: 0,
    },
    FontDescriptor: descriptor,
    DW: 500,
    W: [0x2e80, 0xffff, 1000],
  }));
  return context.register(context.obj({
    Type: "Font",
    Subtype: "Type0",
    BaseFont: "Songti",
    Encoding: "Identity-H",
    DescendantFonts: [descendant],
    ToUnicode: map,
  }));
}
