import { sql } from "drizzle-orm";
import { type Database, rows } from "../platform/database.ts";
import type { Batch } from "./batch.ts";
import type { Person } from "./person.ts";
import { jsonText, plainText } from "./plain_text.ts";
import { nothingSaved, type Saved, tally } from "./tally.ts";

/** Vendors' scores; provider, category and instant say which row it is, a later delivery replaces it. */
export async function saveScores(
  db: Database,
  person: Person,
  batch: Batch,
  sourceNos: readonly number[],
): Promise<Saved> {
  if (batch.scores.length === 0) return nothingSaved;
  const byKey = new Map(batch.scores.map((score) => [`${score.provider} ${score.category} ${score.at}`, score]));
  const sent = [...byKey.values()].map((score) => ({
    source_no: score.source === null || score.source === undefined ? null : sourceNos[score.source],
    provider: score.provider,
    category: score.category,
    value: score.value,
    qualifier: plainText(score.qualifier, 100),
    recorded_at: new Date(score.at).toISOString(),
    zone_offset: score.zone_offset,
    components: score.components ?? null,
  }));
  const saved = await rows<{ day: string; is_new: boolean }>(
    db,
    sql`
      insert into health_score as stored (
        user_no, id, source_no, provider, category, value, qualifier, recorded_at, zone_offset, components
      )
      select
        ${person.no}, gen_random_uuid(), source_no, provider, category, value, qualifier, recorded_at, zone_offset,
        nullif(components, 'null'::jsonb)
      from jsonb_to_recordset(${jsonText(sent)}::text::jsonb) as sent(
        source_no smallint, provider text, category text, value float8, qualifier text, recorded_at timestamptz,
        zone_offset smallint, components jsonb
      )
      on conflict (user_no, provider, category, recorded_at) do update
      set value = excluded.value,
        qualifier = excluded.qualifier,
        zone_offset = coalesce(excluded.zone_offset, stored.zone_offset),
        components = excluded.components,
        source_no = coalesce(excluded.source_no, stored.source_no)
      where (stored.value, stored.qualifier, stored.components)
        is distinct from (excluded.value, excluded.qualifier, excluded.components)
      returning
        (recorded_at at time zone 'UTC' + make_interval(mins => coalesce(zone_offset, 0)))::date::text as day,
        xmax = 0 as is_new`,
  );
  const inserted = saved.filter((row) => row.is_new).length;
  return {
    tally: tally(batch.scores.length, inserted, saved.length - inserted),
    days: new Set(saved.map((row) => row.day)),
  };
}
