import type { Analyte } from "./analyte.ts";
import { analyteById, analytesByLoinc } from "./analyte_catalogue.ts";
import { readName } from "./analyte_name.ts";
import { analytesNamed } from "./names_found.ts";
import { familyOf } from "./test_context.ts";
import { dimensionsOf } from "./unit_dimension.ts";

/**
 * Which test a person or a model means by a name. "Cholesterol" is not "HDL Cholesterol": different tests are never
 * mixed. One test of the catalogue is one whatever laboratories call it; of names that the catalogue does not know,
 * only spellings are.
 */

/** Results of a person that carry one name, of one test. */
export interface NamedTest {
  readonly test_name: string;
  readonly count: number;
  /** Newest date, null when every result is undated. */
  readonly latest: string | null;
  /** Of the newest result. */
  readonly unit: string;
  /** Id in the catalogue; null or absent when it is not known. */
  readonly analyte?: string | null;
  readonly specimen?: string | null;
  readonly test_code?: string | null;
  /** Which results these are. */
  readonly key?: string;
}

/** One test under all its names; `test_name` and `unit` are those of the newest result. */
export interface TestGroup extends NamedTest {
  readonly analyte: string | null;
  readonly spellings: readonly string[];
  readonly members: readonly NamedTest[];
}

export interface ChosenTest {
  readonly group: TestGroup;
  /** Other tests of this person whose name contains the term. */
  readonly other_matches: string[];
}

/**
 * By test of the catalogue, else by name without case, blanks and Unicode form. Results that the catalogue does not
 * know for want of a unit join the one test that is spelled like them.
 */
export function groupTests(tests: readonly NamedTest[]): TestGroup[] {
  const groups = new Map<string, NamedTest[]>();
  const analytesSpelled = new Map<string, Set<string>>();
  const known = tests.filter((test) => (test.analyte ?? null) !== null);
  for (const test of known) {
    const analyte = test.analyte ?? "";
    push(groups, `analyte ${analyte}`, test);
    const spelling = sameSpelling(test.test_name);
    analytesSpelled.set(spelling, (analytesSpelled.get(spelling) ?? new Set()).add(analyte));
  }
  for (const test of tests) {
    if ((test.analyte ?? null) !== null) continue;
    const spelling = sameSpelling(test.test_name);
    const [only, other] = analytesSpelled.get(spelling) ?? [];
    const joins = only !== undefined && other === undefined && isOfSpecimen(test, only);
    push(groups, joins ? `analyte ${only}` : `name ${materialOf(test)} ${spelling}`, test);
  }
  return [...groups].map(([key, members]) => oneGroup(key, members))
    .sort((a, b) => compareText(a.test_name, b.test_name) || compareText(a.unit, b.unit));
}

function oneGroup(key: string, members: readonly NamedTest[]): TestGroup {
  const [first, ...others] = members;
  if (first === undefined) throw new Error("A group has a member");
  const newest = others.reduce((best, test) => (test.latest ?? "") > (best.latest ?? "") ? test : best, first);
  return {
    test_name: newest.test_name,
    unit: newest.unit,
    latest: newest.latest,
    count: members.reduce((sum, test) => sum + test.count, 0),
    analyte: key.startsWith("analyte ") ? key.slice("analyte ".length) : null,
    spellings: [...new Set(members.map((test) => test.test_name))],
    members,
  };
}

/** What the catalogue knows about a test, null for one that it does not know. */
export function groupAnalyte({ analyte }: TestGroup): Analyte | null {
  return analyte === null ? null : analyteById(analyte) ?? null;
}

/** Urine apart from blood, for names that only spelling joins. */
function materialOf({ specimen = null }: NamedTest): string {
  const family = specimen === null ? "blood" : familyOf(specimen);
  return family === "blood" ? "" : family;
}

function isOfSpecimen({ specimen = null }: NamedTest, analyte: string): boolean {
  const own = analyteById(analyte)?.specimen;
  return specimen === null || own !== undefined && familyOf(own) === familyOf(specimen);
}

/**
 * The test that `term` means: the one so named, else the one that the catalogue calls so in any language or codes so
 * in LOINC, else the shortest name that contains the term as whole words. A term that the catalogue knows never means
 * another test of the catalogue, and "ALT" never finds "Cobalt".
 */
export function chooseTest(groups: readonly TestGroup[], term: string): ChosenTest | null {
  const { group, others } = candidatesOf(groups, term);
  if (group === undefined) return null;
  const shown = (other: TestGroup) =>
    other.test_name === group.test_name ? analyteById(other.analyte ?? "")?.name ?? other.test_name : other.test_name;
  return { group, other_matches: [...new Set(others.filter((other) => other !== group).map(shown))] };
}

/** Tests that a term which names none of the person's tests may have meant. */
export function otherMatches(groups: readonly TestGroup[], term: string): string[] {
  return [...new Set(candidatesOf(groups, term).others.map((group) => group.test_name))];
}

function candidatesOf(
  groups: readonly TestGroup[],
  term: string,
): { readonly group: TestGroup | undefined; readonly others: readonly TestGroup[] } {
  const wanted = sameSpelling(term);
  if (wanted === "") return { group: undefined, others: [] };
  if (/^\d{1,7}-\d$/.test(wanted)) {
    const coded = codedGroups(groups, wanted);
    return { group: coded[0], others: coded };
  }
  const containing = groups.filter((group) => group.spellings.some((name) => containsWords(name, term)));
  const named = rankedAnalytes(term);
  const rank = (group: TestGroup) => {
    const at = named.indexOf(group.analyte ?? "");
    return at < 0 ? named.length : at;
  };
  const frequent = (a: TestGroup, b: TestGroup) => rank(a) - rank(b) || b.count - a.count;
  const spelled = groups.filter((group) => group.spellings.some((name) => sameSpelling(name) === wanted));
  const called = groups.filter((group) => group.analyte !== null && named.includes(group.analyte));
  const shortest = containing.filter((group) => named.length === 0 || group.analyte === null)
    .sort((a, b) => a.test_name.length - b.test_name.length || compareText(a.test_name, b.test_name));
  const group = spelled.sort(frequent)[0] ?? called.sort(frequent)[0] ?? shortest[0];
  return { group, others: [...containing, ...spelled.filter((other) => !containing.includes(other))] };
}

function codedGroups(groups: readonly TestGroup[], loinc: string): readonly TestGroup[] {
  const meant = new Set(analytesByLoinc(loinc).map((analyte) => analyte.id));
  return groups.filter((group) =>
    group.analyte !== null && meant.has(group.analyte) || group.members.some((member) => member.test_code === loinc)
  ).sort((a, b) => b.count - a.count);
}

/** What the catalogue calls so; "Neutrophils %" means the share first. */
function rankedAnalytes(term: string): readonly string[] {
  const named = analytesNamed(term);
  const { hint } = readName(term);
  if (hint === null) return named.map((analyte) => analyte.id);
  const wanted = hint === "fraction" ? "fraction" : "number/volume";
  const fits = named.filter((analyte) => dimensionsOf(analyte).has(wanted));
  return (fits.length > 0 ? fits : named).map((analyte) => analyte.id);
}

/** The names most like `term`, best first: for somebody who has to ask again. */
export function nearestNames(groups: readonly TestGroup[], term: string, limit: number): string[] {
  const wanted = letterPairs(term);
  return [...new Set(groups.map((group) => group.test_name))]
    .map((test_name) => ({ test_name, likeness: likeness(wanted, letterPairs(test_name)) }))
    .sort((a, b) => b.likeness - a.likeness || compareText(a.test_name, b.test_name))
    .slice(0, limit)
    .map(({ test_name }) => test_name);
}

function sameSpelling(name: string): string {
  return name.normalize("NFKC").toLowerCase().replace(/\s+/gu, "");
}

function containsWords(name: string, term: string): boolean {
  const plain = (text: string) => text.normalize("NFKC").toLowerCase().replace(/\s+/gu, " ").trim();
  const letters = RegExp.escape(plain(term));
  return new RegExp(`(?<![\\p{L}\\p{N}])${letters}(?![\\p{L}\\p{N}])`, "u").test(plain(name));
}

function letterPairs(text: string): Set<string> {
  const letters = ` ${text.normalize("NFKC").toLowerCase()} `;
  return new Set(Array.from({ length: letters.length - 1 }, (_, index) => letters.slice(index, index + 2)));
}

/** Dice's coefficient of two sets. */
function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  return 2 * a.intersection(b).size / (a.size + b.size);
}

function push<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const values = map.get(key);
  if (values === undefined) map.set(key, [value]);
  else values.push(value);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
