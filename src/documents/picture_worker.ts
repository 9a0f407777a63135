/** The thread in which libvips decodes one file; started and ended by `decode_pictures.ts`. */
import { drawPicture } from "./draw_page.ts";
import { answerRequests } from "./helper_thread.ts";
import type { PageView } from "./page.ts";
import type { Picture } from "./picture.ts";
import { loadVips, PictureFile, type PictureType, pngOf } from "./picture_file.ts";
import { VipsThread } from "./vips_thread.ts";
import { DocumentUnreadable, type UnreadableCode } from "./unreadable.ts";

export type PictureRequest =
  | { readonly kind: "open"; readonly bytes: Uint8Array; readonly type: PictureType }
  | { readonly kind: "page"; readonly number: number }
  | { readonly kind: "draw"; readonly number: number; readonly width: number; readonly view: PageView | null }
  | { readonly kind: "encode"; readonly picture: Picture }
  | { readonly kind: "end" };

export type PictureAnswer =
  | { readonly kind: "opened"; readonly pageCount: number }
  | { readonly kind: "page"; readonly picture: Picture }
  | { readonly kind: "encoded"; readonly png: Uint8Array<ArrayBuffer> }
  | { readonly kind: "ended" }
  | { readonly kind: "unreadable"; readonly code: UnreadableCode };

// libvips' script starts its threads as Web Workers.
Object.assign(globalThis, { Worker: VipsThread });
const vips = loadVips();
let file: PictureFile | undefined;

answerRequests<PictureRequest, PictureAnswer>(async (request) => {
  try {
    return await answer(request);
  } catch (error) {
    if (!(error instanceof DocumentUnreadable)) throw error;
    return { kind: "unreadable", code: error.code };
  }
});

async function answer(request: PictureRequest): Promise<PictureAnswer> {
  switch (request.kind) {
    case "open":
      file = new PictureFile(await vips, request.bytes, request.type);
      return { kind: "opened", pageCount: file.pageCount };
    case "page":
      if (file === undefined) throw new Error("No picture is open");
      return { kind: "page", picture: file.page(request.number) };
    case "draw":
      if (file === undefined) throw new Error("No picture is open");
      return {
        kind: "encoded",
        png: pngOf(await vips, drawPicture(file.page(request.number), request.view, request.width)),
      };
    case "encode":
      return { kind: "encoded", png: pngOf(await vips, request.picture) };
    case "end":
      (await vips).shutdown();
      return { kind: "ended" };
  }
}
