import { zoneOffsetText } from "../platform/scalars.ts";
import { type NumberedSource, sourceMetadata } from "../sources/source_metadata.ts";
import type { CustomSeries, MeasurementColumns } from "./queries.ts";
import { kinds, readPlace } from "./reading_sql.ts";
import { type Aggregation, seriesById } from "./series_table.ts";

/**
 * Writes measurements as JSON text, straight from the columns that Postgres gave: of ten thousand rows almost all text
 * is the same, and making objects of them first takes several times as long.
 */

export interface SeriesLabel {
  readonly code: string;
  readonly unit: string;
  readonly aggregation: Aggregation;
}

/** Names for the numbers in a person's rows. */
export interface Legend {
  series(id: number): SeriesLabel;
  source(no: number): ReturnType<typeof sourceMetadata> | null;
}

/** What a person names themselves is summed up by its mean, because nobody said that it can be added. */
export function readLegend(sources: readonly NumberedSource[], customSeries: readonly CustomSeries[]): Legend {
  const bySource = new Map(sources.map((row) => [row.no, row]));
  const custom = new Map(customSeries.map((row) => [row.id, row]));
  return {
    series(id) {
      const own = custom.get(id);
      return seriesById(id) ?? { code: own?.code ?? String(id), unit: own?.unit ?? "", aggregation: "avg" };
    },
    source(no) {
      const row = bySource.get(no);
      return row === undefined ? null : sourceMetadata(row);
    },
  };
}

/** One row of a page: its place in the order, and the object as JSON text. */
export interface MeasurementTexts {
  readonly length: number;
  key(index: number): { at: string; series: number; source_no: number; kind: number };
  text(index: number): string;
}

export function measurementTexts(columns: MeasurementColumns, legend: Legend): MeasurementTexts {
  const at = split(columns.at);
  const place = split(columns.place);
  const value = split(columns.value);
  const zone = split(columns.zone_offset);
  const zones = new Map<string, string>();
  const labels = new Map<string, Label>();
  const archived = archivedByRow(place, columns.archived);
  const instant = (index: number) => new Date(Number(at[index])).toISOString();
  return {
    length: at.length,
    key: (index) => ({ at: instant(index), ...readPlace(place[index] ?? "0") }),
    text(index) {
      const label = cached(labels, place[index] ?? "0", (text) => writeLabel(text, legend));
      const offset = cached(zones, zone[index] ?? "null", writeOffset);
      const days = archived.get(index);
      const shown = days === undefined ? value[index] : dayValue(label, Number(value[index]), days);
      const more = days === undefined ? "" : `,"min":${days[0]},"max":${days[1]},"sample_count":${days[2]}`;
      return `{"timestamp":"${instant(index)}","zone_offset":${offset}${label.before}${shown}${label.after}${more}}`;
    },
  };
}

/** What stands before and after the value; the same for all rows of a series, source and kind. */
interface Label {
  readonly before: string;
  readonly after: string;
  readonly aggregation: Aggregation;
}

function writeLabel(placeText: string, legend: Legend): Label {
  const { series, source_no, kind } = readPlace(placeText);
  const { code, unit, aggregation } = legend.series(series);
  const total = aggregation === "sum" ? kind === kinds.daily_total : null;
  return {
    before: `,"type":${JSON.stringify(code)},"value":`,
    after: `,"unit":${JSON.stringify(unit)},"source":${
      JSON.stringify(legend.source(source_no))
    },"is_daily_total":${total}`,
    aggregation,
  };
}

type ArchivedDay = MeasurementColumns["archived"][number];

function dayValue({ aggregation }: Label, sum: number, [, max, count]: ArchivedDay): number {
  return aggregation === "sum" ? sum : aggregation === "max" ? max : sum / count;
}

function archivedByRow(place: readonly string[], days: readonly ArchivedDay[]): Map<number, ArchivedDay> {
  const found = new Map<number, ArchivedDay>();
  if (days.length === 0) return found;
  for (const [index, text] of place.entries()) {
    const day = readPlace(text).kind === kinds.archived_day ? days[found.size] : undefined;
    if (day !== undefined) found.set(index, day);
  }
  return found;
}

function writeOffset(minutes: string): string {
  return JSON.stringify(zoneOffsetText(minutes === "null" ? null : Number(minutes)));
}

function cached<Value>(known: Map<string, Value>, key: string, make: (key: string) => Value): Value {
  let value = known.get(key);
  if (value === undefined) known.set(key, value = make(key));
  return value;
}

function split(list: string): string[] {
  return list === "" ? [] : list.split(",");
}
