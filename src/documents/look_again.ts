/**
 * What is read once more with more room around it, because something seems to be torn off: a unit without its slash or
 * its last letter, a bracket that does not close, two words without what stands between them. Pure.
 *
 * Another look is believed only if it shows the whole of what was there in part; nothing is completed.
 */
import { type Glyph, glyphsText, meanConfidence } from "./glyph.ts";
import { correctUnits, normalise } from "./second_opinion.ts";

/** Reads the strip again, wider and higher by parts of its height, with the English model or the Chinese one. */
export type ReadAgain = (across: number, down: number, chinese: boolean) => Promise<readonly Glyph[]>;

const LEAST = 0.7;
/** Slashes and the letter l are thin, and lost at the edge of a strip; the Chinese model sees them best. */
const UNIT_LOOKS = [[0.3, 0, true], [0.1, 0.05, true], [0.2, -0.1, true]] as const;
const TEXT_LOOKS = [[0.3, 0, false], [0.15, 0.1, false], [0.3, 0, true]] as const;

/** Units of an amount in a volume, as they are printed. */
const WHOLE_UNIT =
  /^(?:10[\^*]?(?:9|12)|10[\^*]?[36](?=\/[µumcd])|[mµunpfk]?(?:g|mol|kat|[Ee]q|osm)|[mkµu]?(?:I?U|UI|IE)|[GT]|m?[lL])\/(?:[dmcµu]?[lL]|mm3|k?g|24 ?h|h)$/;
/** Such a unit with a piece torn off, or a slash or an l taken for another letter. */
const TORN_UNIT = /^(?:\S{1,7}\/\S{0,3}|[mµunp]?[gG][dm]?[lLI1!]|[mkµu]?[UGT][AIln1!]?)$/;
/** "TotalBilirubin", "T4Total" */
const RUN_TOGETHER = /\p{Ll}\p{Lu}\p{Ll}|\d\p{Lu}\p{Ll}/u;

export async function lookAgain(read: readonly Glyph[], readAgain: ReadAgain): Promise<readonly Glyph[]> {
  if (isTornUnit(read)) return await firstOf(UNIT_LOOKS, readAgain, isWholeUnit) ?? read;
  const text = glyphsText(read);
  if (!RUN_TOGETHER.test(text) && isClosed(text)) return read;
  return await firstOf(TEXT_LOOKS, readAgain, (other) => isFuller(glyphsText(other), text)) ?? read;
}

/** A short text that is nearly a unit. */
export function isTornUnit(glyphs: readonly Glyph[]): boolean {
  const text = glyphsText(glyphs).trim();
  return TORN_UNIT.test(text) && !WHOLE_UNIT.test(text) && /\p{L}/u.test(text);
}

function isWholeUnit(glyphs: readonly Glyph[]): boolean {
  return WHOLE_UNIT.test(glyphsText(glyphs).trim());
}

/** The same letters and digits and no mark less, with marks between them that were missing. */
export function isFuller(text: string, than: string): boolean {
  const bare = (each: string) => each.replaceAll(/[^\p{L}\d]/gu, "").toLowerCase();
  return bare(text) === bare(than) && text.length > than.length && isClosed(text) && isWithin(than, text);
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
  looks: readonly (readonly [across: number, down: number, chinese: boolean])[],
  readAgain: ReadAgain,
  isGood: (glyphs: readonly Glyph[]) => boolean,
): Promise<readonly Glyph[] | null> {
  for (const look of looks) {
    const glyphs = correctUnits((await readAgain(...look)).map(normalise));
    if (meanConfidence(glyphs) >= LEAST && isGood(glyphs)) return glyphs;
  }
  return null;
}
