/** Splits a strip's characters into words with estimated boxes. Pure. */
import type { Box, Word } from "./page.ts";
import { type Point, type Quad, quadHeight, quadWidth } from "./picture.ts";
import { type Glyph, glyphsText, meanConfidence } from "./glyph.ts";

/** Recognition leaves out blanks between narrow columns: a gap this many times the usual pitch separates words too. */
const WIDE_GAP = 2.4;
/** Pitch of a strip too short to measure it, in parts of its height. */
const USUAL_PITCH = 0.5;
/** Detected boxes are larger than the writing; this part above and below is taken off. */
const MARGIN = 0.12;

/** From the picture to the flat page, see `level.ts`. */
export type Level = (point: Point) => Point;

export function stripWords(glyphs: readonly Glyph[], quad: Quad, level: Level): Word[] {
  const pitch = medianPitch(glyphs) ?? USUAL_PITCH * quadHeight(quad) / Math.max(1, quadWidth(quad));
  return splitAtGaps(glyphs, pitch).map((own) => {
    const from = Math.max(0, own[0]!.at - pitch / 2);
    const to = Math.min(1, own.at(-1)!.at + pitch / 2);
    return { text: glyphsText(own), box: writingBox(part(quad, from, to), level), confidence: meanConfidence(own) };
  });
}

/** The box around a quad's writing on the flat page. */
export function writingBox(quad: Quad, level: Level): Box {
  const points = quad.map(level);
  const xs = points.map((point) => point.x), ys = points.map((point) => point.y);
  const top = Math.min(...ys), bottom = Math.max(...ys);
  const margin = (bottom - top) * MARGIN;
  return [Math.min(...xs), top + margin, Math.max(...xs), bottom - margin];
}

function splitAtGaps(glyphs: readonly Glyph[], pitch: number): Glyph[][] {
  const words: Glyph[][] = [];
  let blank = true;
  for (const glyph of glyphs) {
    if (glyph.text.trim() === "") {
      blank = true;
      continue;
    }
    const word = words.at(-1);
    const isNear = word !== undefined && glyph.at - word.at(-1)!.at <= WIDE_GAP * pitch;
    // Chinese print has wide decimal points, which are read as "3. 5".
    const isDecimal = word !== undefined && /\d[.,]$/.test(glyphsText(word)) && /\d/.test(glyph.text);
    if (isNear && (!blank || isDecimal)) word.push(glyph);
    else words.push([glyph]);
    blank = false;
  }
  return words;
}

function medianPitch(glyphs: readonly Glyph[]): number | undefined {
  const gaps = glyphs
    .flatMap((glyph, index) => {
      const next = glyphs[index + 1];
      return next === undefined || glyph.text === " " || next.text === " " ? [] : [next.at - glyph.at];
    })
    .sort((a, b) => a - b);
  return gaps.length < 3 ? undefined : gaps[gaps.length >> 1];
}

function part([a, b, c, d]: Quad, from: number, to: number): Quad {
  return [between(a, b, from), between(a, b, to), between(d, c, to), between(d, c, from)];
}

function between(p: Point, q: Point, at: number): Point {
  return { x: p.x + (q.x - p.x) * at, y: p.y + (q.y - p.y) * at };
}
