/** One invented result as a laboratory of some style prints it. */
import type { Analyte } from "./analytes_data.ts";
import type { Random } from "./random.ts";

export interface Style {
  readonly mark: "." | ",";
  /** Between thousands; "" prints none. */
  readonly group?: string;
  readonly between: string;
  readonly below: string;
  readonly above: string;
  /** Around a range: "(" and ")". */
  readonly around?: readonly [string, string];
  /** Digits of limits, when laboratories print them shorter than values. */
  readonly shortLimits?: boolean;
}

export interface Sample {
  readonly analyte: Analyte;
  readonly name: string;
  readonly unit: string | null;
  readonly value: number | null;
  readonly comparator: string | null;
  readonly text: string;
  /** Without brackets around it. */
  readonly range: string | null;
  readonly rangeText: string;
  readonly min: number | null;
  readonly max: number | null;
  readonly level: "H" | "L" | null;
}

export function sample(analyte: Analyte, random: Random, style: Style): Sample {
  const { name, unit, min, max, word } = analyte;
  const [open, close] = style.around ?? ["", ""];
  if (word !== null) {
    const text = { analyte, name, unit, value: null, comparator: null, text: word, range: word };
    return { ...text, rangeText: `${open}${word}${close}`, min: null, max: null, level: null };
  }
  const low = min ?? 0;
  const high = max ?? low * 2;
  const draw = random(10);
  const share = random(1000) / 1000;
  let value = low + (high - low) * share;
  if (draw === 0) value = high * (1.05 + share);
  if (draw === 1 && min !== null) value = low * (0.4 + 0.5 * share);
  value = Number(value.toFixed(analyte.digits));
  // Below what the method can measure.
  const undetected = draw === 2 && min === null;
  if (undetected) value = Number((high / 10).toFixed(analyte.digits)) || Number((0.1 ** analyte.digits).toFixed(4));
  const level = undetected || unit === null
    ? null
    : max !== null && value > max
    ? "H"
    : min !== null && value < min
    ? "L"
    : null;
  const limit = (number: number) =>
    print(number, style.shortLimits === true ? shortest(number) : analyte.digits, style);
  const range = min !== null && max !== null
    ? `${limit(min)}${style.between}${limit(max)}`
    : max !== null
    ? `${style.below}${limit(max)}`
    : `${style.above}${limit(min ?? 0)}`;
  return {
    analyte,
    name,
    unit,
    value,
    comparator: undetected ? "<" : null,
    text: `${undetected ? "<" : ""}${print(value, analyte.digits, style)}`,
    range,
    rangeText: `${open}${range}${close}`,
    min,
    max,
    level,
  };
}

export function print(value: number, digits: number, { mark, group = "" }: Style): string {
  const [whole = "", rest] = value.toFixed(digits).split(".");
  const grouped = whole.replace(/(?<=\d)(?=(?:\d{3})+$)/g, group);
  return rest === undefined ? grouped : `${grouped}${mark}${rest}`;
}

function shortest(value: number): number {
  return `${value}`.split(".")[1]?.length ?? 0;
}

/** What the truth says of a printed sample; `changes` where a layout prints less or otherwise. */
export function truthOf(sample: Sample, changes: Partial<{
  test_name: string;
  unit: string | null;
  reference_text: string | null;
  reference_min: number | null;
  reference_max: number | null;
  flag: string | null;
}> = {}) {
  return {
    test_name: sample.name,
    value: sample.value,
    value_text: sample.text,
    comparator: sample.comparator,
    unit: sample.unit,
    reference_min: sample.min,
    reference_max: sample.max,
    reference_text: sample.range,
    flag: sample.level as string | null,
    ...changes,
  };
}

/** `count` different analytes, in their order. */
export function some<T>(items: readonly T[], count: number, random: Random): T[] {
  const left = items.map((item, at) => ({ item, at, key: random(1_000_000) }));
  return left.sort((a, b) => a.key - b.key).slice(0, count).sort((a, b) => a.at - b.at).map(({ item }) => item);
}

export function bySection<T extends { readonly section: string }>(items: readonly T[]): Map<string, T[]> {
  return Map.groupBy(items, (item) => item.section);
}
