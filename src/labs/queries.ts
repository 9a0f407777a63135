import { and, asc, eq, ilike, type SQL, sql } from "drizzle-orm";
import type { UserId } from "../accounts/access.ts";
import { contains, type Database, rows } from "../platform/database.ts";
import type { DayRange } from "../platform/day_range.ts";
import type { Position } from "../platform/paging.ts";
import { printedDigits } from "./printed_digits.ts";
import { type LabResult, labResults } from "./table.ts";

/** Every statement on lab results, except those that read them out of a document. */

export type NewLabResult = typeof labResults.$inferInsert;

export interface LabFilter extends DayRange {
  /** Part of the name, in any case. */
  readonly test_name?: string | undefined;
  readonly limit: number;
  readonly after?: Position | undefined;
}

export async function findLabResult(db: Database, id: string): Promise<LabResult | undefined> {
  return (await db.select().from(labResults).where(eq(labResults.id, id)))[0];
}

/** The row, which nobody else changes until this transaction ends. */
export async function lockLabResult(db: Database, id: string): Promise<LabResult | undefined> {
  return (await db.select().from(labResults).where(eq(labResults.id, id)).for("update"))[0];
}

/** Newest first, then by name. A result without a date counts for the day it was stored, and comes last. */
export async function listLabResults(db: Database, userId: UserId, filter: LabFilter): Promise<LabResult[]> {
  const day = sql`coalesce(${labResults.recorded_at}, (${labResults.created_at} at time zone 'UTC')::date)`;
  return await db.select().from(labResults)
    .where(and(
      eq(labResults.user_id, userId),
      filter.from === null ? undefined : sql`${day} >= ${filter.from}::date`,
      filter.to === null ? undefined : sql`${day} <= ${filter.to}::date`,
      filter.test_name === undefined ? undefined : ilike(labResults.test_name, contains(filter.test_name)),
      filter.after === undefined ? undefined : behind(userId, filter.after),
    ))
    .orderBy(sql`${labResults.recorded_at} desc nulls last`, asc(labResults.test_name), asc(labResults.id))
    .limit(filter.limit);
}

/** No calendar date: stands for "undated" in a cursor. */
const undated = "0000-01-01";

/** Where a result stands in the list. */
export function listPosition(row: LabResult): Position {
  return { at: row.recorded_at ?? undated, id: row.id };
}

/** Behind this position. When its result was deleted meanwhile, the rest of its day is listed again, never skipped. */
function behind(userId: UserId, position: Position): SQL {
  const name = sql`coalesce((
    select name_at.test_name
    from lab_result as name_at
    where name_at.id = ${position.id}::uuid
      and name_at.user_id = ${userId}
  ), '')`;
  const later = sql`(${labResults.test_name}, ${labResults.id}) > (${name}, ${position.id}::uuid)`;
  if (position.at === undated) return sql`(${labResults.recorded_at} is null and ${later})`;
  return sql`(
    ${labResults.recorded_at} is null
    or ${labResults.recorded_at} < ${position.at}::date
    or (${labResults.recorded_at} = ${position.at}::date and ${later})
  )`;
}

export async function insertLabResult(db: Database, row: NewLabResult): Promise<LabResult> {
  return one(await db.insert(labResults).values(row).returning());
}

/**
 * Stores many results at once, as one parameter. An id or a position in a document that is taken stays as it is.
 * Numbers keep the digits their text prints: 5.40 is not 5.4. Gives the number of new rows.
 */
export async function insertLabResults(db: Database, results: readonly NewLabResult[]): Promise<number> {
  const sent = results.map((result) => ({
    ...result,
    value: printedDigits(result.value, result.value_text),
    reference_min: printedDigits(result.reference_min, result.reference_text),
    reference_max: printedDigits(result.reference_max, result.reference_text),
  }));
  const stored = await rows<{ id: string }>(
    db,
    sql`
      insert into lab_result (
        id, user_id, document_id, document_position, test_name, test_code, value, value_text, comparator, unit,
        reference_min, reference_max, reference_text, status, recorded_at, page, box, found_by, flag_printed, flag,
        qualitative, titre, reference_min_inclusive, reference_max_inclusive, specimen, section, laboratory, confidence,
        review_reasons, analyte, loinc_status, candidates, review_status, reviewed_at
      )
      select
        id, user_id, document_id, document_position, test_name, test_code, value, value_text, comparator,
        coalesce(unit, ''), reference_min, reference_max, reference_text, status, recorded_at, page, box, found_by,
        flag_printed, flag, qualitative, titre, reference_min_inclusive, reference_max_inclusive, specimen, section,
        laboratory, confidence, coalesce(review_reasons, '{}'), analyte, loinc_status, coalesce(candidates, '[]'),
        coalesce(review_status, case found_by when 'person' then 'confirmed' else 'unreviewed' end), reviewed_at
      from jsonb_to_recordset(${JSON.stringify(sent)}::text::jsonb) as sent(
        id uuid, user_id uuid, document_id uuid, document_position integer, test_name text, test_code text,
        value numeric, value_text text, comparator text, unit text, reference_min numeric, reference_max numeric,
        reference_text text, status text, recorded_at date, page integer, box jsonb, found_by text, flag_printed text,
        flag text, qualitative text, titre integer, reference_min_inclusive boolean, reference_max_inclusive boolean,
        specimen text, section text, laboratory text, confidence real, review_reasons text[], analyte text,
        loinc_status text, candidates jsonb, review_status text, reviewed_at timestamptz
      )
      on conflict do nothing
      returning id`,
  );
  return stored.length;
}

export async function updateLabResult(
  db: Database,
  id: string,
  change: Partial<NewLabResult>,
): Promise<LabResult | undefined> {
  const set = { ...change, updated_at: sql`now()` };
  return (await db.update(labResults).set(set).where(eq(labResults.id, id)).returning())[0];
}

export async function deleteLabResult(db: Database, id: string): Promise<void> {
  await db.delete(labResults).where(eq(labResults.id, id));
}

export interface LabOfDay {
  readonly test_name: string;
  readonly value: number | null;
  readonly value_text: string;
  readonly unit: string;
  readonly status: string | null;
}

/** The results of one calendar day, by name. */
export async function labsOfDay(db: Database, userId: UserId, day: string): Promise<LabOfDay[]> {
  const { test_name, value, value_text, unit, status } = labResults;
  return await db.select({ test_name, value, value_text, unit, status }).from(labResults)
    .where(and(eq(labResults.user_id, userId), eq(labResults.recorded_at, day)))
    .orderBy(asc(labResults.test_name), asc(labResults.created_at), asc(labResults.id));
}

function one<Row>(returned: Row[]): Row {
  const [row] = returned;
  if (row === undefined) throw new Error("The statement returned no row");
  return row;
}
