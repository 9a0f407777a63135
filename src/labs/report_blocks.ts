/**
 * Results printed as blocks instead of rows: the test as a heading, below it "Resultado: 95 mg/dL", below that "Valores de
 * referência: 70 a 99".
 */
import { foldCase } from "./printed_flag.ts";
import { isMethodLine } from "./method_line.ts";
import type { DecimalMark } from "./printed_number.ts";
import { readRange } from "./printed_range.ts";
import { isGrade, isNeverATest, isResultInWords, ROLE_OF_TITLE } from "./printed_words.ts";
import type { Candidate } from "./believed_results.ts";
import { blockName, type RowReading } from "./joined_rows.ts";
import type { Draft } from "./row_results.ts";
import type { Box } from "../documents/page.ts";
import { unionBox } from "./report_layout.ts";
import { cleanName } from "./printed_name.ts";

/** A heading further above its result than this, in rows and in line heights, belongs to something else. */
const MOST_ROWS = 7;
const MOST_HEIGHTS = 12;

/** Gives results that are labelled "Result" the name of the heading above; without one they are nobody's. */
export function nameBlocks(readings: RowReading[], mark: DecimalMark): void {
  for (const [index, reading] of readings.entries()) {
    const [draft, ...others] = reading.drafts;
    if (draft === undefined || !isResultLabel(draft.name ?? "")) continue;
    const heading = others.length > 0 ? null : headingAbove(readings, index);
    if (heading === null) reading.drafts = [];
    else {
      const name = cleanName(blockName(heading.titles ? heading.table : null) ?? heading.row.text);
      const box = unionBox([draft.box, heading.row.box]);
      const whole = { ...draft, name: name.text, unit: draft.unit ?? name.unit, nameBox: heading.row.box, box };
      const between = readings.slice(readings.indexOf(heading) + 1, index);
      reading.drafts = [{ ...withRangeBetween(between, whole, mark), specimen: draft.specimen ?? materialIn(between) }];
      reading.block = true;
      heading.onlyText = null;
      heading.drafts = [];
    }
  }
}

/** Portals print the range under the heading and the value below both. */
export function withRangeBetween(between: readonly RowReading[], draft: Draft, mark: DecimalMark): Draft {
  if (draft.reference_text !== null) return draft;
  const range = between.find((reading) => labelLength(reading.row.text) > 0);
  if (range === undefined) return draft;
  range.taken = true;
  return { ...draft, ...rangeIn(range, labelLength(range.row.text), draft, mark) };
}

/** "Material: Soro" */
function materialIn(between: readonly RowReading[]): string | null {
  for (const { row } of between) {
    const text =
      /(?:^|\t)(?:material|materiaal|specimen|sample|muestra|campione|amostra)\s*: ?([^\t:]{2,40}?)(?:\s{2,}|\t|$| \p{L}+:)/iu
        .exec(row.text)?.[1];
    if (text !== undefined) return text.trim();
  }
  return null;
}

function isResultLabel(name: string): boolean {
  const folded = foldCase(name).replace(/[\s.:…]+$/, "");
  return ROLE_OF_TITLE.get(folded) === "result" && !/^(?:in|out)/.test(folded);
}

function headingAbove(readings: RowReading[], index: number): RowReading | null {
  const from = readings[index];
  for (let up = 1; up <= MOST_ROWS && from !== undefined; up++) {
    const above = readings[index - up];
    if (above === undefined || from.row.box[1] - above.row.box[3] > MOST_HEIGHTS * from.row.height) return null;
    if (above.titles && blockName(above.table) !== null) return above;
    // What another result was read from is not the name of this one.
    if (above.titles || above.drafts.some((draft) => draft.value !== null) || above.block) return null;
    const { text } = above.row;
    const plain = !/[\t:]|[.;!?]$/.test(text) && /\p{L}{2}/u.test(text) && text.length <= 70;
    if (plain && text.split(" ").length <= 8 && !isNeverATest(text) && !isGrade(text)) return above;
  }
  return null;
}

const LABEL = new RegExp(
  "^\\s*(?:" + [
    "(?:bio(?:logical)?\\.? )?reference (?:range|interval|value)s?",
    "ref(?:\\.|erence)?(?: ?(?:range|interval|values?))?",
    "normal (?:range|values?)",
    "referenz(?:bereich|werte?|intervall)?",
    "norm(?:al)?(?:bereich|werte?)?",
    "valeurs? (?:de reference|usuelles?|normales?)",
    "intervalle de reference",
    "valore?s? (?:de referencia|normales|normais|di riferimento)",
    "intervall?o (?:de referencia|di riferimento)",
    "referentie(?:waarden?|interval)?",
    "referans (?:araligi|degerleri?)",
    "参考(?:值|区间|范围)",
  ].join("|") + ")\\s*[:：]\\s*",
);

/** Length of "Reference range: " at the start of a row; 0 when it begins otherwise. */
export function labelLength(text: string): number {
  // Folding keeps one letter for one letter of composed text, so that lengths agree.
  return LABEL.exec(foldCase(text.slice(0, 60)))?.[0].length ?? 0;
}

/** Where "Resultado | 402 pg/mL | Valor de referência:" ends with a label whose range stands in the lines below. */
export function rangeLabelAtEnd({ row, pieces }: RowReading): Box | null {
  const cell = row.text.slice(row.text.lastIndexOf("\t") + 1);
  const last = pieces.at(-1);
  return last !== undefined && cell.length > 0 && labelLength(cell) === cell.length ? last.box : null;
}

/** "Reference range: <100." on the line under a result that printed none. True when the row is such a line. */
export function addRangeBelow(reading: RowReading, last: Candidate | null, mark: DecimalMark): boolean {
  if (reading.taken === true) return true;
  const label = labelLength(reading.row.text);
  if (label === 0) return false;
  if (last === null || last.draft.reference_text !== null || last.page !== reading.row.page) return true;
  if (reading.row.box[1] - last.draft.box[3] > 4 * reading.row.height) return true;
  const found = rangeIn(reading, label, last.draft, mark);
  last.draft = { ...last.draft, ...found };
  // A label alone, or the first of several groups: the lines below it go on.
  if (last.draft.reference_min === null && last.draft.reference_max === null) last.rangeFrom = reading.row.box;
  return true;
}

/** Words of a line that says for whom a range is; what is longer is prose. */
const LONGEST_RANGE_LINE = 10;
const RANGE_LINE = /^(?:text|mark|range|bounded|unit)$/;

/**
 * A range goes on in the lines below it, in its own column: grades, phases, both sexes. True when the row is such a
 * line. Of several groups no limits are given, for nobody knows which one is meant.
 */
export function addRangeLine(reading: RowReading, last: Candidate | null, mark: DecimalMark): boolean {
  const { row } = reading;
  const above = last === null ? null : last.rangeFrom ?? last.draft.rangeBox;
  if (last === null || above === null || last.page !== row.page) return false;
  if (last.draft.reference_text === null && last.rangeFrom === undefined) return false;
  const pieces = reading.pieces.filter((piece) => piece.box[0] >= above[0] - row.height);
  const [first] = pieces;
  if (first === undefined || first.box[0] > above[2] || row.box[1] - above[3] > 0.9 * row.height) return false;
  if (pieces.some((piece) => !RANGE_LINE.test(piece.kind))) return false;
  // To the left of it only the method of the test may stand.
  const beside = row.text.slice(0, first.start).trim();
  const left = reading.pieces.filter((piece) => piece.end <= first.start);
  if (left.some(({ kind }) => kind !== "text" && kind !== "mark")) return false;
  if (beside !== "" && !isMethodLine(beside) && !/^\([^()]*\)$/.test(beside)) return false;
  const limits = pieces.filter((piece) => piece.kind === "range" || piece.kind === "bounded");
  if (limits.length === 0 || row.text.slice(first.start).split(/\s/).length > LONGEST_RANGE_LINE) return false;
  const { draft } = last;
  const box = unionBox([above, ...pieces.map((piece) => piece.box)]);
  if (last.rangeFrom !== undefined) last.rangeFrom = box;
  if (draft.reference_text === null) {
    last.draft = { ...draft, ...rangeIn(reading, first.start, draft, mark) };
    return true;
  }
  const text = `${draft.reference_text} ${row.text.slice(first.start).replace(/\s+/g, " ")}`;
  // "12 - 16", then "Pregnant: 11 - 14": the range without a label stays the range.
  last.rangeHead ??= draft.reference_text;
  const grouped = readRange(last.rangeHead, mark) === null;
  const limitsOf = grouped ? { reference_min: null, reference_max: null } : {};
  last.draft = {
    ...draft,
    reference_text: text,
    ...limitsOf,
    rangeBox: last.rangeFrom === undefined ? box : draft.rangeBox,
  };
  return true;
}

type FoundRange = Partial<Pick<Draft, "unit" | "reference_text" | "reference_min" | "reference_max">>;

function rangeIn({ row, pieces }: RowReading, from: number, draft: Draft, mark: DecimalMark): FoundRange {
  const rest = row.text.slice(from).replace(/\s+/g, " ").trim();
  const limits = pieces.filter((piece) => piece.end > from && (piece.kind === "range" || piece.kind === "bounded"));
  const [first] = limits;
  const unknown = { reference_min: null, reference_max: null };
  if (first === undefined) {
    return draft.value === null && isResultInWords(rest) ? { reference_text: rest, ...unknown } : {};
  }
  const before = row.text.slice(from, first.start).trim();
  const grouped = before !== "" &&
    !/^(?:optimal|desirable|normal|adults?|erwachsene|adultos?|adulti|adultes?|volwassenen|de|entre|from)\b/i.test(
      before,
    );
  if (grouped) return rest.length <= 90 ? { reference_text: rest, ...unknown } : {};
  const text = row.text.slice(Math.max(from, first.start), first.end).trim();
  const range = readRange(text, mark);
  if (range === null) return {};
  const next = pieces[pieces.indexOf(first) + 1];
  const unit = draft.unit ?? (draft.value !== null && next?.kind === "unit" ? next.text : null);
  return { reference_text: text, reference_min: range.min, reference_max: range.max, unit };
}
