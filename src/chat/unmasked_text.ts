import { withoutAccents } from "./answer_language.ts";

/**
 * The texts that a text may stand for once its disguise is off: invisible characters, look-alike letters, digits for
 * letters, escapes, encodings. A model reads through all of these, so whoever looks for instructions must as well. Pure.
 */

/** Zero-width characters, soft hyphens, marks of direction, variation selectors. */
const invisible = /[\p{Cf}\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0]/gu;
/** Letters of the "tag" block say plain ASCII to a model and nothing to a person. */
const tags = /[\u{e0020}-\u{e007e}]+/gu;

/** Cyrillic, Greek, Armenian and Cherokee letters that look like Latin ones. */
const lookalikes = new Map(
  "аa еe оo рp сc хx уy іi јj ѕs ԁd ɡg һh ӏl ԛq ԝw вb мm нh тt кk гr пn зe оo αa εe ιi κk νv οo ρp τt υu χx օo ոn ցg ⅼl"
    .split(" ").map((pair) => [pair.slice(0, 1), pair.slice(-1)] as const),
);
const digitLetters: Readonly<Record<string, string>> = {
  0: "o",
  1: "i",
  3: "e",
  4: "a",
  5: "s",
  7: "t",
  "@": "a",
  $: "s",
  "!": "i",
  "|": "i",
};

/** Small letters without accents and disguise, the plainest reading first; each reading once. */
export function unmasked(text: string): string[] {
  const tagged = [...text.matchAll(tags)].map(([letters]) =>
    Array.from(letters, (letter) => String.fromCodePoint((letter.codePointAt(0) ?? 0xe0000) - 0xe0000)).join("")
  );
  const plain = plainLetters(text);
  const escaped = plainLetters(withoutEscapes(text));
  const joined = plain.replace(/\s*\n\s*|(?<=\p{L})[-_](?=\p{L})/gu, " ");
  const others = [withoutDigits(plain), ...turnedRound(plain), ...[...tagged, ...decoded(text)].map(plainLetters)];
  const readings = [plain, joined, escaped, ...others];
  return [...new Set(readings)];
}

function plainLetters(text: string): string {
  const seen = withoutAccents(text.normalize("NFKC").replace(tags, "").replace(invisible, ""));
  return /\P{ASCII}/u.test(seen) ? seen.replace(/./gsu, (letter) => lookalikes.get(letter) ?? letter) : seen;
}

/** "1gn0re" → "ignore"; numbers that stand alone stay. */
function withoutDigits(text: string): string {
  return text.replace(
    /(?<=[a-z])[013457@$!|]+(?=[a-z])|\b[013457@$|]+(?=[a-z]{2})/g,
    (digits) => Array.from(digits, (digit) => digitLetters[digit] ?? digit).join(""),
  );
}

function withoutEscapes(text: string): string {
  const letter = (code: number) => code > 0 && code < 0x110000 ? String.fromCodePoint(code) : " ";
  return text
    .replace(/&#x([\da-f]{1,6});?/gi, (_, hex) => letter(parseInt(hex, 16)))
    .replace(/&#(\d{1,7});?/g, (_, digits) => letter(Number(digits)))
    .replace(/\\u\{?([\da-f]{4,6})\}?/gi, (_, hex) => letter(parseInt(hex, 16)))
    .replace(
      /(?:%[\da-f]{2})+/gi,
      (bytes) => ofBytes(bytes.slice(1).split("%").map((hex) => parseInt(hex, 16))) ?? bytes,
    );
}

/** What Base64 and hexadecimal runs say, where that is text. */
function decoded(text: string): string[] {
  const joined = text.replace(/\s+/g, "");
  const runs = [...text.matchAll(/[A-Za-z\d+/_-]{16,}={0,2}/g), ...joined.matchAll(/^[A-Za-z\d+/]{24,}={0,2}$/g)];
  return runs.flatMap(([run]) => {
    const hex = /^(?:[\da-f]{2}){12,}$/i.test(run) ? run.match(/../g)?.map((pair) => parseInt(pair, 16)) ?? [] : [];
    return [ofBytes(hex), ofBase64(run)].filter((found) => found !== null);
  });
}

function ofBase64(run: string): string | null {
  const usual = run.replaceAll("-", "+").replaceAll("_", "/").replace(/=+$/, "");
  try {
    const bytes = atob(usual.slice(0, usual.length - (usual.length % 4 === 1 ? 1 : 0)));
    return ofBytes(Array.from(bytes, (byte) => byte.charCodeAt(0)));
  } catch {
    return null;
  }
}

/** Null for bytes that are no printable text. */
function ofBytes(bytes: readonly number[]): string | null {
  if (bytes.length === 0) return null;
  const text = new TextDecoder().decode(new Uint8Array(bytes));
  const odd = text.match(/[\p{Cc}\ufffd]/gu)?.length ?? 0;
  return odd * 20 > text.length ? null : text;
}

/** Backwards and by half the alphabet; nearly always nonsense, so only where words of an order come out. */
function turnedRound(plain: string): string[] {
  const turned = [rotated(plain), Array.from(plain).reverse().join("")];
  return turned.filter((reading) =>
    /\b(?:ignore|instructions?|prompt|system|assistant|rules|tool|user)\b/.test(reading)
  );
}

function rotated(text: string): string {
  return text.replace(/[a-z]/g, (letter) => String.fromCharCode((letter.charCodeAt(0) - 97 + 13) % 26 + 97));
}
