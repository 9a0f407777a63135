/** What is read again with more room around it, and when another look is believed. */
import assert from "node:assert/strict";
import { type Glyph, glyphsText } from "../../src/documents/glyph.ts";
import { decimalMarkOf, isFuller, lookAgain, type ReadAgain } from "../../src/documents/look_again.ts";

function glyphs(text: string, confidence = 0.95): Glyph[] {
  return [...text].map((character, index) => ({ text: character, at: (index + 0.5) / text.length, confidence }));
}

/** What is said after such looks, and how many there were. */
async function again(read: string, looks: readonly string[], hasDecimalInk = false): Promise<[string, number]> {
  let count = 0;
  const readAgain: ReadAgain = () => Promise.resolve(glyphs(looks[count++] ?? ""));
  const text = glyphsText(await lookAgain(glyphs(read), readAgain, hasDecimalInk));
  return [text, count];
}

Deno.test("a unit with its end torn off is taken whole from another look, and never completed", async () => {
  assert.deepEqual(await again("U/", ["U/", "U/I"]), ["U/l", 2]);
  assert.deepEqual(await again("TA", ["T/l"]), ["T/l", 1]);
  assert.deepEqual(await again("10^12/", ["10^12/1"]), ["10^12/l", 1]);
  assert.deepEqual(await again("10^3/L", ["10^3/L", "10^3/μL"]), ["10^3/µL", 2]);
  assert.deepEqual(await again("gdL", ["g/dL"]), ["g/dL", 1]);
  assert.deepEqual(await again("G/", ["G/", "G", "6/", "G/"]), ["G/", 4]);
  for (const whole of ["mg/dL", "10^9/L", "U/l", "4.5", "Glucose", "H", "%", "10/12"]) {
    assert.deepEqual(await again(whole, ["?"]), [whole, 0], whole);
  }
});

Deno.test("brackets and marks that are missing are taken from a look that shows all the rest too", async () => {
  assert.deepEqual(await again("Vitamin D (25-OH", ["Vitamin D (25-OH)"]), ["Vitamin D (25-OH)", 1]);
  assert.deepEqual(await again("BilirubinTotal", ["BilirubinTotal", "Bilirubin, Total"]), ["Bilirubin, Total", 2]);
  assert.deepEqual(await again("3.805.80", ["3.80-5.80"]), ["3.80-5.80", 1]);
  assert.deepEqual(await again("<200]", ["200]", "[200]"]), ["<200]", 2]);
  assert.equal(isFuller("[200] ", "<200]"), false);
  assert.equal(isFuller("Bilirubin, Tota", "BilirubinTotal"), false);
  assert.deepEqual(await again("cells (%", ["cells (%", "cells (%)"]), ["cells (%", 1]);
  assert.deepEqual(await again("a long sentence (that goes on in another line", ["?"]), [
    "a long sentence (that goes on in another line",
    0,
  ]);
});

Deno.test("a number with ink for a point is read again, and doubted unless all looks see the point", async () => {
  const decided = (read: string, ...others: string[]) => {
    const result = decimalMarkOf(glyphs(read), others.map((text) => glyphs(text)));
    return [glyphsText(result), result.every(({ confidence }) => confidence < 0.6)];
  };
  assert.deepEqual(decided("42", "4,2", "4,2", "4,2"), ["4,2", false]);
  assert.deepEqual(decided("42", "4,2", "4,2", "42"), ["4,2", true]);
  assert.deepEqual(decided("42", "4,2", "42", "42"), ["42", true]);
  assert.deepEqual(decided("42", "42", "42", "42"), ["42", false]);
  // Other digits are another number.
  assert.deepEqual(decided("42", "4.7", "4.7", "4.7"), ["42", false]);
  assert.deepEqual(decided(".47", "47", "47", ".47"), ["47", true]);
  const leading = await lookAgain(glyphs(".47"), () => Promise.resolve(glyphs(".47")), false);
  assert.ok(leading.every(({ confidence }) => confidence < 0.6), "a speck looks like a point");
  assert.deepEqual(await again("42", ["4.2", "4.2", "4.2"], true), ["4.2", 3]);
  assert.deepEqual(await again("42", ["4.2", "4.2", "4.2"]), ["42", 0]);
});
