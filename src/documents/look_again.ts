/**
 * What is read once more with more room around it, because something seems to be torn off: a unit without its slash or
 * its last letter, a bracket that does not close, two words without what stands between them. Pure.
 *
 * Another look is believed only if it shows the whole of what was there in part; nothing is completed.
 */
import { doubted, type Glyph, glyphsText, meanConfidence } from "./glyph.ts";
import { correctUnits, normalise } from "./second_opinion.ts";

/** Reads the strip again, wider and higher by parts of its height, with the English model or the Chinese one. */
export type ReadAgain = (across: number, down: number, chinese: boolean) => Promise<readonly Glyph[]>;

type Look = readonly [across: number, down: number, chinese: boolean];

const LEAST = 0.7;
/** Slashes and the letter l are thin, and lost at the edge of a strip; the Chinese model sees them best. */
const UNIT_LOOKS: readonly Look[] = [[0, 0, true], [0.3, 0, true], [0.2, -0.1, true], [0.2, -0.1, false]];
const NUMBER_LOOKS: readonly Look[] = [[0.3, 0, false], [0, 0, true], [0.3, 0, true]];
const BRACKET_LOOKS: readonly Look[] = [[0.3, 0, false], [0.15, 0.1, false]];
const TEXT_LOOKS: readonly Look[] = [...BRACKET_LOOKS, [0.3, 0, true]];

/** Longer texts are sentences. */
const LONGEST_CELL = 32;

/** Units of an amount in a volume, as they are printed. */
const WHOLE_UNIT =
  /^(?:10[\^*]?(?:9|12)|10[\^*]?[36](?=\/[µumcd])|[mµunpfk]?(?:g|mol|kat|[Ee]q|osm)|[mkµu]?(?:I?U|UI|IE)|[GT]|m?[lL])\/(?:[dmcµu]?[lL]|mm3|k?g|24 ?h|h)$/;
/** Such a unit with its end torn off, or a slash, an l or a µ that is lost or taken for something else. */
const TORN_UNIT =
  /^(?:\S{1,7}\/[dmµu]?|[mµunp]?[gG][dm]?[lLI1!]|[mkµu]?[UGT]I?[AIlLn1!]?|[lLI]{2}|10[\^*]?[36]\/[lL])$/;
/** ".47" is printed by some laboratories, and by a speck before 47. */
const LEADING_MARK = /^ ?[.,] ?\d/;
/** "TotalBilirubin", "T4Total", "3.805.80" */
const RUN_TOGETHER = /\p{Ll}\p{Lu}\p{Ll}|\d\p{Lu}\p{Ll}|^\D{0,2}\d+[.,]\d+[.,]\d+$/u;

/** What was read, or more of it. `hasDecimalInk` says that a point or a comma seems to stand between digits that were read without one. */
export async function lookAgain(
  read: readonly Glyph[],
  readAgain: ReadAgain,
  hasDecimalInk: boolean,
): Promise<readonly Glyph[]> {
  if (hasDecimalInk || LEADING_MARK.test(glyphsText(read))) {
    const others: (readonly Glyph[])[] = [];
    for (const look of NUMBER_LOOKS) others.push((await readAgain(...look)).map(normalise));
    const number = decimalMarkOf(read, others);
    if (LEADING_MARK.test(glyphsText(number))) return doubted(number);
    if (number !== read) return number;
  }
  if (isTornUnit(read)) return await firstOf(UNIT_LOOKS, readAgain, isWholeUnit) ?? read;
  const text = glyphsText(read);
  const isTogether = RUN_TOGETHER.test(text);
  if (text.length > LONGEST_CELL || (!isTogether && isClosed(text))) return read;
  const looks = isTogether ? TEXT_LOOKS : BRACKET_LOOKS;
  // A bracket that more room does not close is closed in another line.
  const isEnough = (other: string) => isFuller(other, text) || (!isTogether && other.trim() === text.trim());
  return await firstOf(looks, readAgain, (other) => isEnough(glyphsText(other))) ?? read;
}

/**
 * The reading that most looks agree on when they are asked about a point or a comma in it. Unless all of the others see
 * what the first has not seen, whichever is taken is doubted: 4.2 and 42 are both possible, and so are .47 and 47.
 */
export function decimalMarkOf(read: readonly Glyph[], others: readonly (readonly Glyph[])[]): readonly Glyph[] {
  const digits = (glyphs: readonly Glyph[]) => glyphsText(glyphs).replaceAll(/[\s.,]/g, "");
  const marks = (glyphs: readonly Glyph[]) => glyphsText(glyphs).replaceAll(/[^.,]/g, "").length;
  const different = others
    .filter((glyphs) => digits(glyphs) === digits(read) && marks(glyphs) !== marks(read))
    .sort((a, b) => meanConfidence(b) - meanConfidence(a));
  const [best] = different;
  if (best === undefined) return read;
  if (different.length === others.length && marks(best) > marks(read)) return best;
  const believed = 2 * different.length > others.length ? best : read;
  return doubted(believed);
}

/** A short text that is nearly a unit. */
export function isTornUnit(glyphs: readonly Glyph[]): boolean {
  const text = glyphsText(glyphs).trim();
  return TORN_UNIT.test(text) && !WHOLE_UNIT.test(text) && /[\p{L}^*]/u.test(text);
}

function isWholeUnit(glyphs: readonly Glyph[]): boolean {
  return WHOLE_UNIT.test(glyphsText(glyphs).trim());
}

/** The same letters and digits and no mark less, with marks between them that were missing. */
export function isFuller(text: string, than: string): boolean {
  const bare = (each: string) => each.replaceAll(/[^\p{L}\d]/gu, "").toLowerCase();
  const inked = (each: string) => each.replaceAll(" ", "").length;
  return bare(text) === bare(than) && inked(text) > inked(than) && isClosed(text) && isWithin(than, text);
}

/** Whether all characters of a text stand in another one, in their order. */
function isWithin(text: string, other: string): boolean {
  let at = 0;
  for (const character of other.toLowerCase()) if (character === text.toLowerCase()[at]) at++;
  return at === text.length;
}

function isClosed(text: string): boolean {
  return /^[^[\]]*(?:\[[^[\]]*\][^[\]]*)*$/.test(text) && text.split("(").length === text.split(")").length;
}

async function firstOf(
  looks: readonly Look[],
  readAgain: ReadAgain,
  isGood: (glyphs: readonly Glyph[]) => boolean,
): Promise<readonly Glyph[] | null> {
  for (const look of looks) {
    const glyphs = correctUnits((await readAgain(...look)).map(normalise));
    if (meanConfidence(glyphs) >= LEAST && isGood(glyphs)) return glyphs;
  }
  return null;
}
