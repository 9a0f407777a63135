/** An answer as plain text: letters that are compared, sentences that belong together. Offsets stay the same. */

export interface PlainText {
  /** Without marks of Markdown and LaTeX, digits and signs in ASCII. */
  readonly text: string;
  /** The same in small letters without accents, letter by letter. */
  readonly folded: string;
}

/** Characters that mean the same, one for one. */
const same: ReadonlyMap<string, string> = new Map([
  ...[..."０１２３４５６７８９"].map((digit, value): [string, string] => [digit, String(value)]),
  ...[..."‐‑‒–—−﹣－"].map((dash): [string, string] => [dash, "-"]),
  ...[..."\u00a0\u202f\u2009\u2007\u3000\t"].map((blank): [string, string] => [blank, " "]),
  ["％", "%"],
  ["：", ":"],
  ["／", "/"],
  ["（", "("],
  ["）", ")"],
  ["～", "~"],
  ["，", ";"],
  ["、", ";"],
  ["；", ";"],
  ["。", "\n"],
  ["！", "\n"],
  ["？", "\n"],
  ["\r", "\n"],
  ["’", "'"],
  ["ʼ", "'"],
  ["＜", "<"],
  ["＞", ">"],
  ["μ", "µ"],
]);

const letters: ReadonlyMap<string, string> = new Map([["ß", "s"], ["ı", "i"], ["İ", "i"], ["ø", "ø"]]);
const foldedLetters = new Map<string, string>();

/** Small letters without accents, as many as there were. */
export function foldLetters(text: string): string {
  return text.replace(/\P{ASCII}/gu, (letter) => {
    if (letter.length > 1) return letter;
    const known = foldedLetters.get(letter);
    if (known !== undefined) return known;
    const base = letters.get(letter) ?? (letter.normalize("NFD")[0] ?? letter).toLowerCase();
    const one = base.length === 1 ? base : letter;
    if (foldedLetters.size < 2_000) foldedLetters.set(letter, one);
    return one;
  }).toLowerCase();
}

export function plainText(written: string): PlainText {
  const text = withoutMarkup(written.replace(/\P{ASCII}/gu, (letter) => same.get(letter) ?? letter));
  return { text, folded: foldLetters(text) };
}

function withoutMarkup(text: string): string {
  return text
    .replace(/\\(?:text|mathrm|mathbf)\{([^{}\n]{0,80})\}/g, "$1")
    .replace(/\\[,;! ]/g, " ").replace(/\\%/g, "%").replace(/\\[()[\]]|\$(?=[\d\\-])|(?<=[\d}])\$/g, " ")
    .replace(/\*{2,3}|__|`/g, "").replace(/(?<![\d])\*(?=\S)|(?<=[^\s\d])\*/g, "")
    .replace(/<\/?[a-z]{1,6} ?\/?>/gi, " ")
    .replace(/\{,\}/g, ",");
}

/** Where each sentence ends: ends of lines, and points that are followed by the beginning of a new one. */
export function sentenceEnds(text: string): number[] {
  const ends: number[] = [];
  for (const { index } of text.matchAll(/\n|[.!?](?=["')\]]? +[\p{Lu}¤"'(¿¡-])/gu)) ends.push(index + 1);
  ends.push(text.length);
  return ends;
}
