import type { PageView } from "./page.ts";
import type { Picture } from "./picture.ts";

/** Draws a page's picture so that the boxes of its words lie where the words are seen. Pure. */

/** An A4 page 2000 wide has 5.7 million; what is longer becomes narrower than asked for. */
const MAX_PIXELS = 10_000_000;
const MAX_SIDE = 16_000;

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The size of a drawing that is `width` wide, or less where that would be too many pixels. */
export function drawnSize(page: Size, width: number): Size {
  const ratio = page.height / page.width;
  const wide = Math.min(width, Math.sqrt(MAX_PIXELS / ratio), MAX_SIDE / ratio);
  return { width: Math.max(1, Math.floor(wide)), height: Math.max(1, Math.min(MAX_SIDE, Math.round(wide * ratio))) };
}

/** Whether a view exchanges width and height. */
export function isSideways(view: PageView | null): boolean {
  return view !== null && view.quarters % 2 === 1;
}

/** The picture turned and straightened as it was for reading, scaled to be `width` wide; white where nothing is. */
export function drawPicture(picture: Picture, view: PageView | null, width: number): Picture {
  const turned = isSideways(view) ? { width: picture.height, height: picture.width } : picture;
  const size = drawnSize(turned, width);
  const source = sourceOf(picture, view);
  // Where many pixels become one, their mean is taken: single samples would lose thin strokes.
  const samples = Math.max(1, Math.min(4, Math.round(turned.width / size.width)));
  const data = new Uint8Array(size.width * size.height * 3).fill(255);
  const sums = [0, 0, 0];
  for (let row = 0; row < size.height; row++) {
    for (let column = 0; column < size.width; column++) {
      sums.fill(0);
      for (let sample = 0; sample < samples * samples; sample++) {
        const x = (column + (sample % samples + 0.5) / samples) / size.width;
        const y = (row + (Math.floor(sample / samples) + 0.5) / samples) / size.width;
        const at = source(x, y);
        for (let band = 0; band < 3; band++) sums[band]! += at < 0 ? 255 : picture.data[at + band]!;
      }
      const to = (row * size.width + column) * 3;
      for (let band = 0; band < 3; band++) data[to + band] = Math.round(sums[band]! / (samples * samples));
    }
  }
  return { ...size, data };
}

/** Where in the picture's data the pixel begins that is seen at a point, in widths of the turned page; -1 for none. */
function sourceOf(picture: Picture, view: PageView | null): (x: number, y: number) => number {
  const { quarters, level: { tilt, slope: [a, b, c] } } = view ?? { quarters: 0, level: { tilt: 0, slope: [0, 0, 0] } };
  const wide = isSideways(view) ? picture.height : picture.width;
  const { width, height } = picture;
  return (x, y) => {
    const flat = (y + x * (a + b * x / 2)) / (1 - c * x);
    const across = Math.floor(x * wide);
    const down = Math.floor((flat + tilt * x) * wide);
    const [left, top] = quarters === 1
      ? [down, height - 1 - across]
      : quarters === 2
      ? [width - 1 - across, height - 1 - down]
      : quarters === 3
      ? [width - 1 - down, across]
      : [across, down];
    return left < 0 || top < 0 || left >= width || top >= height ? -1 : (top * width + left) * 3;
  };
}
