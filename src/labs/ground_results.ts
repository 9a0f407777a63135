import { lineText, type Page } from "../documents/page.ts";
import type { PrintedResult } from "./read_results.ts";
import type { ReviewReason } from "./table.ts";

/**
 * The last check before anything is stored: what does not occur in the page's text is not kept, whoever read it.
 *
 * A name or a value that is not there takes the result with it; a unit or a range is left out, and the result is one
 * that a person should look at. Each counts as one refusal.
 */

export interface Grounded<Result> {
  readonly results: readonly Result[];
  readonly refused: number;
}

/** `pages` are gone through once; results keep their order. */
export async function groundResults<
  Result extends PrintedResult & { readonly review_reasons: readonly ReviewReason[] },
>(
  results: readonly Result[],
  pages: AsyncIterable<Page>,
): Promise<Grounded<Result>> {
  const kept = new Map<Result, Result>();
  let refused = 0;
  for await (const page of pages) {
    const print = new PagePrint(page);
    for (const result of results) {
      if (result.page !== page.number) continue;
      if (!print.has(result.test_name) || !print.hasValue(result.value_text)) continue;
      const unit = result.unit === null || print.has(result.unit);
      const range = result.reference_text === null || print.has(result.reference_text);
      refused += Number(!unit) + Number(!range);
      kept.set(result, {
        ...result,
        ...(unit ? {} : { unit: null }),
        ...(range ? {} : { reference_text: null, reference_min: null, reference_max: null }),
        review_reasons: [
          ...result.review_reasons,
          ...(unit ? [] : ["refused_unit" as const]),
          ...(range ? [] : ["refused_range" as const]),
        ],
      });
    }
  }
  refused += results.length - kept.size;
  return { results: results.flatMap((result) => kept.get(result) ?? []), refused };
}

/** A page's text, for asking whether something is printed on it, wherever readers place the blanks. */
class PagePrint {
  readonly #text: string;
  readonly #bare: string;

  constructor(page: Page) {
    this.#text = folded(page.lines.map(lineText).join("\n"));
    this.#bare = bare(this.#text);
  }

  /** In one piece, or word by word where a cell goes on in the next line. */
  has(piece: string): boolean {
    if (this.#bare.includes(bare(folded(piece)))) return true;
    const words = folded(piece).split(/\s+/).filter((word) => /[\p{L}\p{N}%]/u.test(word));
    return words.length > 1 && words.every((word) => this.#bare.includes(word));
  }

  /** A number is not part of a longer one; the unit or a power of ten may follow without a blank. */
  hasValue(text: string): boolean {
    if (!/^\D{0,3}\d[\d.,'’\s:/]*$/u.test(text)) return this.has(text);
    const characters = [...bare(folded(text))].map((character) => character.replace(/[\\^$.*+?()[\]{}|]/, "\\$&"));
    const before = /^\d/.test(characters[0] ?? "") ? "(?<!\\d|\\d[.,])" : "";
    const after = "(?:(?!\\d|[.,]\\d)|(?=[x×*·]?10(?:[*^]|e)))";
    return new RegExp(before + characters.join("[ \\t]*") + after, "u").test(this.#text);
  }
}

function folded(text: string): string {
  return text.replace(/[⁰¹²³⁴⁵⁶⁷⁸⁹]+/g, "^$&").normalize("NFKC").toLowerCase();
}

function bare(text: string): string {
  return text.replace(/\s+/g, "");
}
