import type { UserId } from "../accounts/access.ts";
import type { Database } from "../platform/database.ts";
import type { RememberedName } from "./match_analyte.ts";
import { listSynonyms, putSynonym } from "./review_queries.ts";
import type { LabResult } from "./table.ts";

/** What a person said that a laboratory's names mean. */

/** By laboratory: its own names first, then those of documents that named no laboratory. */
export async function rememberedNames(
  db: Database,
  userId: UserId,
  laboratories: readonly string[],
): Promise<(laboratory: string | null) => readonly RememberedName[]> {
  const folded = laboratories.map(foldName);
  const synonyms = await listSynonyms(db, userId, folded);
  return (laboratory) => {
    const own = laboratory === null ? "" : foldName(laboratory);
    const names = new Map<string, string>();
    for (const place of ["", own]) {
      for (const { laboratory: where, printed_name, analyte } of synonyms) {
        if (where === place) names.set(printed_name, analyte);
      }
    }
    return [...names].map(([name, analyte]) => ({ name, analyte }));
  };
}

/** Remembers what the printed name of this result means; of a result that no document prints, nothing. */
export async function rememberName(db: Database, result: LabResult, analyte: string): Promise<void> {
  if (result.page === null) return;
  const printed_name = foldName(result.printed?.test_name ?? result.test_name);
  if (printed_name === "") return;
  await putSynonym(db, result.user_id, { laboratory: foldName(result.laboratory ?? ""), printed_name, analyte });
}

/** One spelling for a name in capitals, with other accents or other blanks. */
export function foldName(name: string): string {
  return name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/\s+/g, " ").trim().slice(0, 255);
}
