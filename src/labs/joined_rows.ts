/** Rows that belong together: names over two lines, values under their name, cells that group several rows. */
import type { Box } from "../documents/page.ts";
import { isUnit } from "./printed_unit.ts";
import { isMethodLine } from "./method_line.ts";
import { cleanName } from "./printed_name.ts";
import { isGrade, isNeverATest } from "./printed_words.ts";
import type { TitleRow } from "./report_titles.ts";
import { type Row, unionBox } from "./report_layout.ts";
import type { Piece } from "./row_pieces.ts";
import type { Draft } from "./row_results.ts";

const LONGEST_NAME_LINES = 3;

/** A row read by itself, before its neighbours are looked at. */
export interface RowReading {
  readonly row: Row;
  readonly pieces: readonly Piece[];
  drafts: Draft[];
  /** Text and nothing else: a heading, a name over two lines, prose. */
  onlyText: string | null;
  readonly titles: boolean;
  /** The title row above on this page, or the one carried over from the page before. */
  readonly table: TitleRow | null;
  readonly carried: boolean;
  /** The name was a heading above and the value had a label of its own. */
  block?: boolean;
  /** Read out of a sentence that lists results. */
  listed?: boolean;
  /** Read as the range of another row. */
  taken?: boolean;
}

/**
 * "Antibiogramme | Amoxicilline | <0,5" above "Ampicilline | <0,1": the first cell groups several rows, and the second
 * one names the test, because the rows beside it begin there.
 */
export function ungroupNames(readings: RowReading[]): void {
  for (const [index, reading] of readings.entries()) {
    const [draft, ...others] = reading.drafts;
    const value = reading.pieces.findIndex((piece) => piece.text === draft?.value_text);
    const second = reading.pieces.find((piece, at) => at > 0 && at < value && piece.opensCell && piece.kind === "text");
    const first = reading.pieces[0];
    if (draft === undefined || second === undefined || first === undefined) continue;
    const beginsThere = [readings[index - 1], readings[index + 1]].some((other) => {
      const piece = other?.pieces[0];
      return piece !== undefined && other?.drafts.length === 1 && piece.kind === "text" &&
        Math.abs(piece.box[0] - second.box[0]) < 0.6 * reading.row.height;
    });
    if (!beginsThere || second.box[0] - first.box[0] < 2 * reading.row.height) continue;
    reading.drafts = [{ ...draft, name: cleanName(second.text).text, nameBox: second.box }, ...others];
  }
}

/**
 * Limits printed as the ends of a bar belong to nobody for certain where a neighbouring line holds nothing but such
 * limits: on a tilted picture they are those of the row above or below.
 */
export function dropUncertainBars(readings: RowReading[]): void {
  const isLoose = (reading: RowReading | undefined) =>
    reading !== undefined && reading.pieces.length > 0 &&
    reading.pieces.every((piece) => piece.kind === "number" && piece.opensCell);
  for (const [index, reading] of readings.entries()) {
    if (![-1, 1].some((step) => isLoose(readings[index + step]))) continue;
    reading.drafts = reading.drafts.map((draft) =>
      draft.reference_text !== null && /^[^-–<>≤≥à]*$/.test(draft.reference_text) && /\d/.test(draft.reference_text)
        ? { ...draft, reference_text: null, reference_min: null, reference_max: null }
        : draft
    );
  }
}

/** Print this much smaller than a name is a remark below it, this much larger the heading of what follows. */
const SMALL_PRINT = 0.87;
const LARGE_PRINT = 1.07;
/** Boxes of recognised words are as high as their letters happen to be. */
const RECOGNISED = 0.15;

/** Lines under a result that say how it was found are neither names nor headings. */
export function dropMethods(readings: RowReading[]): void {
  let owner: Draft | undefined;
  let bottom = 0;
  for (const [index, reading] of readings.entries()) {
    const { row, onlyText, drafts } = reading;
    const below = owner?.nameBox != null && row.box[1] - bottom < 1.2 * row.height &&
      row.box[0] > owner.nameBox[0] - 0.5 * row.height && row.box[0] < owner.nameBox[2];
    if (drafts.length > 0) owner = drafts[0];
    else if (onlyText !== null && below && !isUnfinished(owner?.name ?? "") && isMethodLine(onlyText)) {
      readings[index] = { ...reading, onlyText: null };
    } else owner = undefined;
    bottom = row.box[3];
  }
}

/** "Transferrin saturation (calculated," goes on in the next line whatever that says. */
function isUnfinished(name: string): boolean {
  return name.split("(").length > name.split(")").length || /[,/]$/.test(name);
}

/** Names that take two lines: the rest below, or the value centred between both, or the value under the name. */
export function joinNames(readings: RowReading[]): void {
  const pitch = medianPitch(readings);
  for (const [index, reading] of readings.entries()) {
    const [draft] = reading.drafts;
    if (draft === undefined || reading.titles) continue;
    const above = readings[index - 1];
    const below = readings[index + 1];
    if (draft.name === null) {
      const over = above?.titles === true && above.table?.columns[0]?.title === ""
        ? nameOverTitles(readings, index - 1)
        : null;
      if (over !== null) {
        const name = cleanName(over.row.text);
        const box = unionBox([draft.box, over.row.box]);
        reading.drafts = [{ ...draft, name: name.text, unit: draft.unit ?? name.unit, nameBox: over.row.box, box }];
        reading.block = true;
        continue;
      }
      // "GLICOSE | VALORES DE REFERÊNCIA" heads a block: its value has no name of its own.
      const text = above?.onlyText ?? (above?.titles === true ? blockName(above.table) : null);
      if (above === undefined || text === null || text.includes("\t") || isNeverATest(text) || isGrade(text)) continue;
      const near = reading.row.box[1] - above.row.box[3] < 1.2 * reading.row.height;
      const left = above.row.box[0] < (reading.pieces[0]?.box[0] ?? 0);
      if (!near || !left || text.length > 80) continue;
      const tail = below !== undefined && below.onlyText !== null && centredBetween(above.row, reading.row, below.row)
        ? below.onlyText
        : null;
      const name = cleanName(tail === null ? text : `${text} ${tail}`);
      reading.drafts = reading.drafts.map((own) => ({
        ...own,
        name: name.text,
        unit: own.unit ?? name.unit,
        nameBox: above.row.box,
        box: unionBox([own.box, above.row.box]),
      }));
      readings[index - 1] = { ...above, onlyText: null };
      continue;
    }
    if (above !== undefined && beginsAbove(draft, readings, index, pitch)) {
      const name = cleanName(`${above.onlyText} ${draft.name}`);
      const box = unionBox([draft.box, above.row.box]);
      const nameBox = unionBox([draft.nameBox ?? above.row.box, above.row.box]);
      reading.drafts = [
        { ...draft, name: name.text, unit: draft.unit ?? name.unit, nameBox, box },
        ...reading.drafts.slice(1),
      ];
      above.onlyText = null;
      continue;
    }
    for (let further = 1; further <= LONGEST_NAME_LINES; further++) {
      const [whole] = reading.drafts;
      const rest = readings[index + further];
      const last = readings[index + further - 1];
      if (whole === undefined || rest === undefined || last === undefined) break;
      if (whole.unit === null && whole.value !== null && isUnitBelow(whole, last.row, rest)) {
        reading.drafts = [
          { ...whole, unit: rest.onlyText, box: unionBox([whole.box, rest.row.box]) },
          ...reading.drafts.slice(1),
        ];
        readings[index + further] = { ...rest, onlyText: null, drafts: [] };
        break;
      }
      if (!goesOn(whole, last.row, rest, readings[index + further + 1], pitch)) break;
      const name = cleanName(`${whole.name} ${rest.onlyText ?? ""}`);
      const box = unionBox([whole.box, rest.row.box]);
      reading.drafts = [
        { ...whole, name: name.text, unit: whole.unit ?? name.unit, box },
        ...reading.drafts.slice(1),
      ];
      readings[index + further] = { ...rest, onlyText: null, drafts: [] };
    }
  }
}

/** "TOXOPLASMOSE IgM" over its method and "RESULTADO | VALOR DE REFERÊNCIA": the titles head one result. */
function nameOverTitles(readings: readonly RowReading[], titles: number): RowReading | null {
  let below = readings[titles];
  for (let at = titles - 1; at >= titles - 3 && below !== undefined; at--) {
    const over = readings[at];
    if (over === undefined || below.row.box[1] - over.row.box[3] > 1.2 * below.row.height || over.titles) return null;
    const { text } = over.row;
    if (over.drafts.some(({ name }) => name !== null) || text.includes("\t")) return null;
    if (!isMethodLine(text)) return /\p{L}{2}/u.test(text) && text.length <= 80 && !isNeverATest(text) ? over : null;
    below = over;
  }
  return null;
}

/** The name in a title row that has no column of results. */
export function blockName(table: TitleRow | null): string | null {
  return table === null || table.columns.some((column) => column.role === "result") ? null : table.section;
}

/**
 * True when the text row right above is the beginning of the draft's name: the two lines stand closer than any other rows
 * around them, and the upper one is no heading in capitals.
 */
function beginsAbove(draft: Draft, readings: readonly RowReading[], index: number, pitch: number): boolean {
  const [row, above] = [readings[index]?.row, readings[index - 1]];
  const text = above?.onlyText ?? null;
  if (row === undefined || above === undefined || text === null || draft.name === null || draft.nameBox === null) {
    return false;
  }
  if (/[\t:]|[.;!?)]$/.test(text) || text.length > 48 || isNeverATest(text) || isGrade(text)) return false;
  if (/^[^\p{Ll}]+$/u.test(text) && /\p{Ll}/u.test(draft.name)) return false;
  if (Math.abs(above.row.box[0] - draft.nameBox[0]) > 0.6 * row.height) return false;
  if (sizeBeside(above.row, draft.nameBox) < 0) return false;
  const step = row.box[1] - above.row.box[1];
  if (step > 1.1 * row.height || step > 0.8 * pitch) return false;
  const [before, after] = [readings[index - 2]?.row, readings[index + 1]?.row];
  const upper = before === undefined ? Number.POSITIVE_INFINITY : above.row.box[1] - before.box[1];
  const lower = after === undefined ? Number.POSITIVE_INFINITY : after.box[1] - row.box[1];
  const goesOnSmall = /^(?:\p{Ll}{3}|\()/u.test(draft.name) && /^\p{Lu}/u.test(text);
  return goesOnSmall ? step <= lower + 0.1 * row.height : step < 0.75 * Math.min(upper, lower);
}

/** Whether a line is set smaller (-1) or larger (1) than a name, or like it. */
function sizeBeside(row: Row, name: Box): number {
  const size = row.height / (name[3] - name[1]);
  const slack = row.words.some(({ confidence }) => confidence !== undefined) ? RECOGNISED : 0;
  if (size < SMALL_PRINT - slack) return -1;
  return size > LARGE_PRINT + slack ? 1 : 0;
}

/** The usual distance between two results that follow each other; infinite where none do. */
function medianPitch(readings: readonly RowReading[]): number {
  const steps = readings.flatMap((reading, index) => {
    const next = readings[index + 1];
    if (next === undefined || next.drafts.length === 0 || reading.drafts.length === 0) return [];
    return [next.row.box[1] - reading.row.box[1]];
  }).sort((a, b) => a - b);
  return steps[steps.length >> 1] ?? Number.POSITIVE_INFINITY;
}

function centredBetween(above: Row, row: Row, below: Row): boolean {
  return below.box[1] < row.box[3] + 0.3 * row.height && above.box[3] > row.box[1] - 0.3 * row.height;
}

/** "fL" alone under a name: a unit whose brackets were lost. */
function isUnitBelow(draft: Draft, row: Row, below: RowReading): boolean {
  const text = below.onlyText ?? "";
  if (!/\/|^(?:fl|pg|%|mmHg|sec|sek)$/i.test(text) || !isUnit(text)) return false;
  const aligned = draft.nameBox !== null && Math.abs(below.row.box[0] - draft.nameBox[0]) < 1.6 * row.height;
  return aligned && below.row.box[1] - row.box[3] < 0.9 * row.height;
}

/** True when the text row right below `row` is the rest of the draft's name. */
function goesOn(
  draft: Draft,
  row: Row,
  below: RowReading,
  next: RowReading | undefined,
  pitch: number,
): boolean {
  const text = below.onlyText;
  if (draft.nameBox === null || draft.name === null || text === null) return false;
  if (text.includes("\t") || text.length > 48) return false;
  // Methods and remarks in brackets are no part of a name whose own brackets are closed.
  const open = draft.name.split("(").length > draft.name.split(")").length;
  const onlyUnit = /^\(\s?[^()]{1,12}\)?$/.test(text) && cleanName(`x ${text}`).unit !== null;
  if (/^[.\s]*\(|^\.{2}/.test(text) && !open && !onlyUnit) return false;
  if (/^\d{1,2}\)/.test(text)) return false;
  if (/[.!?]$/.test(text) && text.split(" ").length > 2) return false;
  const { height } = row;
  if (Math.abs(below.row.box[0] - draft.nameBox[0]) > 1.6 * height) return false;
  const gap = below.row.box[1] - row.box[3];
  if (gap > 0.9 * height) return false;
  if (!open && !onlyUnit && sizeBeside(below.row, draft.nameBox) !== 0) return false;
  if (/[<>=]/.test(text)) return false;
  if (open || onlyUnit || /[,/]$|\p{L}{4}[-–]$|\b(?:and|und|et|y|de|der|of|di|e)$/iu.test(draft.name)) return true;
  if (isNeverATest(text) || isGrade(text)) return false;
  // Names begin with a capital; what goes on with a small letter is no name.
  if (/^\p{Lu}/u.test(draft.name) && /^\p{Ll}{3}/u.test(text) && text.split(" ").length <= 5) return true;
  const step = below.row.box[1] - row.box[1];
  const following = next === undefined ? Number.POSITIVE_INFINITY : next.row.box[1] - below.row.box[1];
  // Lines of one cell stand closer than the rows of the table, and closer than what comes next.
  return step < following - 0.08 * height && step < 1.75 * height && step < 0.95 * pitch;
}
