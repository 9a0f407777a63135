import { and, asc, eq, gte, ilike, inArray, lte, ne, type SQL, sql } from "drizzle-orm";
import type { UserId } from "../accounts/access.ts";
import { contains, type Database, rows } from "../platform/database.ts";
import type { DayRange } from "../platform/day_range.ts";
import type { Position } from "../platform/paging.ts";
import { keepOneUnit } from "./one_unit.ts";
import { type LabResult, labResults } from "./table.ts";
import { chooseTest, groupTests, type NamedTest, type TestGroup } from "./test_name.ts";

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
 * Gives the number of new rows.
 */
export async function insertLabResults(db: Database, results: readonly NewLabResult[]): Promise<number> {
  const stored = await rows<{ id: string }>(
    db,
    sql`
      insert into lab_result (
        id, user_id, document_id, document_position, test_name, test_code, value, value_text, comparator, unit,
        reference_min, reference_max, reference_text, status, recorded_at, page, box, found_by
      )
      select
        id, user_id, document_id, document_position, test_name, test_code, value, value_text, comparator,
        coalesce(unit, ''), reference_min, reference_max, reference_text, status, recorded_at, page, box, found_by
      from jsonb_to_recordset(${JSON.stringify(results)}::text::jsonb) as sent(
        id uuid, user_id uuid, document_id uuid, document_position integer, test_name text, test_code text,
        value numeric, value_text text, comparator text, unit text, reference_min numeric, reference_max numeric,
        reference_text text, status text, recorded_at date, page integer, box jsonb, found_by text
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

/** The results of a document that a person entered or corrected. */
export async function listKeptResults(db: Database, documentId: string): Promise<LabResult[]> {
  return await db.select().from(labResults)
    .where(and(eq(labResults.document_id, documentId), eq(labResults.found_by, "person")));
}

/** Removes what the reader found in a document; what a person entered or corrected stays. */
export async function deleteFoundResults(db: Database, documentId: string): Promise<void> {
  await db.delete(labResults).where(and(eq(labResults.document_id, documentId), ne(labResults.found_by, "person")));
}

export async function deleteLabResult(db: Database, id: string): Promise<void> {
  await db.delete(labResults).where(eq(labResults.id, id));
}

/** The tests this person has results of, spellings of one name together, by name. */
export async function testsOfPerson(db: Database, userId: UserId): Promise<TestGroup[]> {
  return groupTests(
    await rows<NamedTest>(
      db,
      sql`
        select
          test_name,
          count(*)::int as count,
          max(recorded_at)::text as latest,
          (array_agg(unit order by recorded_at desc nulls last, created_at desc, id))[1] as unit
        from lab_result
        where user_id = ${userId}
        group by test_name`,
    ),
  );
}

/** The dated results under these spellings, oldest first, those without a number included. */
export async function resultsOfTest(
  db: Database,
  userId: UserId,
  spellings: readonly string[],
  days: DayRange,
): Promise<(LabResult & { readonly recorded_at: string })[]> {
  const found = await db.select().from(labResults)
    .where(and(
      eq(labResults.user_id, userId),
      inArray(labResults.test_name, [...spellings]),
      days.from === null ? undefined : gte(labResults.recorded_at, days.from),
      days.to === null ? undefined : lte(labResults.recorded_at, days.to),
    ))
    .orderBy(asc(labResults.recorded_at), asc(labResults.created_at), asc(labResults.id));
  return found.flatMap((row) => row.recorded_at === null ? [] : [{ ...row, recorded_at: row.recorded_at }]);
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

export interface DayValue {
  /** `YYYY-MM-DD` */
  readonly day: string;
  readonly value: number;
}

/**
 * The values of the one test that `testName` means (as in a trend), in one unit, the mean of each day, oldest first.
 * No such test gives no rows.
 */
export async function labValuesByDay(
  db: Database,
  userId: UserId,
  testName: string,
  fromDay: string,
): Promise<DayValue[]> {
  const chosen = chooseTest(await testsOfPerson(db, userId), testName);
  if (chosen === null) return [];
  const results = await resultsOfTest(db, userId, chosen.group.spellings, { from: fromDay, to: null });
  const measured = results.flatMap(({ recorded_at, unit, value }) =>
    value === null ? [] : [{ day: recorded_at, unit, value }]
  );
  const byDay = Map.groupBy(keepOneUnit(measured).points, (point) => point.day);
  return [...byDay].map(([day, points]) => ({
    day,
    value: points.reduce((sum, point) => sum + point.value, 0) / points.length,
  }));
}

function one<Row>(returned: Row[]): Row {
  const [row] = returned;
  if (row === undefined) throw new Error("The statement returned no row");
  return row;
}
