import { sql } from "drizzle-orm";
import { type Database, preparedRows } from "../platform/database.ts";
import { firstCustomSeriesId } from "../timeseries/series_table.ts";
import type { Batch } from "./batch.ts";
import type { Person } from "./person.ts";
import { jsonText } from "./plain_text.ts";

/** Finds or creates the series a person named; gives their ids by place in the batch. A known unit stays. */
export async function saveCustomSeries(db: Database, person: Person, batch: Batch): Promise<number[]> {
  if (batch.customSeries.length === 0) return [];
  const sent = jsonText(batch.customSeries);
  const adding = preparedRows(
    db,
    sql`
    with missing as (
      select distinct on (code) code, unit
      from jsonb_to_recordset(${sent}::text::jsonb) as sent(code text, unit text)
      where not exists (select from custom_series c where c.user_no = ${person.no} and c.code = sent.code)
    )
    insert into custom_series (user_no, id, code, unit)
    select
      ${person.no},
      (select coalesce(max(id), ${firstCustomSeriesId - 1}) from custom_series where user_no = ${person.no})
        + row_number() over (order by code),
      code,
      unit
    from missing`,
  );
  const finding = preparedRows<{ code: string; id: number }>(
    db,
    sql`select code, id from custom_series where user_no = ${person.no}`,
  );
  const [, found] = await Promise.all([adding, finding]);
  const ids = new Map(found.map(({ code, id }) => [code, id]));
  return batch.customSeries.map(({ code }) => ids.get(code) ?? 0);
}
