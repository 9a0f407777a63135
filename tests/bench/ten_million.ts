import type postgres from "postgres";

/**
 * Ten million samples over twenty people and two years: a watch, a phone and a scale each, written person by person in
 * the order of time, so that series and sources lie as mixed on disk as they do after imports. Nights and runs beside.
 */

export const tenMillion = { people: 20, days: 730 };
/** The last day that has data, `YYYY-MM-DD`; days are UTC. */
export const lastDay = "2026-02-28";

/** Series, source number, seconds from one sample to the next, seconds it lasts, value. */
const recorded = [
  { series: 1, source: 1, every: 300, lasts: 0, value: "55 + 40 * random()" },
  { series: 80, source: 1, every: 600, lasts: 60, value: "floor(120 * random())" },
  { series: 80, source: 2, every: 900, lasts: 300, value: "floor(200 * random())" },
  { series: 81, source: 1, every: 900, lasts: 900, value: "5 + 20 * random()" },
  { series: 100, source: 2, every: 1800, lasts: 900, value: "300 * random()" },
  { series: 20, source: 1, every: 7200, lasts: 0, value: "94 + 5 * random()" },
  { series: 7, source: 1, every: 14400, lasts: 0, value: "20 + 60 * random()" },
  { series: 41, source: 3, every: 86400, lasts: 0, value: "70 + 3 * random()" },
] as const;

export interface Filled {
  readonly user_ids: readonly string[];
  readonly rows: number;
}

/** Fills an empty, migrated database with people who recorded the `days` up to the last one. */
export async function fillPeople(
  client: postgres.Sql,
  { people, days }: { readonly people: number; readonly days: number },
): Promise<Filled> {
  const userIds = Array.from({ length: people }, () => crypto.randomUUID());
  for (const [index, id] of userIds.entries()) await fillPerson(client, id, index, days);
  await client.unsafe("vacuum (analyze) sample");
  for (const table of ["recorded_series", "data_source", "sleep_session", "workout", '"user"']) {
    await client.unsafe(`analyze ${table}`);
  }
  const [counted] = await client.unsafe<{ rows: number }[]>(
    "select sum(sample_count)::int as rows from recorded_series",
  );
  return { user_ids: userIds, rows: counted?.rows ?? 0 };
}

async function fillPerson(client: postgres.Sql, id: string, index: number, days: number): Promise<void> {
  const [user] = await client.unsafe<{ no: number }[]>(
    `insert into "user" (id, email) values ('${id}', 'person${index}@example.org') returning no`,
  );
  const no = user?.no ?? 0;
  const devices = [["apple", "Watch6,12", "watch"], ["apple", "iPhone15,2", "phone"], ["garmin", "Index S2", "scale"]];
  for (const [at, [provider, model, type]] of devices.entries()) {
    await client.unsafe(
      `insert into data_source (id, user_id, user_no, no, provider, device_model, device_type, original_source_name)
       values ('${crypto.randomUUID()}', '${id}', ${no}, ${at + 1}, '${provider}', '${model}', '${type}', '${model}')`,
    );
  }
  const parts = recorded.map(({ series, source, every, lasts, value }) => `
    select at, ${value} as value, ${no} as user_no, ${lasts} as lasts, ${series} as series, ${source} as source
    from generate_series(
      '${lastDay}T00:00:00Z'::timestamptz - interval '${days - 1} days', '${lastDay}T23:59:59Z'::timestamptz,
      interval '${every} seconds'
    ) as at`);
  await client.unsafe(`
    insert into sample (recorded_at, value, user_no, duration_seconds, series, source_no, zone_offset)
    select at, value, user_no, lasts, series, source, 60 from (${parts.join(" union all ")}) as made order by at`);
  await client.unsafe(`
    insert into recorded_series (user_no, series, source_no, sample_count, first_at, last_at)
    select user_no, series, source_no, count(*), min(recorded_at), max(recorded_at)
    from sample where user_no = ${no} group by 1, 2, 3`);
  await client.unsafe(`
    insert into sleep_session (
      user_no, id, source_no, start_time, end_time, zone_offset, is_nap, built,
      in_bed_seconds, asleep_seconds, light_seconds, deep_seconds, rem_seconds, awake_seconds, efficiency_percent
    )
    select ${no}, gen_random_uuid(), 1, night, night + interval '8 hours', 60, false, true,
      28800, 27000, 14400, 6600, 6000, 1800, 93.75
    from generate_series(
      '${lastDay}T21:30:00Z'::timestamptz - interval '${days} days', '${lastDay}T00:00:00Z', interval '1 day'
    ) as night`);
  await client.unsafe(`
    insert into workout (user_no, id, source_no, type, start_time, end_time, zone_offset, total_elevation_gain)
    select ${no}, gen_random_uuid(), 1, 'running', run, run + interval '40 minutes', 60, 80
    from generate_series(
      '${lastDay}T17:00:00Z'::timestamptz - interval '${days - 1} days', '${lastDay}T23:00:00Z', interval '3 days'
    ) as run`);
  await client.unsafe(`
    insert into stale_day (user_no, what, day)
    select ${no}, 'summary', day::date
    from generate_series('${lastDay}'::timestamp - interval '${days} days', '${lastDay}', interval '1 day') as day`);
}
