/** Paper to print on: text at places, and beside it the truth about what was printed as a result. */

export interface Placed {
  readonly left: number;
  /** Baseline, from the top of the page. */
  readonly top: number;
  readonly text: string;
  readonly size: number;
  readonly bold: boolean;
  readonly align: "left" | "right" | "centre";
}

export interface PrintedTruth {
  readonly test_name: string;
  readonly value: number | null;
  readonly value_text: string;
  readonly comparator: string | null;
  readonly unit: string | null;
  readonly reference_min: number | null;
  readonly reference_max: number | null;
  readonly reference_text: string | null;
  readonly flag: string | null;
  readonly page: number;
}

export interface PrintedReport {
  readonly name: string;
  readonly pages: readonly (readonly Placed[])[];
  readonly truth: {
    readonly collection_date: string | null;
    readonly text_layer: "good";
    readonly results: readonly PrintedTruth[];
  };
}

export type Cell = readonly [left: number, text: string, align?: Placed["align"]];

export const pageSize: readonly [width: number, height: number] = [595, 842];

export class Sheet {
  readonly #pages: Placed[][] = [[]];
  readonly #results: PrintedTruth[] = [];
  /** Printed on top of every page that follows, such as titles. */
  onNewPage: () => void = () => {};
  top = 50;
  size = 9;
  pitch = 14;
  collected: string | null = null;

  get page(): number {
    return this.#pages.length;
  }

  /** One line of cells; empty cells are left out. */
  row(cells: readonly Cell[], { bold = false, size = this.size, step = this.pitch } = {}): void {
    this.top += step;
    for (const [left, text, align = "left"] of cells) {
      if (text === "") continue;
      this.#pages.at(-1)?.push({ left, top: this.top, text, size, bold, align });
    }
  }

  line(text: string, left = 40, options: { bold?: boolean; size?: number; step?: number } = {}): void {
    this.row([[left, text]], options);
  }

  result(result: Omit<PrintedTruth, "page">): void {
    this.#results.push({ ...result, page: this.page });
  }

  nextPage(): void {
    this.#pages.push([]);
    this.top = 40;
    this.onNewPage();
  }

  /** Begins a page when less than `space` is left. */
  need(space: number): void {
    if (this.top + space > pageSize[1] - 90) this.nextPage();
  }

  report(name: string): PrintedReport {
    const truth = { collection_date: this.collected, text_layer: "good" as const, results: this.#results };
    return { name, pages: this.#pages, truth };
  }
}
