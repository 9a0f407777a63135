/** Keeps tool results small enough for a model's context. */

/** At most a quarter of the context, at four characters a token, and never more than 32 000 characters. */
export function maxResultLength(contextLength: number): number {
  return Math.min(32_000, contextLength);
}

/** An earlier turn's result as later turns see it. */
export const replayedResultLength = 1_000;

/**
 * The result as JSON of at most `maxLength` characters (at least 400). The longest lists are shortened first, dated ones
 * down to their newest entries; `cut` then says what is missing, what the limit is, and how to ask for the rest.
 */
export function resultJson(result: unknown, maxLength: number): string {
  const json = JSON.stringify(result) ?? "null";
  if (json.length <= maxLength) return json;
  if (typeof result === "object" && result !== null && !Array.isArray(result)) {
    let shown: Record<string, unknown> = { ...result };
    for (const [name, list] of longestLists(shown)) {
      const fits = shortenedList(shown, name, list, maxLength);
      if (fits !== undefined) return JSON.stringify(fits);
      shown = withList(shown, name, list, 0, maxLength);
    }
  }
  return JSON.stringify({
    cut: `The result is too long for ${maxLength} characters and only its beginning is shown; ask for less`,
    // Escaping may double its length.
    beginning: json.slice(0, Math.floor((maxLength - 200) / 2)),
  });
}

function longestLists(value: Record<string, unknown>): [string, unknown[]][] {
  return Object.entries(value)
    .filter((entry): entry is [string, unknown[]] => Array.isArray(entry[1]))
    .toSorted(([, one], [, other]) => JSON.stringify(other).length - JSON.stringify(one).length);
}

/** With as many entries of the list as fit; undefined when not even one does. */
function shortenedList(
  value: Record<string, unknown>,
  name: string,
  list: unknown[],
  maxLength: number,
): Record<string, unknown> | undefined {
  const fits = (count: number) => JSON.stringify(withList(value, name, list, count, maxLength)).length <= maxLength;
  let [low, high] = [0, list.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle - 1;
  }
  return low > 0 ? withList(value, name, list, low, maxLength) : undefined;
}

function withList(
  value: Record<string, unknown>,
  name: string,
  list: unknown[],
  count: number,
  maxLength: number,
): Record<string, unknown> {
  const newestLast = dateOf(list[0]) < dateOf(list.at(-1));
  const kept = newestLast ? list.slice(list.length - count) : list.slice(0, count);
  const which = newestLast ? "newest" : "first";
  const cut = `Only the ${which} ${count} of ${list.length} ${name} are shown, to fit ${maxLength} characters; ` +
    "summary and statistics are of all; ask for fewer days or one name";
  return { ...value, [name]: kept, cut: value.cut === undefined ? cut : `${value.cut}; ${cut}` };
}

function dateOf(entry: unknown): string {
  if (typeof entry !== "object" || entry === null) return "";
  return String(Reflect.get(entry, "date") ?? Reflect.get(entry, "recorded_at") ?? "");
}
