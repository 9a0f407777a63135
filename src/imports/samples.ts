import { requireUser, type UserId } from "../accounts/access.ts";
import { Batch, largestValue, type RefusalReason } from "../ingest/batch.ts";
import { ingest, type Outcome } from "../ingest/ingest.ts";
import type { Context } from "../platform/context.ts";
import type { Database } from "../platform/database.ts";
import { seriesByCode } from "../timeseries/series_table.ts";
import { conversionTo, converted } from "../timeseries/units.ts";
import { type SamplesBody, wrong } from "./samples_body.ts";
import { customSeriesUnits } from "./samples_queries.ts";
import { type CheckedSample, checkSample, type Refusal, SampleSource, type SourceRead } from "./samples_shape.ts";

/**
 * Takes in what anybody's device or script sends. Each sample is taken or refused for itself; those that are taken are
 * stored in one transaction. A name that is no series of the table becomes a series of the person's own.
 */

export interface IndexedRefusal extends Refusal {
  readonly index: number;
}

export interface SamplesOutcome {
  readonly inserted: number;
  readonly updated: number;
  readonly unchanged: number;
  /** The first hundred. */
  readonly refused: readonly IndexedRefusal[];
  readonly refused_count: number;
}

const listedRefusals = 100;
/** A script that makes up a name for every sample is mistaken. */
const mostCustomSeries = 1_000;

/** A request with many samples must not hold up the small ones: some 10 ms of work. */
const samplesAtOnce = 500;

function othersTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

export async function storeSamples(ctx: Context, id: string, body: SamplesBody): Promise<SamplesOutcome> {
  const userId = await requireUser(ctx, id);
  const source = defaultSource(body.source);
  const checked: (CheckedSample | Refusal)[] = [];
  for (const [index, sample] of body.samples.entries()) {
    checked.push(checkSample(sample));
    if (index % samplesAtOnce === samplesAtOnce - 1) await othersTurn();
  }
  // Somebody else may give a new series its unit at the same moment; then the units are looked at once more.
  for (let attempt = 1;; attempt++) {
    const units = await customSeriesUnits(ctx.database, userId);
    const { batch, refused } = await fillBatch(ctx.clock(), checked, source, units);
    const outcome = await storeUnlessUnitsDiffer(ctx, userId, batch);
    if (outcome !== null || attempt === 3) return answer(outcome, refused);
  }
}

class UnitsDiffer extends Error {}

async function storeUnlessUnitsDiffer(ctx: Context, userId: UserId, batch: Batch): Promise<Outcome | null> {
  const check = async (db: Database) => {
    if (batch.customSeries.length === 0) return;
    const units = await customSeriesUnits(db, userId);
    if (batch.customSeries.some(({ code, unit }) => units.get(code) !== unit)) throw new UnitsDiffer();
  };
  try {
    return await ingest(ctx.database, userId, batch, check);
  } catch (error) {
    if (error instanceof UnitsDiffer) return null;
    throw error;
  }
}

function defaultSource(sent: unknown): SourceRead {
  if (sent === undefined || sent === null) return {};
  const { data, error } = SampleSource.safeParse(sent);
  if (error === undefined) return data;
  const path = ["body", "source", ...(error.issues[0]?.path.map(String) ?? [])].join(".");
  throw wrong(path, "Source must be an object with provider, source, device_model and device_type");
}

/** `units` are those of the person's own series. Pure; exported for its tests. */
export async function fillBatch(
  now: Date,
  checked: readonly (CheckedSample | Refusal)[],
  defaults: SourceRead,
  units: ReadonlyMap<string, string>,
): Promise<{ readonly batch: Batch; readonly refused: readonly IndexedRefusal[] }> {
  const batch = new Batch(now);
  const known = new Map(units);
  const refused: IndexedRefusal[] = [];
  for (const [index, sample] of checked.entries()) {
    const refusal = "message" in sample ? sample : addSample(batch, sample, defaults, known);
    if (refusal !== null) refused.push({ index, field: refusal.field, message: refusal.message });
    if (index % samplesAtOnce === samplesAtOnce - 1) await othersTurn();
  }
  return { batch, refused };
}

function addSample(
  batch: Batch,
  sample: CheckedSample,
  defaults: SourceRead,
  known: Map<string, string>,
): Refusal | null {
  const untaken = batch.refuseInstant(sample.at) ??
    (sample.day === null ? null : batch.refuseInstant(Date.parse(sample.day)));
  if (untaken !== null) return timeRefusal(untaken, sample);
  const series = seriesByCode(sample.code);
  const conversion = series === undefined ? { factor: 1, offset: 0 } : conversionTo(series.id, sample.unit);
  if (conversion === null) {
    return { field: "unit", message: `Unit "${sample.unit}" cannot be converted to ${series?.unit} of ${sample.code}` };
  }
  const value = converted(conversion, sample.value);
  if (!(Math.abs(value) <= largestValue)) return outOfRange;
  const refused = series === undefined ? refuseCustom(sample, known) : null;
  if (refused !== null) return refused;
  const key = series?.id ?? batch.addCustomSeries(sample.code, known.get(sample.code) ?? "");
  const { provider = "unknown", source = "api", device_model, device_type } = sample.source ?? defaults;
  const place = batch.addSource({
    provider,
    source,
    device_model: device_model ?? null,
    device_type: device_type ?? null,
  });
  const { at, zone_offset, duration_seconds, day } = sample;
  const reason = day === null
    ? batch.addSample(key, place, at, value, duration_seconds, zone_offset)
    : batch.addDailyTotal({ series: key, source: place, day, at, value, zone_offset });
  return reason === null ? null : outOfRange;
}

const outOfRange: Refusal = { field: "value", message: "Value is out of range" };

/** Notes the unit of a series that is new. A sample without a unit takes the one that is known. */
function refuseCustom({ code, unit }: CheckedSample, known: Map<string, string>): Refusal | null {
  const stored = known.get(code);
  if (stored === undefined) {
    if (known.size >= mostCustomSeries) {
      return { field: "type", message: `A person has at most ${mostCustomSeries} series of their own; reuse a name` };
    }
    known.set(code, unit ?? "");
    return null;
  }
  if (unit === null || unit === stored) return null;
  const shown = stored === "" ? "no unit" : `"${stored}"`;
  return { field: "unit", message: `Series ${code} is kept in ${shown}; "${unit}" is another unit, convert it first` };
}

function timeRefusal(reason: RefusalReason, { day }: CheckedSample): Refusal {
  const field = day === null ? "timestamp" : "date";
  return reason === "in_the_future"
    ? { field, message: "The time lies in the future; check the clock and the offset" }
    : { field, message: "The time is out of range" };
}

function answer(outcome: Outcome | null, refused: readonly IndexedRefusal[]): SamplesOutcome {
  if (outcome === null) throw new Error("The units of a person's own series keep changing");
  const { samples, daily_totals } = outcome;
  return {
    inserted: samples.inserted + daily_totals.inserted,
    updated: samples.updated + daily_totals.updated,
    unchanged: samples.unchanged + daily_totals.unchanged,
    refused: refused.slice(0, listedRefusals),
    refused_count: refused.length,
  };
}
