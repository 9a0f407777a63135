import type { Analyte } from "./analyte.ts";
import { analyteById } from "./analyte_catalogue.ts";
import { componentOf, fold, isAffix, type NameForm, readName, withoutAffixes, withoutForms } from "./analyte_name.ts";
import { areWordsOf, hitsOfForm, hitsOfPrint, hitsOfSound, similarNames } from "./analyte_name_index.ts";
import { isMisspelled } from "./misspelled_name.ts";
import type { MatchReason, PrintedTest } from "./match_analyte.ts";
import { withoutPrefix } from "./test_context.ts";

/**
 * Which tests of the catalogue a printed name may mean, by the name alone: remembered, exact, normalised, similar. A
 * step is asked only when the ones before found nothing.
 */

export interface FoundName {
  /** 0 to 1; at 0.8 and above the name as such is beyond doubt. */
  readonly score: number;
  readonly reason: MatchReason;
}

type Found = Map<Analyte, FoundName>;

/** A name is a few words; what is longer is a sentence. */
const longestName = 120;
const leastLikeness = 0.4;

/** `isPossible`: a name of urine settles nothing about blood. */
export function namesFound(
  printed: PrintedTest,
  isPossible: (analyte: Analyte) => boolean,
): ReadonlyMap<Analyte, FoundName> {
  const found: Found = new Map();
  const name = printed.test_name.slice(0, longestName);
  for (const remembered of printed.remembered ?? []) {
    const analyte = isSameName(remembered.name, name) ? analyteById(remembered.analyte) : undefined;
    if (analyte !== undefined) add(found, analyte, 1, "remembered");
  }
  if (found.size > 0) return found;
  for (const analyte of hitsOfPrint(name)) add(found, analyte, 0.98, "exact");
  addForms(found, name, isPossible);
  if (isSettled(found, isPossible)) return found;
  addParts(found, name, isPossible);
  if (isSettled(found, isPossible)) return found;
  addSection(found, printed.section ?? null, name);
  addSimilar(found, name);
  return found;
}

/** The tests that carry this name in the catalogue, whatever unit and specimen; nothing that is only similar. */
export function analytesNamed(term: string): readonly Analyte[] {
  const found: Found = new Map();
  const name = term.slice(0, longestName);
  for (const analyte of hitsOfPrint(name)) add(found, analyte, 0.98, "exact");
  addForms(found, name);
  if (!isSettled(found)) addParts(found, name);
  return [...found].filter(([, { score }]) => score >= settled).sort(([, a], [, b]) => b.score - a.score)
    .map(([analyte]) => analyte);
}

const settled = 0.8;

function isSettled(found: Found, isPossible = (_: Analyte) => true): boolean {
  return found.entries().some(([analyte, { score }]) => score >= settled && isPossible(analyte));
}

/** The whole name, then without what is said about specimen and method, then without "total" and the like. */
function addForms(found: Found, name: string, isPossible = (_: Analyte) => true): void {
  const bare = withoutPrefix(name);
  const full = readName(bare);
  const component = componentOf(name);
  const spelled = component === name ? null : readName(component);
  const forms: readonly (readonly [NameForm | null, number])[] = [
    [bare === name ? null : readName(name), 0.97],
    [full, 0.96],
    [withoutAffixes(full), 0.93],
    [withoutForms(full), 0.88],
    [spelled, 0.92],
    [spelled === null ? null : withoutForms(spelled), 0.86],
  ];
  for (const [form, score] of forms) {
    if (form === null) continue;
    for (const { analyte, closeness } of hitsOfForm(form)) add(found, analyte, score * closeness, "normalised");
    if (isSettled(found, isPossible)) return;
  }
}

/** "Thyréostimuline (TSH)", "Red blood cell (RBC) count", "HGB-Hemoglobin", "GOT/ASAT". */
function addParts(found: Found, name: string, isPossible = (_: Analyte) => true): void {
  const hitsOf = (text: string) => hitsOfText(text, isPossible);
  const plain = name.normalize("NFKC");
  const inner = [...plain.matchAll(/[([]([^()[\]]*)[)\]]?/g)].map((part) => part[1] ?? "").filter((part) =>
    part !== ""
  );
  const outer = plain.replace(/[([][^()[\]]*[)\]]?/g, " ").trim();
  if (inner.length > 0 && outer !== "") {
    const rest = inner.flatMap((part) => readName(part).words);
    for (const [analyte, score] of hitsOf(outer)) {
      const isExplained = inner.some((part) => isInitials(part, outer)) || rest.every(isAffix) || inner.every((part) =>
        hitsOf(part).has(analyte)
      ) ||
        areWordsOf(rest.filter((word) => !isAffix(word)), analyte);
      add(found, analyte, score * (isExplained ? 0.95 : 0.8), "normalised");
    }
    for (const part of inner) {
      for (const [analyte, score] of hitsOf(part)) {
        const words = readName(outer).words.filter((word) => !isAffix(word));
        add(found, analyte, score * (areWordsOf(words, analyte) ? 0.94 : 0.78), "normalised");
      }
    }
  }
  const isSlashed = /[/|]/.test(outer);
  const halves = outer.split(isSlashed ? /\s*[/|]\s*/ : /\s+[-–—:]\s+|(?<=\p{L}{2})[-–—](?=\p{L}{2})/u)
    .filter((half) => half !== "");
  if (halves.length !== 2) return;
  const [left, right] = halves.map((half) => hitsOf(half));
  if (left === undefined || right === undefined) return;
  for (const [analyte, score] of [...left, ...right]) {
    const other = halves[left.has(analyte) ? 1 : 0] ?? "";
    const words = readName(other).words.filter((word) => !isAffix(word));
    // "GOT/ASAT" is one test twice, "Albumin/Globulin" a third test.
    const isBoth = left.has(analyte) && right.has(analyte) || !isSlashed && areWordsOf(words, analyte);
    add(found, analyte, score * (isBoth ? 0.95 : 0.7), "normalised");
  }
}

/** "EB" of "Exceso de Bases". */
function isInitials(letters: string, name: string): boolean {
  const words = readName(name).words.filter((word) => !isAffix(word));
  return words.length > 1 && words.map((word) => word.slice(0, 1)).join("") === fold(letters).replace(/[^\p{L}]/gu, "");
}

function hitsOfText(text: string, isPossible = (_: Analyte) => true): ReadonlyMap<Analyte, number> {
  const found: Found = new Map();
  addForms(found, text, isPossible);
  return new Map([...found].map(([analyte, { score }]) => [analyte, score]));
}

/** "1st hour" below "Sedimentation rate". */
function addSection(found: Found, section: string | null, name: string): void {
  if (section === null || section.length > longestName) return;
  for (const [analyte, score] of hitsOfText(`${section} ${name}`)) add(found, analyte, score * 0.92, "normalised");
}

function addSimilar(found: Found, name: string): void {
  const full = readName(withoutPrefix(name));
  const form = withoutAffixes(full) ?? full;
  if (form.words.length === 0) return;
  for (const { analyte, closeness } of hitsOfSound(form)) add(found, analyte, 0.9 * closeness, "similar");
  for (const { analyte, words, likeness } of similarNames(form, leastLikeness, 12)) {
    const score = isMisspelled(form.words, words) ? 0.86 : Math.min(likeness * 0.85, 0.78);
    add(found, analyte, score, "similar");
  }
}

function isSameName(a: string, b: string): boolean {
  const plain = (name: string) =>
    name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/\s+/g, " ").trim().slice(0, 255);
  return plain(a) === plain(b);
}

function add(found: Found, analyte: Analyte, score: number, reason: MatchReason): void {
  if (score > (found.get(analyte)?.score ?? 0)) found.set(analyte, { score, reason });
}
