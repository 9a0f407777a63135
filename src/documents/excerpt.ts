/** What is printed around a found word, short enough for a model's context. Pure. */

const mostLetters = 280;

/** Of the lines the one at `best`, cut around the first word in it, and as much of its neighbours as there is room for. */
export function excerptOf(lines: readonly string[], best: number, words: readonly string[]): string {
  const line = around(lines[best] ?? "", words);
  let chosen = [line];
  let room = mostLetters - Array.from(line).length;
  for (const [neighbour, isBefore] of [[lines[best - 1], true], [lines[best + 1], false], [lines[best + 2], false]]) {
    if (typeof neighbour !== "string" || neighbour.trim() === "") continue;
    room -= Array.from(neighbour).length + 1;
    if (room < 0) break;
    chosen = isBefore ? [neighbour, ...chosen] : [...chosen, neighbour];
  }
  return chosen.join("\n");
}

function around(line: string, words: readonly string[]): string {
  const letters = Array.from(line);
  if (letters.length <= mostLetters) return line;
  const folded = letters.map((letter) => foldedLetters(letter).join(""));
  const starts = words.map((word) => startOf(folded, foldedLetters(word).join(""))).filter((start) => start >= 0);
  const middle = starts.length === 0 ? 0 : Math.min(...starts);
  const from = Math.max(0, Math.min(middle - mostLetters / 4, letters.length - mostLetters));
  const to = from + mostLetters;
  return `${from > 0 ? "…" : ""}${letters.slice(from, to).join("")}${to < letters.length ? "…" : ""}`;
}

/** At which of the letters the word begins; -1 when it is not there. */
function startOf(letters: readonly string[], word: string): number {
  const at = letters.join("").indexOf(word);
  if (at < 0) return -1;
  for (let index = 0, length = 0; index < letters.length; index++) {
    if (length >= at) return index;
    length += letters[index]?.length ?? 0;
  }
  return -1;
}

/** The letters without case and accents, near enough to `folded_text` of the database to find a word by. */
export function foldedLetters(text: string): string[] {
  return Array.from(text.normalize("NFKD").replace(/\p{M}+/gu, "").toLowerCase().replaceAll("ß", "ss"));
}
