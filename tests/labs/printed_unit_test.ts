import assert from "node:assert/strict";
import { isUnit, normalUnit, unitLength } from "../../src/labs/printed_unit.ts";

Deno.test("units are known by their grammar, however they are spelled", () => {
  const units = [
    "g/dL",
    "g/dl",
    "mg/l",
    "mmol/L",
    "µmol/L",
    "umol/l",
    "mcg/dL",
    "10^9/L",
    "10*9/L",
    "10⁹/L",
    "x10E3/uL",
    "x10^3/µL",
    "G/L",
    "T/L",
    "/nl",
    "/pl",
    "Mio/µl",
    "Tsd./µl",
    "/mm3",
    "/mm³",
    "/HPF",
    "%",
    "‰",
    "fL",
    "pg",
    "U/l",
    "IU/mL",
    "UI/l",
    "mUI/l",
    "µU/mL",
    "mEq/L",
    "mmHg",
    "mm/h",
    "sek",
    "ml/min/1,73m²",
    "mL/min/1.73",
    "mg/g Krea",
    "mmol/mol",
    "K/uL",
    "cells/uL",
    "million/uL",
    "Lakhs/cumm",
    "Bin/µL",
    "µkat/l",
    "ng/mL",
    "kU/l",
    "mosm/kg",
    "(µg/ml)",
    "ml/min/1.73 m2",
  ]; // deno-fmt-ignore
  for (const unit of units) assert.ok(isUnit(unit), unit);
});

Deno.test("words, names and flags are no units", () => {
  for (const word of ["Glucose", "H", "L", "negativ", "HDL", "", "10", "Patient", "mgx", "TSH"]) {
    assert.ok(!isUnit(word), word);
  }
  assert.equal(unitLength("mgP value", 0, true), 0);
});

Deno.test("spellings of one unit have one normal form, different units have not", () => {
  assert.equal(normalUnit("x10⁹/L"), normalUnit("10*9/l"));
  assert.equal(normalUnit("10^9/L"), normalUnit("x10E9/L"));
  assert.equal(normalUnit("µg/dL"), normalUnit("mcg/dl"));
  assert.equal(normalUnit("(mg / dL)"), normalUnit("mg/dl"));
  assert.notEqual(normalUnit("mg/dl"), normalUnit("mg/l"));
  assert.notEqual(normalUnit("10^9/L"), normalUnit("10^12/L"));
});
