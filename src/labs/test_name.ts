/**
 * Which test a person or a model means by a name. "Cholesterol" is not "HDL Cholesterol": different tests are never
 * mixed, only spellings of one name are.
 */

/** One spelling of a test's name among a person's results. */
export interface NamedTest {
  readonly test_name: string;
  readonly count: number;
  /** Newest date, null when every result is undated. */
  readonly latest: string | null;
  /** Of the newest result. */
  readonly unit: string;
}

/** One test under all its spellings; `test_name` and `unit` are those of the newest result. */
export interface TestGroup extends NamedTest {
  readonly spellings: readonly string[];
}

export interface ChosenTest {
  readonly group: TestGroup;
  /** Other tests of this person whose name contains the term. */
  readonly other_matches: string[];
}

/** Names that differ in case, blanks or Unicode form only are one test. */
export function groupTests(tests: readonly NamedTest[]): TestGroup[] {
  const groups = new Map<string, TestGroup>();
  for (const test of tests) {
    const key = sameSpelling(test.test_name);
    const known = groups.get(key);
    const newest = known === undefined || (test.latest ?? "") > (known.latest ?? "") ? test : known;
    groups.set(key, {
      test_name: newest.test_name,
      unit: newest.unit,
      latest: newest.latest,
      count: (known?.count ?? 0) + test.count,
      spellings: [...known?.spellings ?? [], test.test_name],
    });
  }
  return [...groups.values()].sort((a, b) => compareText(a.test_name, b.test_name));
}

/**
 * The test that `term` means: the one so named, else the shortest name that contains the term as whole words.
 * "ALT" never finds "Cobalt".
 */
export function chooseTest(groups: readonly TestGroup[], term: string): ChosenTest | null {
  const wanted = sameSpelling(term);
  if (wanted === "") return null;
  const containing = groups.filter((group) => containsWords(group.test_name, term));
  const shortest = [...containing].sort((a, b) =>
    a.test_name.length - b.test_name.length || compareText(a.test_name, b.test_name)
  );
  const group = groups.find((candidate) => sameSpelling(candidate.test_name) === wanted) ?? shortest[0];
  if (group === undefined) return null;
  return { group, other_matches: containing.filter((other) => other !== group).map((other) => other.test_name) };
}

/** The names most like `term`, best first: for somebody who has to ask again. */
export function nearestNames(groups: readonly TestGroup[], term: string, limit: number): string[] {
  const wanted = letterPairs(term);
  return groups
    .map(({ test_name }) => ({ test_name, likeness: likeness(wanted, letterPairs(test_name)) }))
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

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
