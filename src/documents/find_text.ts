/**
 * Finds the text of a page and turns the page upright, so that strips of it can be read. Runs in the OCR threads only.
 */
import { Image } from "paddleocr";
import {
  aspect,
  type Picture,
  type Quad,
  quadHeight,
  quadWidth,
  stripTensor,
  turnPicture,
  turnQuad,
} from "./picture.ts";
import { type DetectionModels, runModel } from "./text_models.ts";

/** A page the right way up, and where text is on it. */
export interface FoundText {
  readonly picture: Picture;
  readonly quads: readonly Quad[];
  /** How often it has been turned by a quarter. */
  readonly quarters: number;
}

/** Boxes at least this many times as long as high tell how the page is turned. */
const LONG = 2;
const DIRECTION_VOTES = 20;
/** Votes are from -1 to 1; no more are asked for once this much is ahead. */
const DECISIVE_LEAD = 4;
const DIRECTION_WIDTH = 192;
const DIRECTION_HEIGHT = 48;

/** First by the shape of the boxes (a quarter turn), then by a model's vote on the largest (upside down). */
export async function findText(picture: Picture, models: DetectionModels): Promise<FoundText> {
  const quads = await textBoxes(picture, models);
  const standing = quads.filter((quad) => aspect(quad) <= 1 / LONG).length;
  const lying = quads.filter((quad) => aspect(quad) >= LONG).length;
  const found = { picture, quads, quarters: 0 };
  const turned = standing > lying ? await foundAnew(turn(found, 1), models) : found;
  const largest = turned.quads
    .filter((quad) => aspect(quad) >= LONG)
    .sort((a, b) => quadWidth(b) * quadHeight(b) - quadWidth(a) * quadHeight(a))
    .slice(0, DIRECTION_VOTES);
  let lead = 0;
  for (const quad of largest) {
    lead += 2 * await probabilityUpsideDown(turned.picture, quad, models) - 1;
    if (Math.abs(lead) >= DECISIVE_LEAD) break;
  }
  return lead > 0 ? turn(turned, 2) : turned;
}

/** Lines that stand upright are told apart less well than lines that lie. */
async function foundAnew(found: FoundText, models: DetectionModels): Promise<FoundText> {
  return { ...found, quads: await textBoxes(found.picture, models) };
}

async function textBoxes(picture: Picture, models: DetectionModels): Promise<Quad[]> {
  const boxes = await models.detection.run(new Image(picture.width, picture.height, 3, picture.data));
  return boxes.flatMap(({ points }) => points === undefined ? [] : [points]);
}

function turn({ picture, quads, quarters }: FoundText, more: number): FoundText {
  return {
    picture: turnPicture(picture, more),
    quads: quads.map((quad) => turnQuad(quad, picture, more)),
    quarters: (quarters + more) % 4,
  };
}

async function probabilityUpsideDown(picture: Picture, quad: Quad, models: DetectionModels): Promise<number> {
  const width = Math.min(DIRECTION_WIDTH, Math.ceil(DIRECTION_HEIGHT * aspect(quad)));
  const size = { width, height: DIRECTION_HEIGHT, paddedWidth: DIRECTION_WIDTH };
  const tensor = stripTensor(picture, quad, size);
  const { data } = await runModel(models.direction, tensor, [1, 3, DIRECTION_HEIGHT, DIRECTION_WIDTH]);
  return data[1]!;
}
