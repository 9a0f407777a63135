/**
 * A PDF opened with PDFium: its pages' characters with positions, and its pages as pictures.
 *
 * Coordinates are the page as shown (rotation and crop box applied), origin top left, in points.
 * Runs in the page worker only. Must not know how characters become lines.
 */
import type { Size } from "./draw_page.ts";
import type { Box } from "./page.ts";
import { type Handle, memory, type Pdfium, withScratch } from "./pdfium.ts";
import { type Picture, sharedBytes } from "./picture.ts";
import { DocumentUnreadable } from "./unreadable.ts";

/** One printed character. */
export interface Character {
  readonly text: string;
  /** Advance width by ascent and descent of the font, not the ink. */
  readonly box: Box;
  readonly baseline: number;
  /** Height of the font in points, as shown. */
  readonly size: number;
  /** Direction of writing as shown, in degrees clockwise; 0 is to the right. */
  readonly angle: number;
  /** In the file but not to be seen: render mode 3, as under scans. */
  readonly hidden: boolean;
  /** PDFium found no Unicode for the glyph. */
  readonly unmapped: boolean;
}

/** A page is bounded in what it may hold, so that a hostile one cannot exhaust memory. */
const MAX_CHARACTERS = 100_000;
const MAX_OBJECTS = 50_000;

/** Resolution of rendered pages, and the least and most pixels that gives for odd page sizes. */
const POINTS_PER_INCH = 72;
const DOTS_PER_INCH = 200;
const MIN_LONG_SIDE = 1600;
const MAX_PIXELS = 10_000_000;

// Values of fpdfview.h and fpdf_edit.h
const ERROR_PASSWORD = 4;
const ERROR_SECURITY = 5;
const OBJECT_IMAGE = 3;
const OBJECT_FORM = 5;
const RENDER_MODE_INVISIBLE = 3;
const BITMAP_BGR = 2;
const FLAG_ANNOTATIONS = 0x01;
const FLAG_RGB_ORDER = 0x10;
const FLATTENED = 1;
const WHITE = 0xffffffff;

/** Maps a point of PDF user space to the page as shown. */
type ToPage = (x: number, y: number) => readonly [x: number, y: number];

export class Pdf {
  readonly pageCount: number;
  readonly #pdfium: Pdfium;
  readonly #document: Handle;
  readonly #data: Handle;

  /** Throws DocumentUnreadable `encrypted` or `truncated`. */
  constructor(pdfium: Pdfium, bytes: Uint8Array) {
    this.#pdfium = pdfium;
    this.#data = pdfium.wasmExports.malloc(bytes.length);
    if (this.#data === 0) throw new DocumentUnreadable("too_large");
    pdfium.HEAPU8.set(bytes, this.#data);
    this.#document = pdfium._FPDF_LoadMemDocument(this.#data, bytes.length, 0);
    if (this.#document === 0) {
      const error = pdfium._FPDF_GetLastError();
      pdfium.wasmExports.free(this.#data);
      throw new DocumentUnreadable(error === ERROR_PASSWORD || error === ERROR_SECURITY ? "encrypted" : "truncated");
    }
    this.pageCount = pdfium._FPDF_GetPageCount(this.#document);
  }

  /** Lends the page with this 1-based number to `use`. Throws DocumentUnreadable `truncated`. */
  withPage<T>(number: number, use: (page: PdfPage) => T): T {
    const pdfium = this.#pdfium;
    let page = this.#load(number);
    // What was filled in or stamped on becomes part of the page, and so of its text and its picture.
    if (pdfium._FPDFPage_GetAnnotCount(page) > 0 && pdfium._FPDFPage_Flatten(page, 0) === FLATTENED) {
      pdfium._FPDF_ClosePage(page);
      page = this.#load(number);
    }
    try {
      return use(new PdfPage(pdfium, page));
    } finally {
      pdfium._FPDF_ClosePage(page);
    }
  }

  close(): void {
    this.#pdfium._FPDF_CloseDocument(this.#document);
    this.#pdfium.wasmExports.free(this.#data);
  }

  #load(number: number): Handle {
    const page = this.#pdfium._FPDF_LoadPage(this.#document, number - 1);
    if (page === 0) throw new DocumentUnreadable("truncated");
    return page;
  }
}

export class PdfPage {
  readonly width: number;
  readonly height: number;
  readonly #pdfium: Pdfium;
  readonly #page: Handle;
  readonly #toPage: ToPage;

  constructor(pdfium: Pdfium, page: Handle) {
    this.#pdfium = pdfium;
    this.#page = page;
    this.width = pdfium._FPDF_GetPageWidthF(page);
    this.height = pdfium._FPDF_GetPageHeightF(page);
    if (!(this.width > 0 && this.height > 0)) throw new DocumentUnreadable("truncated");
    this.#toPage = this.#transform();
  }

  /** Number of things drawn; 0 is a blank page. */
  get objectCount(): number {
    return this.#pdfium._FPDFPage_CountObjects(this.#page);
  }

  /** Characters in the order of the file, blanks included (those have text " "). */
  characters(): Character[] {
    const pdfium = this.#pdfium;
    const text = pdfium._FPDFText_LoadPage(this.#page);
    if (text === 0) return [];
    try {
      return withScratch(pdfium, 4, (scratch) => {
        const characters: Character[] = [];
        const count = Math.min(pdfium._FPDFText_CountChars(text), MAX_CHARACTERS);
        for (let index = 0; index < count; index++) {
          const character = this.#character(text, index, scratch);
          if (character !== null) characters.push(character);
        }
        return characters;
      });
    } finally {
      pdfium._FPDFText_ClosePage(text);
    }
  }

  /** The largest picture's share of the page, 0 to 1. */
  pictureShare(): number {
    const pdfium = this.#pdfium;
    const count = Math.min(this.objectCount, MAX_OBJECTS);
    let share = 0;
    for (let index = 0; index < count; index++) {
      const object = pdfium._FPDFPage_GetObject(this.#page, index);
      if (!holdsPicture(pdfium, object, 0)) continue;
      const box = withScratch(pdfium, 2, (at) => {
        if (!pdfium._FPDFPageObj_GetBounds(object, at, at + 4, at + 8, at + 12)) return null;
        const view = memory(pdfium);
        const [left, bottom, right, top] = [0, 4, 8, 12].map((offset) => view.getFloat32(at + offset, true));
        return this.#box(left!, top!, right!, bottom!);
      });
      if (box === null) continue;
      const width = Math.min(box[2], this.width) - Math.max(box[0], 0);
      const height = Math.min(box[3], this.height) - Math.max(box[1], 0);
      if (width > 0 && height > 0) share = Math.max(share, width * height / (this.width * this.height));
    }
    return share;
  }

  /** The size for reading: 200 dpi or what the pixel limits leave of it. */
  get readingSize(): Size {
    const longSide = Math.max(this.width, this.height);
    const wanted = Math.max(DOTS_PER_INCH / POINTS_PER_INCH, MIN_LONG_SIDE / longSide);
    const scale = Math.min(wanted, Math.sqrt(MAX_PIXELS / (this.width * this.height)));
    return {
      width: Math.max(1, Math.floor(this.width * scale)),
      height: Math.max(1, Math.floor(this.height * scale)),
    };
  }

  /** The page on white, in whole pixels. */
  render({ width, height }: Size = this.readingSize): Picture {
    const pdfium = this.#pdfium;
    const bitmap = pdfium._FPDFBitmap_CreateEx(width, height, BITMAP_BGR, 0, 0);
    if (bitmap === 0) throw new DocumentUnreadable("too_large");
    try {
      pdfium._FPDFBitmap_FillRect(bitmap, 0, 0, width, height, WHITE);
      pdfium._FPDF_RenderPageBitmap(
        bitmap,
        this.#page,
        0,
        0,
        width,
        height,
        0,
        FLAG_ANNOTATIONS | FLAG_RGB_ORDER,
      );
      const stride = pdfium._FPDFBitmap_GetStride(bitmap);
      const start = pdfium._FPDFBitmap_GetBuffer(bitmap);
      const data = sharedBytes(width * height * 3);
      for (let row = 0; row < height; row++) {
        const from = start + row * stride;
        data.set(pdfium.HEAPU8.subarray(from, from + width * 3), row * width * 3);
      }
      return { width, height, data };
    } finally {
      pdfium._FPDFBitmap_Destroy(bitmap);
    }
  }

  #character(text: Handle, index: number, scratch: Handle): Character | null {
    const pdfium = this.#pdfium;
    const code = pdfium._FPDFText_GetUnicode(text, index);
    if (code > 0x10ffff) return null;
    const printed = String.fromCodePoint(code);
    const unmapped = code === 0 || pdfium._FPDFText_HasUnicodeMapError(text, index) === 1;
    if (/^\s$/.test(printed)) {
      // PDFium's own blanks stand where it sees a gap; gaps are judged by whoever makes words.
      if (pdfium._FPDFText_IsGenerated(text, index) === 1) return null;
      return { text: " ", box: [0, 0, 0, 0], baseline: 0, size: 0, angle: 0, hidden: false, unmapped: false };
    }
    if (!pdfium._FPDFText_GetLooseCharBox(text, index, scratch)) return null;
    let view = memory(pdfium);
    const [left, top, right, bottom] = [0, 4, 8, 12].map((offset) => view.getFloat32(scratch + offset, true));
    const box = this.#box(left!, top!, right!, bottom!);
    if (!pdfium._FPDFText_GetMatrix(text, index, scratch)) return null;
    view = memory(pdfium);
    const [a, b, c, d] = [0, 4, 8, 12].map((offset) => view.getFloat32(scratch + offset, true));
    pdfium._FPDFText_GetCharOrigin(text, index, scratch, scratch + 8);
    view = memory(pdfium);
    const x = view.getFloat64(scratch, true);
    const y = view.getFloat64(scratch + 8, true);
    const origin = this.#toPage(x, y);
    const along = this.#toPage(x + a!, y + b!);
    const object = pdfium._FPDFText_GetTextObject(text, index);
    return {
      text: printed,
      box,
      baseline: origin[1],
      size: pdfium._FPDFText_GetFontSize(text, index) * Math.hypot(c!, d!),
      angle: Math.atan2(along[1] - origin[1], along[0] - origin[0]) * 180 / Math.PI,
      hidden: object !== 0 && pdfium._FPDFTextObj_GetTextRenderMode(object) === RENDER_MODE_INVISIBLE,
      unmapped,
    };
  }

  #box(left: number, top: number, right: number, bottom: number): Box {
    const [x1, y1] = this.#toPage(left, top);
    const [x2, y2] = this.#toPage(right, bottom);
    return [Math.min(x1, x2), Math.min(y1, y2), Math.max(x1, x2), Math.max(y1, y2)];
  }

  /** PDFium knows rotation and crop box, but answers in whole pixels: three points on a large canvas give the map. */
  #transform(): ToPage {
    const pdfium = this.#pdfium;
    const canvas = 1_000_000;
    const probe = (x: number, y: number): [number, number] =>
      withScratch(pdfium, 1, (at) => {
        pdfium._FPDF_PageToDevice(this.#page, 0, 0, canvas, canvas, 0, x, y, at, at + 4);
        const view = memory(pdfium);
        return [view.getInt32(at, true) * this.width / canvas, view.getInt32(at + 4, true) * this.height / canvas];
      });
    const step = 1000;
    const [x0, y0] = probe(0, 0);
    const [xx, yx] = probe(step, 0);
    const [xy, yy] = probe(0, step);
    return (x, y) => [
      x0 + ((xx - x0) * x + (xy - x0) * y) / step,
      y0 + ((yx - y0) * x + (yy - y0) * y) / step,
    ];
  }
}

function holdsPicture(pdfium: Pdfium, object: Handle, depth: number): boolean {
  const type = pdfium._FPDFPageObj_GetType(object);
  if (type === OBJECT_IMAGE) return true;
  if (type !== OBJECT_FORM || depth > 3) return false;
  const count = Math.min(pdfium._FPDFFormObj_CountObjects(object), MAX_OBJECTS);
  for (let index = 0; index < count; index++) {
    if (holdsPicture(pdfium, pdfium._FPDFFormObj_GetObject(object, index), depth + 1)) return true;
  }
  return false;
}
