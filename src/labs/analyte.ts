/** What the catalogue knows about one laboratory test. The rows stand in `analyte_catalogue_*_table.ts`. */

/** Where the measured material comes from. "serum" stands for serum and plasma. */
export type Specimen =
  | "blood"
  | "serum"
  | "arterial"
  | "venous"
  | "capillary"
  | "urine"
  | "urine_24h"
  | "stool"
  | "csf"
  | "fluid"
  | "marrow"
  | "saliva"
  | "semen"
  | "stone";

/** Languages of the names; "any" are abbreviations that are printed everywhere. */
export type NameLanguage = "any" | "en" | "de" | "es" | "fr" | "it" | "pt" | "nl" | "tr" | "zh";

/** One LOINC code: the unit (UCUM) it is reported in, and its specimen where it is not the analyte's own. */
export type LoincCode = readonly [loinc: string, unit: string, specimen?: Specimen];

export interface Analyte {
  /** lower_snake_case; stored with results, so it never changes its meaning. */
  readonly id: string;
  /** In English, for people. */
  readonly name: string;
  readonly specimen: Specimen;
  /** UCUM; `{presence}`, `{titer}`, `{text}` for results that are no measurement. */
  readonly unit: string;
  /** The most usual first. */
  readonly codes: readonly LoincCode[];
  /** g/mol, where laboratories print both mass and amount. */
  readonly molarMass?: number;
  /** Charges of one ion, where laboratories print equivalents. */
  readonly valence?: number;
  /** Milligrams or micrograms in one international unit, with its UCUM unit: `["ug", 0.0347]` is insulin. */
  readonly perUnit?: readonly [unit: string, amount: number];
  /** In `unit`; outside of it no living person is, so the number or the unit was misread. */
  readonly plausible?: readonly [least: number, greatest: number];
  /** Names as laboratories print them, several separated by " | ". */
  readonly names: { readonly [Language in NameLanguage]?: string };
}
