import type { UserId } from "../accounts/access.ts";
import type { Context } from "../platform/context.ts";
import { addDays, utcDay } from "../platform/day_range.ts";
import { type CursorForm, type PageEnvelope, pageEnvelope, readCursor } from "../platform/envelope.ts";
import { zoneOffsetText } from "../platform/scalars.ts";
import { priorityOrder } from "../sources/priority.ts";
import { listDataSources } from "../sources/queries.ts";
import { daySpan, listCustomSeries, listRecorded, loadDays, loadIntervals, loadLevels } from "./bucket_queries.ts";
import { readLegend } from "./measurement_text.ts";
import { located } from "./offset_near.ts";
import { findOffsets } from "./offset_queries.ts";
import type { AskedPage } from "./read.ts";
import { cleaned } from "./units.ts";
import { amountBuckets, type Bucket, bucketMs, type BucketSize, levelBuckets } from "./resolution.ts";

/**
 * A person's series at a coarser resolution, a page at a time. The range is read in stretches, only as far as the page
 * reaches, so that neither memory nor other requests suffer from a long one. A page may end early after much work; its
 * cursor leads on.
 */

export interface AskedBuckets extends AskedPage {
  readonly resolution: BucketSize;
  /** The dates of the range as they were written, for days; both count. */
  readonly days: { readonly from: string; readonly to: string };
}

interface BucketKey {
  readonly at: string;
  readonly series: number;
}

const bucketForm: CursorForm<BucketKey> = {
  write: ({ at, series }) => `${at}|${series}`,
  read(text) {
    const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z)\|(\d{1,5})$/.exec(text);
    if (match?.[1] === undefined || Number.isNaN(Date.parse(match[1]))) return null;
    return { at: match[1], series: Number(match[2]) };
  },
};

const dayMs = 86_400_000;
/** No sample lasts longer, see `Batch`; what began this long ago may reach into a stretch. */
const longestSampleMs = 100_000_000;
/** Local days begin and end this much before and after those of UTC. */
const largestOffsetMs = 14 * 3_600_000;
/** Samples a stretch should hold if they lie evenly, and stretches after which a page that has something ends. */
const stretchSamples = 20_000;
const mostStretches = 50;

export async function readBuckets(
  ctx: Context,
  userId: UserId,
  asked: AskedBuckets,
): Promise<PageEnvelope<Record<string, unknown>>> {
  const { limit, resolution } = asked;
  const cursor = readCursor(bucketForm, asked.cursor);
  const backward = cursor?.backward === true;
  const sign = backward ? -1 : 1;
  const db = ctx.database;
  const [sources, custom, order] = await Promise.all([
    listDataSources(db, userId),
    listCustomSeries(db, userId),
    priorityOrder(db),
  ]);
  const legend = readLegend(sources, custom);
  const reader = { ctx, userId, asked, legend, order: sources.toSorted(order).map(({ no }) => no) };
  const found: Bucket[] = [];
  const behind = cursor === undefined ? null : { anchor: Date.parse(cursor.key.at), series: cursor.key.series };
  let [read, early] = [0, false];
  for (const stretch of await stretches(reader, behind?.anchor ?? null, backward)) {
    const buckets = (await readStretch(reader, stretch))
      .filter((bucket) => behind === null || sign * compare(bucket, behind) > 0)
      .sort((a, b) => sign * compare(a, b));
    for (const bucket of buckets) found.push(bucket);
    early = ++read >= mostStretches && found.length > 1;
    if (found.length > limit || early) break;
  }
  return pageEnvelope({
    rows: found,
    limit: early ? Math.min(limit, found.length - 1) : limit,
    form: bucketForm,
    cursor,
    key: ({ anchor, series }) => ({ at: new Date(anchor).toISOString(), series }),
    item: ({ series, at, zone_offset, value, min, max, sample_count, source_no }) => {
      const { code, unit, aggregation } = legend.series(series);
      return {
        timestamp: new Date(at).toISOString(),
        zone_offset: zoneOffsetText(zone_offset),
        type: code,
        // Otherwise the noise of adding up would change with where a page begins.
        value: cleaned(value),
        unit,
        source: legend.source(source_no),
        is_daily_total: aggregation === "sum" ? resolution === "1day" : null,
        ...(min === null || max === null ? {} : { min, max }),
        sample_count,
      };
    },
    start: asked.start,
    end: asked.end,
    resolution,
  });
}

function compare(a: { anchor: number; series: number }, b: { anchor: number; series: number }): number {
  return a.anchor - b.anchor || a.series - b.series;
}

interface Reader {
  readonly ctx: Context;
  readonly userId: UserId;
  readonly asked: AskedBuckets;
  readonly legend: ReturnType<typeof readLegend>;
  readonly order: readonly number[];
}

/** Anchors from `from` to before `to`. */
interface AnchorStretch {
  readonly from: number;
  readonly to: number;
  /** What is recorded at all. */
  readonly series: ReadonlySet<number>;
}

/** Cuts the anchors of the range, as far as there is data and on this side of the cursor, into stretches of whole days. */
async function stretches(
  { ctx, userId, asked }: Reader,
  behind: number | null,
  backward: boolean,
): Promise<AnchorStretch[]> {
  const daily = asked.resolution === "1day";
  const [recorded, days] = await Promise.all([
    listRecorded(ctx.database, userId, asked.series),
    daily ? daySpan(ctx.database, userId, asked.series) : null,
  ]);
  const firsts = [
    ...recorded.map(({ first_at }) => first_at.getTime()),
    ...(days === null ? [] : [Date.parse(days.first)]),
  ];
  const lasts = [
    ...recorded.map(({ last_at }) => last_at.getTime()),
    ...(days === null ? [] : [Date.parse(days.last)]),
  ];
  const [start, end] = daily
    ? [Date.parse(asked.days.from), Date.parse(asked.days.to) + dayMs]
    : [asked.start.getTime() - bucketMs[asked.resolution] + 1, asked.end.getTime()];
  const low = Math.max(start, Math.min(...firsts) - dayMs, backward ? -Infinity : behind ?? -Infinity);
  const high = Math.min(
    end,
    Math.max(...lasts) + longestSampleMs + dayMs,
    backward && behind !== null ? behind + 1 : Infinity,
  );
  const perDay = recorded.reduce(
    (sum, { sample_count, first_at, last_at }) =>
      sum + sample_count / Math.max(1, (last_at.getTime() - first_at.getTime()) / dayMs),
    0,
  );
  const length = Math.max(1, Math.floor(stretchSamples / Math.max(perDay, 1))) * dayMs;
  const series = new Set(recorded.map((pair) => pair.series));
  const cut: AnchorStretch[] = [];
  for (let from = low; from < high;) {
    const to = Math.min(high, Math.floor(from / dayMs) * dayMs + length);
    cut.push({ from, to, series });
    from = to;
  }
  return backward ? cut.reverse() : cut;
}

async function readStretch({ ctx, userId, asked, legend, order }: Reader, stretch: AnchorStretch): Promise<Bucket[]> {
  const { resolution } = asked;
  const margin = resolution === "1day" ? largestOffsetMs : 0;
  const ids = [...stretch.series];
  const adding = ids.filter((id) => legend.series(id).aggregation === "sum");
  const levels = ids.filter((id) => legend.series(id).aggregation !== "sum");
  const to = new Date(stretch.to + bucketMs[resolution] + margin);
  const cellSeconds = Math.min(bucketMs[resolution], bucketMs["5min"]) / 1000;
  const [intervals, cells, days] = await Promise.all([
    loadIntervals(ctx.database, userId, adding, { from: new Date(stretch.from - margin - longestSampleMs), to }),
    loadLevels(
      ctx.database,
      userId,
      levels,
      { from: new Date(stretch.from - margin - bucketMs["5min"]), to },
      cellSeconds,
    ),
    resolution === "1day"
      ? loadDays(ctx.database, userId, asked.series, utcDay(new Date(stretch.from)), lastDayBefore(stretch.to))
      : [],
  ]);
  // Only a day depends on where an instant was recorded.
  const lacksOffset = resolution === "1day" &&
    [...intervals.values(), ...cells.values()].some((rows) => rows.some(({ zone_offset }) => zone_offset === null));
  const known = lacksOffset
    ? await findOffsets(ctx.database, userId, ids, { from: stretch.from - margin - longestSampleMs, to: to.getTime() })
    : [];
  const daysOf = Map.groupBy(days, ({ series }) => series);
  const found: Bucket[] = [];
  for (const id of new Set([...ids, ...daysOf.keys()])) {
    const { aggregation } = legend.series(id);
    const own = daysOf.get(id) ?? [];
    const buckets = aggregation === "sum"
      ? amountBuckets(id, located(intervals.get(id) ?? [], known), own, order, resolution)
      : levelBuckets(id, located(cells.get(id) ?? [], known), own, order, resolution, aggregation);
    for (const bucket of buckets) if (bucket.anchor >= stretch.from && bucket.anchor < stretch.to) found.push(bucket);
  }
  return found;
}

function lastDayBefore(at: number): string {
  return addDays(utcDay(new Date(at + dayMs - 1)), -1);
}
