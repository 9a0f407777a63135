/** A second thread that reads its share of a page's strips; see `strips.ts`. */
import type { Glyph } from "./glyph.ts";
import type { Picture, Quad } from "./picture.ts";
import { readStrip } from "./recognition.ts";
import { loadRecognitionModels } from "./text_models.ts";

export interface StripRequest {
  readonly picture: Picture;
  readonly quads: readonly Quad[];
}

/** One reading for each quad. */
export type StripAnswer = readonly (readonly Glyph[])[];

/** This thread's own scope; the checker takes every module for one of the main thread. */
const starter = self as unknown as {
  onmessage: (event: MessageEvent<StripRequest>) => Promise<void>;
  postMessage(answer: StripAnswer): void;
};

const models = loadRecognitionModels();

starter.onmessage = async ({ data: { picture, quads } }) => {
  const answer: (readonly Glyph[])[] = [];
  for (const quad of quads) answer.push(await readStrip(await models, picture, quad));
  starter.postMessage(answer);
};
