/**
 * What reading a document yields: pages of lines of words, with positions.
 *
 * Every reader (text layer, OCR, Docling) gives this one shape, so that whoever looks for lab results does not
 * know where the text came from. This file must not know how pages are read.
 */

/** Left, top, right, bottom; origin top left, in the page's own units (points for PDF, pixels for pictures). */
export type Box = readonly [left: number, top: number, right: number, bottom: number];

/** One run of characters without a blank, as printed. */
export interface Word {
  readonly text: string;
  readonly box: Box;
  /** 0 to 1, only where the text was recognised from a picture. */
  readonly confidence?: number;
}

/** Words on one baseline, from left to right. Columns are told apart by the gaps between boxes. */
export interface Line {
  readonly words: readonly Word[];
}

/** How a picture was turned and straightened before it was read: boxes lie in what came out. */
export interface PageView {
  /** Quarter turns, clockwise, done first. */
  readonly quarters: number;
  /** What `level.ts` found on the turned picture, in parts of its width. */
  readonly level: LevelView;
}

/** What lies at x and y is put to y' - x * (a + b * x / 2 + c * y'), where y' is y - tilt * x; all in page widths. */
export interface LevelView {
  readonly tilt: number;
  readonly slope: readonly [a: number, b: number, c: number];
}

export type PageSource = "text_layer" | "ocr" | "docling";

export interface Page {
  /** 1-based. */
  readonly number: number;
  readonly width: number;
  readonly height: number;
  readonly source: PageSource;
  readonly lines: readonly Line[];
  /** Only where the text was recognised from a picture. */
  readonly view?: PageView | null;
  /** A picture that was left out, because the document has more of them than are read; not stored. */
  readonly isUnread?: boolean;
}

/** The line as a person would type it: words joined by single blanks. */
export function lineText(line: Line): string {
  return line.words.map((word) => word.text).join(" ");
}

/** All lines of a page, one a row. */
export function pageText(page: Page): string {
  return page.lines.map(lineText).join("\n");
}
