import { z } from "@hono/zod-openapi";
import { AppError } from "./errors.ts";
import type { Position } from "./paging.ts";
import { timestamp } from "./scalars.ts";

/**
 * The page envelope of measurements, `{data, pagination, metadata}`, and its cursors: URL-safe base64 of a row's place
 * in the order, `<ISO timestamp>|<uuid>` for events, with `prev_` in front to walk backwards. Pure: what is fetched and
 * in which order is the caller's affair.
 */

/** How the place of a row is written into a cursor. `read` gives null for text that is none. */
export interface CursorForm<Key> {
  write(key: Key): string;
  read(text: string): Key | null;
}

/** Rows ordered by an instant and a UUID. */
export const positionForm: CursorForm<Position> = {
  write: ({ at, id }) => `${at}|${id}`,
  read(text) {
    const [at = "", id = "", ...more] = text.split("|");
    const valid = more.length === 0 && /^\d{4}-\d\d-\d\d[T ][\d:.]+(Z|[+-]\d\d(:?\d\d)?)$/.test(at) &&
      !Number.isNaN(Date.parse(at)) && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id);
    return valid ? { at, id } : null;
  },
};

/** Rows are wanted strictly after `key` in the order of the list, or strictly before it when walking back. */
export interface Cursor<Key> {
  readonly backward: boolean;
  readonly key: Key;
}

const backwardPrefix = "prev_";

export function writeCursor<Key>(form: CursorForm<Key>, cursor: Cursor<Key>): string {
  const bytes = new TextEncoder().encode(form.write(cursor.key));
  const text = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  return (cursor.backward ? backwardPrefix : "") + text.replaceAll("+", "-").replaceAll("/", "_");
}

/** Undefined for no cursor. A string that no page gave is `invalid_input`. */
export function readCursor<Key>(form: CursorForm<Key>, cursor: string | undefined): Cursor<Key> | undefined {
  if (cursor === undefined) return undefined;
  const backward = cursor.startsWith(backwardPrefix);
  const encoded = backward ? cursor.slice(backwardPrefix.length) : cursor;
  try {
    const bytes = Uint8Array.from(
      atob(encoded.replaceAll("-", "+").replaceAll("_", "/")),
      (character) => character.charCodeAt(0),
    );
    const key = form.read(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    if (key !== null) return { backward, key };
  } catch {
    // Not base64 or not text: falls through to the one answer for every bad cursor.
  }
  const message = "Invalid cursor format. Expected next_cursor or previous_cursor of a page";
  throw new AppError("invalid_input", message, { issues: [{ path: "query.cursor", message }] });
}

/** The query field that `readCursor` reads. */
export const cursorQuery = z.string().max(1_000).optional().openapi({
  description: "`next_cursor` or `previous_cursor` of another page",
});

export const resolutions = ["raw", "1min", "5min", "15min", "1hour", "1day"] as const;

const Pagination = z.object({
  next_cursor: z.string().nullable(),
  previous_cursor: z.string().nullable(),
  has_more: z.boolean().openapi({ description: "Whether there are more in the direction of this page" }),
  total_count: z.int().nullable().openapi({ description: "In the whole range; null where it is not counted" }),
}).openapi("Pagination");

const PageMetadata = z.object({
  resolution: z.enum(resolutions).nullable(),
  sample_count: z.int().nullable().openapi({ description: "Items on this page" }),
  start_time: timestamp.nullable(),
  end_time: timestamp.nullable(),
}).openapi("TimeseriesMetadata");

/** The schema of a page; `name` is the item's, the component is called `PaginatedResponse_<name>_`. */
export function Page<Item extends z.ZodType>(name: string, item: Item) {
  return z.object({ data: z.array(item), pagination: Pagination, metadata: PageMetadata })
    .openapi(`PaginatedResponse_${name}_`);
}

export interface PageEnvelope<Item> {
  data: Item[];
  pagination: z.input<typeof Pagination>;
  metadata: z.input<typeof PageMetadata>;
}

export interface PageInput<Row, Key, Item> {
  /** Up to `limit + 1` rows in the order they were walked: away from the cursor, so backward pages are reversed. */
  readonly rows: readonly Row[];
  readonly limit: number;
  readonly form: CursorForm<Key>;
  readonly cursor: Cursor<Key> | undefined;
  readonly key: (row: Row) => Key;
  readonly item: (row: Row) => Item;
  readonly total?: number | null;
  /** The range that was asked for. */
  readonly start?: Date | null | undefined;
  readonly end?: Date | null | undefined;
  readonly resolution?: (typeof resolutions)[number] | null;
}

/**
 * The page for up to `limit + 1` rows. A page that was reached forward leads on while there is more and, when it was
 * reached by a cursor, back; a page that was reached backward always leads on, and further back while there is more.
 */
export function pageEnvelope<Row, Key, Item>(input: PageInput<Row, Key, Item>): PageEnvelope<Item> {
  const { limit, form, cursor, key, total = null, start = null, end = null, resolution = null } = input;
  const backward = cursor?.backward === true;
  const has_more = input.rows.length > limit;
  const shown = input.rows.slice(0, limit);
  if (backward) shown.reverse();
  const [first, last] = [shown.at(0), shown.at(-1)];
  const onward = last !== undefined && (has_more || backward);
  const back = first !== undefined && cursor !== undefined && (has_more || !backward);
  return {
    data: shown.map(input.item),
    pagination: {
      next_cursor: onward ? writeCursor(form, { backward: false, key: key(last) }) : null,
      previous_cursor: back ? writeCursor(form, { backward: true, key: key(first) }) : null,
      has_more,
      total_count: total,
    },
    metadata: {
      resolution,
      sample_count: shown.length,
      start_time: start?.toISOString() ?? null,
      end_time: end?.toISOString() ?? null,
    },
  };
}
