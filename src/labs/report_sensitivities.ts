/**
 * What germs are sensitive to, printed as letters or words without a measured value: "Amoxicillin | R", "Fosfomycin |
 * sensibel". The letter is both the result and its reading.
 */
import { foldCase, readFlag } from "./printed_flag.ts";
import { cleanName } from "./printed_name.ts";
import type { RowReading } from "./joined_rows.ts";
import { unionBox } from "./report_layout.ts";
import type { Piece } from "./row_pieces.ts";
import type { Draft } from "./row_results.ts";

/** So many such rows, one below the other, are a list; fewer may be initials. */
const LEAST_ROWS = 3;
/** Rows further apart than this many line heights are no list. */
const MOST_GAP = 2;

const OF_GERMS =
  /antibio|sensiti|sensibil|suscept|resisten|isolat|isolad|culture|kultur|cultivo|urocul|coltura|kweek|kultur|ureme|gevoelig|duyarl|药敏|培养/;

interface Letter {
  readonly name: Piece;
  readonly mark: Piece;
}

/** Gives rows of a name and a letter R, S or I their results, on pages about germs. */
export function readSensitivities(readings: RowReading[]): void {
  if (!readings.some(({ row }) => OF_GERMS.test(foldCase(row.text)))) return;
  const letters = readings.map(letterOf);
  for (let from = 0; from < readings.length; from++) {
    let to = from;
    while (
      letters[to] != null &&
      (to === from || followsOn(readings[to - 1]!, readings[to]!, letters[to - 1]!, letters[to]!))
    ) {
      to++;
    }
    if (to - from >= LEAST_ROWS) {
      for (let at = from; at < to; at++) {
        const reading = readings[at]!;
        readings[at] = { ...reading, drafts: [draftOf(reading, letters[at]!)], onlyText: null, block: true };
      }
    }
    from = Math.max(from, to - 1);
  }
}

function letterOf({ pieces, drafts, titles }: RowReading): Letter | null {
  const [name, mark, ...others] = pieces.filter(({ kind, text }) => kind !== "mark" || /\p{L}/u.test(text));
  if (titles || drafts.length > 0 || others.length > 0 || name?.kind !== "text" || mark === undefined) return null;
  if (!mark.opensCell || !/^[RSI]$/.test(readFlag(mark.text) ?? "") || !/^\p{L}[\p{L}\/ +-]{3}/u.test(name.text)) {
    return null;
  }
  return { name, mark };
}

/** Letters stand below each other, those of words too. */
function followsOn(above: RowReading, below: RowReading, upper: Letter, lower: Letter): boolean {
  const { height } = below.row;
  const middle = ({ box }: Piece) => (box[0] + box[2]) / 2;
  const aligned = Math.abs(upper.mark.box[0] - lower.mark.box[0]) < 0.6 * height ||
    Math.abs(middle(upper.mark) - middle(lower.mark)) < 0.6 * height;
  return aligned && below.row.box[1] - above.row.box[3] < MOST_GAP * height;
}

function draftOf({ row }: RowReading, { name, mark }: Letter): Draft {
  return {
    name: cleanName(name.text).text,
    nameBox: name.box,
    valueBox: mark.box,
    rangeBox: null,
    value: null,
    value_text: mark.text,
    comparator: null,
    unit: null,
    reference_min: null,
    reference_max: null,
    reference_text: null,
    flag: readFlag(mark.text),
    flagPrinted: mark.text,
    specimen: null,
    box: unionBox([name.box, mark.box]),
    byColumns: true,
    separated: true,
    leftover: 0,
    recognised: Math.min(1, ...row.words.map((word) => word.confidence ?? 1)),
  };
}
