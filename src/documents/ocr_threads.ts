/**
 * Two threads, one a processor, that find and read the text of pictures.
 *
 * Reading is nine tenths of OCR's time; onnxruntime's own threads would not give their memory back. Only the first
 * thread finds text, which takes most memory: the second reads the page before meanwhile.
 */
import type { FoundText } from "./find_text.ts";
import type { Glyph } from "./glyph.ts";
import { HelperThread } from "./helper_thread.ts";
import type { LoneMark } from "./lone_marks.ts";
import type { OcrAnswers, OcrRequest } from "./ocr_worker.ts";
import { aspect, type Picture, type Quad } from "./picture.ts";

const THREADS = 2;
/** Strips have one height, so that their cost is their aspect. This much is read at once: a quarter of a second or so. */
const BATCH_COST = 30;
const MARKS_AT_ONCE = 6;

interface Job {
  readonly request: OcrRequest;
  done(answer: OcrAnswers[OcrRequest["kind"]]): void;
}

export class OcrThreads {
  readonly #threads: readonly HelperThread[];
  readonly #idle: HelperThread[];
  readonly #first: HelperThread;
  readonly #finding: Job[] = [];
  readonly #reading: Job[] = [];

  /** They begin to load their models at once, and end with the thread that made them. */
  constructor() {
    const count = Math.max(1, Math.min(THREADS, navigator.hardwareConcurrency));
    this.#threads = Array.from({ length: count }, () => new HelperThread("ocr"));
    this.#idle = [...this.#threads];
    this.#first = this.#threads[0]!;
  }

  find(picture: Picture): Promise<FoundText> {
    return this.#ask({ kind: "find", picture }, this.#finding);
  }

  /** One reading for each quad, in the same order. */
  async read(picture: Picture, quads: readonly Quad[]): Promise<readonly (readonly Glyph[])[]> {
    const readings: (readonly Glyph[])[] = quads.map(() => []);
    await Promise.all(
      batches(quads).map(async (batch) => {
        const request = { kind: "read", picture, quads: batch.map((index) => quads[index]!) } as const;
        const answer = await this.#ask(request, this.#reading);
        batch.forEach((index, place) => readings[index] = answer[place]!);
      }),
    );
    return readings;
  }

  /** One reading for each mark, in the same order; none where it cannot be told. */
  async readMarks(picture: Picture, marks: readonly LoneMark[]): Promise<readonly (readonly Glyph[])[]> {
    const parts = Array.from(
      { length: Math.ceil(marks.length / MARKS_AT_ONCE) },
      (_, index) => marks.slice(index * MARKS_AT_ONCE, (index + 1) * MARKS_AT_ONCE),
    );
    return (await Promise.all(parts.map((part) => this.#ask({ kind: "marks", picture, marks: part }, this.#reading))))
      .flat();
  }

  /** When nothing is being read. */
  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.ask({ kind: "end" } satisfies OcrRequest)));
  }

  #ask<Request extends OcrRequest>(request: Request, queue: Job[]): Promise<OcrAnswers[Request["kind"]]> {
    return new Promise((resolve) => {
      queue.push({ request, done: (answer) => resolve(answer as OcrAnswers[Request["kind"]]) });
      this.#assign();
    });
  }

  #assign(): void {
    for (const thread of this.#idle.slice()) {
      const job = (thread === this.#first ? this.#finding.shift() : undefined) ?? this.#reading.shift();
      if (job === undefined) continue;
      this.#idle.splice(this.#idle.indexOf(thread), 1);
      thread.ask<OcrAnswers[OcrRequest["kind"]]>(job.request).then((answer) => {
        this.#idle.push(thread);
        job.done(answer);
        this.#assign();
      });
    }
  }
}

/** Lists of indices, the longest strips first, so that both threads end at about the same time. */
function batches(quads: readonly Quad[]): number[][] {
  const sorted = quads.map((quad, index) => ({ index, cost: Math.max(1, aspect(quad)) })).sort((a, b) =>
    b.cost - a.cost
  );
  const lists: number[][] = [];
  let room = 0;
  for (const { index, cost } of sorted) {
    if (room <= 0) {
      lists.push([]);
      room = BATCH_COST;
    }
    lists.at(-1)!.push(index);
    room -= cost;
  }
  return lists;
}
