/** Marks between the columns of a page, and points between digits: found by their ink, and believed when looks agree. */
import assert from "node:assert/strict";
import type { PDFFont, PDFPage } from "pdf-lib";
import { hasDecimalInk, withoutSpecks } from "../../src/documents/decimal_ink.ts";
import { findText } from "../../src/documents/find_text.ts";
import { glyphsText } from "../../src/documents/glyph.ts";
import { findLoneMarks, inColumnOfSigns } from "../../src/documents/lone_marks.ts";
import { markShape } from "../../src/documents/mark_shape.ts";
import { partOverlaps } from "../../src/documents/part_overlaps.ts";
import type { Picture, Quad } from "../../src/documents/picture.ts";
import { loadVips } from "../../src/documents/picture_file.ts";
import { agreedMark } from "../../src/documents/read_mark.ts";
import { readStrip } from "../../src/documents/recognition.ts";
import { PageReader } from "../../src/documents/read_pages.ts";
import { loadDetectionModels, loadRecognitionModels } from "../../src/documents/text_models.ts";
import { drawPdf, encode, pictureOf, readAll, texts } from "./printed_page.ts";

const rectangle = (left: number, top: number, right: number, bottom: number): Quad => [
  { x: left, y: top },
  { x: right, y: top },
  { x: right, y: bottom },
  { x: left, y: bottom },
];

/** White, with black rectangles: left, top, right and bottom of each. */
function pictureWith(width: number, height: number, boxes: readonly (readonly [number, number, number, number])[]) {
  const picture: Picture = { width, height, data: new Uint8Array(width * height * 3).fill(255) };
  for (const [left, top, right, bottom] of boxes) {
    for (let y = top; y < bottom; y++) picture.data.fill(0, (y * width + left) * 3, (y * width + right) * 3);
  }
  return picture;
}

/** Two strips of 40 pixels' height with a line of letters as black bars, and a gap from 120 to 400 between them. */
const bars = [20, 40, 60, 80, 410, 430, 450].map((x) => [x, 40, x + 8, 60] as const);
const row = [rectangle(10, 30, 120, 70), rectangle(400, 30, 480, 70)].map((quad) => ({ quad, written: quad }));
const marksOf = (...boxes: (readonly [number, number, number, number])[]) =>
  findLoneMarks(pictureWith(600, 100, [...bars, ...boxes]), [row]);

Deno.test("ink in the gaps of a row is found, whatever it is", () => {
  assert.deepEqual(marksOf(), []);
  const [mark, ...more] = marksOf([200, 40, 212, 60]);
  assert.equal(more.length, 0);
  const [topLeft, , bottomRight] = mark!.quad;
  assert.ok(topLeft.x < 195 && topLeft.x > 180 && bottomRight.x > 217 && bottomRight.x < 230, JSON.stringify(mark));
  assert.deepEqual([topLeft.y, bottomRight.y, mark!.isNear], [30, 70, false]);
  assert.equal(marksOf([500, 40, 512, 60]).length, 1, "behind the last column");
  assert.equal(marksOf([126, 40, 134, 60])[0]?.isNear, true);
  assert.deepEqual([marksOf([200, 40, 208, 48])[0]?.isRaised, marksOf([200, 46, 212, 58])[0]?.isRaised], [true, false]);
});

Deno.test("specks, rules and what belongs to other rows are no marks", () => {
  assert.deepEqual(marksOf([200, 48, 203, 51]), [], "a speck");
  assert.deepEqual(marksOf([200, 0, 202, 100]), [], "a line from top to bottom");
  assert.deepEqual(marksOf([125, 48, 395, 50]), [], "a line from left to right");
  assert.deepEqual(marksOf([200, 60, 212, 80]), [], "print of the next row");
  assert.deepEqual(marksOf([200, 32, 212, 35]), [], "a piece of a rule at the edge");
  assert.deepEqual(marksOf(...[150, 180, 210, 240, 270].map((x) => [x, 40, x + 10, 60] as const)), [], "a pattern");
});

Deno.test("a short line in the middle of a row is a dash, and counts in a column of signs only", () => {
  assert.equal(marksOf([200, 49, 210, 53])[0]?.shape, "dash");
  assert.equal(inColumnOfSigns([100, 0, 110, 20], [[98, 60, 112, 80]]), true);
  assert.equal(inColumnOfSigns([100, 0, 110, 20], [[140, 60, 154, 80]]), false);
});

/** A drawing of "#" and "." as ink. */
function shapeOf(...lines: string[]) {
  const width = lines[0]!.length;
  const ink = Uint8Array.from(lines.join(""), (character) => character === "#" ? 1 : 0);
  return markShape(ink, width, { left: 0, top: 0, right: width, bottom: lines.length });
}

Deno.test("arrows are told by their head, and from letters", () => {
  const up = [
    "...#...",
    "..###..",
    ".#####.",
    "#..#..#",
    "...#...",
    "...#...",
    "...#...",
    "...#...",
    "...#...",
    "...#...",
  ];
  assert.equal(shapeOf(...up), "up");
  assert.equal(shapeOf(...up.toReversed()), "down");
  const letters = {
    T: ["#######", "#######", "...#...", "...#...", "...#...", "...#...", "...#...", "...#...", "...#...", "...#..."],
    t: ["..#....", "..#....", "#####..", "..#....", "..#....", "..#....", "..#....", "..#....", "..#....", "..##..."],
    L: ["#......", "#......", "#......", "#......", "#......", "#......", "#......", "#......", "#......", "######."],
    H: ["#....#.", "#....#.", "#....#.", "#....#.", "######.", "#....#.", "#....#.", "#....#.", "#....#.", "#....#."],
    1: ["..#....", ".##....", "#.#....", "..#....", "..#....", "..#....", "..#....", "..#....", "..#....", "..#...."],
  };
  for (const [letter, lines] of Object.entries(letters)) assert.equal(shapeOf(...lines), null, letter);
  assert.equal(shapeOf("#######", "#######", "#######"), "dash");
});

Deno.test("a mark is believed when most looks agree, a letter or a digit only when nearly all do", () => {
  const looks = (...all: [string, number][]) => all.map(([text, confidence]) => ({ text, confidence }));
  const read = (all: [string, number][], isNear = false, shape: "up" | "dash" | null = null, isRaised = false) =>
    agreedMark(looks(...all), { shape, isNear, isRaised })?.text ?? null;
  assert.equal(read([["H", 0.99], ["H", 0.97]]), "H");
  assert.equal(read([["*", 0.6], ["*", 0.9], ["*", 0.6], ["", 0], ["*", 0.5], ["*", 0.8]]), "*");
  assert.equal(read([["8", 0.9], ["3", 0.8], ["8", 0.9], ["8", 0.6], ["B", 0.9], ["8", 0.7]]), null);
  assert.equal(read([["L", 0.6], ["1", 0.8], ["L", 0.9], ["I", 0.6], ["L", 0.9], ["l", 0.7]]), null);
  assert.equal(read([[".", 0.9], [".", 0.9]]), null);
  // Beside other print it is a piece of that.
  assert.equal(read([["L", 0.99], ["L", 0.99]], true), null);
  assert.equal(read([["*", 0.99], ["*", 0.99]], true), "*");
  assert.deepEqual([read([["<", 0.99], ["<", 0.99]], true), read([["<", 0.99], ["<", 0.99]])], ["<", null]);
  assert.equal(read([["", 0], ["↑", 0.4]], false, "up"), "↑");
  assert.equal(read([["T", 0.95], ["T", 0.95]], false, "up"), null);
  assert.equal(read([["-", 0.5], [".", 0.8]], false, "dash"), "-");
  assert.equal(read([["1", 0.5], ["-", 0.8]], false, "dash"), null);
  const star: [string, number][] = [["+", 0.6], ["*", 0.6], ["+", 0.4], ["", 0], ["+", 0.4], ["*", 0.8]];
  assert.deepEqual([read(star), read(star, false, null, true)], [null, "*"]);
});

Deno.test("a point or a comma between digits is noticed in the ink, and other ink is none", () => {
  const digits = [10, 34].map((x) => [x, 10, x + 10, 30] as const);
  const quad = rectangle(0, 0, 56, 40);
  const glyphs = (text: string, ...at: number[]) =>
    [...text].map((character, index) => ({ text: character, at: at[index]! / 56, confidence: 0.99 }));
  const has = (text: string, ...boxes: (readonly [number, number, number, number])[]) =>
    hasDecimalInk(pictureWith(56, 40, [...digits, ...boxes]), quad, glyphs(text, 15, 39, 47));
  assert.equal(has("42"), false);
  assert.equal(has("42", [25, 26, 29, 30]), true, "a point");
  assert.equal(has("42", [25, 27, 28, 34]), true, "a comma");
  assert.equal(has("42", [25, 16, 29, 20]), false, "ink in the middle");
  assert.equal(has("42", [2, 26, 6, 30]), false, "ink before the digits");
  assert.equal(has("4", [25, 26, 29, 30]), false, "one digit");
  assert.equal(has("ab", [25, 26, 29, 30]), false, "letters");
});

Deno.test("a point that is smaller than any printed one is a speck, and the number behind it doubted", () => {
  const quad = rectangle(0, 0, 60, 40);
  const digits = [20, 34].map((x) => [x, 10, x + 10, 30] as const);
  const glyphs = (text: string, ...at: number[]) =>
    [...text].map((character, index) => ({ text: character, at: at[index]! / 60, confidence: 0.99 }));
  const left = (box: readonly [number, number, number, number], text: string, ...at: number[]) => {
    const kept = withoutSpecks(pictureWith(60, 40, [...digits, box]), quad, glyphs(text, ...at));
    return [glyphsText(kept), kept.every(({ confidence }) => confidence < 0.6)];
  };
  assert.deepEqual(left([12, 28, 13, 30], ".47", 12, 25, 39), ["47", true]);
  assert.deepEqual(left([12, 27, 15, 30], ".47", 12, 25, 39), [".47", false]);
  assert.deepEqual(left([52, 28, 53, 30], "47.", 25, 39, 52), ["47", false]);
  assert.deepEqual(left([52, 27, 55, 30], "47.", 25, 39, 52), ["47.", false]);
  assert.deepEqual(left([52, 28, 53, 30], "ab.", 25, 39, 52), ["ab.", false], "a shortened word");
});

Deno.test("boxes of neighbours are cut where they overlap, others stay", () => {
  const value = rectangle(0, 0, 60, 30), unit = rectangle(50, 1, 140, 31), below = rectangle(50, 25, 140, 55);
  assert.deepEqual(partOverlaps([unit, value]), [rectangle(55, 1, 140, 31), rectangle(0, 0, 55, 30)]);
  assert.deepEqual(partOverlaps([value, below]), [value, below]);
});

/** Flags and a digit that stand alone on a page of A4, as large as laboratories print them. */
const FLAGGED = [
  ["Glucose", "108", "*", "mg/dL", "70 - 100"],
  ["Sodium", "134", "L", "mmol/L", "135 - 146"],
  ["Urea", "34", "", "mg/dL", "15 - 50"],
  ["Ferritin", "8", "L", "ng/mL", "13 - 150"],
  ["Triglycerides", "161", "H", "mg/dL", "0 - 150"],
  ["Potassium", "5.4", "+", "mmol/L", "3.5 - 5.1"],
];

function drawFlagged(page: PDFPage, font: PDFFont): void {
  for (const [index, cells] of FLAGGED.entries()) {
    const places = [50, 200, 290, 350, 440];
    cells.forEach((cell, at) => page.drawText(cell, { x: places[at]!, y: 700 - index * 18, size: 8, font }));
  }
}

Deno.test({
  name: "flags and digits that stand alone on a scanned page are read, also from a fax with oblong dots",
  sanitizeOps: false,
  sanitizeResources: false,
  async fn() {
    using opened = new DisposableStack();
    const reader = opened.adopt(new PageReader(), (reader) => reader.close());
    const picture = await pictureOf(await drawPdf([drawFlagged]));
    const expected = FLAGGED.map((cells) => cells.join("").replaceAll(" ", ""));
    const read = async (bytes: Uint8Array, type: "image/jpeg" | "image/tiff") => {
      const [page] = await readAll(reader, bytes, type);
      return { page: page!, lines: texts(page).map((line) => line.replaceAll(" ", "")) };
    };
    const scan = await read(await encode(picture, "image/jpeg"), "image/jpeg");
    assert.deepEqual(scan.lines, expected);
    const fax = await read(await encode(picture, "image/tiff", { dots: [204, 98] }), "image/tiff");
    assert.ok(Math.abs(fax.page.height / fax.page.width - picture.height / picture.width) < 0.01);
    assert.equal(fax.lines.length, expected.length);
  },
});

/** Each four times, from 7 to 10 points. */
const DECIMALS = ["1,1", "7,1", "1,4", "11,1", "4,1", "0,1", "1,7", "71,1", "1,12", "14,1", "1.1", "7.1"];

function drawDecimals(page: PDFPage, font: PDFFont): void {
  for (const [row, text] of DECIMALS.entries()) {
    for (let column = 0; column < 4; column++) {
      page.drawText(text, { x: 60 + 120 * column, y: 560 - row * 40, size: 7 + column, font });
    }
  }
}

Deno.test({
  name: "a number of small print keeps its point, or is doubted",
  // The models' runtime keeps a message port of its own for the next test.
  sanitizeOps: false,
  sanitizeResources: false,
  async fn() {
    const { data, width, height } = await pictureOf(await drawPdf([drawDecimals], [595, 620]));
    const vips = await loadVips();
    const image = vips.Image.newFromMemory(data as Uint8Array<ArrayBuffer>, width, height, 3, vips.BandFormat.uchar);
    const small = image.resize(0.4);
    const page: Picture = { width: small.width, height: small.height, data: new Uint8Array(small.writeToMemory()) };
    const recognition = await loadRecognitionModels();
    const { picture, quads } = await findText(page, await loadDetectionModels());
    assert.equal(quads.length, 4 * DECIMALS.length);
    const bare: string[] = [];
    for (const quad of quads) {
      const glyphs = await readStrip(recognition, picture, quad);
      const isDoubted = glyphs.some(({ confidence }) => confidence < 0.6);
      if (!/[.,]/.test(glyphsText(glyphs)) && !isDoubted) bare.push(glyphsText(glyphs));
    }
    assert.deepEqual(bare, []);
  },
});
