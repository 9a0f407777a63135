import { metricAliases } from "./metric_alias_table.ts";

/** Which metric is meant by a name. Pure. */

/** "Resting HR", "restingHr" and "resting-hr" are one name; so are "Sueño" and "sueno". */
export function plainName(name: string): string {
  return name.trim().replace(/([a-z\d])([A-Z])/g, "$1_$2").toLowerCase()
    .normalize("NFD").replace(/\p{M}+/gu, "").normalize("NFC").replaceAll("ß", "ss").replaceAll("ł", "l")
    .replace(/[\s_.'’-]+/g, "_");
}

/** What says how a metric is looked at, not which one it is. */
const qualifiers = /^(?:my|the|your|daily|average|avg|mean|latest|current|recent|number_of|total_number_of)_/;
const unitEndings = /_(?:kg|lbs?|bpm|ms|kcal|km|meters|percent|pct|mmhg|mg_dl)$/;

/** The names to look for, the likeliest first: the name itself, what it is an alias of, and the same without its unit. */
export function meantNames(name: string): readonly string[] {
  const plain = plainName(name);
  const bare = plainName(name.replace(/[([{][^()[\]{}]*[)\]}]|%/g, " "));
  const names = [plain, bare];
  for (let left = bare.replace(qualifiers, ""); left !== names.at(-1); left = left.replace(qualifiers, "")) {
    names.push(left);
  }
  names.push(...names.map((each) => each.replace(unitEndings, "")));
  return [...new Set(names)].filter((each) => each !== "")
    .flatMap((each) => [each, ...Object.hasOwn(metricAliases, each) ? metricAliases[each] ?? [] : []]);
}

/** Those most like `name`, best first; an alias counts for what it means. Nothing that is not at all alike. */
export function nearestMetrics(names: readonly string[], name: string, limit: number): string[] {
  const wanted = meantNames(name).map(letterPairs);
  const aliases = new Map<string, string[]>();
  for (const [alias, meanings] of Object.entries(metricAliases)) {
    for (const meaning of meanings) aliases.set(meaning, [...aliases.get(meaning) ?? [], alias]);
  }
  const likenessOf = (candidate: string) => {
    const plain = plainName(candidate);
    const spellings = [plain, plain.replace(/^(?:lab|symptom):_*/, ""), ...aliases.get(candidate) ?? []].map((each) =>
      letterPairs(each)
    );
    return Math.max(...spellings.flatMap((spelling) => wanted.map((each) => likeness(each, spelling))));
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
