/** The titles of columns: which row prints them, over one line or two, and what each column holds. */
import type { Box } from "../documents/page.ts";
import { foldCase, readFlag } from "./printed_flag.ts";
import { isUnit } from "./printed_unit.ts";
import { type ColumnRole, isTitleFiller, ROLE_OF_TITLE } from "./printed_words.ts";
import type { Column } from "./report_columns.ts";
import { type Row, sliceBox, unionBox } from "./report_layout.ts";
import { daysAgo, isDatePrinted, leastAgo, newestDate } from "./report_title_dates.ts";

/** A title row: its columns, and the section name some laboratories print where "test" would stand. */
export interface TitleRow {
  readonly columns: readonly Column[];
  readonly section: string | null;
}

interface Title {
  readonly role: ColumnRole | "date" | null;
  readonly text: string;
  readonly box: Box;
  readonly unit: string | null;
  /** "%" or "abs. G/l": one of several ways in which the rows print the same test. */
  readonly amount?: boolean;
  readonly grade?: boolean;
}

const LONGEST_TITLE_WORDS = 5;

/** The columns a row names, or null when it is not a title row. */
export function readTitleRow(row: Row): TitleRow | null {
  if (row.text.length > 240) return null;
  const cells = titleCells(row);
  // "Lab Results" and "Test Results" without a gap are headings.
  const isHeading = !row.text.includes("\t") && cells.every(({ role }) => role !== "unit" && role !== "range");
  return isHeading ? null : titleRowOf(cells);
}

/**
 * The columns that two rows name together, as in "Patient | Reference" over "Result | Interval"; null when they name none,
 * or when one of them does alone.
 */
export function readTitleRows(upper: Row, lower: Row): TitleRow | null {
  if (/\d/.test(upper.text + lower.text) || upper.text.length + lower.text.length > 240) return null;
  if (lower.box[1] - upper.box[3] > 0.8 * upper.height) return null;
  const [above, below] = [titleCells(upper), titleCells(lower)];
  if (above.length < 2 || below.length < 2 || above.length + below.length < 5) return null;
  const used = new Set<Title>();
  const cells = above.map((cell): Title => {
    const under = below.find((other) => !used.has(other) && other.box[0] < cell.box[2] && other.box[2] > cell.box[0]);
    if (under === undefined) return cell;
    used.add(under);
    const text = `${cell.text} ${under.text}`;
    const role = roleOf(text) ?? looseRole(text) ?? under.role ?? cell.role;
    return { role, text, box: unionBox([cell.box, under.box]), unit: cell.unit ?? under.unit };
  });
  cells.push(...below.filter((cell) => !used.has(cell)));
  return used.size < 2 ? null : titleRowOf(cells.sort((a, b) => a.box[0] - b.box[0]));
}

/**
 * The columns of a cumulative report whose days stand in a line of their own, over the hours and the other titles; null
 * when the two lines are none.
 */
export function readDatedTitles(days: Row, below: Row): TitleRow | null {
  if (days.text.length > 240 || below.text.length > 240 || below.box[1] - days.box[3] > 1.5 * days.height) return null;
  const dates = titleCells(days);
  if (dates.length < 2 || dates.some(({ role }) => role !== "date")) return null;
  const others = titleCells(below).filter(({ role }) => role !== null && role !== "date");
  if (!others.some(({ role }) => role === "unit" || role === "range")) return null;
  return titleRowOf([...dates, ...others].sort((a, b) => a.box[0] - b.box[0]));
}

function titleRowOf(all: readonly Title[]): TitleRow | null {
  // One unit alone heads nothing; two of them head the share and the number.
  const amounts = all.filter((cell) => cell.amount === true).length;
  const plain = amounts >= 2 ? all : all.map((cell) => cell.amount === true ? { ...cell, role: null } : cell);
  const cells = withFlagTitle(withGradeTitles(plain));
  const known = cells.filter((cell) => cell.role !== null && cell.role !== "date");
  const dates = cells.filter((cell) => cell.role === "date");
  const strange = cells.filter((cell) => cell.role === null);
  const roles = new Set(known.map((cell) => cell.role));
  const tells = roles.has("result") || roles.has("range") || (dates.length >= 2 && known.length > 0);
  if (!tells || known.length + dates.length < 2 && strange.length !== 1) return null;
  if (strange.length > 1 || cells.length < 2) return null;
  if (roles.size + (dates.length > 0 ? 1 : 0) + strange.length < 2) return null;
  const [odd] = strange;
  // "Dosage | Jour du cycle | Valeur attendue": in a table of ranges without results it is a column of something else.
  const between = roles.has("name") && roles.has("range") && !roles.has("result") && !roles.has("previous") &&
    dates.length === 0 && isShortTitle(odd?.text ?? "");
  if (odd !== undefined && odd !== cells[0] && !between) return null;
  // A stranger alone beside "Result" must look like a heading, not like a sentence.
  if (odd !== undefined && (/[:.;]$|\d{3}/.test(odd.text) || odd.text.split(" ").length > 7)) return null;
  return { columns: toColumns(cells), section: odd === cells[0] ? odd?.text ?? null : null };
}

/** A row that only goes on with the titles above it ("Reference" over "Range"). */
export function continueTitles(titles: TitleRow, row: Row): TitleRow | null {
  const cells = titleCells(row);
  if (cells.length === 0 || cells.some((cell) => cell.role === null || cell.role === "date")) return null;
  const columns = titles.columns.map((column) => {
    const below = cells.find((cell) => cell.box[0] < column.box[2] && cell.box[2] > column.box[0]);
    if (below === undefined) return column;
    const title = `${column.title} ${below.text}`;
    const box = unionBox([column.box, below.box]);
    return { role: ROLE_OF_TITLE.get(foldCase(title)) ?? column.role, title, box, unit: column.unit ?? below.unit };
  });
  const added = cells.filter((cell) =>
    !titles.columns.some((column) => cell.box[0] < column.box[2] && cell.box[2] > column.box[0])
  );
  return {
    ...titles,
    columns: [...columns, ...toColumns(added).filter((column) => column.title !== "")].sort((a, b) =>
      a.box[0] - b.box[0]
    ),
  };
}

/** "Low | Normal | High | Units | Reference range": each value stands under the word that grades it. */
function withGradeTitles(cells: readonly Title[]): readonly Title[] {
  const flags = cells.map(({ text, role }) => role === "result" || role === "range" ? null : readFlag(text));
  const graded = flags.includes("N") && (flags.includes("L") || flags.includes("H"));
  if (!graded || !cells.some(({ role }) => role === "range") || cells.some(({ role }) => role === "result")) {
    return cells;
  }
  return cells.map((cell, at) => {
    const flag = flags[at] ?? "";
    if (!/^[LHN]$/.test(flag)) return cell;
    return { ...cell, role: "result", ...(flag === "N" ? {} : { grade: true }) };
  });
}

/** "Sonuç | D | Birim": a letter or two that head a column between results and their units head marks. */
function withFlagTitle(cells: readonly Title[]): readonly Title[] {
  const results = cells.findIndex(({ role }) => role === "result");
  if (cells.length < 4 || results < 0) return cells;
  return cells.map((cell, at) => {
    const heads = cell.role === null && at > 0 && Math.abs(at - results) === 1 && /^\p{L}{1,2}\.?$/u.test(cell.text);
    return heads ? { ...cell, role: "flag" } : cell;
  });
}

function isShortTitle(text: string): boolean {
  return /^\p{Lu}[^\d:;.!?]{1,24}$/u.test(text) && text.split(" ").length <= 3;
}

function toColumns(cells: readonly Title[]): Column[] {
  // Of several dated columns the newest is the result, wherever it stands.
  const dates = cells.filter((cell) => cell.role === "date");
  const heads = dates.map((cell) => cell.text);
  const newest = dates[newestDate(heads)?.index ?? leastAgo(heads) ?? -1];
  const named = cells.some((cell) => cell.role === "name");
  const hasResult = cells.some((cell) => cell.role === "result");
  const columns = cells.map((cell): Column => {
    let role: ColumnRole;
    if (cell.role === "date") role = !hasResult && cell === newest ? "result" : "previous";
    else role = cell.role ?? (named ? "other" : "name");
    // "Date" before the days of a cumulative report heads the names.
    if (!named && cell === cells[0] && dates.length > 1 && cell.role === "other") role = "name";
    // "Target | Result | Expected": of two ranges the first one names what was looked for.
    const ranges = cells.filter((each) => each.role === "range").length;
    if (!named && hasResult && cell === cells[0] && cell.role === "range" && ranges > 1) role = "name";
    const amount = role === "result" && cell.amount === true ? { amount: true } : {};
    const grade = cell.grade === true ? { grade: true } : {};
    return { role, box: cell.box, title: cell.text, unit: cell.unit, ...amount, ...grade };
  });
  const first = columns[0];
  if (first === undefined || columns.some((column) => column.role === "name")) return columns;
  // Many laboratories leave the column of names without a title.
  const [left, top, , bottom] = first.box;
  return [{ role: "name", title: "", box: [0, top, Math.max(1, left - 1), bottom], unit: null }, ...columns];
}

function titleCells(row: Row): Title[] {
  const titles: Title[] = [];
  let offset = 0;
  for (const cell of row.text.split("\t")) {
    const start = offset;
    offset += cell.length + 1;
    const trimmed = cell.trim();
    if (trimmed.length === 0) continue;
    // The hour under the day of a cumulative report.
    if (/^\d{1,2}[:h]\d{2}$/.test(trimmed)) continue;
    if (/^\d{1,2}\.\d{2}$/.test(trimmed) && titles.length > 0) continue;
    const whole = { text: trimmed, box: sliceBox(row, start, start + cell.length), unit: null };
    if (isDatePrinted(trimmed) || daysAgo(trimmed) !== null) {
      titles.push({ role: "date", ...whole });
      continue;
    }
    const amount = amountTitle(trimmed);
    if (amount !== null) {
      titles.push({ ...whole, role: "result", unit: amount.unit, amount: true });
      continue;
    }
    const parts = titlesOfCell(cell);
    // A sentence about results is no title: what is not listed counts only where its cell ends like one.
    if (parts === null) {
      titles.push({ role: /[:;,]$|\p{L}{5}\.$/u.test(trimmed) ? null : looseRole(trimmed), ...whole });
    } else {
      for (const { role, start: from, end, unit } of parts) {
        titles.push({ role, text: cell.slice(from, end), box: sliceBox(row, start + from, start + end), unit });
      }
    }
  }
  return titles;
}

/** "%", "/mm³", "rel. %", "Absolut (G/l)": a column of amounts in this unit; null for other titles. */
function amountTitle(text: string): { readonly unit: string | null } | null {
  const kind =
    /^(?:(?:valor(?:e|es)?|wert|value|result(?:at|ado)?s?) )?(?:rel|abs)(?:\.|ativ\p{L}*|ol[uú]\p{L}*)?(?=$|[\s[(])/iu
      .exec(text)?.[0] ?? "";
  const rest = text.slice(kind.length).trim().replace(/^[[(]|[\])]$/g, "");
  if (rest === "") return kind === "" ? null : { unit: null };
  return isUnit(rest) && /[%/‰]/.test(rest) ? { unit: rest } : null;
}

interface TitlePart {
  readonly role: ColumnRole;
  readonly start: number;
  readonly end: number;
  readonly unit: string | null;
}

/** The titles one cell consists of ("Result Unit" is two), or null when it holds other words too. */
function titlesOfCell(cell: string): TitlePart[] | null {
  const words = [...cell.matchAll(/\S+/g)].map((match) => ({ text: match[0], start: match.index }));
  if (words.length > 12) return null;
  const parts: TitlePart[] = [];
  for (let at = 0; at < words.length;) {
    let taken = 0;
    for (let count = Math.min(LONGEST_TITLE_WORDS, words.length - at); count > 0 && taken === 0; count--) {
      const phrase = words.slice(at, at + count).map((word) => word.text).join(" ");
      const role = roleOf(phrase);
      if (role === undefined) continue;
      const last = words[at + count - 1];
      const first = words[at];
      if (first === undefined || last === undefined) continue;
      const end = last.start + last.text.length;
      const before = parts.at(-1);
      // "Current Result and Flag": words after "and" say what else stands in the same column.
      if (
        before !== undefined && (before.role === role || /^(?:and|und|et|y|e|\/|&)$/i.test(words[at - 1]?.text ?? ""))
      ) {
        parts[parts.length - 1] = { ...before, end };
      } else parts.push({ role, start: first.start, end, unit: null });
      taken = count;
    }
    if (taken === 0) {
      const word = words[at]?.text ?? "";
      const before = parts.at(-1);
      const unit = unitOfTitle(word, words[at - 1]?.text ?? "", before?.role);
      if (unit !== null && before !== undefined) parts[parts.length - 1] = { ...before, unit };
      else if (!isTitleFiller(foldCase(word)) && !/^[([].*[)\]]$/.test(word)) return null;
      taken = 1;
    }
    at += taken;
  }
  return parts.length > 0 ? parts : null;
}

/** "Result (mg/dL)", "Ergebnis in mmol/l", "Norm %". */
function unitOfTitle(word: string, before: string, role: ColumnRole | undefined): string | null {
  const bare = /^(?:in|en|em)$/i.test(before) || (role === "range" && /[%/]/.test(word)) ? word : "";
  const inner = /^[([](.+)[)\]]$/.exec(word)?.[1] ?? bare;
  return inner !== "" && isUnit(inner) ? inner : null;
}

const EARLIER = /\b(?:prev|prior|last|vor|ant[ei.]|prec|onceki|vorig|hist|dat[eu]|datum|fecha|tarih)/;
const LOOSE: readonly (readonly [ColumnRole, RegExp])[] = [
  [
    "range",
    /\b(?:refer\w*|ref\.|rif\.|riferimento|referans|normal ?(?:range|werte?|bereich|values?)|limit(?:es?|s|i)?\b|grenzwerte?\b)|参考/,
  ],
  [
    "result",
    /\b(?:results?|ergebnis\w*|resultats?|resultados?|risultat[oi]|sonuc\w*|uitslag\w*|resulta(?:at|ten))\b|结果/,
  ],
  ["unit", /\b(?:units?|einheit(?:en)?|unites?|unidad(?:es)?|unita|unidades?|eenheid|birim)\b|单位/],
];

/** The role of a title that no list holds, by the word in it that tells: "V. Referencia", "Lab result". */
function looseRole(text: string): ColumnRole | null {
  // "Limite OMS 2021": whose limits, and of which year.
  const folded = foldCase(text).replace(/ ?[([]?\b(?:19|20)\d\d\b[)\]]?/, "");
  if (folded.split(" ").length > 4 || /\d/.test(folded) || folded.length > 32 || EARLIER.test(folded)) return null;
  const roles = LOOSE.filter(([, word]) => word.test(folded));
  return roles.length === 1 ? roles[0]?.[0] ?? null : null;
}

/** "Ihr Wert", "Your result" */
const POSSESSIVE = /^(?:ihre?|your|my|votre|vos|mon|mes|sus?|tus?|seus?|sua|suo|suoi|uw|mijn) /;

function roleOf(phrase: string): ColumnRole | undefined {
  const folded = foldCase(phrase).replace(POSSESSIVE, "");
  return ROLE_OF_TITLE.get(folded) ?? ROLE_OF_TITLE.get(folded.replace(/[:.*]+$|^[([]|[)\]]$/g, ""));
}
