import { and, asc, eq, gte, inArray, lte, sql } from "drizzle-orm";
import type { UserId } from "../accounts/access.ts";
import { type Database, rows } from "../platform/database.ts";
import type { DayRange } from "../platform/day_range.ts";
import { keepOneUnit } from "./one_unit.ts";
import { analyteById, analytesByLoinc } from "./analyte_catalogue.ts";
import { sureAnalyte } from "./match_analyte.ts";
import { type LabResult, labResults } from "./table.ts";
import { chooseTest, groupAnalyte, groupTests, type TestGroup } from "./test_name.ts";

/** The statements that follow one test of a person through time. */

/** What tells one test from another among the rows. */
interface StoredTest {
  readonly test_name: string;
  readonly unit: string;
  readonly analyte: string | null;
  readonly test_code: string | null;
  readonly specimen: string | null;
  readonly section: string | null;
  readonly is_number: boolean;
}

interface CountedTest extends StoredTest {
  readonly count: number;
  readonly latest: string | null;
}

/** The tests this person has results of, by name. */
export async function testsOfPerson(db: Database, userId: UserId): Promise<TestGroup[]> {
  const stored = await rows<CountedTest>(
    db,
    sql`
      select
        test_name,
        unit,
        analyte,
        test_code,
        specimen,
        section,
        value is not null as is_number,
        count(*)::int as count,
        max(recorded_at)::text as latest
      from lab_result
      where user_id = ${userId}
      group by 1, 2, 3, 4, 5, 6, 7
      order by max(recorded_at) desc nulls last, max(created_at) desc, test_name, unit`,
  );
  return groupTests(stored.map((test) => ({ ...test, analyte: analyteOf(test), key: keyOf(test) })));
}

/** As stored, else by its code, else by what is printed when that leaves no doubt. */
function analyteOf(test: StoredTest): string | null {
  const { test_name, unit, specimen, section, is_number } = test;
  if (test.analyte !== null && analyteById(test.analyte) !== undefined) return test.analyte;
  const [coded, other] = test.test_code === null ? [] : analytesByLoinc(test.test_code);
  if (coded !== undefined && other === undefined) return coded.id;
  return sureAnalyte({ test_name, unit, specimen, section, value: is_number ? undefined : null })?.id ?? null;
}

function keyOf({ test_name, unit, analyte, test_code, specimen, section, is_number }: StoredTest): string {
  return JSON.stringify([test_name, unit, analyte, test_code, specimen, section, is_number]);
}

/** The dated results of this test, oldest first, those without a number included. */
export async function resultsOfTest(
  db: Database,
  userId: UserId,
  group: TestGroup,
  days: DayRange,
): Promise<(LabResult & { readonly recorded_at: string })[]> {
  const found = await db.select().from(labResults)
    .where(and(
      eq(labResults.user_id, userId),
      inArray(labResults.test_name, [...group.spellings]),
      days.from === null ? undefined : gte(labResults.recorded_at, days.from),
      days.to === null ? undefined : lte(labResults.recorded_at, days.to),
    ))
    .orderBy(asc(labResults.recorded_at), asc(labResults.created_at), asc(labResults.id));
  // One name stands for several tests: "Glucose" in serum and in urine.
  const members = new Set(group.members.map((member) => member.key));
  return found.flatMap((row) =>
    row.recorded_at !== null && members.has(keyOf({ ...row, is_number: row.value !== null }))
      ? [{ ...row, recorded_at: row.recorded_at }]
      : []
  );
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
  const results = await resultsOfTest(db, userId, chosen.group, { from: fromDay, to: null });
  const measured = results.flatMap(({ recorded_at, unit, value }) =>
    value === null ? [] : [{ day: recorded_at, unit, value }]
  );
  const byDay = Map.groupBy(keepOneUnit(measured, groupAnalyte(chosen.group)).points, (point) => point.day);
  return [...byDay].map(([day, points]) => ({
    day,
    value: points.reduce((sum, point) => sum + point.value, 0) / points.length,
  }));
}
