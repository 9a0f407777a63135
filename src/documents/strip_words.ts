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

/** A character reaches no further from its middle, in pitches. */
const BESIDE_MIDDLE = 0.9;

/** From the picture to the flat page, see `level.ts`. */
export type Level = (point: Point) => Point;

export function stripWords(glyphs: readonly Glyph[], quad: Quad, level: Level): Word[] {
  const pitch = pitchOf(glyphs, quad);
  return splitAtGaps(glyphs, pitch).flatMap(splitAtDates).map((own) => {
    const from = Math.max(0, own[0]!.at - pitch / 2);
    const to = Math.min(1, own.at(-1)!.at + pitch / 2);
    return { text: glyphsText(own), box: writingBox(quadPart(quad, from, to), level), confidence: meanConfidence(own) };
  });
}

/** The part of a strip that its characters account for; the whole of it where none was read. */
export function writtenPart(glyphs: readonly Glyph[], quad: Quad): Quad {
  const written = glyphs.filter(({ text }) => text !== " ");
  const room = BESIDE_MIDDLE * pitchOf(glyphs, quad);
  const [first, last] = [written[0], written.at(-1)];
  return first === undefined || last === undefined
    ? quad
    : quadPart(quad, Math.max(0, first.at - room), Math.min(1, last.at + room));
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
    // Chinese characters are twice as wide as the letters and digits beside them.
    const gap = WIDE_GAP * pitch * (/\p{Script=Han}/u.test(glyph.text) ? 2 : 1);
    const isNear = word !== undefined && glyph.at - word.at(-1)!.at <= gap;
    // Chinese print has wide decimal points, which are read as "3. 5".
    const isDecimal = word !== undefined && /\d[.,]$/.test(glyphsText(word)) && /\d/.test(glyph.text);
    const isUnit = word !== undefined && /\/[dmcµu]$/.test(glyphsText(word)) && /[lL]/.test(glyph.text);
    if (isUnit || (isNear && (!blank || isDecimal))) word.push(glyph);
    else words.push([glyph]);
    blank = false;
  }
  return words;
}

/** A date stands for itself, and a lookbehind is matched from its end: "coleta19/06/2024", "21/05/2024a", "2024-05-1107:36". */
const DATE_EDGE =
  /(?<=\p{L}[:.]?)(?=\d{1,2}([./-])\d{1,2}\1\d{4}(?!\d{3}))|(?<=(?<!\d)\d{1,2}\2\d{1,2}([./-])\d{4})(?=\p{L}|\d{1,2}:\d\d|\d$)|(?<=(?<!\d)\d{4}-\d\d-\d\d)(?=\d\d:\d\d)/gu;

function splitAtDates(word: readonly Glyph[]): (readonly Glyph[])[] {
  const text = glyphsText(word);
  if (text.length !== word.length) return [word];
  const edges = [...[...text.matchAll(DATE_EDGE)].map(({ index }) => index), text.length];
  return edges.map((edge, index) => word.slice(edges[index - 1] ?? 0, edge));
}

function pitchOf(glyphs: readonly Glyph[], quad: Quad): number {
  return medianPitch(glyphs) ?? USUAL_PITCH * quadHeight(quad) / Math.max(1, quadWidth(quad));
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

function quadPart([a, b, c, d]: Quad, from: number, to: number): Quad {
  return [between(a, b, from), between(a, b, to), between(d, c, to), between(d, c, from)];
}

function between(p: Point, q: Point, at: number): Point {
  return { x: p.x + (q.x - p.x) * at, y: p.y + (q.y - p.y) * at };
}
