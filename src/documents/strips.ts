/**
 * Reads the strips of a page on two processors: some here, some in a second worker.
 *
 * Reading is nine tenths of OCR's time, and onnxruntime's own threads would not give their memory back.
 */
import { askWorker, startWorker } from "./ask_worker.ts";
import type { Glyph } from "./glyph.ts";
import { aspect, type Picture, type Quad } from "./picture.ts";
import { readStrip } from "./recognition.ts";
import type { StripAnswer, StripRequest } from "./strip_worker.ts";
import { loadRecognitionModels, type RecognitionModels } from "./text_models.ts";

/** Strips have one height, so that their cost is their aspect; a page with less than this is not worth sharing. */
const WORTH_SHARING = 20;

export class StripReader {
  readonly #models: Promise<RecognitionModels> = loadRecognitionModels();
  readonly #helper: Worker | undefined;

  /** Ends with the thread that made it, like its helper. */
  constructor() {
    if (navigator.hardwareConcurrency < 2) return;
    this.#helper = startWorker("./strip_worker.ts", "strips");
  }

  /** One reading for each quad, in the same order. */
  async read(picture: Picture, quads: readonly Quad[]): Promise<StripAnswer> {
    const [own, shared] = this.#helper === undefined ? [[...quads.keys()], []] : share(quads);
    const answers: (readonly Glyph[])[] = quads.map(() => []);
    const request: StripRequest = { picture, quads: shared.map((index) => quads[index]!) };
    const helped = shared.length > 0 ? askWorker<StripAnswer>(this.#helper!, request) : [];
    for (const index of own) answers[index] = await readStrip(await this.#models, picture, quads[index]!);
    (await helped).forEach((answer, index) => answers[shared[index]!] = answer);
    return answers;
  }
}

/** Two lists of indices with about the same sum of aspects. */
function share(quads: readonly Quad[]): [own: number[], shared: number[]] {
  const costs = quads.map((quad, index) => ({ index, cost: Math.max(1, aspect(quad)) }));
  const total = costs.reduce((sum, { cost }) => sum + cost, 0);
  if (total < WORTH_SHARING) return [[...quads.keys()], []];
  const lists: [number[], number[]] = [[], []];
  const sums: [number, number] = [0, 0];
  for (const { index, cost } of costs.sort((a, b) => b.cost - a.cost)) {
    const lighter = sums[0] <= sums[1] ? 0 : 1;
    lists[lighter].push(index);
    sums[lighter] += cost;
  }
  return lists;
}
