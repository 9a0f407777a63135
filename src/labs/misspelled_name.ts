/**
 * Whether two names differ as a slip of the pen or of recognition does: one letter in one long word. A short word, a
 * digit, a word more or less is another test ("Hepatitis A", "alpha-1", "free T4").
 */

/** Words of this length have no neighbour in the catalogue at one letter's distance. */
const longWord = 9;

export function isMisspelled(printed: readonly string[], known: readonly string[]): boolean {
  if (printed.length !== known.length) return false;
  let slips = 0;
  for (const [at, word] of printed.entries()) {
    const other = known[at] ?? "";
    if (word === other) continue;
    if (Math.min(word.length, other.length) < longWord || !isOneLetterApart(word, other)) return false;
    slips++;
  }
  return slips === 1;
}

function isOneLetterApart(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (long.length - short.length > 1) return false;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at++;
  const rest = long.length === short.length ? at + 1 : at;
  return short.slice(rest) === long.slice(at + 1);
}
