/** The name of a test as printed: without leaders, footnote marks and the unit some laboratories put behind it. */
import type { Box } from "../documents/page.ts";
import { isUnit } from "./printed_unit.ts";
import { closed, sliceOf } from "./row_cells.ts";
import type { Piece } from "./row_pieces.ts";
import { type Row, unionBox } from "./report_layout.ts";

export interface PrintedName {
  readonly text: string;
  readonly box: Box;
  readonly unit: string | null;
}

/** Leaders, colons, footnote marks and a unit at the end of a printed name are not part of it. */
export function cleanName(text: string): { readonly text: string; readonly unit: string | null } {
  let name = text.replace(/\s+/g, " ").replace(/[\s:;=]+$/, "").replace(/[.…·_]{2,}/g, " ");
  name = name.replace(/(?:\^[a-z\d]|[*†‡§¹²³]+|\s\(?\d\))+$/u, "").replace(/^[\s•·▪►*\-–—>]+(?=\S)/u, "").trim();
  // A running number is not part of the name; "1. Stunde" is.
  name = name.replace(
    /^(?:\d{1,3}[.)]|\d{1,2}(?:\.\d{1,2}){1,2}\.?) (?=\p{L})(?!(?:stunde|std|h|hour|heure|hora|ora|saat|uur)\b)/iu,
    "",
  );
  let unit: string | null = null;
  const dangling = name.includes("(") ? null : /\s*(%)\)$/.exec(name);
  if (dangling !== null) return { text: name.slice(0, dangling.index), unit: "%" };
  const bracket = /\s*[([]\s?([^()[\]]{1,20})[)\]]?\.?$/.exec(name);
  const inner = bracket?.[1] ?? "";
  if (bracket !== null && bracket.index > 0 && isUnit(inner) && /[/%‰]|^(?:fl|pg|sec|sek|mm|mmHg)$/i.test(inner)) {
    unit = inner;
    name = name.slice(0, bracket.index).trim();
  }
  return {
    text: name.replace(/[\s:;=]+[-–]?$|(?:\s[-–'"´`.]+|['"´`]+)$/, "").replace(/(?<![.][\p{L}])(?<=\p{L}{4})\.$/u, ""),
    unit,
  };
}

/** The name these pieces print, or null when they hold none. */
export function nameOf(row: Row, pieces: readonly Piece[], byColumns: boolean): PrintedName | null {
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
  const text = closed(row, sliceOf(row, own), own.at(-1));
  if (text === null) return null;
  const leaders = /[.…·]{2,}\s*(%|‰)\s*:?$|\s(%|‰)\s*:$/.exec(text);
  const cleaned = cleanName(leaders === null ? text : text.slice(0, leaders.index));
  // A method in brackets stands where the name of the line above would go on.
  if (!/\p{L}/u.test(cleaned.text) || /^[.\s]*\(.*\)?$/.test(cleaned.text)) return null;
  const box = unionBox(own.map((piece) => piece.box));
  return { text: cleaned.text, box, unit: leaders?.[1] ?? leaders?.[2] ?? cleaned.unit };
}
