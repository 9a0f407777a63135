import type { Analyte, NameLanguage } from "./analyte.ts";
import { bloodGasAnalytes } from "./analyte_catalogue_blood_gas_table.ts";
import { chemistryAnalytes } from "./analyte_catalogue_chemistry_table.ts";
import { coagulationAnalytes } from "./analyte_catalogue_coagulation_table.ts";
import { drugsAnalytes } from "./analyte_catalogue_drugs_table.ts";
import { haematologyAnalytes } from "./analyte_catalogue_haematology_table.ts";
import { hormonesAnalytes } from "./analyte_catalogue_hormones_table.ts";
import { immunologyAnalytes } from "./analyte_catalogue_immunology_table.ts";
import { infectionAnalytes } from "./analyte_catalogue_infection_table.ts";
import { lipidsAnalytes } from "./analyte_catalogue_lipids_table.ts";
import { mineralsAnalytes } from "./analyte_catalogue_minerals_table.ts";
import { stoolAnalytes } from "./analyte_catalogue_stool_table.ts";
import { tumourMarkersAnalytes } from "./analyte_catalogue_tumour_markers_table.ts";
import { urineAnalytes } from "./analyte_catalogue_urine_table.ts";
import { vitaminsAnalytes } from "./analyte_catalogue_vitamins_table.ts";

/** The closed list of laboratory tests. Codes come from here and from nowhere else. */

export const analytes: readonly Analyte[] = [
  ...haematologyAnalytes,
  ...coagulationAnalytes,
  ...chemistryAnalytes,
  ...lipidsAnalytes,
  ...mineralsAnalytes,
  ...hormonesAnalytes,
  ...vitaminsAnalytes,
  ...tumourMarkersAnalytes,
  ...immunologyAnalytes,
  ...infectionAnalytes,
  ...urineAnalytes,
  ...drugsAnalytes,
  ...bloodGasAnalytes,
  ...stoolAnalytes,
];

let ids: ReadonlyMap<string, Analyte> | undefined;
let codes: ReadonlyMap<string, readonly Analyte[]> | undefined;

export function analyteById(id: string): Analyte | undefined {
  ids ??= new Map(analytes.map((analyte) => [analyte.id, analyte]));
  return ids.get(id);
}

/** The tests that are reported under this LOINC code; usually one. */
export function analytesByLoinc(loinc: string): readonly Analyte[] {
  codes ??= Map.groupBy(
    analytes.flatMap((analyte) => analyte.codes.map(([code]) => ({ code, analyte }))),
    ({ code }) => code,
  ).entries().reduce(
    (map, [code, found]) => map.set(code, [...new Set(found.map(({ analyte }) => analyte))]),
    new Map<string, readonly Analyte[]>(),
  );
  return codes.get(loinc) ?? [];
}

const languages: readonly NameLanguage[] = ["any", "en", "de", "es", "fr", "it", "pt", "nl", "tr", "zh"];

/** Every name of a test, each once, its English one first. */
export function namesOf(analyte: Analyte): readonly string[] {
  const names = languages.flatMap((language) => analyte.names[language]?.split("|") ?? []).map((name) => name.trim());
  return [...new Set([analyte.name, ...names.filter((name) => name !== "")])];
}
