/**
 * From a picture of a page to lines of words: find text, turn the page upright, read each piece, put pieces together.
 *
 * Runs in the page worker only. Must not know where the picture comes from.
 */
import { Image } from "paddleocr";
import { meanConfidence } from "./glyph.ts";
import { levelled, levelOf } from "./level.ts";
import { groupLines } from "./lines.ts";
import type { Box, Line, PageView, Word } from "./page.ts";
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
import type { StripReader } from "./strips.ts";
import { stripWords, writingBox } from "./strip_words.ts";
import { type DetectionModels, runModel } from "./text_models.ts";

export interface RecognisedPage {
  /** In pixels, after the page has been turned upright. */
  readonly width: number;
  readonly height: number;
  readonly lines: Line[];
  readonly view: PageView;
}

/** What is read with less confidence is taken for stains and ornaments. */
const MIN_CONFIDENCE = 0.5;
/** Boxes at least this many times as long as high tell how the page is turned. */
const LONG = 2;
const DIRECTION_VOTES = 20;
/** Votes are from -1 to 1; no more are asked for once this much is ahead. */
const DECISIVE_LEAD = 4;
const DIRECTION_WIDTH = 192;
const DIRECTION_HEIGHT = 48;

/** Detection sees this many pixels of a page's longer side, and of its shorter side at least so many. */
const SEEN_LONG_SIDE = 1280;
const MIN_SEEN_SIDE = 16;

export async function recognisePage(
  picture: Picture,
  models: DetectionModels,
  strips: StripReader,
): Promise<RecognisedPage> {
  const { width, height } = picture;
  if (Math.min(width, height, SEEN_LONG_SIDE * Math.min(width, height) / Math.max(width, height)) < MIN_SEEN_SIDE) {
    return { width, height, lines: [], view: { quarters: 0, level: { tilt: 0, slope: [0, 0, 0] } } };
  }
  const { picture: upright, quads, quarters } = await turnUpright(picture, await findText(picture, models), models);
  const levelView = levelOf(quads, upright.width);
  const level = levelled(levelView, upright.width);
  const readings = await strips.read(upright, quads);
  const pieces = quads.flatMap((quad, index): Piece[] => {
    const glyphs = readings[index]!;
    if (meanConfidence(glyphs) < MIN_CONFIDENCE) return [];
    const words = stripWords(glyphs, quad, level);
    return words.length > 0 ? [{ box: writingBox(quad, level), words }] : [];
  });
  const lines = groupLines(pieces).map((row) => ({ words: row.flatMap((piece) => piece.words) }));
  return { width: upright.width, height: upright.height, lines, view: { quarters, level: levelView } };
}

interface Piece {
  readonly box: Box;
  readonly words: readonly Word[];
}

async function findText(picture: Picture, models: DetectionModels): Promise<Quad[]> {
  const boxes = await models.detection.run(new Image(picture.width, picture.height, 3, picture.data));
  return boxes.flatMap(({ points }) => points === undefined ? [] : [points]);
}

/** First by the shape of the boxes (a quarter turn), then by a model's vote on the largest (upside down). */
async function turnUpright(
  picture: Picture,
  quads: Quad[],
  models: DetectionModels,
): Promise<Turned> {
  const standing = quads.filter((quad) => aspect(quad) <= 1 / LONG).length;
  const lying = quads.filter((quad) => aspect(quad) >= LONG).length;
  let turned = standing > lying ? turn({ picture, quads, quarters: 0 }, 1) : { picture, quads, quarters: 0 };
  const largest = turned.quads
    .filter((quad) => aspect(quad) >= LONG)
    .sort((a, b) => quadWidth(b) * quadHeight(b) - quadWidth(a) * quadHeight(a))
    .slice(0, DIRECTION_VOTES);
  let lead = 0;
  for (const quad of largest) {
    lead += 2 * await probabilityUpsideDown(turned.picture, quad, models) - 1;
    if (Math.abs(lead) >= DECISIVE_LEAD) break;
  }
  if (lead > 0) turned = turn(turned, 2);
  return turned;
}

interface Turned {
  readonly picture: Picture;
  readonly quads: Quad[];
  /** How often it has been turned by a quarter. */
  readonly quarters: number;
}

function turn({ picture, quads, quarters }: Turned, more: number): Turned {
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
