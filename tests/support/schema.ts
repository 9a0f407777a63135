import postgres from "postgres";

/**
 * The schema `public` as SQL-like text, from the catalog, in an order that does not depend on when things were made.
 * Columns keep their order, because that is part of the schema.
 */
export async function describeSchema(url: string): Promise<string> {
  const client = postgres(url, { max: 1, onnotice: () => {} });
  try {
    const text = async (query: string) =>
      (await client.unsafe<{ line: string }[]>(query)).map(({ line }) => line).join("\n");
    return [
      await text(relations),
      await text(indexes),
      await text(functions),
      await text(triggers),
      await text(others),
    ].filter(Boolean).join("\n\n") + "\n";
  } finally {
    await client.end();
  }
}

const relations = `
  select format(
    E'%s %s (\\n%s\\n);',
    case relation.relpersistence when 'u' then 'unlogged ' else '' end ||
      case relation.relkind when 'r' then 'table' when 'p' then 'partitioned table' when 'v' then 'view'
        when 'm' then 'materialized view' when 'S' then 'sequence' else relation.relkind::text end,
    relation.oid::regclass,
    (
      select string_agg('  ' || line, E'\\n' order by rank, line_order, line)
      from (
        select 0 as rank, attribute.attnum as line_order, concat_ws(
          ' ',
          quote_ident(attribute.attname),
          format_type(attribute.atttypid, attribute.atttypmod),
          case when attribute.attcollation <> type.typcollation
            then 'collate ' || attribute.attcollation::regcollation::text end,
          case when attribute.attnotnull then 'not null' end,
          case attribute.attgenerated when '' then 'default ' || pg_get_expr(initial.adbin, initial.adrelid)
            else 'generated as ' || pg_get_expr(initial.adbin, initial.adrelid) end,
          case when attribute.attidentity <> '' then 'identity ' || attribute.attidentity::text end,
          case when attribute.attstorage <> type.typstorage then 'storage ' || attribute.attstorage::text end
        ) as line
        from pg_attribute as attribute
        join pg_type as type on type.oid = attribute.atttypid
        left join pg_attrdef as initial
          on initial.adrelid = attribute.attrelid and initial.adnum = attribute.attnum
        where attribute.attrelid = relation.oid and attribute.attnum > 0 and not attribute.attisdropped
        union all
        select 1, 0, 'constraint ' || quote_ident(rule.conname) || ' ' || pg_get_constraintdef(rule.oid)
        from pg_constraint as rule
        where rule.conrelid = relation.oid and rule.contype <> 'n'
      ) as lines
    )
  ) as line
  from pg_class as relation
  where relation.relnamespace = 'public'::regnamespace and relation.relkind in ('r', 'p', 'v', 'm', 'S')
  order by relation.relname`;

/** Those of constraints stand with their table. */
const indexes = `
  select pg_get_indexdef(index.indexrelid) || ';' as line
  from pg_index as index
  join pg_class as relation on relation.oid = index.indexrelid
  where relation.relnamespace = 'public'::regnamespace
    and not exists (select from pg_constraint where conindid = index.indexrelid)
  order by relation.relname`;

/** Without those of extensions, which differ from one version of Postgres to the next. */
const functions = `
  select pg_get_functiondef(oid) || ';' as line
  from pg_proc
  where pronamespace = 'public'::regnamespace and prokind in ('f', 'p')
    and not exists (
      select from pg_depend
      where classid = 'pg_proc'::regclass and objid = pg_proc.oid and deptype = 'e'
    )
  order by proname, pg_get_function_identity_arguments(oid)`;

const triggers = `
  select pg_get_triggerdef(trigger.oid) || ';' as line
  from pg_trigger as trigger
  join pg_class as relation on relation.oid = trigger.tgrelid
  where relation.relnamespace = 'public'::regnamespace and not trigger.tgisinternal
  order by trigger.tgname`;

/** What else a migration may leave behind: types of its own, extensions, schemas, statistics. */
const others = `
  select line
  from (
    select 'type ' || typname || ';' as line
    from pg_type
    where typnamespace = 'public'::regnamespace and typtype in ('e', 'd', 'r')
    union all
    select 'extension ' || extname || ';' from pg_extension where extname <> 'plpgsql'
    union all
    select 'schema ' || nspname || ';'
    from pg_namespace
    where nspname !~ '^pg_' and nspname not in ('public', 'information_schema', 'graphile_worker')
    union all
    select pg_get_statisticsobjdef(oid) || ';' from pg_statistic_ext where stxnamespace = 'public'::regnamespace
  ) as things
  order by line`;
