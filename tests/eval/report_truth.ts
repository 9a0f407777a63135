/** Documents to measure with and what is printed on them: `<name>.truth.json` beside `<name>.pdf`, `.png`, … */
import { z } from "zod";

const text = z.string().nullish().transform((value) => value ?? null);
const number = z.number().nullish().transform((value) => value ?? null);

const printedTruth = z.object({
  test_name: z.string(),
  value: number,
  value_text: text,
  comparator: text,
  unit: text,
  reference_min: number,
  reference_max: number,
  reference_text: text,
  flag: text,
  page: z.number().int().default(1),
  loinc_accepted: z.array(z.string()).nullish().transform((codes) => codes ?? []),
});

const reportTruth = z.object({
  collection_date: text,
  text_layer: z.string().nullish().transform((value) => value ?? "none"),
  results: z.array(printedTruth),
});

export type PrintedTruth = z.output<typeof printedTruth>;
export type ReportTruth = z.output<typeof reportTruth>;

export interface TruthDocument {
  /** Relative to the folder that was asked for. */
  readonly name: string;
  readonly path: string;
  /** Null where nobody wrote down what the document says. */
  readonly truth: ReportTruth | null;
}

const documentEnding = /\.(?:pdf|png|jpe?g|tiff?|webp)$/i;

/** Every document below `folder`, by name; several files of one stem share its truth. Throws when a truth is malformed. */
export async function findDocuments(folder: string): Promise<TruthDocument[]> {
  const found: TruthDocument[] = [];
  for await (const path of filesBelow(folder)) {
    if (!documentEnding.test(path)) continue;
    const truth = await readTruth(path.replace(documentEnding, ".truth.json"));
    found.push({ name: path.slice(folder.length).replace(/^\/+/, ""), path, truth });
  }
  return found.sort((a, b) => a.name < b.name ? -1 : 1);
}

export function parseTruth(json: unknown): ReportTruth {
  return reportTruth.parse(json);
}

async function* filesBelow(folder: string): AsyncGenerator<string> {
  for await (const entry of Deno.readDir(folder)) {
    const path = `${folder.replace(/\/+$/, "")}/${entry.name}`;
    const { isDirectory } = entry.isSymlink ? await Deno.stat(path) : entry;
    if (isDirectory) yield* filesBelow(path);
    else yield path;
  }
}

async function readTruth(path: string): Promise<ReportTruth | null> {
  let json: string;
  try {
    json = await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
  return parseTruth(JSON.parse(json));
}
