/**
 * Results printed one below the other as portals and apps show them: the name in a line of its own, under it the value,
 * the range between or below both.
 */
import { labelLength, withRangeBetween } from "./report_blocks.ts";
import type { RowReading } from "./joined_rows.ts";
import { readFlag } from "./printed_flag.ts";
import { cleanName } from "./printed_name.ts";
import type { DecimalMark } from "./printed_number.ts";
import { isColumnTitle, isGrade, isNeverATest, isResultInWords } from "./printed_words.ts";
import { unionBox } from "./report_layout.ts";
import type { Piece } from "./row_pieces.ts";
import { resultsByOrder } from "./row_order.ts";
import type { Draft } from "./row_results.ts";

/** The name stands this close above its value, in rows and in line heights. */
const MOST_ROWS = 2;
const MOST_HEIGHTS = 3.5;
/** One such pair may be chance; a page of cards has several. A range between both needs no second. */
const LEAST_CARDS = 2;
const VALUES = new Set<Piece["kind"]>(["number", "bounded", "titre"]);

interface Card {
  readonly value: RowReading;
  readonly heading: RowReading;
  readonly between: readonly RowReading[];
  readonly draft: Draft;
}

/** Gives values that stand alone in their row the name printed above them. */
export function nameCards(readings: readonly RowReading[], mark: DecimalMark): void {
  const cards = readings.flatMap((_, index) => cardAt(readings, index, mark) ?? []);
  const sure = cards.length >= LEAST_CARDS;
  for (const { value, heading, between, draft } of cards) {
    if (!sure && !between.some(({ row }) => labelLength(row.text) > 0)) continue;
    const { text, flag } = nameAndFlag(heading);
    const name = cleanName(text);
    const whole = withRangeBetween(between, {
      ...draft,
      name: name.text,
      unit: draft.unit ?? name.unit,
      nameBox: heading.row.box,
      box: unionBox([draft.box, heading.row.box]),
      separated: true,
    }, mark);
    const marked = flag === null || draft.flag !== null ? {} : { flag: readFlag(flag), flagPrinted: flag };
    value.drafts = [{ ...whole, ...marked }];
    value.block = true;
    value.onlyText = heading.onlyText = null;
    heading.drafts = [];
  }
}

function cardAt(readings: readonly RowReading[], index: number, mark: DecimalMark): Card | null {
  const value = readings[index];
  if (value === undefined || value.titles) return null;
  const draft = loneValue(value, mark);
  if (draft === null) return null;
  for (let up = 1; up <= MOST_ROWS; up++) {
    const heading = readings[index - up];
    if (heading === undefined || value.row.box[1] - heading.row.box[3] > MOST_HEIGHTS * value.row.height) return null;
    if (labelLength(heading.row.text) > 0) continue;
    if (!isCardName(heading) || Math.abs(heading.row.box[0] - value.row.box[0]) > 1.5 * value.row.height) return null;
    return { value, heading, between: readings.slice(index - up + 1, index), draft };
  }
  return null;
}

/** What a row holds that holds a value and nothing else but its unit and a flag. */
function loneValue({ row, pieces, drafts }: RowReading, mark: DecimalMark): Draft | null {
  const [first, ...others] = pieces;
  if (first === undefined) return null;
  if (VALUES.has(first.kind)) {
    const bare = others.every(({ kind }) => kind === "unit" || kind === "flag" || kind === "mark");
    return bare && drafts.length === 1 && drafts[0]?.name === null ? drafts[0] : null;
  }
  // "Trace | Abnormal"
  const inWords = first.kind === "text" && isResultInWords(first.text) && others.every(({ kind }) => kind === "flag");
  return inWords ? resultsByOrder(row, [{ ...first, kind: "words" }, ...others], mark)[0] ?? null : null;
}

/** "Zinc  Below range": a flag may end the line of the name. */
function nameAndFlag({ row }: RowReading): { readonly text: string; readonly flag: string | null } {
  const text = row.text.replace(/\s+$/, "");
  for (const words of [3, 2, 1]) {
    const end = new RegExp(`(?<=\\S)\\s+(\\S+(?: \\S+){${words - 1}})$`, "u").exec(text);
    const flag = end?.[1] ?? "";
    if (end !== null && flag.length > 2 && readFlag(flag) !== null) return { text: text.slice(0, end.index), flag };
  }
  const mark = /\t(\S{1,3})$/.exec(text);
  return mark !== null && readFlag(mark[1] ?? "") !== null
    ? { text: text.slice(0, mark.index), flag: mark[1] ?? null }
    : { text, flag: null };
}

function isCardName(reading: RowReading): boolean {
  if (reading.titles || reading.block === true || reading.drafts.some(({ value }) => value !== null)) return false;
  const { text } = nameAndFlag(reading);
  return /\p{L}{2}/u.test(text) && text.length <= 70 && !text.includes("\t") && text.split(" ").length <= 8 &&
    !/[.;:!?]$/.test(text) && !isNeverATest(text) && !isGrade(text) && !isColumnTitle(text) && !isResultInWords(text);
}
