import assert from "node:assert/strict";
import { fillBatch } from "../../src/imports/samples.ts";
import { checkSample } from "../../src/imports/samples_shape.ts";
import { readSamplesBody } from "../../src/imports/samples_body.ts";
import { AppError } from "../../src/platform/errors.ts";
import { seriesId } from "../../src/timeseries/series_table.ts";

/** What of a script's samples is taken, and why the rest is not. */

const now = new Date("2026-03-14T12:00:00Z");
const at = "2026-03-14T07:30:00+01:00";

function fill(samples: readonly unknown[], units: Record<string, string> = {}) {
  return fillBatch(now, samples.map(checkSample), {}, new Map(Object.entries(units)));
}

async function reasons(samples: readonly unknown[], units: Record<string, string> = {}): Promise<string[]> {
  return (await fill(samples, units)).refused.map(({ index, field, message }) => `${index} ${field}: ${message}`);
}

Deno.test("a sample keeps its instant, its offset and its length, in the unit of its series", async () => {
  const { batch, refused } = await fill([
    { type: " Weight ", value: 172.4, unit: "lb", timestamp: at },
    { type: "steps", value: 120, timestamp: at, end_timestamp: "2026-03-14T07:35:00+01:00" },
    { type: "energy", value: 418.4, unit: "kJ", timestamp: at, duration_seconds: 600 },
    { type: "heart_rate", value: 61, timestamp: "2026-03-14T06:30:00Z" },
  ]);
  assert.deepEqual(refused, []);
  assert.deepEqual(batch.samples.series, ["weight", "steps", "energy", "heart_rate"].map(seriesId));
  assert.deepEqual(batch.samples.at, new Array(4).fill(Date.parse("2026-03-14T06:30:00Z")));
  assert.deepEqual(batch.samples.zone_offset, [60, 60, 60, 0]);
  assert.deepEqual(batch.samples.duration_seconds, [0, 300, 600, 0]);
  assert.deepEqual(batch.samples.value.map((value) => Math.round(value * 1000) / 1000), [78.199, 120, 100, 61]);
  assert.deepEqual(batch.sources.map(({ provider, source }) => [provider, source]), [["unknown", "api"]]);
});

Deno.test("a daily total is kept apart from samples, for its day", async () => {
  const { batch, refused } = await fill([
    { type: "steps", value: 8421, daily_total: true, date: "2026-03-13" },
    { type: "steps", value: 5000, daily_total: true, date: "2026-03-14", timestamp: at },
  ]);
  assert.deepEqual(refused, []);
  assert.equal(batch.samples.at.length, 0);
  assert.deepEqual(batch.dailyTotals.map(({ day, value, zone_offset }) => [day, value, zone_offset]), [
    ["2026-03-13", 8421, null],
    ["2026-03-14", 5000, 60],
  ]);
});

Deno.test("what a series of the person's own is on a day, it is at noon", async () => {
  const day = { type: "screen_time", value: 3.5, unit: "h", daily_total: true };
  const { batch, refused } = await fill([
    { ...day, date: "2026-03-13" },
    { ...day, date: "2026-03-12", timestamp: "2026-03-12T00:00:00+09:00" },
  ]);
  assert.deepEqual([refused, batch.dailyTotals], [[], []]);
  assert.deepEqual(batch.samples.at, ["2026-03-13T12:00:00Z", "2026-03-12T03:00:00Z"].map((at) => Date.parse(at)));
  assert.deepEqual(batch.samples.zone_offset, [null, 540]);
});

Deno.test("each thing that is wrong is named with its place, without the value", async () => {
  const refused = await reasons([
    { type: "weight", value: 80, unit: "bpm", timestamp: at },
    { type: "weight", value: 80, timestamp: "2026-03-14T07:30:00" },
    { type: "weight", value: "heavy", timestamp: at },
    { type: "2nd", value: 1, timestamp: at },
    { value: 1, timestamp: at },
    { type: "weight", value: 80, timestamp: "2026-03-16T07:30:00Z" },
    { type: "weight", value: 80 },
    { type: "steps", value: 5, timestamp: at, end_timestamp: "2026-03-14T07:00:00+01:00" },
    { type: "steps", value: 5, timestamp: at, end_timestamp: at, duration_seconds: 5 },
    { type: "steps", value: 5, timestamp: at, duration_seconds: 200_000 },
    { type: "steps", value: 5, daily_total: true },
    { type: "weight", value: 80, daily_total: true, date: "2026-03-14" },
    { type: "steps", value: 5, daily_total: true, date: "2027-03-14" },
    { type: "steps", value: 5, daily_total: true, date: "2026-03-14", timestamp: "2026-02-14T07:30:00Z" },
    { type: "steps", value: 5, timestamp: at, date: "2026-03-14" },
    { type: "weight", value: 80, timestamp: at, source: { provider: "acme" } },
    { type: "distance_cycling", value: 1e308, unit: "km", timestamp: at },
    "weight",
    null,
  ]);
  assert.deepEqual(refused.slice(0, 16), [
    '0 unit: Unit "bpm" cannot be converted to kg of weight',
    "1 timestamp: The offset is missing; end it with Z or such as +01:00",
    "2 value: Input should be a valid number",
    "3 type: Type must start with a letter and hold up to 64 letters, digits and underscores",
    "4 type: Field required",
    "5 timestamp: The time lies in the future; check the clock and the offset",
    "6 timestamp: Field required",
    "7 end_timestamp: The end lies before the start",
    "8 end_timestamp: Send end_timestamp or duration_seconds, not both",
    "9 duration_seconds: A sample lasts at most a day; send the sum of a day with daily_total",
    "10 date: A daily total needs its date",
    "11 daily_total: Only a series that adds up has daily totals; send samples",
    "12 date: The time lies in the future; check the clock and the offset",
    "13 timestamp: The timestamp lies on another day than the date",
    "14 date: Only a daily total has a date; set daily_total too",
    refused[15] ?? "",
  ]);
  assert.match(refused[15] ?? "", /^15 source\.provider: /);
  assert.match(refused.at(-2) ?? "", /^17 sample: /);
  assert.equal(refused[16], "16 value: Value is out of range");
  assert.ok(!refused.join().includes("heavy"));
});

Deno.test("converted numbers hold nothing that floating point made up", async () => {
  const { batch } = await fill([
    { type: "body_temperature", value: 98.6, unit: "degF", timestamp: at },
    { type: "weight", value: 165.3, unit: "lb", timestamp: at },
    { type: "weight", value: 0.1 + 0.2, unit: "kg", timestamp: "2026-03-14T07:31:00+01:00" },
  ]);
  assert.deepEqual([...batch.samples.value], [37, 74.978818761, 0.1 + 0.2]);
});

Deno.test("what sums could not hold, and an amount less than nothing, are out of range", async () => {
  const { batch, refused } = await fill([
    { type: "weight", value: 1.1e15, timestamp: at },
    { type: "made_up", value: -1.1e15, timestamp: at },
    { type: "steps", value: -1, timestamp: at },
    { type: "energy", value: -1, daily_total: true, date: "2026-03-13" },
    { type: "skin_temperature_deviation", value: -0.4, timestamp: at },
    { type: "steps", value: 0, timestamp: at },
  ]);
  assert.deepEqual(refused, [0, 1, 2, 3].map((index) => ({ index, field: "value", message: "Value is out of range" })));
  assert.deepEqual([...batch.samples.value], [-0.4, 0]);
  // Refused things leave no series behind.
  assert.deepEqual(batch.customSeries, []);
});

Deno.test("an unknown name is a series of the person's own, in one unit", async () => {
  const cups = { type: "coffee_cups", value: 1, unit: "cups", timestamp: at };
  const { batch } = await fill([cups, { ...cups, unit: undefined, value: 2 }]);
  assert.deepEqual(batch.customSeries, [{ code: "coffee_cups", unit: "cups" }]);
  assert.deepEqual(batch.samples.value, [1, 2]);
  assert.deepEqual(await reasons([{ ...cups, unit: "mL" }, cups], { coffee_cups: "cups" }), [
    '0 unit: Series coffee_cups is kept in "cups"; "mL" is another unit, convert it first',
  ]);
  assert.deepEqual(await reasons([{ ...cups, unit: null }, cups]), [
    '1 unit: Series coffee_cups is kept in no unit; "cups" is another unit, convert it first',
  ]);
});

Deno.test("a person has so many series of their own and no more", async () => {
  const units = Object.fromEntries(Array.from({ length: 1_000 }, (_, place) => [`series_${place}`, "x"]));
  const one = { type: "series_1", value: 1, timestamp: at };
  assert.deepEqual(await reasons([one, { ...one, type: "series_new" }], units), [
    "1 type: A person has at most 1000 series of their own; reuse a name",
  ]);
});

async function body(text: string | Uint8Array<ArrayBuffer>, contentType = "application/json") {
  const request = new Request("http://x", { method: "POST", body: text, headers: { "content-type": contentType } });
  return await readSamplesBody(request);
}

Deno.test("the body is one object or a sample a line, and a line that is none spares the others", async () => {
  assert.deepEqual((await body('{"samples":[1,2],"source":{"source":"x"}}')).samples, [1, 2]);
  const { samples } = await body(
    '{"type":"weight"}\r\n\n{"typ\n{"type":"steps"}\n',
    "application/x-ndjson; charset=utf-8",
  );
  assert.equal(samples.length, 3);
  const line = checkSample(samples[1]);
  assert.ok("message" in line && line.message === "The line is not JSON");
  for (
    const [text, type, code] of [
      ["{", "application/json", "invalid_input"],
      ["[]", "application/json", "invalid_input"],
      ["null", "application/json", "invalid_input"],
      ['{"samples":{}}', "application/json", "invalid_input"],
      ["{}", "application/json", "invalid_input"],
      ["not\njson", "application/x-ndjson", "invalid_input"],
      ["{}", "text/plain", "unsupported_media_type"],
      [new Uint8Array([0x7b, 0xff]), "application/json", "invalid_input"],
    ] as const
  ) {
    await assert.rejects(() => body(text, type), (error) => error instanceof AppError && error.code === code);
  }
});
