import assert from "node:assert/strict";
import type { Analyte } from "../../src/labs/analyte.ts";
import { analyteById, analytesByLoinc } from "../../src/labs/analyte_catalogue.ts";
import { convertValue, isPlausible } from "../../src/labs/convert_value.ts";
import { labUnit, labUnitOf, labUnits } from "../../src/labs/lab_unit.ts";
import { dimensionOf, unitFits } from "../../src/labs/unit_dimension.ts";

const invented = (fields: Partial<Analyte>): Analyte => ({
  id: "invented",
  name: "Invented",
  specimen: "serum",
  unit: "mg/dL",
  codes: [["0-0", "mg/dL"]],
  names: {},
  ...fields,
});

Deno.test("units are read in every spelling that laboratories print", () => {
  const spellings: Readonly<Record<string, string>> = {
    "10*9/L": "10^9/L, x10E9/l, x10⁹/L, 10 9/L, *10^9/L, G/l, G/L, Gpt/L, ×10^9/l",
    "10*12/L": "10^12/L, T/L, T/l, Tpt/l, x10E12/L",
    "10*3/uL": "10*3/µl, x10^3/µL, 10E3/mm3, K/uL, Tsd/µl, Tsd./µl, Bin/µL, miles/mm3, mil/mm³, x 10³/µL, 10^3/cumm",
    "10*6/uL": "M/uL, Mio/µl, Mio./µl, million/uL, Milyon/µL, mill/mm3, x10^6/µL, M/cumm",
    "10*5/uL": "Lakhs/cumm, lakh/cmm",
    "/nL": "/nl",
    "/pL": "/pl",
    "/uL": "/mm3, /mm³, /µl, Ery/µl, Leuko/µl, cells/cumm, cells/µL, Zellen/µl, cél/mm3, /cumm",
    "ug/dL": "µg/dL, μg/dl, ug/dL, mcg/dL, µg/100ml, µg%",
    "mg/dL": "mg/dl, MG/DL, mg%, mg/100 ml",
    "g/dL": "g/dl, gm/dL, g%, gms%, gr/dl",
    "[iU]/L": "IU/L, IE/l, UI/L, I.E./l",
    "U/L": "U/l, u/L, E/L",
    "m[iU]/L": "mIU/L, mUI/l, mIE/l",
    "u[iU]/mL": "µIU/mL, uIU/mL, mcIU/mL, µUI/mL",
    "ukat/L": "µkat/l, ukat/L",
    "meq/L": "mval/l, mEq/L, mEq/l",
    "%": "%, vol%, Vol%, percent",
    "[ppth]": "‰",
    "mm/h": "mm/h, mm/hr, mm/1h, mm/1 h, mm/Std, mm/saat, mm/hora",
    "/[HPF]": "/HPF, /hpf, /GF, /campo, /champ, 个/HP, cells/HPF",
    "g/d": "g/24h, g/24 h, g/Tag, g/24 Std., g/die",
    "mg/g": "mg/g Krea, mg/g Kreatinin, mg/g creat., mg/gCr",
    "mg/mmol": "mg/mmol, mg/mmol créat.",
    "mL/min/{1.73_m2}": "mL/min/1.73m², ml/min/1,73m², mL/min/1.73 m2, mL/min/1.73, ml/min/1.73 m*2",
    "fL": "fl, fL, µ3, µm³, um3",
    "mmol/mol": "mmol/mol, mmol/mol Hb",
    "s": "s, sec, sek, Sek., seg, sn, 秒",
    "mm[Hg]": "mmHg, mm Hg, Torr",
    "mosm/kg": "mosm/kg, mOsmol/kg, mosmol/kg H2O",
    "mg/L{FEU}": "mg/L FEU, mg/l{FEU}",
    "[CFU]/mL": "KBE/ml, CFU/mL, UFC/ml",
    "[arb'U]/mL": "AU/mL, RU/ml",
    "/100{WBCs}": "/100 WBC, /100 Leukozyten",
  };
  for (const [ucum, printed] of Object.entries(spellings)) {
    for (const spelling of printed.split(", ")) assert.equal(labUnit(spelling), ucum, spelling);
  }
});

Deno.test("a unit that is not understood is none", () => {
  for (const text of ["", " ", "bananas", "10^3", "x/y", "mg/", "/", "log10 copies/mL", "constructor", "toString/L"]) {
    assert.equal(labUnit(text), null, text);
  }
});

Deno.test("capitals and words that mean two units are decided by the test", () => {
  const haemoglobin = invented({ unit: "g/dL", codes: [["0-0", "g/dL"]] });
  const leukocytes = invented({ unit: "10*3/uL", codes: [["0-0", "10*3/uL"]] });
  assert.deepEqual(labUnits("G/L"), ["10*9/L", "g/L"]);
  assert.equal(labUnitOf("G/L", haemoglobin), "g/L");
  assert.equal(labUnitOf("G/L", leukocytes), "10*9/L");
  assert.equal(labUnit("g/L"), "g/L");
  assert.equal(labUnitOf("g/L", leukocytes), null);
  assert.deepEqual(labUnits("mil/mm3"), ["10*3/uL", "10*6/uL"]);
});

Deno.test("dimensions keep apart what laboratories keep apart", () => {
  assert.equal(dimensionOf("mmol/L"), dimensionOf("meq/L"));
  assert.equal(dimensionOf("U/L"), dimensionOf("ukat/L"));
  assert.equal(dimensionOf("L/L"), dimensionOf("%"));
  for (
    const [a, b] of [["%", "mmol/mol"], ["%", "10*3/uL"], ["%", "{ratio}"], ["mg/dL", "mg/d"], ["mg/dL", "mmol/L"], [
      "/[HPF]",
      "/uL",
    ], ["{presence}", "{titer}"]] as const
  ) assert.notEqual(dimensionOf(a), dimensionOf(b), `${a} and ${b}`);
  assert.equal(dimensionOf("furlong"), null);
});

Deno.test("mass and amount fit and convert where there is a molar mass, and only there", () => {
  const glucose = invented({ molarMass: 180.16, plausible: [5, 2000] });
  assert.ok(unitFits("mmol/L", glucose));
  assert.equal(convertValue(90, "mg/dL", "mmol/L", glucose)?.toFixed(3), "4.996");
  assert.equal(convertValue(0.9, "g/L", "mmol/L", glucose)?.toFixed(3), "4.996");
  assert.equal(convertValue(5, "mmol/L", "mg/dL", invented({})), null);
  assert.equal(unitFits("mmol/L", invented({})), false);
  assert.equal(convertValue(90, "mg/dL", "mg/d", glucose), null);
  assert.equal(convertValue(90, "mg/dL", "%", glucose), null);
});

Deno.test("a result that no living person has is refused: the unit was misread", () => {
  const iron = invented({ unit: "ug/dL", codes: [["2498-4", "ug/dL"]], molarMass: 55.845, plausible: [1, 2000] });
  assert.equal(convertValue(80, "ug/dL", "umol/L", iron)?.toFixed(2), "14.33");
  assert.equal(convertValue(80, "g/dL", "umol/L", iron), null);
  assert.equal(isPlausible(80, "g/dL", iron), false);
  assert.equal(isPlausible(80, "ug/dL", iron), true);
});

Deno.test("equivalents, international units, catalytic amounts and counts", () => {
  const calcium = invented({ unit: "mg/dL", molarMass: 40.078, valence: 2 });
  assert.equal(convertValue(5, "meq/L", "mmol/L", calcium), 2.5);
  const insulin = invented({ unit: "u[iU]/mL", codes: [["0-0", "u[iU]/mL"]], perUnit: ["ug", 34.7], molarMass: 5808 });
  assert.equal(convertValue(10, "u[iU]/mL", "ug/L", insulin)?.toFixed(3), "0.347");
  assert.equal(convertValue(0.347, "ug/L", "m[iU]/L", insulin)?.toFixed(3), "10.000");
  assert.equal(convertValue(10, "u[iU]/mL", "pmol/L", insulin)?.toFixed(2), "59.75");
  const enzyme = invented({ unit: "U/L", codes: [["0-0", "U/L"]] });
  assert.equal(convertValue(0.5, "ukat/L", "U/L", enzyme), 30);
  assert.equal(convertValue(30, "[iU]/L", "U/L", enzyme), 30);
  assert.equal(convertValue(30, "[arb'U]/mL", "U/L", enzyme), null);
  const cells = invented({ unit: "10*3/uL", codes: [["0-0", "10*3/uL"]] });
  assert.equal(convertValue(7.1, "10*9/L", "10*3/uL", cells), 7.1);
  assert.equal(convertValue(2.4, "10*5/uL", "10*9/L", cells), 240);
  assert.equal(convertValue(180000, "/uL", "10*9/L", cells), 180);
  const sedimentation = invented({ unit: "mm/h", codes: [["0-0", "mm/h"]] });
  assert.equal(convertValue(12, "mm", "mm/h", sedimentation), 12);
  const dimer = invented({ unit: "mg/L{FEU}", codes: [["0-0", "mg/L{FEU}"]] });
  assert.equal(convertValue(0.5, "mg/L{FEU}", "ug/L{FEU}", dimer), 500);
  assert.equal(convertValue(0.5, "mg/L{FEU}", "ug/L{DDU}", dimer), null);
  assert.equal(convertValue(0.5, "mg/L", "ug/L{FEU}", dimer), null);
});

Deno.test("HbA1c by the IFCC master equation", () => {
  const hba1c = invented({ unit: "%", codes: [["4548-4", "%"], ["59261-8", "mmol/mol"]] });
  assert.equal(convertValue(6.5, "%", "mmol/mol", hba1c)?.toFixed(0), "48");
  assert.equal(convertValue(48, "mmol/mol", "%", hba1c)?.toFixed(1), "6.5");
  assert.equal(convertValue(48, "mmol/mol", "%", invented({ unit: "%", codes: [["0-0", "%"]] })), null);
});

interface Factor {
  readonly analyte: string;
  readonly from_loinc: string;
  readonly from_unit: string;
  readonly to_loinc: string;
  readonly to_unit: string;
  readonly factor?: number;
}

const factors = (() => {
  try {
    return JSON.parse(Deno.readTextFileSync(
      new URL("../../../shared/data/fhir/loinc/unit-conversions.json", import.meta.url),
    )) as readonly Factor[];
  } catch {
    return [];
  }
})();

Deno.test({
  name: factors.length > 0
    ? "the catalogue's conversions agree with published factors"
    : "published factors are skipped: ../shared/data/fhir/loinc is absent",
  ignore: factors.length === 0,
  fn() {
    const wrong: string[] = [];
    for (const { analyte: name, from_loinc, from_unit, to_loinc, to_unit, factor } of factors) {
      const [analyte] = analytesByLoinc(from_loinc);
      if (analyte === undefined) {
        wrong.push(`${name}: ${from_loinc} is not in the catalogue`);
        continue;
      }
      // Serum iron and its binding capacity and the like: a value in the middle of what is possible.
      const value = from_unit === "%" ? 7 : middle(analyte, from_unit);
      const expected = factor === undefined ? 53 : value * factor;
      const found = convertValue(value, from_unit, to_unit, analyte);
      if (found === null || Math.abs(found / expected - 1) > 0.01) {
        wrong.push(`${name}: ${value} ${from_unit} is ${expected} ${to_unit} (${to_loinc}), not ${found}`);
      }
    }
    assert.deepEqual(wrong, []);
  },
});

function middle({ plausible, unit, ...analyte }: Analyte, wanted: string): number {
  if (plausible === undefined) return 1;
  const [least, greatest] = plausible;
  const value = Math.sqrt(Math.max(least, greatest / 1000) * greatest);
  return convertValue(value, unit, wanted, { plausible, unit, ...analyte }) ?? value;
}

Deno.test("the catalogue's HbA1c is one test in both units", () => {
  const hba1c = analyteById(analytesByLoinc("4548-4")[0]?.id ?? "");
  assert.ok(hba1c !== undefined && unitFits("mmol/mol", hba1c) && unitFits("%", hba1c));
});
