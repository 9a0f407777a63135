import { requireUser } from "../accounts/access.ts";
import type { Context } from "../platform/context.ts";
import type { Database } from "../platform/database.ts";
import { addDays, utcDay } from "../platform/day_range.ts";
import { AppError, notFound, sqlState } from "../platform/errors.ts";
import { reachable, requireLabResult } from "./access.ts";
import { analyteOfCode, chosenTest, type MatchedTest, testOf } from "./matched_test.ts";
import { qualitativeOf, titreOf } from "./qualitative.ts";
import { insertLabResult, lockLabResult, type NewLabResult, updateLabResult } from "./queries.ts";
import { type RangeLimits, withInclusivity } from "./range_limits.ts";
import { readResultValue, resultStatus, type ResultValue } from "./result_value.ts";
import { specimenOf } from "./specimen.ts";
import { rememberName } from "./synonyms.ts";
import type { LabResult } from "./table.ts";

/** Results that a person enters or corrects. */

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
  /** Id in the catalogue of tests. */
  readonly analyte?: string | null | undefined;
  readonly specimen?: string | null | undefined;
}

export type LabCorrection = { readonly [Field in keyof LabFields]?: LabFields[Field] | undefined };

/** Stores a result entered by hand. Without a status, value and range decide it; without a code, the catalogue does. */
export async function createLabResult(ctx: Context, userId: string, fields: LabFields): Promise<LabResult> {
  const { value, value_text, reference_min = null, reference_max = null, ...others } = fields;
  const user_id = await requireUser(ctx, userId);
  const result = readResultValue(value, value_text);
  const limits = requireLimits(fields.reference_text ?? null, reference_min, reference_max);
  requirePast(ctx, fields.recorded_at);
  const specimen = fields.specimen ?? specimenOf({ test_name: fields.test_name, section: null });
  const test = testFor({ ...fields, ...result, specimen, section: null }, fields);
  try {
    return await insertLabResult(ctx.database, {
      ...given(others),
      ...wording(result),
      ...limits,
      ...test,
      id: crypto.randomUUID(),
      user_id,
      test_name: fields.test_name,
      specimen,
      status: fields.status ?? resultStatus(result, limits),
      found_by: "person",
      review_status: "confirmed",
      reviewed_at: ctx.clock(),
    });
  } catch (error) {
    // The person was deleted between the check and the insert.
    throw sqlState(error) === "23503" ? notFound("User", userId) : error;
  }
}

/**
 * Changes the fields that are given; null clears a field. The result keeps its place in the document and counts as
 * found by a person from now on, so that reading the document again does not overwrite it. When value or range
 * change and no status is given, they decide it anew; when name, unit or specimen change, so does the test. What the
 * printed name turned out to mean is remembered for its laboratory.
 */
export async function correctLabResult(ctx: Context, id: string, correction: LabCorrection): Promise<LabResult> {
  const change = given(correction);
  if (Object.keys(change).length === 0) return await requireLabResult(ctx, id);
  requirePast(ctx, correction.recorded_at ?? null);
  return await ctx.database.transaction(async (db) => {
    const row = reachable(ctx, await lockLabResult(db, id));
    const fields = differing(row, change);
    if (Object.keys(fields).length === 0 && row.review_status !== "unreviewed") return row;
    return reachable(ctx, await correct(ctx, db, row, fields, correction));
  });
}

async function correct(ctx: Context, db: Database, row: LabResult, fields: LabCorrection, asked: LabCorrection) {
  const { value: _, value_text: __, reference_min, reference_max, analyte: ___, test_code: ____, ...others } = fields;
  const result = correctedValue(row, asked);
  const limits = requireLimits(
    fields.reference_text === undefined ? row.reference_text : fields.reference_text,
    reference_min === undefined ? row.reference_min : reference_min,
    reference_max === undefined ? row.reference_max : reference_max,
  );
  const revalued = result.value_text !== row.value_text || result.value !== row.value;
  const limited = limits.reference_min !== row.reference_min || limits.reference_max !== row.reference_max;
  const test = correctedTest(row, fields, result);
  const changed = await updateLabResult(db, row.id, {
    ...given(others),
    // What did not change keeps the digits it was printed with.
    ...(revalued ? wording(result) : {}),
    ...(limited || fields.reference_text !== undefined ? limits : {}),
    ...((revalued || limited) && asked.status === undefined ? { status: resultStatus(result, limits) } : {}),
    ...test,
    found_by: "person",
    review_status: "corrected",
    review_reasons: [],
    reviewed_at: ctx.clock(),
    printed: row.printed ?? asPrinted(row),
  });
  const meant = test?.analyte ?? null;
  if (changed !== undefined && meant !== null) await rememberName(db, changed, meant);
  return changed;
}

/** What a document printed; of a result entered by hand, nothing. */
function asPrinted({ page, test_name, value_text, unit, reference_text }: LabResult): LabResult["printed"] {
  return page === null ? null : { test_name, value_text, unit, reference_text };
}

/** The fields that say something else than the row does. */
function differing(row: LabResult, change: LabCorrection): LabCorrection {
  return Object.fromEntries(
    Object.entries(change).filter(([field, value]) => value !== Reflect.get(row, field)),
  ) as LabCorrection;
}

/** The test anew, or undefined where nothing was changed that it depends on. */
function correctedTest(row: LabResult, fields: LabCorrection, { value }: ResultValue): StoredTest | undefined {
  const { test_name = row.test_name, unit = row.unit, specimen = row.specimen } = fields;
  const touched = ["test_name", "unit", "specimen", "analyte", "test_code"].some((field) => field in fields);
  if (!touched) return undefined;
  // Another unit of the same test may have another code, and is no other test.
  const same = row.analyte !== null && fields.test_name === undefined && !("test_code" in fields);
  const named = same && fields.analyte === undefined ? { ...fields, analyte: row.analyte } : fields;
  return testFor({ test_name, unit, specimen, section: row.section, value }, named);
}

type StoredTest = Omit<MatchedTest, "doubts">;

/** The test a person names, else the one the catalogue finds; a code that was given stands, null included. */
function testFor(printed: Parameters<typeof testOf>[0], named: LabCorrection): StoredTest {
  const { analyte, test_code } = named;
  const matched = typeof analyte === "string" ? requireTest(printed, analyte) : testOf(printed);
  const { doubts: _, ...found } = matched;
  const test = analyte === null ? { ...found, ...uncoded } : found;
  if (test_code === undefined || test_code === test.test_code) return test;
  if (test_code === null) {
    return typeof analyte === "string" ? { ...test, test_code } : { ...test, ...uncoded };
  }
  const coded = analyte ?? analyteOfCode(test_code, test.analyte) ?? test.analyte;
  return { ...test, test_code, analyte: coded, ...(coded === null ? {} : { loinc_status: "auto_match" as const }) };
}

const uncoded = { analyte: null, test_code: null, loinc_status: "no_match" as const };

function requireTest(printed: Parameters<typeof testOf>[0], analyte: string): MatchedTest {
  const test = chosenTest(printed, analyte);
  if (test === null) throw invalid("body.analyte", "analyte is no test of the catalogue; send null, or a candidate's");
  return test;
}

function wording(result: ResultValue) {
  const qualitative = result.value === null ? qualitativeOf(result.value_text) : null;
  return { ...result, qualitative, titre: titreOf(result.value_text) } satisfies Partial<NewLabResult>;
}

/** Value and text are one thing: correcting either replaces both. */
function correctedValue(row: LabResult, { value, value_text }: LabCorrection): ResultValue {
  const kept = { value: row.value, value_text: row.value_text, comparator: row.comparator };
  if (value_text === row.value_text && (value === undefined || value === row.value)) return kept;
  if (value_text === undefined && (value === undefined || (value === null && row.value === null))) return kept;
  return readResultValue(value, value_text);
}

function requireLimits(text: string | null, min: number | null, max: number | null): RangeLimits {
  if (min !== null && max !== null && min > max) {
    throw invalid("body.reference_min", "reference_min must not be greater than reference_max");
  }
  return withInclusivity(text, min, max);
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
