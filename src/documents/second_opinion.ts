/**
 * When a strip is read by both recognition models, and what of each reading is kept. Pure.
 *
 * The English model reads best but knows ASCII only, and loses a `<` now and then; the Chinese one also knows µ, ²,
 * ≥ and é, tells l from I, but loses blanks. Where they differ, it is decided character by character.
 */
import { doubted, type Glyph, glyphsText, meanConfidence } from "./glyph.ts";

const DOUBTFUL = 0.9;
/** From here on a reading with Chinese characters is believed. */
const SURE = 0.75;

/** Units, which ASCII often cannot write: short texts with a slash, powers of a metre. */
const MAY_BE_UNIT = /^.{0,20}\/ ?[\p{L}!|].{0,6}$|m[23]/u;
/** A digit or an exclamation mark within a word or at its end is mostly a letter: "extracci6n", "tota!". */
const MIXED_WORD = /\p{Ll}[\d!|]\p{Ll}|\p{Ll}{2}!/u;
/** Units that ASCII can write and that nothing else is mistaken for. */
const SURE_UNIT = /^(?:[mknpf]g|[mnpf]mol|[mk]?I?U)\/d?m?L$/;
const CERTAIN = 0.97;
/** Writing begins about 0.4 heights from a strip's edge; where it seems to begin here, a sign has been lost. */
const LATE_START = 0.55;

/** `aspect` is the strip's width by its height. */
export function needsSecondOpinion(english: readonly Glyph[], aspect: number): boolean {
  // Stains are found as boxes too, and are as high as wide.
  if (english.length === 0) return aspect > 1.5;
  if (SURE_UNIT.test(glyphsText(english)) && english.every(({ confidence }) => confidence >= CERTAIN)) return false;
  if (meanConfidence(english) < DOUBTFUL || MAY_BE_UNIT.test(glyphsText(english))) return true;
  if (MIXED_WORD.test(glyphsText(english))) return true;
  return beginsLate(english, aspect);
}

export function betterReading(english: readonly Glyph[], other: readonly Glyph[]): readonly Glyph[] {
  const chinese = other.map(normalise);
  if (/\p{Script=Han}/u.test(glyphsText(chinese))) {
    // "白蛋白(ALB)", of which ASCII knows the end only.
    const isMore = english.length > 0 && bareText(chinese).includes(bareText(english));
    const believed = meanConfidence(chinese) >= SURE && (isMore || meanConfidence(chinese) > meanConfidence(english));
    return believed ? chinese : english;
  }
  return english.length === 0 ? chinese : fuse(english, chinese);
}

function bareText(glyphs: readonly Glyph[]): string {
  return fold(glyphsText(glyphs)).replaceAll(/[^\p{L}\d]/gu, "").toLowerCase();
}

/** l, I, 1 and ! look alike; in `mg/l` and `IU/l` it is known which they are. */
export function correctUnits(glyphs: readonly Glyph[]): readonly Glyph[] {
  const text = glyphsText(glyphs)
    .replaceAll(/(?<=\p{L}\/|10[\^*]?\d{1,2}\/)[I1!|](?![\p{L}\d.,])/gu, "l")
    .replaceAll(/l(?=U\/)|(?<=U)l(?=\/)/g, "I");
  return text.length === glyphs.length ? glyphs.map((glyph, index) => ({ ...glyph, text: text[index]! })) : glyphs;
}

/** `g/dL` that begins late may be `µg/dL` with a letter that nobody could read: it is not guessed, but believed less. */
export function doubtLateUnit(glyphs: readonly Glyph[], aspect: number): readonly Glyph[] {
  if (!beginsLate(glyphs, aspect) || !/^ ?(?:g|mol|l)\b/i.test(glyphsText(glyphs))) return glyphs;
  return doubted(glyphs);
}

function beginsLate(glyphs: readonly Glyph[], aspect: number): boolean {
  const first = glyphs.find((glyph) => glyph.text !== " ");
  return first !== undefined && first.at * aspect > LATE_START;
}

/** Full-width forms as ASCII, and one code for the micro sign. */
export function normalise(glyph: Glyph): Glyph {
  const text = /[\uff01-\uff5e]/.test(glyph.text) ? glyph.text.normalize("NFKC") : glyph.text;
  return { ...glyph, text: text === "μ" ? "µ" : text };
}

/** Aligns the readings with the fewest changes, and then takes the surer character of each pair. */
function fuse(english: readonly Glyph[], chinese: readonly Glyph[]): Glyph[] {
  const costs = editCosts(english, chinese);
  const fused: Glyph[] = [];
  let e = english.length, c = chinese.length;
  while (e > 0 || c > 0) {
    const cost = costs[e]![c]!;
    const left = english[e - 1], right = chinese[c - 1];
    if (left !== undefined && right !== undefined && cost === costs[e - 1]![c - 1]! + change(left, right)) {
      fused.push(surer(left, right));
      e--, c--;
    } else if (right !== undefined && cost === costs[e]![c - 1]! + 1) {
      if (mayBeMissing(right, chinese[c])) fused.push(right);
      c--;
    } else {
      fused.push(left!);
      e--;
    }
  }
  return fused.reverse();
}

function editCosts(english: readonly Glyph[], chinese: readonly Glyph[]): number[][] {
  const costs = [Array.from({ length: chinese.length + 1 }, (_, index) => index)];
  for (const [index, left] of english.entries()) {
    const above = costs[index]!;
    const row = [index + 1];
    for (const [at, right] of chinese.entries()) {
      row.push(Math.min(above[at]! + change(left, right), above[at + 1]! + 1, row[at]! + 1));
    }
    costs.push(row);
  }
  return costs;
}

/** A blank is never the same place as a character. */
function change(left: Glyph, right: Glyph): number {
  if (fold(left.text) === fold(right.text)) return 0;
  return left.text === " " || right.text === " " ? 3 : 1;
}

function surer(left: Glyph, right: Glyph): Glyph {
  // Alike but for what ASCII cannot write: the English model had no choice.
  if (fold(left.text) === fold(right.text)) return right;
  return right.confidence > left.confidence ? right : left;
}

/** What the English model loses; anything else that only the Chinese one sees is rather a stain. */
function mayBeMissing({ text, confidence }: Glyph, next: Glyph | undefined): boolean {
  if (text === "u") return next !== undefined && /[gGlLmMIU]/.test(next.text) && confidence > 0.5;
  return text === " " || (/[<>≤≥µ]/.test(text) && confidence > 0.5);
}

const SIGNS: Readonly<Record<string, string>> = { "µ": "u", "²": "2", "³": "3", "×": "x", "≥": ">", "≤": "<" };

function fold(text: string): string {
  return (SIGNS[text] ?? text).normalize("NFD").replaceAll(/\p{M}/gu, "");
}
