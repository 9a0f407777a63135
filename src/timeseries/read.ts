import type { UserId } from "../accounts/access.ts";
import type { Context } from "../platform/context.ts";
import { type CursorForm, pageEnvelope, readCursor } from "../platform/envelope.ts";
import { AppError } from "../platform/errors.ts";
import { measurementTexts, readLegend } from "./measurement_text.ts";
import { findCustomSeries, type MeasurementKey, type MeasurementPage, readMeasurements } from "./queries.ts";
import type { MeasurementRange } from "./reading_sql.ts";
import { seriesByCode } from "./series_table.ts";

/** A person's measurements as they are kept, a page at a time. */

export interface AskedPage extends MeasurementRange {
  readonly limit: number;
  readonly cursor: string | undefined;
}

/** A row's place, and how many rows the range had when the walk over its pages began. */
type WalkKey = MeasurementKey & { readonly total: number };

const walkForm: CursorForm<WalkKey> = {
  write: ({ at, series, source_no, kind, total }) => `${at}|${series}.${source_no}.${kind}.${total}`,
  read(text) {
    const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)\|(\d{1,5})\.(\d{1,5})\.([0-2])\.(\d{1,15})$/.exec(text);
    if (match === null || Number.isNaN(Date.parse(match[1] ?? ""))) return null;
    const [series = 0, source_no = 0, kind = 0, total = 0] = match.slice(2).map(Number);
    return series > 32_767 || source_no > 32_767 ? null : { at: match[1] ?? "", series, source_no, kind, total };
  },
};

/** The page as JSON text: `{data, pagination, metadata}`. Undefined when there is no such person. */
export async function readTimeseries(ctx: Context, userId: UserId, asked: AskedPage): Promise<string | undefined> {
  const { limit, start, end, series } = asked;
  const cursor = readCursor(walkForm, asked.cursor);
  const page = { start, end, series, limit: limit + 1, behind: cursor?.key, backward: cursor?.backward === true };
  const columns = await readWhole(ctx, userId, { ...page, counted: cursor === undefined });
  if (columns === undefined) return undefined;
  const total = cursor?.key.total ?? columns.total ?? 0;
  const texts = measurementTexts(columns, readLegend(columns.sources, columns.custom_series));
  const { data, pagination, metadata } = pageEnvelope({
    rows: Array.from({ length: texts.length }, (_, index) => index),
    limit,
    form: walkForm,
    cursor,
    key: (index) => ({ ...texts.key(index), total }),
    item: texts.text,
    total,
    start,
    end,
    resolution: "raw",
  });
  return `{"data":[${data.join(",")}],"pagination":${JSON.stringify(pagination)},"metadata":${
    JSON.stringify(metadata)
  }}`;
}

/** Looks only as far as the page should reach; where samples lie thinner than elsewhere, over the whole range. */
async function readWhole(ctx: Context, userId: UserId, page: Omit<MeasurementPage, "near">) {
  const found = await readMeasurements(ctx.database, userId, { ...page, near: true });
  if (found === undefined || !found.cut) return found;
  const count = found.at === "" ? 0 : found.at.split(",").length;
  if (count >= page.limit) return found;
  const whole = await readMeasurements(ctx.database, userId, { ...page, counted: false, near: false });
  return whole === undefined ? undefined : { ...whole, total: found.total };
}

/** Ids for codes; null for none. A code that is neither in the table nor the person's own is an input error. */
export async function seriesIds(ctx: Context, userId: UserId, codes: readonly string[]): Promise<number[] | null> {
  if (codes.length === 0) return null;
  const unknown = codes.filter((code) => seriesByCode(code) === undefined);
  const own = unknown.length === 0 ? [] : await findCustomSeries(ctx.database, userId, unknown);
  const ids = new Map(own.map(({ code, id }) => [code, id]));
  return [...new Set(codes)].map((code) => {
    const id = seriesByCode(code)?.id ?? ids.get(code);
    if (id !== undefined) return id;
    const message = `Unknown series type '${code}'; GET /api/v1/meta/coverage lists the codes`;
    throw new AppError("invalid_input", message, { issues: [{ path: "query.types", message }] });
  });
}
