import { insertDocument, putPage } from "../../src/documents/queries.ts";
import type { Line } from "../../src/documents/page.ts";
import { extractResults } from "../../src/labs/extract.ts";
import { text } from "../support/ollama.ts";
import type { World } from "../support/world.ts";

/** Documents that have been read, without a file or a reader. */

/** Lines of print as a reader gives them: words 7 points a letter, columns where a tab stands. */
export function lines(...printed: string[]): Line[] {
  return printed.map((line, row) => ({
    words: line.split("\t").flatMap((cell, column) => {
      let left = 50 + column * 150;
      return cell.split(" ").map((word) => {
        const start = left;
        left += word.length * 7 + 7;
        return { text: word, box: [start, 100 + row * 20, left - 7, 112 + row * 20] as const };
      });
    }),
  }));
}

export const table = [
  "Test\tResult\tUnit\tReference range",
  "Ferritin\t85\tng/mL\t20 - 250",
  "Hemoglobin\t13.2\tg/dL\t13.5 - 17.5",
];

export interface StoredDocument {
  readonly id: string;
  readonly user_id: string;
}

/** Each page is a list of lines; `more` are columns of the document. */
export async function storeDocument(
  world: World,
  print: readonly string[] | readonly (readonly string[])[],
  more: Record<string, unknown> = {},
): Promise<StoredDocument> {
  const user_id = typeof more.user_id === "string" ? more.user_id : await world.createUser();
  const id = crypto.randomUUID();
  const file_id = crypto.randomUUID();
  await world.ctx.database.execute(`insert into stored_file (id) values ('${file_id}')`);
  await insertDocument(world.ctx.database, {
    id,
    file_id,
    title: "Report",
    document_type: "lab_report",
    file_type: "application/pdf",
    file_size: 1,
    content_hash: id,
    status: "parsed",
    ...more,
    user_id,
  });
  const pages = (typeof print[0] === "string" ? [print] : print) as readonly (readonly string[])[];
  for (const [index, page] of pages.entries()) {
    const size = { number: index + 1, width: 595, height: 842 };
    await putPage(world.ctx.database, id, { ...size, source: "text_layer", lines: lines(...page) });
  }
  return { id, user_id };
}

export interface Lab {
  readonly id: string;
  readonly test_name: string;
  readonly test_code: string | null;
  readonly value: number | null;
  readonly value_text: string;
  readonly comparator: string | null;
  readonly qualitative: string | null;
  readonly titre: number | null;
  readonly unit: string;
  readonly reference_min: number | null;
  readonly reference_max: number | null;
  readonly reference_min_inclusive: boolean | null;
  readonly reference_max_inclusive: boolean | null;
  readonly reference_text: string | null;
  readonly status: string | null;
  readonly flag: string | null;
  readonly recorded_at: string | null;
  readonly found_by: string;
  readonly confidence: number | null;
  readonly needs_review: boolean;
  readonly review_reasons: readonly string[];
  readonly review_status: string;
  readonly reviewed_at: string | null;
  readonly analyte: string | null;
  readonly loinc_status: string | null;
  readonly specimen: string | null;
  readonly page: number | null;
  readonly box: readonly number[] | null;
}

export interface Results {
  readonly results_refused: number;
  readonly unreviewed: number;
  readonly needs_review: number;
  readonly pages: readonly { number: number; width: number; height: number; image: string }[];
  readonly results: readonly (Lab & { candidates: readonly { analyte: string }[]; printed: Partial<Lab> | null })[];
}

export async function extract(world: World, document: StoredDocument): Promise<void> {
  await extractResults(world.ctx, document.id, new AbortController().signal);
}

/** Reads the results out of the document and gives all that this person has. */
export async function extracted(world: World, document: StoredDocument): Promise<Lab[]> {
  await extract(world, document);
  return await world.json<Lab[]>(`/labs?user_id=${document.user_id}&days=36500`);
}

/** What a model answers that has read these: name, value, unit and range. */
export const answer = (...results: [string, string, string | null, (string | null)?][]) =>
  text(JSON.stringify({
    lab_results: results.map(([test_name, value_text, unit, range]) => ({
      test_name,
      value_text,
      unit,
      reference_text: range ?? null,
      flag: null,
    })),
  }));
