import type { Analyte } from "./analyte.ts";
import {
  coloniesOf,
  copiesOf,
  countedThings,
  scaleWords,
  unitAtoms,
  unitsByCase,
  wholeUnits,
} from "./lab_unit_table.ts";
import { normalUnit } from "./printed_unit.ts";
import { dimensionOf, unitFits } from "./unit_dimension.ts";

/** From a unit as laboratories print it to UCUM. What is not understood is null, never a guess. */

/** "mmol", "ng", "m[IU]" in small letters. */
const prefixed = /^(m|u|n|p|f|k|d|c)?(g|mol|mole|l|u|iu|ui|ie|\[iu\]|eq|kat|m|osm|pa|s|au)$/;
const prefixedBases = new Map([
  ["mole", "mol"],
  ["l", "L"],
  ["u", "U"],
  ["iu", "[iU]"],
  ["ui", "[iU]"],
  ["ie", "[iU]"],
  ["[iu]", "[iU]"],
  ["pa", "Pa"],
  ["au", "[arb'U]"],
]);

const known = new Map<string, readonly string[]>();

/** Every UCUM unit that this print may mean, the most usual first; none when it is not understood. */
export function labUnits(printed: string): readonly string[] {
  const cached = known.get(printed);
  if (cached !== undefined) return cached;
  const found = readUnit(printed);
  // Units are strangers' text; only so many are worth remembering.
  if (known.size < 5_000) known.set(printed, found);
  return found;
}

/** The UCUM unit of this print, or null. */
export function labUnit(printed: string): string | null {
  return labUnits(printed)[0] ?? null;
}

/** The UCUM unit that this print means for this test, or null when the test is never printed in it. */
export function labUnitOf(printed: string, analyte: Analyte): string | null {
  return labUnits(printed).find((unit) => unitFits(unit, analyte)) ?? null;
}

function readUnit(printed: string): readonly string[] {
  const bare = printed.normalize("NFC").trim().replace(/\s+/g, "");
  if (bare === "") return [];
  const cased = unitsByCase.get(bare);
  if (cased !== undefined) return cased;
  // Records from other systems come in UCUM already.
  if (/[[\]{}*]/.test(bare) && dimensionOf(bare) !== null) return [bare];
  const text = withoutAccents(normalUnit(bare)).replace(/^mc(?=iu|ui)/, "u");
  const fixed = wholeUnits.get(text);
  if (fixed !== undefined) return [fixed];
  const kind = /\{?(feu|ddu)\}?/.exec(text)?.[1]?.toUpperCase();
  const parts = text.replace(/\{?(?:feu|ddu)\}?/, "").replace(/\{[^}]*\}/g, (note) => note === "{1.73_m2}" ? note : "")
    .replace(/[,](?=\d)/g, ".").replace(/[/*x·]\{?1\.73.*$/, "/1.73").replace(/(?<=kg)h2o$/, "").replace(
      /^10exp|^e(?=\d)/,
      "10e",
    ).split("/");
  const units = spell(parts);
  return kind === undefined ? units : units.map((unit) => `${unit}{${kind}}`);
}

function spell(parts: readonly string[]): readonly string[] {
  const [head = "", ...below] = parts;
  const heads = spellHead(head, below.length > 0);
  const denominators: string[] = [];
  for (const part of below) {
    if (part === "1.73") {
      denominators.push("{1.73_m2}");
      continue;
    }
    const atom = spellAtom(part.replace(/[.]?(?:of)?(?:krea|crea|cr|hb|prot|kr)[a-z]*[.]?$/, ""));
    if (atom === null) return [];
    denominators.push(atom);
  }
  if (below.length === 0) return heads;
  return heads.map((unit) => [unit, ...denominators].join("/"));
}

/** "10*3", "tsd", "ery", "mmol"; "" before a slash counts. */
function spellHead(head: string, isFraction: boolean): readonly string[] {
  const plain = head.replace(/^[x×*·]/, "").replace(/[.]$/, "");
  if (plain === "" || countedThings.test(plain)) return isFraction ? [""] : [];
  if (copiesOf.test(plain)) return isFraction ? ["{copies}"] : [];
  if (coloniesOf.test(plain)) return isFraction ? ["[CFU]"] : [];
  const power = /^10(?:\*|\^|\*\*|e\+?)(-?\d{1,2})(.*)$/.exec(plain);
  if (power !== null) {
    const [, exponent = "", rest = ""] = power;
    return isFraction && (rest === "" || countedThings.test(rest) || coloniesOf.test(rest) || copiesOf.test(rest))
      ? [`10*${Number(exponent)}`]
      : [];
  }
  const scale = scaleWords.get(plain) ?? scaleWords.get(plain.replace(/(?:cells?|zellen|cel)$/, ""));
  const atom = spellAtom(head.replace(/^[x×*·]/, ""));
  // "g/l" is a mass; "m/ul" and "k/ul" count, because nobody prints metres a microlitre.
  if (isFraction && scale !== undefined && (atom === null || plain === "m")) return scale;
  return atom === null ? [] : [atom];
}

function spellAtom(text: string): string | null {
  const plain = text.replace(/[.]$/, "");
  const named = unitAtoms.get(text) ?? unitAtoms.get(plain);
  if (named !== undefined) return named;
  const found = prefixed.exec(plain);
  if (found !== null) return `${found[1] ?? ""}${prefixedBases.get(found[2] ?? "") ?? found[2]}`;
  return /^(?:min|h|d|a)$/.test(plain) ? plain : null;
}

function withoutAccents(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").replaceAll("ı", "i").replaceAll("μ", "u");
}
