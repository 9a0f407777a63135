import type { Specimen } from "./analyte.ts";
import { fold } from "./analyte_name.ts";
import { specimenOf } from "./specimen.ts";

/** What stands around a name and tells of which material the test is, or that it is none of the catalogue. */

export interface TestContext {
  /** Null when nothing says it. */
  readonly specimen: Specimen | null;
  /** Below a heading of blood gases, arterial unless something says otherwise. */
  readonly isBloodGas: boolean;
  /** How a germ answers to a drug: the same names and units as the drug's level in blood. */
  readonly isSusceptibility: boolean;
}

const allSpecimens = new Set<string>(
  [
    "blood",
    "serum",
    "arterial",
    "venous",
    "capillary",
    "urine",
    "urine_24h",
    "stool",
    "csf",
    "fluid",
    "marrow",
    "saliva",
    "semen",
    "stone",
  ] satisfies Specimen[],
);

const marrow =
  /knochenmark|bone ?marrow|moelle osseuse|medula osea|midollo osseo|beenmerg|kemik iligi|myelogramm?e?\b|\/ ?km\b|骨髓/;
const spinal = /cerebral spinal|spinal fluid|hirnwasser|\bbos\b/;
const fluids =
  /body fluid|korperflussigkeit|\bfluid\b|peritoneal|dialysat|aspirat|drainage|drain fluid|amniotic|fruchtwasser|punktat|exsudat|transsudat/;
/** Not uric acid, urea, purines and taurine. */
const urine =
  /harn(?!saure|stoff|stein)|(?<![ptam])urin(?!ezuur)|\borina\b|\bidrar|\becbu\b|uroanal|\bsediment(?:o|i|en)?\b|teststreifen|streifentest|dipstick|尿(?![酸素肽])/;
const stone = /harnstein|nierenstein|kidney stone|calcul (?:renal|urinaire)|calculo renal|calcolo renale|steenanalyse/;
const gases =
  /gasometr|blutgas|blood ?gas|\bbga\b|\bastrup\b|gaz du sang|gazometrie|emogas|kan gaz|bloedgas|equilibre acido|acid.?base|血气/;
const germs = /antibiogra|antibioti|isolat|isolad|resistogra|resistenz(?:test|best|pruf)|suscept|药敏/;
const leastInhibition = /\b(?:cmi|mic|mhk)\b/;

/** Urine by the letters that Nordic and French laboratories put before a name: "U-Glucose", "dU-Protein". */
const prefixes: readonly (readonly [RegExp, Specimen])[] = [
  [/^d[uU] ?-/, "urine_24h"],
  [/^U ?-/, "urine"],
  [/^f?S ?-|^fP ?-/, "serum"],
  [/^(?:aB|a) ?-/, "arterial"],
];

interface Printed {
  readonly test_name: string;
  readonly specimen?: string | null | undefined;
  readonly section?: string | null | undefined;
}

export function contextOf(printed: Printed): TestContext {
  const { test_name, section = null } = printed;
  const name = fold(test_name);
  const around = `${name} ${fold(section ?? "")}`;
  const isBloodGas = gases.test(around);
  const isSusceptibility = germs.test(around) || leastInhibition.test(name);
  return { specimen: specimenIn(printed, around), isBloodGas, isSusceptibility };
}

function specimenIn({ test_name, specimen = null, section = null }: Printed, around: string): Specimen | null {
  if (marrow.test(around)) return "marrow";
  if (stone.test(around)) return "stone";
  const prefix = withoutPrefix(test_name) === test_name ? "" : test_name;
  const said = prefixes.find(([pattern]) => pattern.test(prefix))?.[1] ??
    (isSpecimen(specimen) ? specimen : specimenOf({ specimen, test_name, section }));
  if (said !== null && familyOf(said) !== "blood") return said;
  if (spinal.test(around)) return "csf";
  if (fluids.test(around)) return "fluid";
  // The name goes before the heading: "Serum creatinine" below "Urine".
  return said === null && urine.test(around) ? "urine" : said;
}

/** Without the letters of its specimen: "S-Kreatinin". "P-Amylase" is the pancreas', a "B-Zelle" is a cell. */
export function withoutPrefix(name: string): string {
  if (/^(?:P ?-\s*amyl|B ?-\s*(?:lym|linf|lenf|zell|cell|cél|hücre))/i.test(name)) return name;
  return name.replace(/^(?:d[uU]|aB|f?[SPBU]|Srm) ?-(?=\s*\p{L}{2})/u, "");
}

function isSpecimen(text: string | null): text is Specimen {
  return text !== null && allSpecimens.has(text);
}

/** What comes from one place of the body; a specimen that is not known is its own. */
export function familyOf(specimen: string): string {
  switch (specimen) {
    case "blood":
    case "serum":
    case "arterial":
    case "venous":
    case "capillary":
      return "blood";
    case "urine":
    case "urine_24h":
      return "urine";
    default:
      return specimen;
  }
}

/** What is said and what the code says are of one kind, but not the same. */
export const unsureFit = 0.86;

/** How well a test of `own` goes with what is said, 0 to 1; 0 forbids it. */
export function specimenFit({ specimen, isBloodGas }: TestContext, own: Specimen): number {
  if (isBloodGas && (specimen === null || familyOf(specimen) === "blood")) {
    if (own === specimen) return 1;
    if (own === "arterial") return specimen === null || specimen === "blood" ? 1 : 0.9;
    return own === "serum" ? 0.95 : familyOf(own) === "blood" ? 0.93 : 0;
  }
  if (specimen === null) {
    if (own === "serum" || own === "blood") return 1;
    return familyOf(own) === "blood" ? 0.9 : 0.89;
  }
  if (own === specimen) return 1;
  if (familyOf(own) !== familyOf(specimen)) return 0;
  if (familyOf(own) === "urine") return 0.96;
  if (own === "blood") return 0.98;
  // Whole blood, a fingertip or an artery, said on purpose, is not the serum that the code is about.
  return own === specimen ? 1 : unsureFit;
}
