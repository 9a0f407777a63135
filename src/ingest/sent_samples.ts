import { type SQL, sql } from "drizzle-orm";
import { columnText } from "./column_text.ts";
import { rowsOf, type StoredRun } from "./sample_runs.ts";
import { unknownOffset } from "./sample_columns.ts";

/** A number when all are the same, else all of them with commas between. */
type Column = number | string;

/**
 * The samples of these runs as a query: `series, source_no, recorded_at, value, duration_seconds, zone_offset`.
 *
 * A column goes as one parameter and is read by place, which costs Postgres a third less than `unnest` of all of them;
 * where all its values are the same, it goes as that value.
 */
export function sentSamples(runs: readonly StoredRun[]): SQL {
  const column = (type: string, read: (run: StoredRun) => Column) => {
    const joined = joinedColumn(runs, read);
    if (typeof joined === "number") return sql`${joined}::${sql.raw(type)}`;
    return sql`(${`{${joined}}`}::${sql.raw(type)}[])[i]`;
  };
  return sql`
    select
      ${column("smallint", ({ series }) => series)} as series,
      ${column("smallint", ({ source_no }) => source_no)} as source_no,
      to_timestamp(${column("float8", seconds)}) as recorded_at,
      ${column("float8", (run) => columnOf(run, "value"))} as value,
      ${column("int", (run) => columnOf(run, "duration_seconds"))} as duration_seconds,
      nullif(
        ${column("smallint", (run) => columnOf(run, "zone_offset"))},
        ${unknownOffset}::smallint
      ) as zone_offset
    from generate_series(1, ${rowsOf(runs)}::int) as i`;
}

function joinedColumn(runs: readonly StoredRun[], read: (run: StoredRun) => Column): Column {
  const columns = runs.map(read);
  const [first = 0] = columns;
  if (typeof first === "number" && columns.every((column) => column === first)) return first;
  return columns.map((column, place) =>
    typeof column === "string" ? column : `${column},`.repeat(runs[place]?.count ?? 0).slice(0, -1)
  ).join(",");
}

/** Seconds since 1970. */
function seconds({ columns: { at }, places }: StoredRun): Column {
  return written(places, (place) => (at[place] ?? 0) / 1000);
}

function columnOf({ columns, places }: StoredRun, name: "value" | "duration_seconds" | "zone_offset"): Column {
  const column = columns[name];
  return written(places, (place) => column[place] ?? 0);
}

function written(places: Int32Array, read: (place: number) => number): Column {
  const first = read(places[0] ?? 0);
  return places.every((place) => read(place) === first) ? first : columnText(places, read);
}
