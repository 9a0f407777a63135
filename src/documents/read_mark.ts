/**
 * Reads a mark that stands alone. Recognition is at its weakest there, so that several looks must agree; what they do
 * not agree on is left out, because a flag or a digit that nobody printed is worse than a missing one.
 */
import { type Glyph, glyphsText, meanConfidence } from "./glyph.ts";
import type { LoneMark } from "./lone_marks.ts";
import { grownQuad, type Picture } from "./picture.ts";
import { recognise } from "./recognition.ts";
import type { RecognitionModel, RecognitionModels } from "./text_models.ts";

/** What each look adds to the quad left and right, and above and below, in its heights. */
const LOOKS = [[0, -0.15], [0.15, -0.1], [0, -0.22]] as const;

/** With less the first look shows nothing. */
const LEAST_TO_GO_ON = 0.4;
/** Two that agree this much need no more. */
const CERTAIN = 0.9;
/** Mean over all looks of what most of them say: signs are unlike anything else, letters and digits are like each other. */
const LEAST_FOR_SIGN = 0.5;
const LEAST_FOR_LETTER = 0.75;
/** A letter that both models read with this confidence is not an arrow. */
const CLEAR_LETTER = 0.8;
/** What shapes are believed: a flag that a person sees in doubt. */
const BY_SHAPE = 0.65;

const SIGN = /^(?:\*{1,3}|\+{1,3}|%|[↑↓▲▼]{1,2})$/;
/** A part of the number beside it; alone it is dirt. */
const COMPARISON = /^[<>≤≥]$/;
const LETTERS = /^(?:\p{L}{1,2}|\d{1,3}|\d[.,]\d{1,2})$/u;

export interface Look {
  readonly text: string;
  readonly confidence: number;
}

export async function readMark(models: RecognitionModels, picture: Picture, mark: LoneMark): Promise<Glyph[]> {
  const looks: Look[] = [];
  const look = async (model: RecognitionModel, [across, down]: readonly [number, number]) => {
    looks.push(lookOf(await recognise(model, picture, grownQuad(mark.quad, across, down))));
    return looks.at(-1)!;
  };
  const first = await look(models.english, LOOKS[0]);
  // Most ink between columns is dirt, which neither model reads.
  const isNothing = leastFor(first.text, mark.isNear) === Infinity || first.confidence < LEAST_TO_GO_ON;
  if (mark.shape === null && isNothing) return [];
  const second = await look(await models.chinese(), LOOKS[0]);
  const isCertain = first.text === second.text && meanOf(looks) >= CERTAIN;
  if (mark.shape === null && !isCertain) {
    for (const other of LOOKS.slice(1)) {
      for (const model of [models.english, await models.chinese()]) await look(model, other);
    }
  }
  const read = agreedMark(looks, mark);
  return read === null ? [] : glyphsOf(read);
}

/** What the looks agree on, null where they do not. */
export function agreedMark(looks: readonly Look[], { shape, isNear, isRaised }: Omit<LoneMark, "quad">): Look | null {
  if (shape === "up" || shape === "down") {
    const letters = looks.filter(({ text, confidence }) => LETTERS.test(text) && confidence >= CLEAR_LETTER);
    return letters.length > 1 ? null : { text: shape === "up" ? "↑" : "↓", confidence: BY_SHAPE };
  }
  if (shape === "dash") {
    return looks.every(({ text }) => /^[-.]?$/.test(text)) ? { text: "-", confidence: BY_SHAPE } : null;
  }
  const isStar = looks.every(({ text }) => /^[*+.#'x]{0,2}$/.test(text)) && looks.some(({ text }) => text === "*");
  if (isRaised && isStar && looks.length > 2) return { text: "*", confidence: BY_SHAPE };
  const sums = new Map<string, number>();
  for (const { text, confidence } of looks) sums.set(text, (sums.get(text) ?? 0) + confidence);
  const [best] = [...sums].sort(([, a], [, b]) => b - a);
  if (best === undefined) return null;
  const [text, confidence] = [best[0], best[1] / looks.length];
  const least = leastFor(text, isNear);
  return confidence >= least ? { text, confidence } : null;
}

/** How sure the looks must be of a text, and Infinity for what is no mark. */
function leastFor(text: string, isNear: boolean): number {
  if (SIGN.test(text) || (isNear && COMPARISON.test(text))) return LEAST_FOR_SIGN;
  return !isNear && LETTERS.test(text) ? LEAST_FOR_LETTER : Infinity;
}

/** Full-width forms as ASCII, and one dash and one point for all. */
function lookOf(glyphs: readonly Glyph[]): Look {
  const text = glyphsText(glyphs).trim().normalize("NFKC").replaceAll(/[–—−一]/gu, "-").replaceAll(/[·•]/g, ".");
  return { text, confidence: meanConfidence(glyphs) };
}

function glyphsOf({ text, confidence }: Look): Glyph[] {
  const characters = [...text];
  return characters.map((character, index) => ({
    text: character,
    at: (index + 0.5) / characters.length,
    confidence,
  }));
}

function meanOf(looks: readonly Look[]): number {
  return looks.reduce((sum, { confidence }) => sum + confidence, 0) / looks.length;
}
