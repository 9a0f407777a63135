import { sql } from "drizzle-orm";
import { type Database, rows } from "../platform/database.ts";
import type { SessionFields, SleepStage, StageInterval, StagePiece } from "./build_session.ts";
import type { SessionPart } from "./join_sessions.ts";

/** The statements with which sessions are built and replaced. Each takes any number of rows as one parameter. */

export interface StoredPiece extends StagePiece {
  readonly source_no: number;
}

export interface StoredSession extends SessionFields {
  readonly id: string;
  readonly source_no: number;
  /** From stages; otherwise a vendor delivered it whole. */
  readonly built: boolean;
  /** Two or more deliveries that it was joined from; null for one. */
  readonly parts: readonly SessionPart[] | null;
}

/** Instants of one source, both bounds included. */
export interface SourceRange {
  readonly source_no: number;
  readonly from: number;
  readonly to: number;
}

const iso = (at: number) => new Date(at).toISOString();

/** Adds pieces; one that is there already only gains or changes its offset and the sender's id. */
export async function insertStages(db: Database, userNo: number, pieces: readonly StoredPiece[]): Promise<void> {
  if (pieces.length === 0) return;
  const sent = pieces.map(({ start, end, ...piece }) => ({ ...piece, start_time: iso(start), end_time: iso(end) }));
  await db.execute(sql`
    insert into sleep_stage as stored (user_no, source_no, start_time, end_time, stage, zone_offset, external_id)
    select ${userNo}::int, source_no, start_time, end_time, stage, zone_offset, external_id
    from jsonb_to_recordset(${JSON.stringify(sent)}::text::jsonb) as sent(
      source_no smallint, start_time timestamptz, end_time timestamptz, stage text, zone_offset smallint,
      external_id text
    )
    on conflict (user_no, source_no, start_time, end_time, stage) do update
    set zone_offset = coalesce(excluded.zone_offset, stored.zone_offset),
      external_id = coalesce(excluded.external_id, stored.external_id)
    where (stored.zone_offset, stored.external_id) is distinct from
      (coalesce(excluded.zone_offset, stored.zone_offset), coalesce(excluded.external_id, stored.external_id))`);
}

/** All sources of the providers that the given ones belong to. */
export async function readSiblings(
  db: Database,
  userNo: number,
  sourceNos: readonly number[],
): Promise<{ no: number; provider: string }[]> {
  return await rows<{ no: number; provider: string }>(
    db,
    sql`
      select no, provider
      from data_source
      where user_no = ${userNo}
        and provider in (
          select provider
          from data_source
          where user_no = ${userNo}
            and no in (select jsonb_array_elements_text(${JSON.stringify(sourceNos)}::text::jsonb)::smallint)
        )
      order by no`,
  );
}

/** The pieces that start within the ranges. The order makes each range a walk along the key, whatever the statistics. */
export async function readStages(db: Database, userNo: number, ranges: readonly SourceRange[]): Promise<StoredPiece[]> {
  if (ranges.length === 0) return [];
  const wanted = ranges.map(({ source_no, from, to }) => ({ source_no, from_time: iso(from), to_time: iso(to) }));
  return await rows<StoredPiece>(
    db,
    sql`
      select
        piece.source_no,
        stage,
        (extract(epoch from start_time) * 1000)::float8 as start,
        (extract(epoch from end_time) * 1000)::float8 as "end",
        zone_offset,
        external_id
      from jsonb_to_recordset(${JSON.stringify(wanted)}::text::jsonb) as wanted(
        source_no smallint, from_time timestamptz, to_time timestamptz
      )
      cross join lateral (
        select *
        from sleep_stage
        where user_no = ${userNo}
          and source_no = wanted.source_no
          and start_time between from_time and to_time
        order by start_time
      ) piece`,
  );
}

/** Deletes the pieces that lie within the ranges from their start to their end. */
export async function deleteStages(db: Database, userNo: number, ranges: readonly SourceRange[]): Promise<void> {
  const wanted = ranges.map(({ source_no, from, to }) => ({ source_no, from_time: iso(from), to_time: iso(to) }));
  await db.execute(sql`
    delete from sleep_stage
    using jsonb_to_recordset(${JSON.stringify(wanted)}::text::jsonb) as wanted(
      source_no smallint, from_time timestamptz, to_time timestamptz
    )
    where user_no = ${userNo}
      and sleep_stage.source_no = wanted.source_no
      and start_time between from_time and to_time
      and end_time <= to_time`);
}

interface StageJson {
  readonly stage: SleepStage;
  readonly start_time: string;
  readonly end_time: string;
}

type PartJson = Omit<SessionPart, "start" | "end" | "stages"> & {
  readonly start_time: string;
  readonly end_time: string;
  readonly stages: readonly StageJson[] | null;
};

interface SessionRow extends Omit<StoredSession, "stages" | "parts"> {
  readonly stages: readonly StageJson[] | null;
  readonly parts: readonly PartJson[] | null;
}

/** Sessions that overlap a range, and those that hold a delivery with one of the vendor's ids. */
export async function readSessions(
  db: Database,
  userNo: number,
  ranges: readonly (SourceRange & { readonly external_ids: readonly string[] })[],
): Promise<StoredSession[]> {
  if (ranges.length === 0) return [];
  const wanted = ranges.map(({ source_no, from, to, external_ids }) => ({
    source_no,
    from_time: iso(from),
    to_time: iso(to),
    external_ids,
  }));
  const found = await rows<SessionRow>(
    db,
    sql`
      select
        id,
        source_no,
        built,
        external_id,
        (extract(epoch from start_time) * 1000)::float8 as start,
        (extract(epoch from end_time) * 1000)::float8 as "end",
        zone_offset, is_nap, in_bed_seconds, asleep_seconds, light_seconds, deep_seconds, rem_seconds, awake_seconds,
        efficiency_percent, stages, parts
      from jsonb_to_recordset(${JSON.stringify(wanted)}::text::jsonb) as wanted(
        source_no smallint, from_time timestamptz, to_time timestamptz, external_ids jsonb
      )
      join sleep_session using (source_no)
      where user_no = ${userNo}
        and (
          (start_time <= to_time and end_time >= from_time)
          or (not built and external_ids ? external_id)
          or exists (
            select from jsonb_array_elements(coalesce(parts, '[]')) as part
            where external_ids ? (part ->> 'external_id')
          )
        )`,
  );
  return found.map((row) => ({ ...row, stages: fromStages(row.stages), parts: row.parts?.map(fromPart) ?? null }));
}

function fromStages(stages: readonly StageJson[] | null): StageInterval[] | null {
  return stages?.map(({ stage, start_time, end_time }) => ({
    stage,
    start: Date.parse(start_time),
    end: Date.parse(end_time),
  })) ?? null;
}

function fromPart({ start_time, end_time, stages, ...part }: PartJson): SessionPart {
  return { ...part, start: Date.parse(start_time), end: Date.parse(end_time), stages: fromStages(stages) };
}

/** How a session lies in its row; two that read alike are alike. */
export function sessionRow(session: Omit<StoredSession, "id">) {
  return {
    source_no: session.source_no,
    built: session.built,
    ...fieldsRow(session),
    parts: session.parts?.map(fieldsRow) ?? null,
  };
}

function fieldsRow(session: SessionFields): PartJson {
  return {
    external_id: session.external_id,
    start_time: iso(session.start),
    end_time: iso(session.end),
    zone_offset: session.zone_offset,
    is_nap: session.is_nap,
    in_bed_seconds: session.in_bed_seconds,
    asleep_seconds: session.asleep_seconds,
    light_seconds: session.light_seconds,
    deep_seconds: session.deep_seconds,
    rem_seconds: session.rem_seconds,
    awake_seconds: session.awake_seconds,
    efficiency_percent: session.efficiency_percent,
    stages: session.stages?.map(({ stage, start, end }) => ({ stage, start_time: iso(start), end_time: iso(end) })) ??
      null,
  };
}

const columns = sql.raw(`
  source_no, built, external_id, start_time, end_time, zone_offset, is_nap, in_bed_seconds, asleep_seconds,
  light_seconds, deep_seconds, rem_seconds, awake_seconds, efficiency_percent, stages, parts`);

/** The same columns, a JSON null as none. */
const sentColumns = sql.raw(`
  source_no, built, external_id, start_time, end_time, zone_offset, is_nap, in_bed_seconds, asleep_seconds,
  light_seconds, deep_seconds, rem_seconds, awake_seconds, efficiency_percent, nullif(stages, 'null'),
  nullif(parts, 'null')`);

const sentTypes = sql.raw(`
  id uuid, source_no smallint, built boolean, external_id text, start_time timestamptz, end_time timestamptz,
  zone_offset smallint, is_nap boolean, in_bed_seconds integer, asleep_seconds integer, light_seconds integer,
  deep_seconds integer, rem_seconds integer, awake_seconds integer, efficiency_percent float8, stages jsonb,
  parts jsonb`);

function sessionsJson(sessions: readonly StoredSession[]): string {
  return JSON.stringify(sessions.map((session) => ({ id: session.id, ...sessionRow(session) })));
}

export async function deleteSessions(db: Database, userNo: number, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await db.execute(sql`
    delete from sleep_session
    where user_no = ${userNo}
      and id in (select jsonb_array_elements_text(${JSON.stringify(ids)}::text::jsonb)::uuid)`);
}

export async function updateSessions(db: Database, userNo: number, sessions: readonly StoredSession[]): Promise<void> {
  if (sessions.length === 0) return;
  await db.execute(sql`
    update sleep_session as stored
    set (${columns}) = (select ${sentColumns} from (select sent.*) as sent)
    from jsonb_to_recordset(${sessionsJson(sessions)}::text::jsonb) as sent(${sentTypes})
    where stored.user_no = ${userNo}
      and stored.id = sent.id`);
}

export async function insertSessions(db: Database, userNo: number, sessions: readonly StoredSession[]): Promise<void> {
  if (sessions.length === 0) return;
  await db.execute(sql`
    insert into sleep_session (user_no, id, ${columns})
    select ${userNo}::int, id, ${sentColumns}
    from jsonb_to_recordset(${sessionsJson(sessions)}::text::jsonb) as sent(${sentTypes})`);
}
