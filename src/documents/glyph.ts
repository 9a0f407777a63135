/** One character read from a picture. */
export interface Glyph {
  readonly text: string;
  /** Where its middle lies along the strip it was read from, 0 to 1. */
  readonly at: number;
  /** 0 to 1. */
  readonly confidence: number;
}

export function glyphsText(glyphs: readonly Glyph[]): string {
  return glyphs.map((glyph) => glyph.text).join("");
}

/** Mean over the characters, 0 to 1; 0 for none. */
export function meanConfidence(glyphs: readonly Glyph[]): number {
  return glyphs.reduce((sum, glyph) => sum + glyph.confidence, 0) / Math.max(1, glyphs.length);
}

/** Below what is believed without a person's look. */
const DOUBTED = 0.55;

/** The same characters, believed less. */
export function doubted(glyphs: readonly Glyph[]): readonly Glyph[] {
  return glyphs.map((glyph) => ({ ...glyph, confidence: Math.min(glyph.confidence, DOUBTED) }));
}
