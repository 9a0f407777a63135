import { AppError } from "./errors.ts";

/** Opaque cursors over rows ordered by an instant and an id. */

export interface Position {
  /** ISO 8601, as precise as the database keeps it. */
  readonly at: string;
  readonly id: string;
}

/** URL-safe base64 of `<timestamp>|<uuid>`, padding kept. */
export function encodeCursor(position: Position): string {
  return btoa(`${position.at}|${position.id}`).replaceAll("+", "-").replaceAll("/", "_");
}

/** The position a cursor stands for, or undefined for no cursor. A foreign string is an input error. */
export function decodeCursor(cursor: string | undefined): Position | undefined {
  if (cursor === undefined) return undefined;
  try {
    const [at, id] = atob(cursor.replaceAll("-", "+").replaceAll("_", "/")).split("|");
    if (at && id && !Number.isNaN(Date.parse(at)) && /^[0-9a-f-]{36}$/.test(id)) return { at, id };
  } catch {
    // Not base64: falls through to the one answer for every bad cursor.
  }
  throw new AppError("invalid_input", "Invalid cursor format. Expected the value of X-Next-Cursor");
}

/** The first `limit` of `limit + 1` rows, and the header that leads to the rest. */
export function page<Row>(
  rows: readonly Row[],
  limit: number,
  position: (row: Row) => Position,
): { readonly items: Row[]; readonly headers: Record<string, string> } {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return {
    items,
    headers: rows.length > limit && last !== undefined ? { "x-next-cursor": encodeCursor(position(last)) } : {},
  };
}
