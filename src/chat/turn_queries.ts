import { and, asc, eq, gt, or, type SQL, sql } from "drizzle-orm";
import { type Database, rows } from "../platform/database.ts";
import type { ChatEvent } from "./event.ts";
import { messageColumns, type MessageRow, readMessage, touchedSession } from "./queries.ts";
import { chatEvents, type ChatMessage, type ChatTurn, chatTurns } from "./table.ts";

/** Every statement on turns and what they tell. */

/** A process that said nothing for so long has died, and its turns with it. */
export const deadAfterSeconds = 10;

/** Answers are kept for ever; how they came about, piece by piece, for so long. */
const eventDays = 7;

const channel = "chat_turn";

export const turnChannel = channel;

/** Readers of this turn in other processes look when this commits. */
const announce = (turnId: SQL) => sql`pg_notify(${channel}, ${turnId}::text)`;

/**
 * Lets a statement commit without a wait for the disk, once it is selected from. A crash of this process loses nothing;
 * a crash of the database may take back the last moments, and then breaks the stream that showed them. The end of a
 * turn is waited for, and holds what came before.
 */
const lazily = sql.raw("lazily as materialized (select set_config('synchronous_commit', 'off', true))");

export interface NewTurn {
  readonly id: string;
  readonly session_id: string;
  readonly question_id: string;
  readonly idempotency_key: string | null;
}

/**
 * Stores a question, which also names a conversation without a title, and the turn that answers it; undefined when the
 * conversation was deleted. One statement that commits lazily, because its reader waits for the first words.
 *
 * Violates `chat_turn_running_idx` while another turn runs, `chat_turn_idempotency_idx` for a key that came before.
 */
export async function insertTurn(
  db: Database,
  turn: NewTurn,
  content: string,
  title: string,
): Promise<ChatMessage | undefined> {
  const [question] = await rows<MessageRow>(
    db,
    sql`
      with ${lazily},
      session as (${touchedSession(turn.session_id, title)}),
      question as (
        insert into chat_message (id, session_id, role, content, created_at)
        select ${turn.question_id}::uuid, session.id, 'user', ${content}, next_chat_message_at(session.id)
        from lazily, session
        returning *
      ),
      turn as (
        insert into chat_turn (id, session_id, question_id, idempotency_key)
        select ${turn.id}::uuid, question.session_id, question.id, ${turn.idempotency_key}::text
        from question
      )
      select ${messageColumns} from question`,
  );
  return question && readMessage(question);
}

/** A turn of the conversation, by its answer or by its question. */
export async function findTurn(db: Database, sessionId: string, messageId: string): Promise<ChatTurn | undefined> {
  return (await db.select().from(chatTurns).where(
    and(eq(chatTurns.session_id, sessionId), or(eq(chatTurns.id, messageId), eq(chatTurns.question_id, messageId))),
  ))[0];
}

export async function findTurnByKey(db: Database, sessionId: string, key: string): Promise<ChatTurn | undefined> {
  return (await db.select().from(chatTurns)
    .where(and(eq(chatTurns.session_id, sessionId), eq(chatTurns.idempotency_key, key))))[0];
}

export interface RunningTurn {
  readonly id: string;
  /** Whether the process that ran it has died. */
  readonly orphaned: boolean;
}

export async function findRunningTurn(db: Database, sessionId: string): Promise<RunningTurn | undefined> {
  return (await db.select({ id: chatTurns.id, orphaned: sql<boolean>`${isOrphaned}` }).from(chatTurns)
    .where(and(eq(chatTurns.session_id, sessionId), eq(chatTurns.status, "running"))))[0];
}

const isOrphaned = sql`heartbeat_at < now() - make_interval(secs => ${sql.raw(String(deadAfterSeconds))})`;

export interface NewEvent {
  readonly turn_id: string;
  readonly seq: number;
  /** One frame as JSON text. */
  readonly data: string;
}

/**
 * Appends events of any number of turns and tells the readers of `announced`. Gives which of the turns still run; the
 * others were deleted, or ended by somebody who took this process for dead. Commits lazily.
 */
export async function appendEvents(
  db: Database,
  turnIds: readonly string[],
  events: readonly NewEvent[],
  announced: readonly string[],
): Promise<Set<string>> {
  const found = await rows<{ id: string }>(
    db,
    sql`
      with ${lazily},
      running as (
        select chat_turn.id
        from lazily, chat_turn
        where chat_turn.id in (select jsonb_array_elements_text(${JSON.stringify(turnIds)}::jsonb)::uuid)
          and chat_turn.status = 'running'
        for key share of chat_turn
      ),
      appended as (
        insert into chat_event (turn_id, seq, data)
        select given.turn_id, given.seq, given.data::json
        from jsonb_to_recordset(${JSON.stringify(events)}::jsonb) as given (turn_id uuid, seq integer, data text)
        join running on running.id = given.turn_id
        -- Sent again after the connection broke in the moment of its commit.
        on conflict (turn_id, seq) do nothing
      ),
      announced as (
        select count(${announce(sql`name`)})
        from jsonb_array_elements_text(${JSON.stringify(announced)}::jsonb) as name
      )
      select running.id::text as id
      from running, announced`,
  );
  return new Set(found.map(({ id }) => id));
}

/** Tells readers in other processes that these turns have something new. */
export async function announceTurns(db: Database, turnIds: readonly string[]): Promise<void> {
  await db.execute(sql`
    select ${announce(sql`name`)}
    from jsonb_array_elements_text(${JSON.stringify(turnIds)}::jsonb) as name`);
}

/** Says that the process which runs these turns lives. Gives those that still run, and whether they shall end. */
export async function touchTurns(
  db: Database,
  turnIds: readonly string[],
): Promise<{ readonly id: string; readonly cancel_asked: boolean }[]> {
  return await rows(
    db,
    sql`
      update chat_turn
      set heartbeat_at = now()
      where id in (select jsonb_array_elements_text(${JSON.stringify(turnIds)}::jsonb)::uuid)
        and status = 'running'
      returning id::text as id, cancel_asked`,
  );
}

/** Ends a turn with its last event. False when it does not run any more. In a transaction with the answer's message. */
export async function endTurn(db: Database, turnId: string, seq: number, last: ChatEvent): Promise<boolean> {
  const status = last.type === "error" ? "error" : "done";
  const ended = await db.update(chatTurns).set({ status })
    .where(and(eq(chatTurns.id, turnId), eq(chatTurns.status, "running")))
    .returning({ id: chatTurns.id });
  if (ended.length === 0) return false;
  await db.insert(chatEvents).values({ turn_id: turnId, seq, data: last });
  await db.execute(sql`select ${announce(sql`${turnId}`)}`);
  return true;
}

/** A turn whose process has died; undefined for one that lives, or has ended. */
export async function findOrphan(db: Database, turnId: string): Promise<ChatTurn | undefined> {
  return (await db.select().from(chatTurns)
    .where(and(eq(chatTurns.id, turnId), eq(chatTurns.status, "running"), isOrphaned)))[0];
}

/** Ids of turns whose process has died. */
export async function listOrphans(db: Database): Promise<string[]> {
  const found = await db.select({ id: chatTurns.id }).from(chatTurns)
    .where(and(eq(chatTurns.status, "running"), isOrphaned))
    .limit(1000);
  return found.map(({ id }) => id);
}

export interface ReadEvent {
  readonly seq: number;
  readonly data: ChatEvent;
}

/** What a turn told after `seq`, in order. */
export async function listEvents(db: Database, turnId: string, after: number, limit: number): Promise<ReadEvent[]> {
  return await db.select({ seq: chatEvents.seq, data: chatEvents.data }).from(chatEvents)
    .where(and(eq(chatEvents.turn_id, turnId), gt(chatEvents.seq, after)))
    .orderBy(asc(chatEvents.seq))
    .limit(limit) as ReadEvent[];
}

/** Asks the process that runs the turn to end it. False when it does not run. */
export async function askToCancel(db: Database, turnId: string): Promise<boolean> {
  const asked = await db.update(chatTurns).set({ cancel_asked: true })
    .where(and(eq(chatTurns.id, turnId), eq(chatTurns.status, "running")))
    .returning({ id: chatTurns.id });
  return asked.length > 0;
}

/** The pieces of old answers, whose messages stay. */
export async function deleteOldEvents(db: Database, now: Date): Promise<void> {
  const before = new Date(now.getTime() - eventDays * 86_400_000);
  await db.execute(sql`
    delete from chat_event
    using chat_turn
    where chat_turn.id = chat_event.turn_id
      and chat_turn.status <> 'running'
      and chat_turn.created_at < ${before.toISOString()}::timestamptz`);
}
