/**
 * Decodes JPEG, PNG, TIFF and WebP through libvips. Runs in the picture worker only.
 *
 * A header is read first, and a picture with too many pixels is refused before any is decoded.
 */
import type Vips from "wasm-vips";
import type { FileType } from "./file_type.ts";
import { type Picture, sharedBytes } from "./picture.ts";
import { DocumentUnreadable } from "./unreadable.ts";

/**
 * The most that is decoded (an A4 page at 600 dpi has 35 million), and the most that is kept for reading: 225 dpi on
 * A4, a little more than PDFs are drawn with. Each step holds a copy, so that this decides how much memory is needed.
 */
const MAX_DECODED_PIXELS = 64_000_000;
const MAX_PIXELS = 5_000_000;
const MAX_SIDE = 65_500;
const MIN_STRETCH = 1.3;
const MAX_STRETCH = 3;

export type PictureType = Exclude<FileType, "application/pdf">;

type LoadVips = (config: Record<string, unknown>) => Promise<typeof Vips>;

/**
 * Takes about 0.3 s. The browser's build is used because its threads are Web Workers: those of the Node build start
 * ten times slower here, leave 50 MB behind when they end, and want to read the whole environment.
 */
export async function loadVips(): Promise<typeof Vips> {
  const folder = import.meta.resolve("wasm-vips");
  const { default: load } = await import(new URL("./vips-es6.js", folder).href) as { default: LoadVips };
  const vips = await load({
    wasmBinary: await Deno.readFile(new URL("./vips.wasm", folder)),
    // Without modules for HEIF, JPEG XL and SVG: those cannot be uploaded.
    dynamicLibraries: [],
    print: () => {},
    printErr: () => {},
    // So many threads are started at once, six without this; one decodes, and one hands its lines on.
    preRun: (module: { ENV: Record<string, unknown> }) => module.ENV.VIPS_MAX_THREADS = 2,
  });
  vips.blockUntrusted(true);
  vips.concurrency(1);
  vips.Cache.max(0);
  return vips;
}

export class PictureFile {
  readonly pageCount: number;
  readonly #vips: typeof Vips;
  readonly #bytes: Uint8Array;
  readonly #type: PictureType;

  /** Throws DocumentUnreadable `truncated`. */
  constructor(vips: typeof Vips, bytes: Uint8Array, type: PictureType) {
    this.#vips = vips;
    this.#bytes = bytes;
    this.#type = type;
    this.pageCount = damagedIfThrown(() => {
      using image = this.#open(1);
      // Frames of an animation are no pages.
      const hasPages = type === "image/tiff" && image.getTypeof("n-pages") !== 0;
      return hasPages ? Math.max(1, image.getInt("n-pages")) : 1;
    });
  }

  /**
   * The page with this 1-based number, turned as its EXIF data says, on white, scaled down to 5 million pixels.
   * Throws DocumentUnreadable `truncated` or `too_large`.
   */
  page(number: number): Picture {
    return damagedIfThrown(() => {
      using image = this.#open(number);
      const pixels = image.width * image.height;
      if (pixels > MAX_DECODED_PIXELS || Math.max(image.width, image.height) > MAX_SIDE) {
        throw new DocumentUnreadable("too_large");
      }
      const { across, down } = squarePixels(image);
      const scale = Math.min(1, Math.sqrt(MAX_PIXELS / (pixels * across * down)));
      const isSame = scale * across === 1 && scale * down === 1;
      using small = isSame ? image.copy() : image.resize(scale * across, { vscale: scale * down });
      // Lines arrive in order and can be turned only once all are there.
      using complete = small.copyMemory();
      using upright = complete.autorot();
      using coloured = upright.colourspace(this.#vips.Interpretation.srgb);
      using opaque = coloured.hasAlpha() ? coloured.flatten({ background: [255, 255, 255] }) : coloured.copy();
      using bytes = opaque.cast(this.#vips.BandFormat.uchar);
      const data = sharedBytes(bytes.width * bytes.height * 3);
      data.set(bytes.writeToMemory());
      return { width: bytes.width, height: bytes.height, data };
    });
  }

  #open(number: number): Vips.Image {
    const { Image, Access, FailOn } = this.#vips;
    const options = { access: Access.sequential, fail_on: FailOn.truncated };
    switch (this.#type) {
      case "image/jpeg":
        return Image.jpegloadBuffer(this.#bytes, options);
      case "image/png":
        return Image.pngloadBuffer(this.#bytes, options);
      case "image/tiff":
        return Image.tiffloadBuffer(this.#bytes, { ...options, page: number - 1 });
      case "image/webp":
        return Image.webploadBuffer(this.#bytes, options);
    }
  }
}

/**
 * How much wider or higher a picture has to be for its pixels to be square: a fax has 204 dots an inch across, and 98 or
 * 196 down. Small differences are left, and what is too large to be a resolution.
 */
function squarePixels({ xres, yres }: Vips.Image): { readonly across: number; readonly down: number } {
  const ratio = xres > 0 && yres > 0 ? xres / yres : 1;
  if (ratio > MIN_STRETCH && ratio < MAX_STRETCH) return { across: 1, down: ratio };
  if (1 / ratio > MIN_STRETCH && 1 / ratio < MAX_STRETCH) return { across: 1 / ratio, down: 1 };
  return { across: 1, down: 1 };
}

/** The picture as a PNG without any metadata. */
export function pngOf(vips: typeof Vips, { width, height, data }: Picture): Uint8Array<ArrayBuffer> {
  using image = vips.Image.newFromMemory(data, width, height, 3, vips.BandFormat.uchar);
  return new Uint8Array(image.pngsaveBuffer({ compression: 6, keep: vips.ForeignKeep.none }));
}

/** libvips throws for damaged data only; its words may quote the file and are not passed on. */
function damagedIfThrown<T>(decode: () => T): T {
  try {
    return decode();
  } catch (error) {
    if (error instanceof DocumentUnreadable || error instanceof WebAssembly.RuntimeError) throw error;
    throw new DocumentUnreadable("truncated");
  }
}
