import assert from "node:assert/strict";
import { readDecimalMark, readNumber } from "../../src/labs/printed_number.ts";

Deno.test("a number is read with the decimal mark and thousands sign it is printed with", () => {
  const cases: [string, number][] = [
    ["5", 5],
    ["13,5", 13.5],
    ["13.5", 13.5],
    ["0.250", 0.25],
    ["0,250", 0.25],
    ["4 700 000", 4_700_000],
    ["1'250", 1250],
    ["1’250,5", 1250.5],
    ["1,234.5", 1234.5],
    ["1.234,5", 1234.5],
    ["1.234.567", 1_234_567],
    ["1,50,000", 150_000],
    ["-2.3", -2.3],
    ["+2", 2],
    ["−0,8", -0.8],
  ];
  for (const [text, value] of cases) assert.equal(readNumber(text, null), value, text);
});

Deno.test("three digits behind one mark are thousands only where the document's decimal mark is the other", () => {
  assert.equal(readNumber("1.250", ","), 1250);
  assert.equal(readNumber("1.250", "."), 1.25);
  assert.equal(readNumber("1,250", "."), 1250);
  assert.equal(readNumber("1,250", ","), 1.25);
  assert.equal(readNumber("0,250", "."), 0.25);
});

Deno.test("what is not quite a number is none: nothing is repaired", () => {
  for (const text of ["1O", "O.5", "5,", "1.2.3", "12:30", "1 2", "", "abc", "1 23 456", "12345678901234567"]) {
    assert.equal(readNumber(text, null), null, text);
  }
});

Deno.test("the decimal mark of a document is what its unmistakable numbers print", () => {
  assert.equal(readDecimalMark(["Hb 13,5 g/dl", "TSH 2,10"]), ",");
  assert.equal(readDecimalMark(["Hb 13.5 g/dL"]), ".");
  assert.equal(readDecimalMark(["295.000 /mm3"]), null);
  assert.equal(readDecimalMark(["01.12.2016 10.12.2020"]), null);
});
