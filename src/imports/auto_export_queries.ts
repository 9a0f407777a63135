import { sql } from "drizzle-orm";
import { type Database, rows } from "../platform/database.ts";

export interface WaitingExport {
  readonly user_id: string;
  readonly body: string;
  readonly received_at: Date;
  /** Null while nobody has read it. */
  readonly processed_at: Date | null;
}

/** What the app sent, or undefined when the payload is of another kind or went with its person. */
export async function findAutoExport(db: Database, id: string): Promise<WaitingExport | undefined> {
  const [row] = await rows<{ user_id: string; body: string; received_at: string; processed_at: string | null }>(
    db,
    sql`
      select user_id, convert_from(body, 'UTF8') as body, received_at, processed_at
      from raw_payload
      where id = ${id}
        and kind = 'auto_export'`,
  );
  return row && {
    ...row,
    received_at: new Date(row.received_at),
    processed_at: row.processed_at === null ? null : new Date(row.processed_at),
  };
}
