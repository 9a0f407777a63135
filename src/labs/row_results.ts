/**
 * From the pieces of one row to the result it prints.
 *
 * Two readers: by columns where a title row said what they hold, by order of kinds (name, value, unit, range) elsewhere.
 * Whether a draft is believed is decided in read_results.ts, which sees the rows around it.
 */
import type { Box } from "../documents/page.ts";
import { type DecimalMark, readNumber } from "./printed_number.ts";
import { type Comparator, COMPARATOR_SIGN, readComparator, readRange } from "./printed_range.ts";
import { foldCase, readColumnFlag, readFlag } from "./printed_flag.ts";
import { nameOf, type PrintedName } from "./printed_name.ts";
import { assignColumns, type Column, isSpecimen, LIMIT_KINDS, loneLimit, ownRange } from "./report_columns.ts";
import { rangesOf, sliceOf, unitOf, VALUE_KINDS, valuesOf } from "./row_cells.ts";
import type { Piece } from "./row_pieces.ts";
import { type Row, sliceConfidence, unionBox } from "./report_layout.ts";

/** A result as one row prints it; the name is null where the row has none of its own. */
export interface Draft {
  readonly name: string | null;
  readonly nameBox: Box | null;
  readonly valueBox: Box | null;
  readonly rangeBox: Box | null;
  readonly value: number | null;
  readonly value_text: string;
  readonly comparator: Comparator | null;
  readonly unit: string | null;
  readonly reference_min: number | null;
  readonly reference_max: number | null;
  readonly reference_text: string | null;
  readonly flag: string | null;
  readonly flagPrinted: string | null;
  /** As printed in a column of materials. */
  readonly specimen: string | null;
  readonly box: Box;
  /** By titles, or by the order of kinds. */
  readonly byColumns: boolean;
  /** A gap or a colon stands between name and value. */
  readonly separated: boolean;
  /** Words nobody could place: the mark of prose. */
  readonly leftover: number;
  readonly recognised: number;
}

const RANGE_KINDS = new Set<Piece["kind"]>(["range", "bounded", "number"]);

/** What a row prints as results when the columns are known; one per block of columns. */
export function resultsByColumns(
  row: Row,
  pieces: readonly Piece[],
  columns: readonly Column[],
  mark: DecimalMark,
): { readonly drafts: Draft[]; readonly misfit: number; readonly stray: number; readonly explained: boolean } {
  const assigned = assignColumns(pieces, columns, row.pageWidth);
  // A row with more cells than the table has columns is another table, or text with bars.
  if ((pieces.at(-1)?.cell ?? 0) + 1 > columns.length + 2) {
    return { drafts: [], misfit: 4, stray: 4, explained: false };
  }
  const drafts: Draft[] = [];
  for (const block of blocksOf(columns).flatMap(([from, to]) => amountsOf(columns, from, to))) {
    const inRole = (role: Column["role"]) =>
      pieces.filter((_, index) => {
        const at = assigned.columns[index] ?? -1;
        return block.includes(at) && columns[at]?.role === role;
      });
    // A mark in a column of earlier results that holds no value stands beside today's.
    const before = inRole("previous");
    const columnOf = (piece: Piece) => assigned.columns[pieces.indexOf(piece)];
    const strayed = before.filter((mark) =>
      before.every((piece) => piece.kind === "flag" || columnOf(piece) !== columnOf(mark))
    );
    const name = nameOf(row, inRole("name"), true);
    const cell = asBloodGroup(name, asWords(inRole("result"), VALUE_KINDS));
    // Titles that end with the newest day leave unit and range behind the value without one.
    const ranged = block.some((at) => columns[at]?.role === "range");
    const behind = ranged ? [] : cell.filter((piece, at) => at > valuePlace(cell) && LIMIT_KINDS.has(piece.kind));
    const result = cell.filter((piece) => !behind.includes(piece));
    const limits = inRole("range");
    const single = result.filter(({ kind }) => VALUE_KINDS.has(kind)).length <= 1;
    if (result.every((piece) => piece.kind === "mark" || piece.kind === "flag")) {
      // "+" alone in the result column is a result of a strip test.
      if (!result.some((piece) => piece.kind === "flag" && /^(?:\+{1,4}|-|\(\+\))$/.test(piece.text))) continue;
    }
    drafts.push(...fromRoles(
      row,
      {
        name,
        result,
        unit: inRole("unit"),
        range: asWords([...(single ? ownRange(limits, columnOf, columns) : limits), ...behind], RANGE_KINDS),
        limit: single ? loneLimit(limits, columnOf, columns) : null,
        flag: [...inRole("flag"), ...strayed],
        columnFlag: pieces.flatMap((piece, index) => {
          const column = columns[assigned.columns[index] ?? -1];
          return result.includes(piece) && VALUE_KINDS.has(piece.kind) && column?.grade === true ? [column.title] : [];
        })[0],
        // A sentence may run across the columns; a table leaves gaps between them.
        separated: result[valuePlace(result)]?.opensCell ?? true,
        leftover: runningWords(result, pieces),
        // "Ratio A/G: 1,39" below a table is no row of it.
        titleUnit: !row.text.includes("\t")
          ? null
          : block.map((at) => columns[at]).find((column) => column?.role === "result")?.unit ?? null,
        specimen: sliceOf(row, pieces.filter((_, index) => isSpecimen(columns[assigned.columns[index] ?? -1]))),
      },
      mark,
      true,
    ));
  }
  // Numbers that all lie in columns of earlier results or of ranges are no results: nothing was measured today.
  const roles = assigned.columns.map((at) => columns[at]?.role);
  const explained = drafts.length === 0 && roles.some((role) => role === "previous" || role === "range") &&
    pieces.every((piece, index) => !VALUE_KINDS.has(piece.kind) || /previous|range/.test(roles[index] ?? ""));
  return { drafts, misfit: assigned.misfit, stray: assigned.stray, explained };
}

/** A dash before a value that was recognised from a picture is a speck or a piece of a line. */
function isDirt(row: Row, piece: Piece): boolean {
  return /^[-–—]$/.test(piece.text) && sliceConfidence(row, 0, row.text.length) < 1;
}

/** Where the value stands: a number, or a count like "6-10". */
function valuePlace(result: readonly Piece[]): number {
  const number = result.findIndex((piece) => VALUE_KINDS.has(piece.kind));
  return number >= 0 ? number : result.findIndex((piece) => piece.kind === "range");
}

/** Words that run on behind a number in its own cell: prose, not a result. */
function runningWords(result: readonly Piece[], pieces: readonly Piece[]): number {
  const value = result[valuePlace(result)];
  if (value === undefined) return 0;
  return pieces
    .filter(({ kind, cell, start, text }) =>
      kind === "text" && cell === value.cell && start > value.start && !/^\(\S*(?: \S+)?$/.test(text)
    )
    .reduce((sum, piece) => sum + piece.text.split(" ").length, 0);
}

/** "Normal" in a result or range column is what is printed there, not a flag beside it. */
function asWords(pieces: readonly Piece[], unless: ReadonlySet<Piece["kind"]>): Piece[] {
  if (pieces.some((piece) => unless.has(piece.kind))) return [...pieces];
  // "Positive | Abnormal": words in a cell of their own behind words mark them.
  return pieces.map((piece, at) =>
    piece.kind === "flag" && !(piece.opensCell && pieces[at - 1]?.kind === "words") &&
      /\p{L}{3}|\p{Script=Han}/u.test(piece.text)
      ? { ...piece, kind: "words" }
      : piece
  );
}

const BLOOD_GROUP =
  /\babo\b|blutgruppe|blood (?:group|type)|groupe sanguin|grupo sangu|gruppo sangu|bloedgroep|kan grubu|血型/;

/** "A" is a flag nearly everywhere, and a result where a blood group is asked. */
function asBloodGroup(name: PrintedName | null, result: Piece[]): Piece[] {
  const [only, ...others] = result;
  if (only?.kind !== "flag" || others.length > 0 || !/^(?:A|B|AB|O|0)$/.test(only.text)) return result;
  return BLOOD_GROUP.test(foldCase(name?.text ?? "")) ? [{ ...only, kind: "words" }] : result;
}

/** Column indices of the tables that stand side by side: each begins with a name column. */
function blocksOf(columns: readonly Column[]): [number, number][] {
  const starts = columns.flatMap((column, index) => column.role === "name" ? [index] : []);
  const separate = starts.filter((start, index) => {
    const end = starts[index + 1] ?? columns.length;
    return columns.slice(start, end).some((column) => column.role === "result");
  });
  if (separate.length === 0) return [[0, columns.length]];
  return separate.map((start, index) => [index === 0 ? 0 : start, separate[index + 1] ?? columns.length]);
}

/**
 * The columns of each result that one table prints in a row: all of them, or where the share and the number of the same
 * cells stand side by side, those of either, with the ranges in the same unit or to its right.
 */
function amountsOf(columns: readonly Column[], from: number, to: number): number[][] {
  const all = Array.from({ length: to - from }, (_, index) => from + index);
  const amounts = all.filter((at) => columns[at]?.amount === true);
  if (amounts.length < 2) return [all];
  const shared = all.filter((at) => !/result|range|flag|unit/.test(columns[at]?.role ?? ""));
  const ranges = all.filter((at) => columns[at]?.role === "range");
  const ownerOf = (at: number) => {
    const unit = columns[at]?.unit ?? null;
    const same = unit === null ? undefined : amounts.find((amount) => columns[amount]?.unit === unit);
    const nth = columns[at]?.role === "range" && ranges.length === amounts.length
      ? amounts[ranges.indexOf(at)]
      : undefined;
    return same ?? nth ?? amounts.findLast((amount) => amount < at) ?? amounts[0];
  };
  const others = all.filter((at) => /range|flag|unit/.test(columns[at]?.role ?? ""));
  return amounts.map((amount) => [...shared, amount, ...others.filter((at) => ownerOf(at) === amount)]);
}

/** The pieces of one result by what they say. */
export interface Roles {
  readonly name: PrintedName | null;
  readonly result: readonly Piece[];
  readonly unit: readonly Piece[];
  readonly range: readonly Piece[];
  readonly flag: readonly Piece[];
  readonly separated: boolean;
  readonly leftover: number;
  /** The unit that the title of the column names for all rows. */
  readonly titleUnit?: string | null;
  readonly specimen?: string | null;
  /** Which end of the range a number is that stands in a column of lower or of upper limits without the other. */
  readonly limit?: "min" | "max" | null;
  /** The title of the column the value stands in, where it grades it: "High". */
  readonly columnFlag?: string | undefined;
}

/** The results these pieces print: two where one value is given in two units. */
export function fromRoles(row: Row, roles: Roles, mark: DecimalMark, byColumns: boolean): Draft[] {
  const values = valuesOf(row, roles.result);
  const ranges = rangesOf(row, roles.range, mark);
  const cells = roles.result.filter((piece) => piece.kind === "number" && piece.opensCell).length;
  // Of a range whose other half went astray nothing is kept.
  const torn = values.length === 1 && cells > 1 && /^[\d.,]+$/.test(ranges.all?.text ?? "");
  const flagText = sliceOf(row, roles.flag.filter((piece) => piece.kind !== "mark"));
  const valueAt = roles.result.findIndex((piece) => VALUE_KINDS.has(piece.kind));
  // A mark behind the value outweighs one before it, which may be a dash or dirt.
  const [before, behind] = [roles.result.slice(0, Math.max(0, valueAt)), roles.result.slice(valueAt + 1)];
  const inResult = [...behind, ...before.filter((piece) => !isDirt(row, piece))].filter((piece) =>
    piece.kind === "flag" && !isPartOf(piece, values[0])
  );
  const inRange = roles.range.filter((piece) => piece.kind === "flag");
  const wholeFlag = readColumnFlag(flagText ?? "") === null ? null : flagText;
  const printed = wholeFlag ?? firstFlag(roles.flag) ?? firstFlag(inResult) ?? firstFlag(inRange) ??
    roles.columnFlag ?? null;
  const flag = printed === null ? null : readColumnFlag(printed);
  const ownUnit = unitOf(row, roles.unit);
  return values.map((value, index) => {
    const unit = ownUnit ?? value.unit ?? (index === 0 ? ranges.unit : null) ?? roles.name?.unit ??
      (value.kind === "number" || value.kind === "bounded" ? roles.titleUnit : null) ?? null;
    // "Monocytes %" names its unit where no other is printed.
    const percent = unit === null && value.kind === "number" && /\p{L}.*\s%$/u.test(roles.name?.text ?? "");
    const end = roles.limit ?? null;
    const lone = end === null || ranges.all === null
      ? null
      : { ...ranges.all, [end]: readNumber(ranges.all.text, mark) };
    const found = lone ?? (values.length === 1 ? (torn ? null : ranges.all) : ranges.each[index] ?? null);
    const range = found === null ? null : { ...found, ...limitsOf(roles.name?.text ?? "", found, mark) };
    const used = [...roles.result, ...roles.unit, ...roles.range, ...roles.flag];
    const boxes = used.map((piece) => piece.box);
    if (roles.name !== null) boxes.push(roles.name.box);
    const text = value.text;
    const ownMark = markOf(roles.name?.text ?? "", text, mark);
    const sign = new RegExp(`^${COMPARATOR_SIGN}`, "u").exec(text)?.[0] ?? "";
    const numeric = value.kind === "number" || value.kind === "bounded";
    return {
      name: (percent ? roles.name?.text.replace(/\s%$/, "") : roles.name?.text) ?? null,
      nameBox: roles.name?.box ?? null,
      valueBox: roles.result[valueAt < 0 ? 0 : valueAt]?.box ?? null,
      rangeBox: roles.range.length > 0 ? unionBox(roles.range.map((piece) => piece.box)) : null,
      value: numeric ? readNumber(text.slice(sign.length), ownMark) : null,
      value_text: text,
      comparator: numeric && sign.length > 0 ? readComparator(sign) : null,
      unit: percent ? "%" : unit,
      reference_min: range?.min ?? null,
      reference_max: range?.max ?? null,
      reference_text: range?.text ?? null,
      flag,
      flagPrinted: printed,
      specimen: roles.specimen ?? null,
      box: unionBox(boxes),
      byColumns,
      separated: roles.separated,
      leftover: roles.leftover,
      recognised: Math.min(1, ...used.map((piece) => sliceConfidence(row, piece.start, piece.end))),
    };
  });
}

/** "Present (+)": the crosses are part of what was found. */
function isPartOf(flag: Piece, value: { readonly text: string; readonly kind: Piece["kind"] } | undefined): boolean {
  return value?.kind === "words" && /\+/.test(flag.text) && value.text.endsWith(flag.text);
}

const SPECIFIC_GRAVITY =
  /\b(?:spec(?:ific)?\.? gravity|sp\.? gr\.?|spez(?:ifisches)?\.? gewicht|dichte|densite|densidad\w*|densidade|densita|peso specifico|peso especifico|soortelijk gewicht|s\.?g\.?|dansite|yogunluk|gravity)\b|比重/;

/** Specific gravity lies between 1 and 1.06 and is printed with a point wherever decimals have a comma. */
function markOf(name: string, text: string, mark: DecimalMark): DecimalMark {
  return mark === "," && /^1\.0\d\d$/.test(text) && SPECIFIC_GRAVITY.test(foldCase(name)) ? "." : mark;
}

function limitsOf(name: string, range: { readonly text: string }, mark: DecimalMark) {
  const own = markOf(name, /1\.0\d\d/.exec(range.text)?.[0] ?? "", mark);
  return own === mark ? {} : readRange(range.text, own) ?? {};
}

/** The print of the first piece that is a flag. */
function firstFlag(pieces: readonly Piece[]): string | null {
  return pieces.find((piece) => readFlag(piece.text) !== null)?.text ?? null;
}
