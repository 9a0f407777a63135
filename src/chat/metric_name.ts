import { metricAliases } from "./metric_alias_table.ts";

/** Which metric is meant by a name. Pure. */

/** "Resting HR", "restingHr" and "resting-hr" are one name. */
export function plainName(name: string): string {
  return name.trim().replace(/([a-z\d])([A-Z])/g, "$1_$2").toLowerCase().replace(/[\s_.-]+/g, "_");
}

/** The names to look for, the likeliest first: the name itself, then what it is an alias of. */
export function meantNames(name: string): readonly string[] {
  const plain = plainName(name);
  return [plain, ...Object.hasOwn(metricAliases, plain) ? metricAliases[plain] ?? [] : []];
}

/** Those most like `name`, best first; an alias counts for what it means. Nothing that is not at all alike. */
export function nearestMetrics(names: readonly string[], name: string, limit: number): string[] {
  const wanted = letterPairs(plainName(name));
  const aliases = new Map<string, string[]>();
  for (const [alias, meanings] of Object.entries(metricAliases)) {
    for (const meaning of meanings) aliases.set(meaning, [...aliases.get(meaning) ?? [], alias]);
  }
  const likenessOf = (candidate: string) => {
    const spellings = [plainName(candidate), ...aliases.get(candidate) ?? []];
    return Math.max(...spellings.map((spelling) => likeness(wanted, letterPairs(spelling))));
  };
  return names
    .map((candidate) => ({ candidate, alike: likenessOf(candidate) }))
    .filter(({ alike }) => alike >= leastLikeness)
    .sort((a, b) => b.alike - a.alike || (a.candidate < b.candidate ? -1 : 1))
    .slice(0, limit)
    .map(({ candidate }) => candidate);
}

const leastLikeness = 0.4;

function letterPairs(text: string): Set<string> {
  const letters = `_${text}_`;
  return new Set(Array.from({ length: letters.length - 1 }, (_, place) => letters.slice(place, place + 2)));
}

/** Dice's coefficient of two sets. */
function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  return 2 * a.intersection(b).size / (a.size + b.size);
}
