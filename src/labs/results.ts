import { requireUser } from "../accounts/access.ts";
import type { Context } from "../platform/context.ts";
import { addDays, utcDay } from "../platform/day_range.ts";
import { AppError, notFound, sqlState } from "../platform/errors.ts";
import { reachable, requireLabResult } from "./access.ts";
import { deleteLabResult, insertLabResult, lockLabResult, updateLabResult } from "./queries.ts";
import { readResultValue, type ReferenceRange, resultStatus } from "./result_value.ts";
import type { LabResult } from "./table.ts";

/** Results that a person enters, corrects or deletes. */

export interface LabFields {
  readonly test_name: string;
  readonly test_code?: string | null | undefined;
  readonly value?: number | null | undefined;
  readonly value_text?: string | undefined;
  readonly unit?: string | undefined;
  readonly reference_min?: number | null | undefined;
  readonly reference_max?: number | null | undefined;
  readonly reference_text?: string | null | undefined;
  readonly status?: string | null | undefined;
  readonly recorded_at: string | null;
}

export type LabCorrection = { readonly [Field in keyof LabFields]?: LabFields[Field] | undefined };

/** Stores a result entered by hand. Without a status, value and range decide it. */
export async function createLabResult(ctx: Context, userId: string, fields: LabFields): Promise<LabResult> {
  const { value, value_text, reference_min = null, reference_max = null, ...others } = fields;
  const user_id = await requireUser(ctx, userId);
  const result = readResultValue(value, value_text);
  const range = requireRange({ reference_min, reference_max });
  requirePast(ctx, fields.recorded_at);
  try {
    return await insertLabResult(ctx.database, {
      ...given(others),
      ...result,
      ...range,
      id: crypto.randomUUID(),
      user_id,
      test_name: fields.test_name,
      status: fields.status ?? resultStatus(result, range),
      found_by: "person",
    });
  } catch (error) {
    // The person was deleted between the check and the insert.
    throw sqlState(error) === "23503" ? notFound("User", userId) : error;
  }
}

/**
 * Changes the fields that are given; null clears a field. The result keeps its place in the document and counts as
 * found by a person from now on, so that reading the document again does not overwrite it. When value or range
 * change and no status is given, they decide it anew.
 */
export async function correctLabResult(ctx: Context, id: string, correction: LabCorrection): Promise<LabResult> {
  const change = given(correction);
  if (Object.keys(change).length === 0) return await requireLabResult(ctx, id);
  requirePast(ctx, correction.recorded_at ?? null);
  return await ctx.database.transaction(async (db) => {
    const row = reachable(ctx, await lockLabResult(db, id));
    const result = correctedValue(row, correction);
    const range = requireRange({
      reference_min: correction.reference_min === undefined ? row.reference_min : correction.reference_min,
      reference_max: correction.reference_max === undefined ? row.reference_max : correction.reference_max,
    });
    const moved = result.value_text !== row.value_text || result.value !== row.value ||
      range.reference_min !== row.reference_min || range.reference_max !== row.reference_max;
    const changed = await updateLabResult(db, id, {
      ...change,
      ...result,
      ...range,
      ...(moved && correction.status === undefined ? { status: resultStatus(result, range) } : {}),
      found_by: "person",
    });
    return reachable(ctx, changed);
  });
}

export async function removeLabResult(ctx: Context, id: string): Promise<void> {
  const row = await requireLabResult(ctx, id);
  await deleteLabResult(ctx.database, row.id);
}

/** Value and text are one thing: correcting either replaces both. */
function correctedValue(row: LabResult, { value, value_text }: LabCorrection) {
  const kept = { value: row.value, value_text: row.value_text, comparator: row.comparator };
  if (value_text === row.value_text && (value === undefined || value === row.value)) return kept;
  if (value_text === undefined && (value === undefined || (value === null && row.value === null))) return kept;
  return readResultValue(value, value_text);
}

function requireRange(range: ReferenceRange): ReferenceRange {
  const { reference_min: min, reference_max: max } = range;
  if (min !== null && max !== null && min > max) {
    throw invalid("body.reference_min", "reference_min must not be greater than reference_max");
  }
  return range;
}

/** A day ahead is allowed: it may be tomorrow already where the person lives. */
function requirePast(ctx: Context, day: string | null): void {
  if (day !== null && day > addDays(utcDay(ctx.clock()), 1)) {
    throw invalid("body.recorded_at", "recorded_at must not be in the future");
  }
}

function invalid(path: string, message: string): AppError {
  return new AppError("invalid_input", message, { issues: [{ path, message }] });
}

function given<Fields extends object>(fields: Fields): { [Field in keyof Fields]?: Exclude<Fields[Field], undefined> } {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [Field in keyof Fields]?: Exclude<Fields[Field], undefined> };
}
