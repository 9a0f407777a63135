import type { ImportCounts } from "./importers.ts";

/** What was seen in an export. Reasons come from the file in part, so their number and letters are bounded. */
export class AppleCounts {
  read: number;
  readonly #skipped: Map<string, number>;
  readonly #noticed: Map<string, number>;

  constructor(counts: ImportCounts) {
    this.read = counts.read;
    this.#skipped = new Map(Object.entries(counts.skipped));
    this.#noticed = new Map(Object.entries(counts.noticed));
  }

  /** `subject` is an identifier of the format, such as a record's type. */
  skip(reason: string, subject?: string): void {
    const known = subject === undefined || /^[A-Za-z0-9_.]{1,100}$/.test(subject) ? subject : "other";
    add(this.#skipped, known === undefined ? reason : `${reason}:${known}`);
  }

  notice(what: string, count = 1): void {
    add(this.#noticed, what, count);
  }

  /** As they are now; later counting does not change it. */
  get snapshot(): ImportCounts {
    return {
      read: this.read,
      skipped: Object.fromEntries(this.#skipped),
      noticed: Object.fromEntries(this.#noticed),
    };
  }
}

function add(counts: Map<string, number>, key: string, count = 1): void {
  const place = counts.has(key) || counts.size < 300 ? key : "other";
  counts.set(place, (counts.get(place) ?? 0) + count);
}
