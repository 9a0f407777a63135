import type { Batch, SourceIndex } from "../ingest/batch.ts";
import { seriesByCode, seriesId } from "../timeseries/series_table.ts";
import { cleaned, conversionTo, converted } from "../timeseries/units.ts";
import {
  autoExportCustomCodes,
  autoExportCustomUnits,
  autoExportSeries,
  entry,
  factorBetween,
  plainestUnit,
  unitlessSeries,
} from "./auto_export_metric_table.ts";
import {
  type Dropped,
  type Fields,
  fieldsOf,
  localDay,
  type Moment,
  pointValue,
  readMoment,
  readNumber,
  readText,
  Turns,
} from "./auto_export_points.ts";
import { autoExportSource } from "./auto_export_source.ts";
import { type Span, spanOf } from "./auto_export_span.ts";

/** The quantity metrics of a request: `{name, units, data: [{date, qty | Avg, source}]}`. Sleep is not among them. */

interface Metric {
  readonly name: string;
  readonly units: string | null;
  readonly points: readonly Fields[];
}

/** What is known beside the request itself. */
export interface Surroundings {
  /** Milliseconds since 1970; null when it is not known. */
  readonly receivedAt: number | null;
  /** Units of the person's own series by code. */
  readonly units: ReadonlyMap<string, string>;
}

export async function mapMetrics(
  sent: readonly Fields[],
  batch: Batch,
  dropped: Dropped,
  known: Surroundings,
): Promise<void> {
  const metrics = sent.map((metric) => ({
    name: (readText(metric.name) ?? "").toLowerCase(),
    units: readText(metric.units) ?? readText(metric.unit),
    points: fieldsOf(metric.data),
  }));
  const turns = new Turns();
  const amounts = metrics.filter(isAmount);
  const moments: Moment[] = [];
  for (const point of amounts.flatMap(({ points }) => points)) {
    const moment = momentOf(point);
    if (moment !== null) moments.push(moment);
    await turns.next();
  }
  const span = spanOf(moments, known.receivedAt);
  const parts = new Parts(amounts.map(({ name }) => seriesOf(name)?.id ?? 0));
  for (const metric of metrics) {
    if (metric.name === "blood_pressure") await mapPressure(metric, batch, dropped, turns);
    else if (isAmount(metric)) await mapAmounts(metric, span, parts, batch, dropped, turns);
    else await mapLevels(metric, known.units, batch, dropped, turns);
  }
}

function seriesOf(name: string) {
  return seriesByCode(entry(autoExportSeries, name) ?? name);
}

/** Whether its points add up to a day's. */
function isAmount({ name }: Metric): boolean {
  return seriesOf(name)?.aggregation === "sum";
}

function momentOf(point: Fields): Moment | null {
  return readMoment(point.date) ?? readMoment(point.startDate) ?? readMoment(point.start);
}

/** Seconds until the point's own end, for points that have one. */
function secondsOf(point: Fields, from: Moment): number {
  const end = readMoment(point.endDate) ?? readMoment(point.end);
  return end === null ? 0 : (end.at - from.at) / 1000;
}

type Convert = (value: number) => number;

/** Into the unit of the series; null when the units do not fit together. */
function converterTo(code: string, id: number, units: string | null): Convert | null {
  if (unitlessSeries.has(code)) return (value) => value;
  // A percentage of alcohol is grams in 100 mL of blood.
  if (code === "blood_alcohol_content" && units === "%") return (value) => value * 1000;
  // Nobody lives with a saturation of one percent: that is a share of one.
  if (code === "oxygen_saturation" && units === "%") return (value) => value <= 1 ? value * 100 : value;
  const conversion = conversionTo(id, units);
  return conversion === null ? null : (value) => converted(conversion, value);
}

/** Several of the app's metrics are one series (distances of rarer sports); what they say of one time is added up. */
class Parts {
  readonly #shared: ReadonlySet<number>;
  readonly #known = new Map<string, Map<string, number>>();

  /** `series` of every metric of the request. */
  constructor(series: readonly number[]) {
    this.#shared = new Set(series.filter((id, place) => series.indexOf(id) < place));
  }

  added(series: number, source: SourceIndex, at: number, name: string, value: number): number {
    if (!this.#shared.has(series)) return value;
    const key = `${series} ${source} ${at}`;
    const parts = this.#known.get(key) ?? new Map<string, number>();
    this.#known.set(key, parts.set(name, value));
    return [...parts.values()].reduce((sum, part) => sum + part, 0);
  }
}

async function mapAmounts(
  metric: Metric,
  span: Span,
  parts: Parts,
  batch: Batch,
  dropped: Dropped,
  turns: Turns,
): Promise<void> {
  const series = seriesOf(metric.name);
  const convert = series === undefined ? null : converterTo(series.code, series.id, metric.units);
  if (series === undefined || convert === null) return dropAll(metric, "unknown_unit", dropped);
  if (span.kind === "longer") return dropAll(metric, "summed_over_more_than_a_day", dropped);
  const separate = span.kind === "point" || bySource(metric);
  for (const point of metric.points) {
    await turns.next();
    const moment = momentOf(point);
    const value = pointValue(point);
    if (moment === null || value === null || value < 0) {
      dropped.add(moment === null ? "invalid_date" : "invalid_value");
      continue;
    }
    const source = autoExportSource(batch, separate ? readText(point.source) : null, span.kind);
    const total = parts.added(series.id, source, moment.at, metric.name, convert(value));
    const seconds = "seconds" in span ? span.seconds : secondsOf(point, moment);
    dropped.add(
      span.kind === "day"
        ? batch.addDailyTotal({ series: series.id, source, day: localDay(moment), value: total, ...moment })
        : batch.addSample(series.id, source, moment.at, total, seconds, moment.zone_offset),
    );
  }
}

/**
 * The app sums over all devices and names them in a changing text ("Watch|iPhone"), which therefore cannot be the
 * source's identity. Only where one time has several points does each device have its own.
 */
function bySource({ points }: Metric): boolean {
  const times = points.map((point) => momentOf(point)?.at);
  return new Set(times).size < times.length;
}

async function mapLevels(
  metric: Metric,
  known: Surroundings["units"],
  batch: Batch,
  dropped: Dropped,
  turns: Turns,
): Promise<void> {
  const target = targetOf(metric, known, batch);
  if (target === null) return dropAll(metric, "unknown_unit", dropped);
  for (const point of metric.points) {
    await turns.next();
    const value = pointValue(point);
    if (value === null) dropped.add("invalid_value");
    else addLevel(batch, dropped, point, target.key(), target.convert(value));
  }
}

function addLevel(batch: Batch, dropped: Dropped, point: Fields, key: number, value: number): void {
  const moment = momentOf(point);
  if (moment === null) return dropped.add("invalid_date");
  const refused = batch.refuseInstant(moment.at);
  if (refused !== null) return dropped.add(refused);
  const source = autoExportSource(batch, readText(point.source));
  dropped.add(batch.addSample(key, source, moment.at, value, 0, moment.zone_offset));
}

/** More than the app knows. */
const mostCustomSeries = 300;

interface Target {
  /** Made when the first point is taken. */
  readonly key: () => number;
  readonly convert: Convert;
}

function targetOf({ name, units }: Metric, known: Surroundings["units"], batch: Batch): Target | null {
  const series = seriesOf(name);
  if (series !== undefined) {
    const convert = converterTo(series.code, series.id, units);
    return convert === null ? null : { key: () => series.id, convert };
  }
  const code = entry(autoExportCustomCodes, name) ??
    name.replace(/[^a-z0-9]+/g, "_").replace(/^[^a-z]+|_+$/g, "").slice(0, 64);
  if (code === "") return null;
  const unit = known.get(code) ?? entry(autoExportCustomUnits, name) ?? plainestUnit((units ?? "").slice(0, 32));
  const isNew = batch.customSeries.every((series) => series.code !== code);
  if (isNew && batch.customSeries.length >= mostCustomSeries) return null;
  const factor = units === null ? 1 : factorBetween(units, unit);
  return factor === null ? null : {
    key: () => batch.addCustomSeries(code, unit),
    convert: factor === 1 ? (value) => value : (value) => cleaned(value * factor),
  };
}

async function mapPressure(metric: Metric, batch: Batch, dropped: Dropped, turns: Turns): Promise<void> {
  for (const point of metric.points) {
    await turns.next();
    for (const side of ["systolic", "diastolic"] as const) {
      const id = seriesId(`blood_pressure_${side}`);
      const convert = converterTo("blood_pressure", id, metric.units);
      const value = readNumber(point[side]);
      if (convert === null || value === null) dropped.add(value === null ? "invalid_value" : "unknown_unit");
      else addLevel(batch, dropped, point, id, convert(value));
    }
  }
}

function dropAll({ points }: Metric, reason: string, dropped: Dropped): void {
  dropped.add(reason, points.length);
}
