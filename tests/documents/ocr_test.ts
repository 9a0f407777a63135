import assert from "node:assert/strict";
import { PDFDocument, StandardFonts } from "pdf-lib";
import { type FileType, fileType } from "../../src/documents/file_type.ts";
import { lineText, type Page } from "../../src/documents/page.ts";
import { PageReader } from "../../src/documents/read_pages.ts";
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
  const code = (expected: string, type: FileType) => (error: unknown) =>
    error instanceof DocumentUnreadable && error.code === expected || assert.fail(`${type}: ${error}`);
  for (const type of ["image/jpeg", "image/png", "image/webp", "image/tiff"] as const) {
    const whole = await encode({ width: 240, height: 120, data: picture.data.slice(0, 240 * 120 * 3) }, type);
    const before = performance.now();
    // The size of a WebP must fit what follows.
    const expected = type === "image/webp" ? "truncated" : "too_large";
    await assert.rejects(readAll(reader, claiming(16_000, whole, type), type), code(expected, type));
    assert.ok(performance.now() - before < 5000);
    if (type === "image/tiff") continue;
    await assert.rejects(readAll(reader, whole.subarray(0, whole.length / 2), type), code("truncated", type));
  }
});

/** The picture with another width and height in its header. */
function claiming(side: number, picture: Uint8Array, type: FileType): Uint8Array {
  const bytes = picture.slice();
  const view = new DataView(bytes.buffer);
  if (type === "image/png") {
    for (const at of [16, 20]) view.setUint32(at, side);
    view.setUint32(29, crc32(bytes.subarray(12, 29)));
  } else if (type === "image/jpeg") {
    const frame = bytes.findIndex((byte, at) => byte === 0xff && [0xc0, 0xc2].includes(bytes[at + 1]!));
    for (const at of [5, 7]) view.setUint16(frame + at, side);
  } else if (type === "image/webp") {
    const frame = bytes.findIndex((_, at) => bytes[at] === 0x9d && bytes[at + 1] === 0x01 && bytes[at + 2] === 0x2a);
    for (const at of [3, 5]) view.setUint16(frame + at, side, true);
  } else {
    const directory = view.getUint32(4, true);
    for (let entry = 0; entry < view.getUint16(directory, true); entry++) {
      const at = directory + 2 + entry * 12;
      const tag = view.getUint16(at, true);
      // Width, length and rows a strip, as long numbers.
      if (![256, 257, 278].includes(tag)) continue;
      view.setUint16(at + 2, 4, true);
      view.setUint32(at + 8, side, true);
    }
  }
  return bytes;
}

readingTest("a page too narrow for any print has no text, and harms no other", async () => {
  const narrow = await drawPdf([(page) => page.drawLine({ start: { x: 0, y: 0 }, end: { x: 1, y: 900 } })], [
    1,
    90_000,
  ]);
  await assert.rejects(readAll(reader, narrow, "application/pdf"), { code: "empty" });
});

readingTest("pictures beyond the limit are left out by name, and text is read all the same", async () => {
  const scan = await encode(picture, "image/jpeg");
  const pdf = await PDFDocument.create();
  const font = await pdf.embedFont(StandardFonts.Helvetica);
  const image = await pdf.embedJpg(scan);
  pdf.addPage(REPORT_SIZE).drawImage(image, { width: REPORT_SIZE[0], height: REPORT_SIZE[1] });
  await drawReport(pdf.addPage(REPORT_SIZE), font);
  const bytes = await pdf.save();
  const pages = await Array.fromAsync(reader.readPages(bytes, "application/pdf", { maxPages: 2, maxPictures: 0 }));
  assert.deepEqual(pages.map(({ isUnread, lines }) => [isUnread ?? false, lines.length > 0]), [[true, false], [
    false,
    true,
  ]]);
  const fax = await encode(picture, "image/tiff", { pages: 3 });
  const left = reader.readPages(fax, "image/tiff", { maxPages: 3, maxPictures: 0 });
  assert.deepEqual((await Array.fromAsync(take(left, 2))).map(({ isUnread }) => isUnread), [true, true]);
});

async function* take<T>(items: AsyncIterable<T>, count: number): AsyncGenerator<T> {
  for await (const item of items) {
    yield item;
    if (--count === 0) return;
  }
}

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
    "images/en-in-healthplus-vitamin-deficiency-test.png",
    "images/tr-hemogram-photo.jpg",
  ], 0.98));
