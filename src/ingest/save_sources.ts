import { sql } from "drizzle-orm";
import { type Database, preparedRows } from "../platform/database.ts";
import { deviceType } from "../sources/device_type.ts";
import type { Batch, SourceDescription } from "./batch.ts";
import { jsonText, plainText } from "./plain_text.ts";
import type { Person } from "./person.ts";

/**
 * Finds or creates a batch's data sources; gives the `no` of each, by its place in the batch. The person is locked, so
 * that two batches do not count up to the same number.
 */
export async function saveSources(db: Database, person: Person, batch: Batch): Promise<number[]> {
  if (batch.sources.length === 0) return [];
  const sent = jsonText(batch.sources.map((source, place) => ({ place, ...identity(source) })));
  const adding = preparedRows(
    db,
    sql`
    with sent as (
      select distinct on (provider, device_model, source) *
      from jsonb_to_recordset(${sent}::text::jsonb) as sent(
        place integer, provider text, source text, device_model text, software_version text, device_type text,
        original_source_name text
      )
      order by provider, device_model, source, place
    ),
    missing as (
      select * from sent
      where not exists (
        select from data_source known
        where known.user_id = ${person.id}
          and known.provider = sent.provider
          and coalesce(known.device_model, '') = coalesce(sent.device_model, '')
          and coalesce(known.source, '') = coalesce(sent.source, '')
      )
    )
    insert into data_source (
      id, user_id, user_no, no, provider, user_connection_id, device_model, software_version, source, device_type,
      original_source_name
    )
    select
      gen_random_uuid(), ${person.id}, ${person.no},
      (select coalesce(max(no), 0) from data_source where user_no = ${person.no})
        + row_number() over (order by place),
      provider,
      (select id from user_connection c where c.user_id = ${person.id} and c.provider = missing.provider),
      device_model, software_version, source, device_type, original_source_name
    from missing`,
  );
  const finding = preparedRows<{ place: number; no: number }>(
    db,
    sql`
      with sent as (
        select * from jsonb_to_recordset(${sent}::text::jsonb) as sent(
          place integer, provider text, source text, device_model text, software_version text
        )
      ),
      upgraded as (
        update data_source known
        set software_version = sent.software_version
        from sent
        where known.user_id = ${person.id}
          and known.provider = sent.provider
          and coalesce(known.device_model, '') = coalesce(sent.device_model, '')
          and coalesce(known.source, '') = coalesce(sent.source, '')
          and sent.software_version is not null
          and known.software_version is distinct from sent.software_version
      )
      select sent.place, known.no
      from sent
      join data_source known on known.user_id = ${person.id}
        and known.provider = sent.provider
        and coalesce(known.device_model, '') = coalesce(sent.device_model, '')
        and coalesce(known.source, '') = coalesce(sent.source, '')`,
  );
  const [, found] = await Promise.all([adding, finding]);
  const numbers: number[] = [];
  for (const { place, no } of found) numbers[place] = no;
  return numbers;
}

/** Empty text is the same as none. */
function identity(source: SourceDescription) {
  const device_model = plainText(source.device_model)?.trim() || null;
  const name = plainText(source.source)?.trim() || null;
  const original_source_name = plainText(source.original_source_name)?.trim() || null;
  return {
    provider: source.provider,
    source: name,
    device_model,
    software_version: plainText(source.software_version, 100)?.trim() || null,
    device_type: source.device_type ?? deviceType(device_model, original_source_name ?? name),
    original_source_name,
  };
}
