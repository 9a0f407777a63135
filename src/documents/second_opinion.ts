/**
 * When and how the two recognition models are weighed against each other. Pure.
 *
 * The English model reads best but knows ASCII only; the Chinese one also knows µ, ², ≥ and é, but loses blanks.
 */
import { type Glyph, glyphsText, meanConfidence } from "./glyph.ts";

const DOUBTFUL = 0.9;
/** By this much the Chinese model must be surer where the two read different things. */
const SURER = 0.03;

/** Units and comparators that ASCII cannot write: µg, 10⁹, m², ≥. */
const MAY_BE_UNIT = /u[a-zA-Z]|10|m[23]|[<>]|=/;

export function needsSecondOpinion(english: readonly Glyph[]): boolean {
  return meanConfidence(english) < DOUBTFUL || MAY_BE_UNIT.test(glyphsText(english));
}

/** The better of two readings of one strip: where they agree but for accents and signs, blanks of one, signs of the other. */
export function betterReading(english: readonly Glyph[], chinese: readonly Glyph[]): readonly Glyph[] {
  const printed = chinese.filter((glyph) => glyph.text.trim() !== "");
  if (fold(glyphsText(english)) === fold(glyphsText(printed))) return withSigns(english, printed);
  return meanConfidence(chinese) > meanConfidence(english) + SURER ? chinese.map(normalise) : english;
}

function withSigns(english: readonly Glyph[], printed: readonly Glyph[]): Glyph[] {
  let index = 0;
  return english.map((glyph) =>
    glyph.text.trim() === "" ? glyph : normalise({ ...glyph, text: printed[index++]!.text })
  );
}

const SIGNS: Readonly<Record<string, string>> = {
  "μ": "u",
  "µ": "u",
  "²": "2",
  "³": "3",
  "×": "x",
  "≥": ">",
  "≤": "<",
};

function fold(text: string): string {
  const plain = text.replaceAll(/\s/g, "").replaceAll(/[μµ²³×≥≤]/g, (sign) => SIGNS[sign]!);
  return plain.normalize("NFKD").replaceAll(/\p{M}/gu, "");
}

/** Full-width forms as ASCII, and one code for the micro sign. */
function normalise(glyph: Glyph): Glyph {
  return {
    ...glyph,
    text: glyph.text.replaceAll(/[\uff01-\uff5e]/g, (text) => text.normalize("NFKC")).replaceAll("μ", "µ"),
  };
}
