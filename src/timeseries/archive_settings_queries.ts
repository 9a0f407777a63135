import { sql } from "drizzle-orm";
import { type Database, rows } from "../platform/database.ts";

/** How long samples are kept, and how much room measurements take. */

export interface ArchivalSettings {
  /** Local days after which samples are put together, one row a day; null never. */
  readonly archive_after_days: number | null;
  /** Local days after which they are deleted, archived or not; null never. */
  readonly delete_after_days: number | null;
}

export async function findArchivalSettings(db: Database): Promise<ArchivalSettings> {
  const [found] = await rows<ArchivalSettings>(
    db,
    sql`select archive_after_days, delete_after_days from archival_settings where id = 1`,
  );
  return found ?? { archive_after_days: null, delete_after_days: null };
}

export async function replaceArchivalSettings(db: Database, settings: ArchivalSettings): Promise<void> {
  await db.execute(sql`
    insert into archival_settings (id, archive_after_days, delete_after_days)
    values (1, ${settings.archive_after_days}::int, ${settings.delete_after_days}::int)
    on conflict (id) do update
    set archive_after_days = excluded.archive_after_days,
      delete_after_days = excluded.delete_after_days`);
}

export interface StorageSizes {
  readonly live_data_bytes: number;
  readonly live_index_bytes: number;
  readonly archive_data_bytes: number;
  readonly archive_index_bytes: number;
  readonly other_tables_bytes: number;
  readonly live_row_count: number;
  readonly archive_row_count: number;
  readonly live_data_span_days: number;
}

/** Sizes of tables as they are on disk; rows are counted, not estimated. */
export async function measureStorage(db: Database): Promise<StorageSizes> {
  const [found] = await rows<StorageSizes>(
    db,
    sql`
      select
        pg_table_size('sample')::float8 as live_data_bytes,
        pg_indexes_size('sample')::float8 as live_index_bytes,
        pg_table_size('sample_archive')::float8 as archive_data_bytes,
        pg_indexes_size('sample_archive')::float8 as archive_index_bytes,
        (
          select coalesce(sum(pg_total_relation_size(oid)), 0)::float8
          from pg_class
          where relnamespace = current_schema()::regnamespace
            and relkind = 'r'
            and relname not in ('sample', 'sample_archive')
        ) as other_tables_bytes,
        (select coalesce(sum(sample_count), 0)::float8 from recorded_series) as live_row_count,
        (select count(*)::float8 from sample_archive) as archive_row_count,
        (
          select coalesce(extract(day from max(last_at) - min(first_at))::int, 0) from recorded_series
        ) as live_data_span_days`,
  );
  if (found === undefined) throw new Error("The statement returned no row");
  return found;
}
