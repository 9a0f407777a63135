/** Pixels in memory, and strips of them as a model wants to see them. */

export interface Picture {
  readonly width: number;
  readonly height: number;
  /** Three bytes a pixel (red, green, blue), row by row from the top. */
  readonly data: Uint8Array;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A rectangle at any angle: top left, top right, bottom right and bottom left of the writing in it. */
export type Quad = readonly [Point, Point, Point, Point];

/** Memory for a picture's data that threads share, so that a page is in memory once. */
export function sharedBytes(length: number): Uint8Array {
  return new Uint8Array(new SharedArrayBuffer(length));
}

/** Turns by a quarter, clockwise, `quarters` times. */
export function turnPicture(picture: Picture, quarters: number): Picture {
  const { width, height, data } = picture;
  const turned = quarters % 2 === 0 ? { width, height } : { width: height, height: width };
  const result = sharedBytes(data.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const point = turnPoint({ x, y }, picture, quarters);
      const from = (y * width + x) * 3;
      const to = (point.y * turned.width + point.x) * 3;
      result[to] = data[from]!;
      result[to + 1] = data[from + 1]!;
      result[to + 2] = data[from + 2]!;
    }
  }
  return { ...turned, data: result };
}

export function turnQuad([a, b, c, d]: Quad, picture: Picture, quarters: number): Quad {
  const [p, q, r, s] = [a, b, c, d].map((point) => turnPoint(point, picture, quarters)) as [Point, Point, Point, Point];
  if (quarters === 1) return [s, p, q, r];
  return quarters === 2 ? [r, s, p, q] : quarters === 3 ? [q, r, s, p] : [p, q, r, s];
}

function turnPoint({ x, y }: Point, { width, height }: Picture, quarters: number): Point {
  if (quarters === 1) return { x: height - 1 - y, y: x };
  if (quarters === 2) return { x: width - 1 - x, y: height - 1 - y };
  return quarters === 3 ? { x: y, y: width - 1 - x } : { x, y };
}

/** Width to height of what a quad encloses. */
export function aspect(quad: Quad): number {
  return quadWidth(quad) / Math.max(1, quadHeight(quad));
}

export function quadWidth([topLeft, topRight, bottomRight, bottomLeft]: Quad): number {
  return Math.max(distance(topLeft, topRight), distance(bottomLeft, bottomRight));
}

export function quadHeight([topLeft, topRight, bottomRight, bottomLeft]: Quad): number {
  return Math.max(distance(topLeft, bottomLeft), distance(topRight, bottomRight));
}

/** The middle of a quad's left edge. */
export function leftOf([topLeft, , , bottomLeft]: Quad): Point {
  return { x: (topLeft.x + bottomLeft.x) / 2, y: (topLeft.y + bottomLeft.y) / 2 };
}

/** The middle of its right edge. */
export function rightOf([, topRight, bottomRight]: Quad): Point {
  return { x: (topRight.x + bottomRight.x) / 2, y: (topRight.y + bottomRight.y) / 2 };
}

export function centreOf(quad: Quad): Point {
  const [left, right] = [leftOf(quad), rightOf(quad)];
  return { x: (left.x + right.x) / 2, y: (left.y + right.y) / 2 };
}

/** A quad with more around it, or less: left and right, above and below, in its heights. */
export function grownQuad(quad: Quad, across: number, down: number): Quad {
  const [topLeft, topRight, , bottomLeft] = quad;
  const width = Math.max(1, quadWidth(quad)), height = Math.max(1, quadHeight(quad));
  const along = { x: (topRight.x - topLeft.x) * height / width, y: (topRight.y - topLeft.y) * height / width };
  const up = { x: bottomLeft.x - topLeft.x, y: bottomLeft.y - topLeft.y };
  const moved = ({ x, y }: Point, a: number, b: number) => ({
    x: x + a * along.x + b * up.x,
    y: y + a * along.y + b * up.y,
  });
  const [a, b, c, d] = quad;
  return [moved(a, -across, -down), moved(b, across, -down), moved(c, across, down), moved(d, -across, down)];
}

/**
 * What a quad encloses, scaled to `width` × `height`, as planes of red, green and blue from -1 to 1, with grey to the
 * right up to `paddedWidth` (the input of PP-OCR's recognition and direction models).
 */
export function stripTensor(
  picture: Picture,
  quad: Quad,
  { width, height, paddedWidth }: { width: number; height: number; paddedWidth: number },
): Float32Array {
  const tensor = new Float32Array(3 * height * paddedWidth);
  const plane = height * paddedWidth;
  const [topLeft, topRight, , bottomLeft] = quad;
  // Where many pixels become one, their mean is taken: single samples would lose thin strokes.
  const samples = Math.max(1, Math.min(4, Math.round(quadHeight(quad) / height)));
  const weight = 1 / (samples * samples * 127.5);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      let red = 0, green = 0, blue = 0;
      for (let sample = 0; sample < samples * samples; sample++) {
        const along = (column + (sample % samples + 0.5) / samples) / width;
        const down = (row + (Math.floor(sample / samples) + 0.5) / samples) / height;
        const x = topLeft.x + (topRight.x - topLeft.x) * along + (bottomLeft.x - topLeft.x) * down - 0.5;
        const y = topLeft.y + (topRight.y - topLeft.y) * along + (bottomLeft.y - topLeft.y) * down - 0.5;
        const left = clamp(Math.floor(x), picture.width), right = clamp(Math.floor(x) + 1, picture.width);
        const top = clamp(Math.floor(y), picture.height), bottom = clamp(Math.floor(y) + 1, picture.height);
        const fx = x - Math.floor(x), fy = y - Math.floor(y);
        const data = picture.data;
        const a = (top * picture.width + left) * 3, b = (top * picture.width + right) * 3;
        const c = (bottom * picture.width + left) * 3, d = (bottom * picture.width + right) * 3;
        const wa = (1 - fx) * (1 - fy), wb = fx * (1 - fy), wc = (1 - fx) * fy, wd = fx * fy;
        red += data[a]! * wa + data[b]! * wb + data[c]! * wc + data[d]! * wd;
        green += data[a + 1]! * wa + data[b + 1]! * wb + data[c + 1]! * wc + data[d + 1]! * wd;
        blue += data[a + 2]! * wa + data[b + 2]! * wb + data[c + 2]! * wc + data[d + 2]! * wd;
      }
      const at = row * paddedWidth + column;
      tensor[at] = red * weight - 1;
      tensor[plane + at] = green * weight - 1;
      tensor[2 * plane + at] = blue * weight - 1;
    }
  }
  return tensor;
}

function clamp(value: number, size: number): number {
  return value < 0 ? 0 : value >= size ? size - 1 : value;
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
