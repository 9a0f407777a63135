import { addDays, daysBetween } from "../platform/day_range.ts";

/** On which days "nothing noted" means that there was nothing. Pure; days are `YYYY-MM-DD`. */

/** Two days of logging at most so far apart: the person was still keeping the diary in between. */
export const longestPause = 3;

/**
 * The days on which a diary was kept: those with any entry, and those between two such days that are at most three days
 * apart (a Monday and a Thursday, not a Monday and a Friday). Before the first entry, after the last and in longer
 * pauses nobody knows.
 */
export function diaryDays(daysWithEntry: Iterable<string>): Set<string> {
  const known = [...new Set(daysWithEntry)].sort();
  const days = new Set(known);
  for (const [place, day] of known.entries()) {
    const next = known[place + 1];
    const distance = next === undefined ? 0 : daysBetween(day, next);
    if (distance > longestPause) continue;
    for (let later = 1; later < distance; later++) days.add(addDays(day, later));
  }
  return days;
}

/** What is noted, and zero on the other days of the range on which it would have been noted; ascending. */
export function withZeroDays<Noted extends { readonly day: string }>(
  noted: readonly Noted[],
  keptDays: Iterable<string>,
  from: string,
  to: string,
): (Noted | { readonly day: string; readonly value: 0; readonly filled: true })[] {
  const known = new Set(noted.map(({ day }) => day));
  const zeros = [...new Set(keptDays)].filter((day) => day >= from && day <= to && !known.has(day))
    .map((day) => ({ day, value: 0, filled: true } as const));
  return [...noted, ...zeros].sort((a, b) => a.day < b.day ? -1 : 1);
}
