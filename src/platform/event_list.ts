import { type SQL, sql } from "drizzle-orm";
import { type Cursor, cursorQuery, positionForm, readCursor } from "./envelope.ts";
import type { Position } from "./paging.ts";
import { type Bound, queryInstant, queryInteger } from "./scalars.ts";

/** Lists of what has a start and an end, newest first: their query fields and the part of the statement they share. */

export const eventListQuery = {
  start_date: queryInstant.openapi({ description: "What started before this is left out" }),
  end_date: queryInstant.openapi({ description: "What ended at this instant or later is left out" }),
  cursor: cursorQuery,
  limit: queryInteger(1, 100, 50),
};

export interface EventList {
  readonly start: Date;
  readonly end: Date;
  readonly cursor: Cursor<Position> | undefined;
  readonly limit: number;
}

export function eventList(
  query: { start_date: Bound; end_date: Bound; cursor?: string | undefined; limit: number },
): EventList {
  const { start_date, end_date, cursor, limit } = query;
  return { start: start_date.at, end: end_date.at, cursor: readCursor(positionForm, cursor), limit };
}

/** The condition that a row lies in the range. */
export function inRange({ start, end }: EventList): SQL {
  return sql`
    start_time >= ${start.toISOString()}::timestamptz
    and end_time < ${end.toISOString()}::timestamptz`;
}

/** The condition that a row lies behind the cursor, the order of the walk, and one row more than the page shows. */
export function walk({ cursor, limit }: EventList): { behind: SQL; ordered: SQL } {
  const backward = cursor?.backward === true;
  const behind = cursor === undefined
    ? sql`true`
    : sql`(start_time, id) ${sql.raw(backward ? ">" : "<")} (${cursor.key.at}::timestamptz, ${cursor.key.id}::uuid)`;
  const order = sql.raw(backward ? "asc" : "desc");
  return { behind, ordered: sql`order by start_time ${order}, id ${order} limit ${limit + 1}::int` };
}

/** What every row of such a list has. Instants are milliseconds since 1970. */
export interface EventRow {
  readonly id: string;
  readonly start: number;
  readonly end: number;
  /** Minutes east of UTC. */
  readonly zone_offset: number | null;
}

export function eventPosition({ start, id }: EventRow): Position {
  return { at: new Date(start).toISOString(), id };
}
