import assert from "node:assert/strict";
import { degrees, setTextRenderingMode, TextRenderingMode } from "pdf-lib";
import { groupLines } from "../../src/documents/lines.ts";
import { type Box, type Line, lineText } from "../../src/documents/page.ts";
import { type Character, Pdf } from "../../src/documents/pdf.ts";
import { isTextLayerUsable, textLines } from "../../src/documents/pdf_text.ts";
import { loadPdfium } from "../../src/documents/pdfium.ts";
import { type Draw, drawPdf } from "./printed_page.ts";

const pdfium = await loadPdfium();

async function charactersOf(draw: Draw, size?: [number, number]): Promise<Character[]> {
  const pdf = new Pdf(pdfium, await drawPdf([draw], size));
  try {
    return await pdf.withPage(1, (page) => page.characters());
  } finally {
    pdf.close();
  }
}

async function linesOf(draw: Draw, size?: [number, number]): Promise<Line[]> {
  return textLines(await charactersOf(draw, size));
}

const words = (line: Line | undefined) => line?.words.map((word) => word.text) ?? [];

/** Characters side by side, 6 wide and 10 high, in the order given. */
function typed(
  text: string,
  { x = 0, y = 0, size = 10, ...rest }: Partial<Character> & { x?: number; y?: number } = {},
) {
  return [...text].map((character, index): Character => ({
    text: character,
    box: [x + index * 6, y, x + index * 6 + 6, y + size],
    baseline: y + size * 0.8,
    size,
    angle: 0,
    hidden: false,
    unmapped: false,
    ...rest,
  }));
}

Deno.test("columns without blanks between them are words of one line, from left to right", async () => {
  const lines = await linesOf((page, font) => {
    page.drawText("4.0 - 10.0", { x: 400, y: 700, size: 10, font });
    page.drawText("Leukocytes", { x: 50, y: 700, size: 10, font });
    page.drawText("6.1", { x: 104, y: 700.5, size: 11, font });
    page.drawText("Platelets", { x: 50, y: 686, size: 10, font });
  });
  assert.deepEqual(lines.map(words), [["Leukocytes", "6.1", "4.0", "-", "10.0"], ["Platelets"]]);
});

Deno.test("boxes have their origin at the top left, in points", async () => {
  const [line] = await linesOf((page, font) => page.drawText("Sodium", { x: 50, y: 700, size: 10, font }));
  const [left, top, right, bottom] = line!.words[0]!.box;
  assert.ok(Math.abs(left - 50) < 1, `left ${left}`);
  assert.ok(right > 80 && right < 90, `right ${right}`);
  // The baseline lies 142 points below the upper edge.
  assert.ok(top > 130 && top < 138 && bottom > 142 && bottom < 147, `${top} to ${bottom}`);
});

Deno.test("a crop box moves the origin", async () => {
  const [line] = await linesOf((page, font) => {
    page.drawText("Sodium", { x: 150, y: 700, size: 10, font });
    page.setCropBox(100, 100, 400, 650);
  });
  const [left, , , bottom] = line!.words[0]!.box;
  assert.ok(Math.abs(left - 50) < 1 && bottom > 50 && bottom < 55, `${left}, ${bottom}`);
});

Deno.test("a footnote's mark is no part of the value it stands on, an exponent is part of its unit", async () => {
  const lines = await linesOf((page, font) => {
    page.drawText("1.1", { x: 50, y: 700, size: 10, font });
    page.drawText("1)", { x: 50 + font.widthOfTextAtSize("1.1", 10), y: 704, size: 6, font });
    page.drawText("10", { x: 50, y: 650, size: 10, font });
    page.drawText("9", { x: 50 + font.widthOfTextAtSize("10", 10), y: 654, size: 6, font });
    page.drawText("/L", { x: 50 + font.widthOfTextAtSize("10", 10) + 3.4, y: 650, size: 10, font });
    page.drawText("CO", { x: 50, y: 600, size: 10, font });
    page.drawText("2", { x: 50 + font.widthOfTextAtSize("CO", 10), y: 598, size: 6, font });
  });
  assert.deepEqual(lines.map(words), [["1.1", "¹⁾"], ["10⁹/L"], ["CO2"]]);
});

Deno.test("a turned page and text written upwards read like any other", async () => {
  const turned = await linesOf((page, font) => {
    page.setRotation(degrees(90));
    page.drawText("Potassium", { x: 100, y: 100, size: 10, font, rotate: degrees(90) });
    page.drawText("4.2", { x: 100, y: 300, size: 10, font, rotate: degrees(90) });
    page.drawText("Chloride", { x: 120, y: 100, size: 10, font, rotate: degrees(90) });
  });
  assert.deepEqual(turned.map(words), [["Potassium", "4.2"], ["Chloride"]]);
  const [left, top] = turned[0]!.words[0]!.box;
  assert.ok(Math.abs(left - 100) < 1 && top > 88 && top < 95, `${left}, ${top}`);
  const upwards = await linesOf((page, font) => {
    page.drawText("Potassium", { x: 100, y: 100, size: 10, font, rotate: degrees(90) });
    page.drawText("4.2", { x: 100, y: 300, size: 10, font, rotate: degrees(90) });
    page.drawText("Chloride", { x: 120, y: 100, size: 10, font, rotate: degrees(90) });
  });
  assert.deepEqual(upwards.map(words), [["Potassium", "4.2"], ["Chloride"]]);
});

Deno.test("what is not shown, and stamps across the page, are left out", async () => {
  const lines = await linesOf((page, font) => {
    page.drawText("Shown", { x: 50, y: 700, size: 10, font });
    page.drawText("SPECIMEN", { x: 100, y: 300, size: 60, font, rotate: degrees(45), opacity: 0.2 });
    page.pushOperators(setTextRenderingMode(TextRenderingMode.Invisible));
    page.drawText("Hidden", { x: 50, y: 650, size: 10, font });
  });
  assert.deepEqual(lines.map(lineText), ["Shown"]);
});

Deno.test("what was filled into a form is read", async () => {
  const lines = await linesOf((page) => {
    const field = page.doc.getForm().createTextField("result");
    field.setText("Ferritin 85");
    field.addToPage(page, { x: 50, y: 600, width: 200, height: 20 });
  });
  assert.deepEqual(lines.map(lineText), ["Ferritin 85"]);
});

Deno.test("letters of a ligature stay together, flags of arrows stand alone, soft hyphens are hyphens", () => {
  const box: Box = [18, 0, 24, 10];
  const ligature = [...typed("Cre"), ...typed("ti", { box }), ...typed("n", { x: 24 })];
  assert.deepEqual(textLines(ligature).map(words), [["Cretin"]]);
  // PDFium gives the ligature the width of its first letter: a gap is left that nobody printed.
  const narrow: Box = [18, 0, 22, 10];
  const torn = [...typed("Sto"), ...typed("ff", { box: narrow }), ...typed("wechsel", { x: 26 })];
  assert.deepEqual(textLines(torn).map(words), [["Stoffwechsel"]]);
  const apart = [...typed("Sto"), ...typed("ff", { box: narrow }), ...typed("85", { x: 60 })];
  assert.deepEqual(textLines(apart).map(words), [["Stoff", "85"]]);
  assert.deepEqual(textLines(typed("114↓")).map(words), [["114", "↓"]]);
  assert.deepEqual(textLines(typed("INS\u0002")).map(words), [["INS-"]]);
  assert.deepEqual(textLines([...typed("x"), ...typed("y", { box: [8, 5, 8, 5] })]).map(words), [["x"]]);
});

Deno.test("letters in boxes higher than their lines stay in the line they are printed in", () => {
  const tall = (text: string, x: number, y: number, size: number) =>
    typed(text, { x }).map((character): Character => ({
      ...character,
      box: [character.box[0], y - 1.25 * size, character.box[2], y + 0.45 * size],
      baseline: y,
      size,
    }));
  const lines = textLines([...tall("TSH", 0, 100, 7), ...tall("basal", 24, 100, 7), ...tall("ECLIA", 0, 106, 5)]);
  assert.deepEqual(lines.map(words), [["TSH", "basal"], ["ECLIA"]]);
  assert.ok(lines[0]!.words[0]!.box[3] < lines[1]!.words[0]!.box[3]);
});

Deno.test("a text layer is used if it can be seen and understood, unless the page is a picture", () => {
  const prose = typed("Hemoglobin 13.2 g/dL ".repeat(15));
  assert.equal(isTextLayerUsable(prose, 0), true);
  assert.equal(isTextLayerUsable(prose, 0.9), true);
  assert.equal(isTextLayerUsable([], 0), false);
  assert.equal(isTextLayerUsable(typed("   "), 0), false);
  assert.equal(isTextLayerUsable(typed("Page 1 of 3"), 0.9), false);
  assert.equal(isTextLayerUsable(typed("Page 1 of 3"), 0.1), true);
  assert.equal(isTextLayerUsable(prose.map((character) => ({ ...character, hidden: true })), 0), false);
  assert.equal(isTextLayerUsable(prose.map((character) => ({ ...character, unmapped: true })), 0), false);
  assert.equal(isTextLayerUsable(typed("\ue001\ue002\ue003\u0005\u0006 Sodium"), 0), false);
  assert.equal(isTextLayerUsable(typed("\uf0b7 Sodium 140 mmol/L"), 0), true);
});

Deno.test("lines keep apart what is close, and together what is small, large or slightly off", () => {
  const rows = groupLines([
    { name: "heading", box: [0, 0, 200, 60] as Box },
    { name: "first", box: [210, 0, 260, 12] as Box },
    { name: "second", box: [210, 16, 260, 28] as Box },
    { name: "value", box: [300, 18.5, 330, 30.5] as Box },
    { name: "mark", box: [331, 17, 335, 23] as Box },
    { name: "below", box: [300, 30, 330, 42] as Box },
  ]);
  assert.deepEqual(rows.map((row) => row.map(({ name }) => name)), [
    ["first"],
    ["second", "value", "mark"],
    ["heading"],
    ["below"],
  ]);
});
