import assert from "node:assert/strict";
import { columnText } from "../../src/ingest/column_text.ts";

const written = (numbers: readonly number[]) => {
  const text = columnText(Int32Array.from(numbers.keys()), (place) => numbers[place]!);
  return { text, read: text.split(",").map(Number) };
};

Deno.test("a column's numbers are read back exactly, whatever their size and fraction", () => {
  const edges = [0, 7, -7, 10, 99, 100, 0.5, -0.5, 0.001, 1.05, 1.5, -1.005, 0.9999, 0.1 + 0.2, 1 / 3, 1e-7, 5e-324];
  const large = [2_147_483.647, 2_147_483.648, 2_147_483_647, 2_147_483_648, 1_772_582_400.123, 1e15, 1e21];
  const largest = [Number.MAX_SAFE_INTEGER, Number.MAX_VALUE, -Number.MAX_VALUE, -32_768];
  const numbers = [...edges, ...large, ...largest];
  assert.deepEqual(written(numbers).read, numbers);
  for (const digits of [0, 1, 2, 3, 4, 6, 12]) {
    const many = Array.from(
      { length: 5_000 },
      (_, index) => Number((Math.sin(index) * 10 ** (index % 9)).toFixed(digits)),
    );
    assert.deepEqual(written(many).read, many.map((number) => number + 0), `${digits} digits`);
  }
});

Deno.test("numbers are written as short as they are", () => {
  assert.equal(written([62, 0.25, -1.5, 1_772_582_400]).text, "62,0.25,-1.5,1772582400");
});
