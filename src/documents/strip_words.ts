/** Splits a strip's characters into words with estimated boxes. Pure. */
import type { Box, Word } from "./page.ts";
import type { Point, Quad } from "./picture.ts";
import { type Glyph, glyphsText, meanConfidence } from "./glyph.ts";

/** Recognition leaves out blanks between narrow columns: a gap this many times the usual pitch separates words too. */
const WIDE_GAP = 2.4;
/** Pitch of a strip too short to measure it, in parts of its height. */
const USUAL_PITCH = 0.5;
/** Detected boxes are larger than the writing; this part above and below is taken off. */
const MARGIN = 0.12;

/** `tilt` is the page's angle in radians; boxes are as if the page lay straight. */
export function stripWords(glyphs: readonly Glyph[], quad: Quad, tilt: number): Word[] {
  const pitch = medianPitch(glyphs) ?? USUAL_PITCH * height(quad) / Math.max(1, width(quad));
  return splitAtGaps(glyphs, pitch).map((own) => {
    const from = Math.max(0, own[0]!.at - pitch / 2);
    const to = Math.min(1, own.at(-1)!.at + pitch / 2);
    return { text: glyphsText(own), box: straightBox(part(quad, from, to), tilt), confidence: meanConfidence(own) };
  });
}

/** The box around a quad after the page has been turned back by `tilt` (radians, about its top left corner). */
export function straightBox([a, b, c, d]: Quad, tilt: number): Box {
  const cos = Math.cos(tilt), sin = Math.sin(tilt);
  const points = [a, b, c, d].map(({ x, y }) => ({ x: x * cos + y * sin, y: y * cos - x * sin }));
  const xs = points.map((point) => point.x), ys = points.map((point) => point.y);
  const top = Math.min(...ys), bottom = Math.max(...ys);
  const margin = (bottom - top) * MARGIN;
  return [Math.min(...xs), top + margin, Math.max(...xs), bottom - margin];
}

/** The angle of most writing, in radians, positive where lines fall to the right; each quad counts by its width. */
export function pageTilt(quads: readonly Quad[]): number {
  const tilts = quads
    .filter((quad) => width(quad) > 4 * height(quad))
    .map((quad) => ({ angle: Math.atan2(quad[1].y - quad[0].y, quad[1].x - quad[0].x), weight: width(quad) }))
    .sort((p, q) => p.angle - q.angle);
  let rest = tilts.reduce((sum, tilt) => sum + tilt.weight, 0) / 2;
  for (const { angle, weight } of tilts) if ((rest -= weight) <= 0) return angle;
  return 0;
}

function splitAtGaps(glyphs: readonly Glyph[], pitch: number): Glyph[][] {
  const words: Glyph[][] = [];
  let last: Glyph | undefined;
  for (const glyph of glyphs) {
    const isBlank = glyph.text.trim() === "";
    if (!isBlank) {
      if (last !== undefined && glyph.at - last.at <= WIDE_GAP * pitch) words.at(-1)!.push(glyph);
      else words.push([glyph]);
    }
    last = isBlank ? undefined : glyph;
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

function width([a, b]: Quad): number {
  return Math.hypot(b.x - a.x, b.y - a.y);
}

function height([a, , , d]: Quad): number {
  return Math.hypot(d.x - a.x, d.y - a.y);
}
