/**
 * Makes pages of what Docling found. Pure.
 *
 * Docling knows paragraphs and tables rather than words: a word's box is estimated from its place in them, and where
 * there are no positions at all, text is laid out as on a typewriter, so that columns stay apart.
 */
import { z } from "zod";
import { groupLines } from "./lines.ts";
import type { Box, Line, Page, Word } from "./page.ts";

const DoclingBox = z.object({
  l: z.number(),
  t: z.number(),
  r: z.number(),
  b: z.number(),
  coord_origin: z.string().default("TOPLEFT"),
});

const Provenance = z.array(z.object({ page_no: z.number().int(), bbox: DoclingBox })).default([]);

const TableCell = z.object({
  text: z.string(),
  bbox: DoclingBox.nullish(),
  start_row_offset_idx: z.number().int(),
  start_col_offset_idx: z.number().int(),
});

/** The parts of docling-core's DoclingDocument (schema 1.x) that hold text. */
export const DoclingDocument = z.object({
  pages: z.record(z.string(), z.object({ size: z.object({ width: z.number(), height: z.number() }) })),
  texts: z.array(z.object({ text: z.string(), prov: Provenance })).default([]),
  tables: z.array(z.object({ prov: Provenance, data: z.object({ table_cells: z.array(TableCell) }) })).default([]),
});

type Document = z.infer<typeof DoclingDocument>;
type Cell = z.infer<typeof TableCell>;

/** A typewriter's letter, in points. */
const LETTER = { width: 6, height: 12 };
const COLUMN_GAP = 3;

/** All pages of the document in order, blank ones as well. */
export function documentPages(document: Document): Page[] {
  return Object.entries(document.pages)
    .map(([key, { size }]) => ({ number: Number(key), ...size }))
    .sort((a, b) => a.number - b.number)
    .map(({ number, width, height }) => {
      const texts = document.texts.flatMap(({ text, prov }) =>
        prov.filter(({ page_no }) => page_no === number).slice(0, 1).map(({ bbox }) => {
          const box = fromTop(bbox, height);
          return { box, words: spread(text, box) };
        })
      );
      const rows = document.tables.flatMap(({ prov, data }) => {
        const place = prov.find(({ page_no }) => page_no === number);
        return place === undefined ? [] : tableLines(data.table_cells, fromTop(place.bbox, height), height);
      });
      const lines = groupLines(texts.filter(({ words }) => words.length > 0))
        .map((row): Line => ({ words: row.flatMap(({ words }) => words) }));
      return { number, width, height, source: "docling", lines: inReadingOrder([...lines, ...rows]) };
    });
}

/** One page, since markdown knows none; rows of tables are lines. */
export function markdownPages(markdown: string): Page[] {
  const lines: Line[] = [];
  let table: string[][] = [];
  const endTable = () => {
    lines.push(...typedTable(table, lines.length * LETTER.height));
    table = [];
  };
  for (const row of markdown.split("\n").map((line) => line.trim())) {
    const cells = tableCells(row);
    if (cells !== null) {
      if (!cells.every((cell) => /^:?-+:?$/.test(cell))) table.push(cells);
      continue;
    }
    endTable();
    const text = plainText(row);
    if (text !== "") lines.push(...typedTable([[text]], lines.length * LETTER.height));
  }
  endTable();
  if (lines.length === 0) return [];
  const width = Math.max(...lines.map((line) => line.words.at(-1)!.box[2]));
  return [{ number: 1, width, height: lines.length * LETTER.height, source: "docling", lines }];
}

/** A line for each row of the table; cells without a position share the table's box as on a typewriter. */
function tableLines(cells: readonly Cell[], table: Box, pageHeight: number): Line[] {
  const rows = Map.groupBy(cells, (cell) => cell.start_row_offset_idx);
  const sorted = [...rows].sort(([a], [b]) => a - b).map(([, row]) =>
    row.toSorted((a, b) => a.start_col_offset_idx - b.start_col_offset_idx)
  );
  if (cells.every((cell) => cell.bbox !== null && cell.bbox !== undefined)) {
    return sorted
      .map((row) => ({ words: row.flatMap((cell) => spread(cell.text, fromTop(cell.bbox!, pageHeight))) }))
      .filter((line) => line.words.length > 0);
  }
  const columns = Math.max(...cells.map((cell) => cell.start_col_offset_idx)) + 1;
  const texts = sorted.map((row) => {
    const line = Array.from({ length: columns }, () => "");
    for (const cell of row) line[cell.start_col_offset_idx] = cell.text.trim();
    return line;
  });
  return typedTable(texts, 0).map((line) => ({ words: line.words.map((word) => moved(word, table, texts.length)) }));
}

/** Into the table's box: one row's height each, letters as wide as the typewriter's. */
function moved(word: Word, [left, top, , bottom]: Box, rows: number): Word {
  const height = (bottom - top) / rows;
  const row = word.box[1] / LETTER.height;
  return {
    text: word.text,
    box: [left + word.box[0], top + row * height, left + word.box[2], top + (row + 1) * height],
  };
}

function typedTable(rows: readonly (readonly string[])[], top: number): Line[] {
  const widths: number[] = [];
  for (const row of rows) row.forEach((cell, index) => widths[index] = Math.max(widths[index] ?? 0, cell.length));
  return rows.map((row, index): Line => {
    let column = 0;
    const y = top + index * LETTER.height;
    const words = row.flatMap((cell, at) => {
      const left = column * LETTER.width;
      column += widths[at]! + COLUMN_GAP;
      return spread(cell, [left, y, left + cell.length * LETTER.width, y + LETTER.height]);
    });
    return { words };
  }).filter((line) => line.words.length > 0);
}

/** The words of a text in one box, each as wide as its share of the letters. */
function spread(text: string, [left, top, right, bottom]: Box): Word[] {
  const letter = (right - left) / Math.max(1, text.length);
  return [...text.matchAll(/\S+/g)].map((match) => {
    const from = left + match.index * letter;
    return { text: match[0], box: [from, top, from + match[0].length * letter, bottom] };
  });
}

function inReadingOrder(lines: readonly Line[]): Line[] {
  return lines.toSorted((a, b) => a.words[0]!.box[1] - b.words[0]!.box[1]);
}

function fromTop({ l, t, r, b, coord_origin }: z.infer<typeof DoclingBox>, pageHeight: number): Box {
  const [top, bottom] = coord_origin === "BOTTOMLEFT" ? [pageHeight - t, pageHeight - b] : [t, b];
  return [l, Math.min(top, bottom), r, Math.max(top, bottom)];
}

/** The cells of a markdown row, or null for any other line. */
function tableCells(row: string): string[] | null {
  if (!row.startsWith("|")) return null;
  const cells = row.replace(/^\|/, "").replace(/\|$/, "").split(/(?<!\\)\|/);
  return cells.map((cell) => plainText(cell.trim()));
}

/** Without what is markdown's: headings, bullets, emphasis, picture placeholders, entities and escapes. */
function plainText(row: string): string {
  return row
    .replace(/^#+\s+|^[-*+]\s+(?=\p{L})/u, "")
    .replaceAll(/<!--.*?-->/g, "")
    .replaceAll(/\*\*(.+?)\*\*/g, "$1")
    .replaceAll(/\\([\\`*_{}[\]()#+\-.!|<>])/g, "$1")
    .replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&")
    .trim();
}
