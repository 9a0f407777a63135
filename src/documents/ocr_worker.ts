/** A thread that finds and reads text in pictures; see `ocr_threads.ts`. */
import { findText, type FoundText } from "./find_text.ts";
import type { Glyph } from "./glyph.ts";
import { answerRequests } from "./helper_thread.ts";
import type { Picture, Quad } from "./picture.ts";
import { readStrip } from "./recognition.ts";
import { type DetectionModels, loadDetectionModels, loadRecognitionModels } from "./text_models.ts";

export type OcrRequest =
  | { readonly kind: "find"; readonly picture: Picture }
  | { readonly kind: "read"; readonly picture: Picture; readonly quads: readonly Quad[] };

/** What a request is answered with: where text is, or one reading for each quad. */
export type OcrAnswer<Kind extends OcrRequest["kind"]> = Kind extends "find" ? FoundText
  : readonly (readonly Glyph[])[];

let detection: Promise<DetectionModels> | undefined;
const recognition = loadRecognitionModels();

answerRequests<OcrRequest, OcrAnswer<OcrRequest["kind"]>>(async (request) => {
  if (request.kind === "find") return findText(request.picture, await (detection ??= loadDetectionModels()));
  const readings: (readonly Glyph[])[] = [];
  for (const quad of request.quads) readings.push(await readStrip(await recognition, request.picture, quad));
  return readings;
});
