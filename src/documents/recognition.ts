/** Reads the text of one strip of a picture with a PP-OCR recognition model (SVTR with CTC). */
import type { Glyph } from "./glyph.ts";
import { hasDecimalInk, withoutSpecks } from "./decimal_ink.ts";
import { lookAgain } from "./look_again.ts";
import { aspect, grownQuad, type Picture, type Quad, stripTensor } from "./picture.ts";
import { betterReading, correctUnits, doubtLateUnit, needsSecondOpinion } from "./second_opinion.ts";
import { type RecognitionModel, type RecognitionModels, runModel } from "./text_models.ts";

/** Strips are 48 pixels high for these models; widths in steps keep the number of tensor shapes small. */
const HEIGHT = 48;
const WIDTH_STEP = 8;
const MAX_WIDTH = 3200;

/** What a strip says, from left to right and with blanks, by the English model or, where it helps, the Chinese one. */
export async function readStrip(models: RecognitionModels, picture: Picture, quad: Quad): Promise<readonly Glyph[]> {
  const english = await recognise(models.english, picture, quad);
  let read = correctUnits(english);
  if (needsSecondOpinion(english, aspect(quad))) {
    const both = betterReading(english, await recognise(await models.chinese(), picture, quad));
    read = doubtLateUnit(correctUnits(both), aspect(quad));
  }
  read = withoutSpecks(picture, quad, read);
  return await lookAgain(read, async (across, down, chinese) => {
    const wider = grownQuad(quad, across, down);
    return await recognise(chinese ? await models.chinese() : models.english, picture, wider);
  }, hasDecimalInk(picture, quad, read));
}

/** One model's reading of a strip. */
export async function recognise(model: RecognitionModel, picture: Picture, quad: Quad): Promise<Glyph[]> {
  const width = Math.max(8, Math.min(MAX_WIDTH, Math.round(HEIGHT * aspect(quad))));
  const paddedWidth = Math.ceil(width / WIDTH_STEP) * WIDTH_STEP;
  const tensor = stripTensor(picture, quad, { width, height: HEIGHT, paddedWidth });
  const { data, shape } = await runModel(model.session, tensor, [1, 3, HEIGHT, paddedWidth]);
  const [, steps, classes] = shape as [number, number, number];
  const glyphs: Glyph[] = [];
  let previous = 0;
  for (let step = 0; step < steps; step++) {
    const best = strongest(data, step * classes, classes);
    // CTC: a class that stays is one character, class 0 separates.
    if (best !== 0 && best !== previous) {
      const at = Math.min(1, (step + 0.5) / steps * paddedWidth / width);
      glyphs.push({ text: model.characters[best] ?? "", at, confidence: data[step * classes + best]! });
    }
    previous = best;
  }
  return glyphs;
}

function strongest(data: Float32Array, start: number, count: number): number {
  let best = 0;
  for (let index = 1; index < count; index++) if (data[start + index]! > data[start + best]!) best = index;
  return best;
}
