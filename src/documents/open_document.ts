/** Opens a document of any type we read and gives its pages one by one. Runs in the page worker only. */
import { type DecodedPictures, decodePictures, encodePng } from "./decode_pictures.ts";
import { drawnSize, drawPicture, isSideways, type Size } from "./draw_page.ts";
import type { FileType } from "./file_type.ts";
import { type RecognisedPage, recognisePage } from "./ocr.ts";
import { OcrThreads } from "./ocr_threads.ts";
import type { Line, Page, PageView } from "./page.ts";
import { Pdf, type PdfPage } from "./pdf.ts";
import { isTextLayerUsable, textLines } from "./pdf_text.ts";
import { loadPdfium, type Pdfium } from "./pdfium.ts";
import type { Picture } from "./picture.ts";

export interface OpenDocument {
  readonly pageCount: number;
  /** `number` is 1-based. Without `pictures`, a page that would have to be recognised is left out. */
  readPage(number: number, pictures: boolean): Promise<Page>;
  /** A PNG of the page as its boxes lie, at most `width` wide. */
  drawPage(number: number, width: number, view: PageView | null): Promise<Uint8Array<ArrayBuffer>>;
  close(): Promise<void>;
}

/** What reading needs is loaded when first needed and kept for the documents that follow. */
export class DocumentOpener {
  #pdfium: Promise<Pdfium> | undefined;
  #ocr: OcrThreads | undefined;

  /** Throws DocumentUnreadable. */
  async open(bytes: Uint8Array, type: FileType): Promise<OpenDocument> {
    if (type === "application/pdf") return this.#openPdf(new Pdf(await (this.#pdfium ??= loadPdfium()), bytes));
    return this.#openPictures(await decodePictures(bytes, type));
  }

  /** When no document is open and none will be. */
  async close(): Promise<void> {
    await this.#ocr?.close();
  }

  /** Pages are asked for in order: while one is recognised, the text of the next is already looked for. */
  #openPdf(pdf: Pdf): OpenDocument {
    const started = new Map<number, Promise<Page>>();
    const start = (number: number, pictures: boolean) => {
      const page = this.#readPdfPage(pdf, number, pictures);
      // Whoever asks for the page is told.
      page.catch(() => {});
      started.set(number, page);
      return page;
    };
    return {
      pageCount: pdf.pageCount,
      readPage: (number, pictures) => {
        const page = started.get(number) ?? start(number, pictures);
        started.delete(number);
        if (pictures && number < pdf.pageCount) start(number + 1, pictures);
        return page;
      },
      drawPage: async (number, width, view) =>
        await encodePng(pdf.withPage(number, (page) => drawPdfPage(page, width, view))),
      close: async () => {
        await Promise.allSettled(started.values());
        pdf.close();
      },
    };
  }

  #openPictures(pictures: DecodedPictures): OpenDocument {
    return {
      pageCount: pictures.pageCount,
      readPage: async (number, isRead) => {
        if (!isRead) return unread({ number, width: 1, height: 1 });
        return { number, source: "ocr", ...await this.#recognise(await pictures.page(number)) };
      },
      drawPage: (number, width, view) => pictures.draw(number, width, view),
      close: () => pictures.close(),
    };
  }

  async #readPdfPage(pdf: Pdf, number: number, pictures: boolean): Promise<Page> {
    const content = pdf.withPage(number, (page): Page | { readonly size: Size; readonly picture: Picture } => {
      const size = { width: page.width, height: page.height };
      const lines = typedLines(page);
      if (lines !== undefined) return { number, ...size, source: "text_layer", lines };
      return pictures ? { size, picture: page.render() } : unread({ number, ...size });
    });
    if (!("picture" in content)) return content;
    const { picture, size } = content;
    const recognised = await this.#recognise(picture);
    const scale = Math.max(size.width, size.height) / Math.max(picture.width, picture.height);
    return {
      number,
      width: recognised.width * scale,
      height: recognised.height * scale,
      source: "ocr",
      lines: recognised.lines.map((line) => scaled(line, scale)),
      view: recognised.view,
    };
  }

  #recognise(picture: Picture): Promise<RecognisedPage> {
    return recognisePage(picture, this.#ocr ??= new OcrThreads());
  }
}

/** The lines of a page's text layer, undefined where it has none that can be used. */
function typedLines(page: PdfPage): Line[] | undefined {
  if (page.objectCount === 0) return [];
  const characters = page.characters();
  return isTextLayerUsable(characters, page.pictureShare()) ? textLines(characters) : undefined;
}

function unread(page: Pick<Page, "number" | "width" | "height">): Page {
  return { ...page, source: "ocr", lines: [], isUnread: true };
}

function drawPdfPage(page: PdfPage, width: number, view: PageView | null): Picture {
  const sideways = isSideways(view);
  const size = drawnSize(sideways ? { width: page.height, height: page.width } : page, width);
  const picture = page.render(sideways ? { width: size.height, height: size.width } : size);
  return view === null ? picture : drawPicture(picture, view, size.width);
}

function scaled(line: Line, scale: number): Line {
  return {
    words: line.words.map((word) => {
      const [left, top, right, bottom] = word.box;
      return { ...word, box: [left * scale, top * scale, right * scale, bottom * scale] };
    }),
  };
}
