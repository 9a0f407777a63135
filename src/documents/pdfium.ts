/**
 * The functions of PDFium that we call, typed, and loaded from the package's WebAssembly file.
 *
 * `@hyzyla/pdfium` wraps only plain text and rendering; positions need the raw exports. Runs in the page worker only.
 */
import { PDFiumModule } from "@hyzyla/pdfium";

/** A pointer into PDFium's memory, or an opaque handle; 0 is none. */
export type Handle = number;

/** Signatures: https://pdfium.googlesource.com/pdfium/+/refs/heads/main/public/ (fpdfview.h, fpdf_text.h, fpdf_edit.h) */
export interface Pdfium {
  readonly HEAPU8: Uint8Array;
  readonly wasmExports: { malloc(size: number): Handle; free(pointer: Handle): void };
  _FPDF_InitLibrary(): void;
  _FPDF_LoadMemDocument(data: Handle, size: number, password: Handle): Handle;
  _FPDF_CloseDocument(document: Handle): void;
  _FPDF_GetLastError(): number;
  _FPDF_GetPageCount(document: Handle): number;
  _FPDF_LoadPage(document: Handle, index: number): Handle;
  _FPDF_ClosePage(page: Handle): void;
  _FPDF_GetPageWidthF(page: Handle): number;
  _FPDF_GetPageHeightF(page: Handle): number;
  _FPDF_PageToDevice(
    page: Handle,
    startX: number,
    startY: number,
    sizeX: number,
    sizeY: number,
    rotate: number,
    pageX: number,
    pageY: number,
    deviceX: Handle,
    deviceY: Handle,
  ): number;
  _FPDFPage_GetAnnotCount(page: Handle): number;
  _FPDFPage_Flatten(page: Handle, purpose: number): number;
  _FPDFPage_CountObjects(page: Handle): number;
  _FPDFPage_GetObject(page: Handle, index: number): Handle;
  _FPDFPageObj_GetType(object: Handle): number;
  _FPDFPageObj_GetBounds(object: Handle, left: Handle, bottom: Handle, right: Handle, top: Handle): number;
  _FPDFFormObj_CountObjects(form: Handle): number;
  _FPDFFormObj_GetObject(form: Handle, index: number): Handle;
  _FPDFText_LoadPage(page: Handle): Handle;
  _FPDFText_ClosePage(text: Handle): void;
  _FPDFText_CountChars(text: Handle): number;
  _FPDFText_GetUnicode(text: Handle, index: number): number;
  _FPDFText_IsGenerated(text: Handle, index: number): number;
  _FPDFText_HasUnicodeMapError(text: Handle, index: number): number;
  _FPDFText_GetLooseCharBox(text: Handle, index: number, rectangle: Handle): number;
  _FPDFText_GetFontSize(text: Handle, index: number): number;
  _FPDFText_GetTextObject(text: Handle, index: number): Handle;
  _FPDFText_GetMatrix(text: Handle, index: number, matrix: Handle): number;
  _FPDFText_GetCharOrigin(text: Handle, index: number, x: Handle, y: Handle): number;
  _FPDFTextObj_GetTextRenderMode(object: Handle): number;
  _FPDFBitmap_CreateEx(width: number, height: number, format: number, data: Handle, stride: number): Handle;
  _FPDFBitmap_FillRect(bitmap: Handle, x: number, y: number, width: number, height: number, colour: number): void;
  _FPDFBitmap_GetBuffer(bitmap: Handle): Handle;
  _FPDFBitmap_GetStride(bitmap: Handle): number;
  _FPDFBitmap_Destroy(bitmap: Handle): void;
  _FPDF_RenderPageBitmap(
    bitmap: Handle,
    page: Handle,
    startX: number,
    startY: number,
    sizeX: number,
    sizeY: number,
    rotate: number,
    flags: number,
  ): void;
}

/** Compiles PDFium (about 50 ms) from the package's file; needs permission to read it. */
export async function loadPdfium(): Promise<Pdfium> {
  const file = await Deno.readFile(new URL(import.meta.resolve("@hyzyla/pdfium/pdfium.wasm")));
  // The package's own type lists a part of the exports only; those above were checked against the built file.
  const pdfium = await PDFiumModule({ wasmBinary: file.buffer, locateFile: () => "" }) as unknown as Pdfium;
  pdfium._FPDF_InitLibrary();
  return pdfium;
}

/** Lends `count` numbers of 8 bytes in PDFium's memory to `use`, for arguments that PDFium writes to. */
export function withScratch<T>(pdfium: Pdfium, count: number, use: (pointer: Handle) => T): T {
  const pointer = pdfium.wasmExports.malloc(count * 8);
  try {
    return use(pointer);
  } finally {
    pdfium.wasmExports.free(pointer);
  }
}

/** A view of PDFium's memory; take a new one after each call that may have grown it. */
export function memory(pdfium: Pdfium): DataView {
  return new DataView(pdfium.HEAPU8.buffer);
}
