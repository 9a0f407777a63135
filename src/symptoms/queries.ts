import { and, asc, desc, eq, type SQL, sql } from "drizzle-orm";
import type { UserId } from "../accounts/access.ts";
import { type Database, rows } from "../platform/database.ts";
import type { DayRange } from "../platform/day_range.ts";
import type { Position } from "../platform/paging.ts";
import { symptomEntries, type SymptomEntry } from "./table.ts";

/** Every statement on symptoms. A day is the local one of the entry: its instant moved by the offset it came with. */

export type NewSymptom = typeof symptomEntries.$inferInsert;

/** The range is one of local days. */
export interface SymptomFilter extends DayRange {
  readonly symptom_type?: string | undefined;
  readonly limit: number;
  readonly after?: Position | undefined;
}

const localDay = sql`(
  ${symptomEntries.recorded_at} at time zone 'UTC' + ${symptomEntries.zone_offset}::interval
)::date`;

/** No offset is larger than this; the bounds in UTC let the index find the rows. */
const largestOffset = sql`interval '15 hours'`;

function onOrAfter(day: string): SQL {
  return sql`(
    ${localDay} >= ${day}::date
    and ${symptomEntries.recorded_at} >= (${day}::date - ${largestOffset}) at time zone 'UTC'
  )`;
}

function onOrBefore(day: string): SQL {
  return sql`(
    ${localDay} <= ${day}::date
    and ${symptomEntries.recorded_at} < (${day}::date + interval '1 day' + ${largestOffset}) at time zone 'UTC'
  )`;
}

export async function findSymptom(db: Database, id: string): Promise<SymptomEntry | undefined> {
  return (await db.select().from(symptomEntries).where(eq(symptomEntries.id, id)))[0];
}

/** Newest first. */
export async function listSymptoms(db: Database, userId: UserId, filter: SymptomFilter): Promise<SymptomEntry[]> {
  const { after } = filter;
  return await db.select().from(symptomEntries)
    .where(and(
      eq(symptomEntries.user_id, userId),
      filter.from === null ? undefined : onOrAfter(filter.from),
      filter.to === null ? undefined : onOrBefore(filter.to),
      filter.symptom_type === undefined ? undefined : eq(symptomEntries.symptom_type, filter.symptom_type),
      after === undefined ? undefined : sql`
        (${symptomEntries.recorded_at}, ${symptomEntries.id}) < (${after.at}::timestamptz, ${after.id}::uuid)`,
    ))
    .orderBy(desc(symptomEntries.recorded_at), desc(symptomEntries.id))
    .limit(filter.limit);
}

/** The types this person has entries of, by name. */
export async function listSymptomTypes(db: Database, userId: UserId): Promise<string[]> {
  const found = await db.selectDistinct({ symptom_type: symptomEntries.symptom_type }).from(symptomEntries)
    .where(eq(symptomEntries.user_id, userId))
    .orderBy(asc(symptomEntries.symptom_type));
  return found.map((row) => row.symptom_type);
}

export async function insertSymptom(db: Database, row: NewSymptom): Promise<SymptomEntry> {
  const [stored] = await db.insert(symptomEntries).values(row).returning();
  if (stored === undefined) throw new Error("The statement returned no row");
  return stored;
}

/** Stores many entries at once, as one parameter. An id that is taken stays as it is. Gives the number of new rows. */
export async function insertSymptoms(db: Database, entries: readonly NewSymptom[]): Promise<number> {
  const stored = await rows<{ id: string }>(
    db,
    sql`
      insert into symptom_entry (
        id, user_id, symptom_type, severity, notes, recorded_at, zone_offset, duration_minutes, triggers
      )
      select
        id, user_id, symptom_type, severity, notes, recorded_at, coalesce(zone_offset, '+00:00'), duration_minutes,
        nullif(triggers, 'null'::jsonb)
      from jsonb_to_recordset(${JSON.stringify(entries)}::text::jsonb) as sent(
        id uuid, user_id uuid, symptom_type text, severity integer, notes text, recorded_at timestamptz,
        zone_offset text, duration_minutes integer, triggers jsonb
      )
      on conflict do nothing
      returning id`,
  );
  return stored.length;
}

export async function updateSymptom(
  db: Database,
  id: string,
  change: Partial<NewSymptom>,
): Promise<SymptomEntry | undefined> {
  if (Object.keys(change).length === 0) return await findSymptom(db, id);
  return (await db.update(symptomEntries).set(change).where(eq(symptomEntries.id, id)).returning())[0];
}

export async function deleteSymptom(db: Database, id: string): Promise<void> {
  await db.delete(symptomEntries).where(eq(symptomEntries.id, id));
}

/** The entries of one local day, in order of time. */
export async function symptomsOfDay(db: Database, userId: UserId, day: string): Promise<SymptomEntry[]> {
  return await db.select().from(symptomEntries)
    .where(and(eq(symptomEntries.user_id, userId), onOrAfter(day), onOrBefore(day)))
    .orderBy(asc(symptomEntries.recorded_at), asc(symptomEntries.id));
}

export interface DayValue {
  /** `YYYY-MM-DD`, the local day. */
  readonly day: string;
  readonly value: number;
}

/** Mean severity of one type on each local day that has an entry, oldest first. */
export async function symptomSeverityByDay(
  db: Database,
  userId: UserId,
  type: string,
  fromDay: string,
): Promise<DayValue[]> {
  return await rows<DayValue>(
    db,
    sql`
      select
        ${localDay}::text as day,
        avg(${symptomEntries.severity})::float8 as value
      from ${symptomEntries}
      where ${symptomEntries.user_id} = ${userId}
        and ${symptomEntries.symptom_type} = ${type}
        and ${onOrAfter(fromDay)}
      group by 1
      order by 1`,
  );
}
