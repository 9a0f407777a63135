/**
 * From the pieces of one row to the result it prints.
 *
 * Two readers: by columns where a title row said what they hold, by order of kinds (name, value, unit, range) elsewhere.
 * Whether a draft is believed is decided in read_results.ts, which sees the rows around it.
 */
import type { Box } from "../documents/page.ts";
import { type DecimalMark, readNumber } from "./printed_number.ts";
import { type Comparator, COMPARATOR_SIGN, readComparator, readRange } from "./printed_range.ts";
import { isUnit, normalUnit } from "./printed_unit.ts";
import { readFlag } from "./printed_flag.ts";
import { assignColumns, type Column } from "./report_columns.ts";
import type { Piece } from "./row_pieces.ts";
import { type Row, sliceConfidence, unionBox } from "./report_layout.ts";

/** A result as one row prints it; the name is null where the row has none of its own. */
export interface Draft {
  readonly name: string | null;
  readonly nameBox: Box | null;
  readonly value: number | null;
  readonly value_text: string;
  readonly comparator: Comparator | null;
  readonly unit: string | null;
  readonly reference_min: number | null;
  readonly reference_max: number | null;
  readonly reference_text: string | null;
  readonly flag: string | null;
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
const VALUE_KINDS = new Set<Piece["kind"]>(["number", "bounded", "titre"]);

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
  for (const [from, to] of blocksOf(columns)) {
    const inRole = (role: Column["role"]) =>
      pieces.filter((_, index) => {
        const at = assigned.columns[index] ?? -1;
        return at >= from && at < to && columns[at]?.role === role;
      });
    const name = nameOf(row, inRole("name"), true);
    const result = asWords(inRole("result"), VALUE_KINDS);
    if (result.every((piece) => piece.kind === "mark" || piece.kind === "flag")) {
      // "+" alone in the result column is a result of a strip test.
      if (!result.some((piece) => piece.kind === "flag" && /^(?:\+{1,4}|-|\(\+\))$/.test(piece.text))) continue;
    }
    drafts.push(...fromRoles(row, {
      name,
      result,
      unit: inRole("unit"),
      range: asWords(inRole("range"), RANGE_KINDS),
      flag: inRole("flag"),
      separated: true,
      leftover: runningWords(result),
    }, mark, true));
  }
  // Numbers that all lie in columns of earlier results are none of today's.
  const roles = assigned.columns.map((at) => columns[at]?.role);
  const explained = drafts.length === 0 && roles.includes("previous") &&
    pieces.every((piece, index) => !VALUE_KINDS.has(piece.kind) || /previous|range/.test(roles[index] ?? ""));
  return { drafts, misfit: assigned.misfit, stray: assigned.stray, explained };
}

/** Words that run on behind a number in its own cell: prose, not a result. */
function runningWords(result: readonly Piece[]): number {
  const value = result.findIndex((piece) => VALUE_KINDS.has(piece.kind));
  if (value < 0) return 0;
  const cell = result[value]?.cell;
  return result.slice(value + 1)
    .filter((piece) => piece.kind === "text" && piece.cell === cell && !piece.text.startsWith("("))
    .reduce((sum, piece) => sum + piece.text.split(" ").length, 0);
}

/** "Normal" in a result or range column is what is printed there, not a flag beside it. */
function asWords(pieces: readonly Piece[], unless: ReadonlySet<Piece["kind"]>): Piece[] {
  if (pieces.some((piece) => unless.has(piece.kind))) return [...pieces];
  return pieces.map((piece) =>
    piece.kind === "flag" && /\p{L}{3}|\p{Script=Han}/u.test(piece.text) ? { ...piece, kind: "words" } : piece
  );
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

interface Roles {
  readonly name: { readonly text: string; readonly box: Box; readonly unit: string | null } | null;
  readonly result: readonly Piece[];
  readonly unit: readonly Piece[];
  readonly range: readonly Piece[];
  readonly flag: readonly Piece[];
  readonly separated: boolean;
  readonly leftover: number;
}

function fromRoles(row: Row, roles: Roles, mark: DecimalMark, byColumns: boolean): Draft[] {
  const values = valuesOf(row, roles.result);
  const ranges = rangesOf(row, roles.range, mark);
  const cells = roles.result.filter((piece) => piece.kind === "number" && piece.opensCell).length;
  // Of a range whose other half went astray nothing is kept.
  const torn = values.length === 1 && cells > 1 && /^[\d.,]+$/.test(ranges.all?.text ?? "");
  const flagText = sliceOf(row, roles.flag.filter((piece) => piece.kind !== "mark"));
  const valueAt = roles.result.findIndex((piece) => VALUE_KINDS.has(piece.kind));
  // A mark behind the value outweighs one before it, which may be a dash or dirt.
  const inResult = [...roles.result.slice(valueAt + 1), ...roles.result.slice(0, Math.max(0, valueAt))]
    .filter((piece) => piece.kind === "flag");
  const inRange = roles.range.filter((piece) => piece.kind === "flag");
  const flag = readFlag(flagText ?? "") ?? firstFlag(roles.flag) ?? firstFlag(inResult) ?? firstFlag(inRange);
  const ownUnit = unitOf(row, roles.unit);
  return values.map((value, index) => {
    const unit = ownUnit ?? value.unit ?? (index === 0 ? ranges.unit : null) ?? roles.name?.unit ?? null;
    // "Monocytes %" names its unit where no other is printed.
    const percent = unit === null && value.kind === "number" && /\p{L}.*\s%$/u.test(roles.name?.text ?? "");
    const range = values.length === 1 ? (torn ? null : ranges.all) : ranges.each[index] ?? null;
    const used = [...roles.result, ...roles.unit, ...roles.range, ...roles.flag];
    const boxes = used.map((piece) => piece.box);
    if (roles.name !== null) boxes.push(roles.name.box);
    const text = value.text;
    const sign = new RegExp(`^${COMPARATOR_SIGN}`, "u").exec(text)?.[0] ?? "";
    const numeric = value.kind === "number" || value.kind === "bounded";
    return {
      name: (percent ? roles.name?.text.replace(/\s%$/, "") : roles.name?.text) ?? null,
      nameBox: roles.name?.box ?? null,
      value: numeric ? readNumber(text.slice(sign.length), mark) : null,
      value_text: text,
      comparator: numeric && sign.length > 0 ? readComparator(sign) : null,
      unit: percent ? "%" : unit,
      reference_min: range?.min ?? null,
      reference_max: range?.max ?? null,
      reference_text: range?.text ?? null,
      flag,
      box: unionBox(boxes),
      byColumns,
      separated: roles.separated,
      leftover: roles.leftover,
      recognised: Math.min(1, ...used.map((piece) => sliceConfidence(row, piece.start, piece.end))),
    };
  });
}

interface Value {
  readonly text: string;
  readonly kind: Piece["kind"];
  readonly unit: string | null;
}

/** The value of a result cell; two where it prints the same result in two units: "10.02 mmol/L (0.60 g/L)". */
function valuesOf(row: Row, pieces: readonly Piece[]): Value[] {
  const main = pieces.findIndex((piece) => VALUE_KINDS.has(piece.kind));
  const found = pieces[main];
  if (found === undefined || (!found.opensCell && pieces.slice(0, main).some((piece) => piece.kind === "text"))) {
    const range = pieces.find((piece) => piece.kind === "range");
    const unit = pieces.find((piece) => piece.kind === "unit")?.text ?? null;
    if (range !== undefined && found === undefined) return [{ text: range.text, kind: "range", unit }];
    // Words count as a result as a whole: "nombreux Gram - ; quelques Gram +".
    const words = pieces.filter((piece) => piece.kind !== "mark");
    while (words.length > 1 && words.at(-1)?.kind === "unit" && words.at(-1)?.opensCell === true) words.pop();
    const trailing = words.length > 1 && words[0]?.kind === "words" && words.at(-1)?.kind === "flag";
    const text = sliceOf(row, trailing ? words.slice(0, -1) : words);
    return text === null ? [] : [{ text, kind: "words", unit: null }];
  }
  const values: Value[] = [{ text: found.text, kind: found.kind, unit: unitAfter(pieces, main) }];
  const second = pieces.findIndex((piece, index) => index > main && piece.kind === "number");
  const other = pieces[second];
  const otherUnit = second > 0 ? unitAfter(pieces, second) : null;
  const first = values[0];
  if (
    other !== undefined && otherUnit !== null && first !== undefined && first.unit !== null &&
    normalUnit(otherUnit) !== normalUnit(first.unit)
  ) {
    values.push({ text: other.text, kind: "number", unit: otherUnit });
  }
  return values;
}

function unitAfter(pieces: readonly Piece[], at: number): string | null {
  for (const piece of pieces.slice(at + 1)) {
    if (piece.kind === "unit") return piece.text;
    if (piece.kind !== "flag" && piece.kind !== "mark") return null;
  }
  return null;
}

interface Ranges {
  readonly all: { readonly text: string; readonly min: number | null; readonly max: number | null } | null;
  readonly each: readonly { readonly text: string; readonly min: number | null; readonly max: number | null }[];
  readonly unit: string | null;
}

function rangesOf(row: Row, pieces: readonly Piece[], mark: DecimalMark): Ranges {
  const unit = pieces.find((piece) => piece.kind === "unit")?.text ?? null;
  const limits = pieces.filter((piece) => piece.kind === "range" || piece.kind === "bounded");
  const each = limits.map((piece) => ({
    text: piece.text,
    ...(readRange(piece.text, mark) ?? { min: null, max: null }),
  }));
  let spoken = pieces.filter((piece) => piece.kind !== "mark" && piece.kind !== "flag");
  while (spoken.length > 0 && isTrailer(spoken.at(-1))) spoken = spoken.slice(0, -1);
  while (spoken.length > 0 && isTrailer(spoken[0])) spoken = spoken.slice(1);
  const text = sliceOf(row, spoken);
  if (text === null) return { all: null, each, unit };
  const [only] = each;
  const numbers = spoken.filter((piece) => piece.kind === "number");
  if (each.length === 1 && only !== undefined && numbers.length === 0) {
    // "N : 50-70% 20": what follows the range is not part of it.
    const labelled = spoken.every((piece) => piece.kind !== "text" || piece.text.length < 24);
    return { all: labelled && spoken.length > 1 ? { ...only, text } : only, each, unit };
  }
  if (each.length === 1 && only !== undefined) return { all: only, each, unit };
  const [low, high] = numbers.map((piece) => readNumber(piece.text, mark));
  // The two ends of a printed bar.
  if (each.length === 0 && numbers.length === 2 && spoken.length === 2 && low != null && high != null && low < high) {
    return { all: { text, min: low, max: high }, each, unit };
  }
  return { all: { text, min: null, max: null }, each, unit };
}

function isTrailer(piece: Piece | undefined): boolean {
  return piece !== undefined && (
    piece.kind === "unit" || piece.kind === "date" || (piece.kind === "text" && /^\([^)]*\)$/.test(piece.text))
  );
}

function unitOf(row: Row, pieces: readonly Piece[]): string | null {
  const units = pieces.filter((piece) => piece.kind === "unit");
  if (units[0] !== undefined) return units[0].text;
  // A unit nobody knows is still the unit when it stands in that column.
  const text = sliceOf(row, pieces.filter((piece) => piece.kind === "text" || piece.kind === "flag"));
  return text !== null && text.length <= 12 && text.split(" ").length <= 2 && !/^[-–—*]+$/.test(text) ? text : null;
}

function firstFlag(pieces: readonly Piece[]): string | null {
  for (const piece of pieces) {
    const flag = readFlag(piece.text);
    if (flag !== null) return flag;
  }
  return null;
}

/** The verbatim print from the first to the last of these pieces, gaps as blanks; null when there are none. */
export function sliceOf(row: Row, pieces: readonly Piece[]): string | null {
  const first = pieces[0];
  const last = pieces.at(-1);
  if (first === undefined || last === undefined) return null;
  const text = row.text.slice(first.start, last.end).replace(/\s+/g, " ").trim();
  return text.length > 0 ? text : null;
}

/** Leaders, colons, footnote marks and a unit at the end of a printed name are not part of it. */
export function cleanName(text: string): { readonly text: string; readonly unit: string | null } {
  let name = text.replace(/\s+/g, " ").replace(/[\s:;=]+$/, "").replace(/[.…·_]{2,}/g, " ");
  name = name.replace(/(?:\^[a-z\d]|[*†‡§¹²³]+|\s\(?\d\))+$/u, "").replace(/^[\s•·▪►*\-–—>]+(?=\S)/u, "").trim();
  let unit: string | null = null;
  const dangling = name.includes("(") ? null : /\s*(%)\)$/.exec(name);
  if (dangling !== null) return { text: name.slice(0, dangling.index), unit: "%" };
  const bracket = /\s*[([]\s?([^()[\]]{1,20})[)\]]?$/.exec(name);
  const inner = bracket?.[1] ?? "";
  if (bracket !== null && bracket.index > 0 && isUnit(inner) && /[/%‰]|^(?:fl|pg|sec|sek|mm|mmHg)$/i.test(inner)) {
    unit = inner;
    name = name.slice(0, bracket.index).trim();
  }
  return { text: name.replace(/[\s:;=]+$|(?:\s[-–'"´`.]+|['"´`]+)$/, "").replace(/(?<![.][\p{L}])(?<=\p{L}{4})\.$/u, ""), unit };
}

function nameOf(row: Row, pieces: readonly Piece[], byColumns: boolean): Roles["name"] {
  // A range is printed in brackets or with a label inside names; "HIV 1 e 2" and "CA 19-9" only look like one.
  const spoken = pieces.filter((piece) =>
    piece.kind !== "mark" && piece.kind !== "date" &&
    !(piece.kind === "range" && (/[(:]/.test(piece.text) || piece.opensCell || !byColumns))
  );
  if (!spoken.some((piece) => piece.kind === "text" || piece.kind === "words" || piece.kind === "unit")) return null;
  // Of two cells in the name column the last one names the test, the first groups several ("Antibiogramme").
  const cells = [...new Set(spoken.map((piece) => piece.cell))];
  const lettered = cells.filter((cell) =>
    spoken.some((piece) => piece.cell === cell && /\p{L}/u.test(piece.text) && piece.kind === "text")
  );
  const chosen = byColumns && cells.length > 1 ? lettered.at(-1) ?? cells.at(-1) : undefined;
  const own = chosen === undefined ? spoken : spoken.filter((piece) => piece.cell === chosen);
  const text = sliceOf(row, own);
  if (text === null) return null;
  const leaders = /[.…·]{2,}\s*(%|‰)\s*:?$|\s(%|‰)\s*:$/.exec(text);
  const cleaned = cleanName(leaders === null ? text : text.slice(0, leaders.index));
  // A method in brackets stands where the name of the line above would go on.
  if (!/\p{L}/u.test(cleaned.text) || /^[.\s]*\(.*\)?$/.test(cleaned.text)) return null;
  const box = unionBox(own.map((piece) => piece.box));
  return { text: cleaned.text, box, unit: leaders?.[1] ?? leaders?.[2] ?? cleaned.unit };
}

export { fromRoles, nameOf, type Roles };
