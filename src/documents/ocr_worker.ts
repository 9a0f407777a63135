/** A thread that finds and reads text in pictures; see `ocr_threads.ts`. */
import { findText, type FoundText } from "./find_text.ts";
import type { Glyph } from "./glyph.ts";
import { answerRequests } from "./helper_thread.ts";
import type { LoneMark } from "./lone_marks.ts";
import type { Picture, Quad } from "./picture.ts";
import { readMark } from "./read_mark.ts";
import { readStrip } from "./recognition.ts";
import { type DetectionModels, loadDetectionModels, loadRecognitionModels, releaseModels } from "./text_models.ts";

export type OcrRequest =
  | { readonly kind: "find"; readonly picture: Picture }
  | { readonly kind: "read"; readonly picture: Picture; readonly quads: readonly Quad[] }
  | { readonly kind: "marks"; readonly picture: Picture; readonly marks: readonly LoneMark[] }
  /** Nothing is asked after it. */
  | { readonly kind: "end" };

/** What a request is answered with: where text is, or one reading for each quad or mark. */
export interface OcrAnswers {
  readonly find: FoundText;
  readonly read: readonly (readonly Glyph[])[];
  readonly marks: readonly (readonly Glyph[])[];
  readonly end: undefined;
}

let detection: Promise<DetectionModels> | undefined;
const recognition = loadRecognitionModels();

answerRequests<OcrRequest, OcrAnswers[OcrRequest["kind"]]>(async (request) => {
  switch (request.kind) {
    case "find":
      return findText(request.picture, await (detection ??= loadDetectionModels()));
    case "read": {
      const readings: (readonly Glyph[])[] = [];
      for (const quad of request.quads) readings.push(await readStrip(await recognition, request.picture, quad));
      return readings;
    }
    case "marks": {
      const readings: (readonly Glyph[])[] = [];
      for (const mark of request.marks) readings.push(await readMark(await recognition, request.picture, mark));
      return readings;
    }
    case "end":
      await releaseModels();
      return undefined;
  }
});
