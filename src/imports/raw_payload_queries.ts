import { sql } from "drizzle-orm";
import type { UserId } from "../accounts/access.ts";
import { type Database, rows } from "../platform/database.ts";

/** Every statement on raw payloads: what phones and apps sent, word for word. */

export type RawPayloadKind = "sdk" | "sdk_logs" | "auto_export";

export interface NewRawPayload {
  readonly id: string;
  readonly user_id: UserId;
  readonly kind: RawPayloadKind;
  readonly provider: string;
  /** Text without NUL, which no JSON has. It travels as text, because the driver is slow with bytes. */
  readonly body: string;
  readonly received_at: Date;
  /** Null while somebody has to read it. */
  readonly processed_at: Date | null;
}

export async function insertRawPayload(db: Database, payload: NewRawPayload): Promise<void> {
  await db.execute(sql`
    insert into raw_payload (id, user_id, kind, provider, body, received_at, processed_at)
    values (
      ${payload.id}, ${payload.user_id}, ${payload.kind}, ${payload.provider},
      convert_to(${payload.body}::text, 'UTF8'), ${payload.received_at.toISOString()}::timestamptz, ${
    payload.processed_at?.toISOString() ?? null
  }::timestamptz
    )`);
}

export interface WaitingPayload {
  readonly user_id: string;
  readonly provider: string;
  readonly body: string;
}

/** The payload if nobody has read it yet; undefined also when it went with its person. */
export async function findWaitingPayload(db: Database, id: string): Promise<WaitingPayload | undefined> {
  const [row] = await rows<WaitingPayload>(
    db,
    sql`
      select user_id, provider, convert_from(body, 'UTF8') as body
      from raw_payload
      where id = ${id}
        and processed_at is null`,
  );
  return row;
}

/** Whose it was, or undefined when it was done before: what follows must not be told twice. */
export async function markProcessed(
  db: Database,
  id: string,
  now: Date,
): Promise<{ readonly user_id: string; readonly provider: string } | undefined> {
  const [row] = await rows<{ user_id: string; provider: string }>(
    db,
    sql`
      update raw_payload
      set processed_at = ${now.toISOString()}::timestamptz
      where id = ${id}
        and processed_at is null
      returning user_id, provider`,
  );
  return row;
}

/** Deletes what was received before `before`, but nothing that still waits to be read. */
export async function deleteProcessedPayloads(db: Database, before: Date): Promise<void> {
  await db.execute(sql`
    delete from raw_payload
    where received_at < ${before.toISOString()}::timestamptz
      and processed_at is not null`);
}
