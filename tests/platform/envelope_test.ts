import assert from "node:assert/strict";
import { type Cursor, pageEnvelope, positionForm, readCursor, writeCursor } from "../../src/platform/envelope.ts";
import { AppError } from "../../src/platform/errors.ts";
import type { Position } from "../../src/platform/paging.ts";

const position = (index: number): Position => ({
  at: `2026-03-${String(10 + index)}T00:00:00.000Z`,
  id: `00000000-0000-4000-8000-${String(index).padStart(12, "0")}`,
});
const all = [0, 1, 2, 3, 4, 5, 6];

/** A list that is walked the way a database would be. */
function read(limit: number, cursor: string | undefined) {
  const place = readCursor(positionForm, cursor);
  const at = place === undefined ? -1 : all.findIndex((index) => position(index).id === place.key.id);
  const rows = place?.backward ? all.slice(0, at).reverse() : all.slice(at + 1);
  return pageEnvelope({
    rows: rows.slice(0, limit + 1),
    limit,
    form: positionForm,
    cursor: place,
    key: position,
    item: (index) => index,
    total: all.length,
    start: new Date("2026-03-10T00:00:00Z"),
  });
}

Deno.test("a list is walked to its end and back to its start, and on again from there", () => {
  const first = read(3, undefined);
  assert.deepEqual(first.data, [0, 1, 2]);
  assert.deepEqual([first.pagination.has_more, first.pagination.previous_cursor], [true, null]);
  const second = read(3, first.pagination.next_cursor ?? "");
  assert.deepEqual([second.data, second.pagination.has_more], [[3, 4, 5], true]);
  const third = read(3, second.pagination.next_cursor ?? "");
  assert.deepEqual([third.data, third.pagination.has_more, third.pagination.next_cursor], [[6], false, null]);
  const back = read(3, third.pagination.previous_cursor ?? "");
  assert.deepEqual([back.data, back.pagination.has_more], [[3, 4, 5], true]);
  const start = read(3, back.pagination.previous_cursor ?? "");
  assert.deepEqual([start.data, start.pagination.has_more, start.pagination.previous_cursor], [[0, 1, 2], false, null]);
  // The first page, reached backward, still leads on.
  assert.deepEqual(read(3, start.pagination.next_cursor ?? "").data, [3, 4, 5]);
  assert.deepEqual(first.metadata, {
    resolution: null,
    sample_count: 3,
    start_time: "2026-03-10T00:00:00.000Z",
    end_time: null,
  });
  assert.equal(first.pagination.total_count, 7);
});

Deno.test("an empty list is one page that leads nowhere", () => {
  const empty = pageEnvelope({
    rows: [],
    limit: 5,
    form: positionForm,
    cursor: undefined,
    key: position,
    item: () => 0,
  });
  assert.deepEqual(empty.pagination, { next_cursor: null, previous_cursor: null, has_more: false, total_count: null });
});

Deno.test("a cursor is URL-safe base64 of timestamp|uuid, prev_ in front to walk back, and any text survives", () => {
  const cursor: Cursor<Position> = { backward: true, key: position(1) };
  const text = writeCursor(positionForm, cursor);
  assert.equal(atob(text.slice("prev_".length)), "2026-03-11T00:00:00.000Z|00000000-0000-4000-8000-000000000001");
  assert.ok(text.startsWith("prev_"));
  assert.deepEqual(readCursor(positionForm, text), cursor);
  const anyText = { write: (key: string) => key, read: (key: string) => key };
  for (const key of ["Zoës Uhr|⌚️", "???>>>~~~", ""]) {
    const written = writeCursor(anyText, { backward: false, key });
    assert.match(written, /^[A-Za-z0-9_=-]*$/);
    assert.equal(readCursor(anyText, written)?.key, key);
  }
});

Deno.test("a string that no page gave is refused", () => {
  const encode = (text: string) => btoa(text).replaceAll("+", "-").replaceAll("/", "_");
  const { at, id } = position(1);
  for (
    const cursor of [
      "",
      "%",
      "prev_",
      encode("nothing"),
      encode(`${at}|${id}|more`),
      encode(`yesterday|${id}`),
      encode(`${at}|1`),
      encode(`2026-02-30T99:00:00Z|${id}`),
      encode(`1|${id}`),
      "_____w==",
    ]
  ) assert.throws(() => readCursor(positionForm, cursor), AppError, cursor);
});
