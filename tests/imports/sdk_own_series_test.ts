import assert from "node:assert/strict";
import { healthKitQuantity } from "../../src/imports/healthkit_quantity.ts";
import { readPush } from "../../src/imports/sdk_batch.ts";
import type { PhoneProvider } from "../../src/imports/sdk_provider.ts";

/** Quantities of a phone that have no series: they become series of the person's own. */

const now = new Date("2026-03-14T12:00:00Z");

const record = (fields: Record<string, unknown>) => ({
  type: "HKQuantityTypeIdentifierSomethingNew",
  startDate: "2026-03-14T08:00:00Z",
  endDate: "2026-03-14T08:00:00Z",
  value: 61,
  unit: "count/min",
  ...fields,
});

/** The samples of a push with this one record. */
async function read(
  fields: Record<string, unknown>,
  provider: PhoneProvider = "apple",
  ownUnits: ReadonlyMap<string, string> = new Map(),
) {
  const { batch, dropped } = await readPush({ data: { records: [record(fields)] } }, provider, now, ownUnits);
  const { samples, customSeries } = batch;
  const found = samples.at.map((_, place) => {
    const series = customSeries[-1 - (samples.series[place] ?? 0)];
    return { series: series?.code, unit: series?.unit, value: samples.value[place] };
  });
  return { found, dropped };
}

Deno.test("a quantity of HealthKit without a series becomes one of the person's own, as an export names it", async () => {
  for (
    const [name, unit, sent, code, seriesUnit, stored] of [
      ["DietaryFatPolyunsaturated", "g", 12.5, "dietary_fat_polyunsaturated", "g", 12.5],
      ["DietaryEnergyConsumed", "kJ", 418.4, "dietary_energy_consumed", "kcal", 100],
      ["DietaryWater", "L", 0.25, "dietary_water", "mL", 250],
      ["SomethingNew2", "%", 0.25, "something_new2", "%", 25],
      ["SomethingNew2", "IU/L", 0.25, "something_new2", "IU/L", 0.25],
    ] as const
  ) {
    const type = `HKQuantityTypeIdentifier${name}`;
    const { found } = await read({ type, unit, value: sent });
    assert.deepEqual(found.map(({ series, unit, value }) => [series, unit, value]), [[code, seriesUnit, stored]], name);
    const exported = healthKitQuantity(type, unit);
    assert.deepEqual([exported?.custom, exported?.convert(sent)], [{ code, unit: seriesUnit }, stored]);
  }
  const dropped = async (fields: Record<string, unknown>) => {
    const { batch, dropped } = await readPush({ data: { records: [record(fields)] } }, "apple", now, new Map());
    assert.deepEqual([batch.customSeries, batch.sources, batch.samples.at], [[], [], []]);
    return dropped.reasons;
  };
  const type = "HKQuantityTypeIdentifierSomethingNew2";
  for (const unit of [null, "", "constructor", 5]) assert.deepEqual(await dropped({ type, unit }), { unknown_unit: 1 });
  assert.deepEqual(await dropped({ type, startDate: "2027-01-01T00:00:00Z" }), { in_the_future: 1 });
  for (const name of ["", "constructor", "Strange Type", "é", "Steps", "A".repeat(200)]) {
    assert.deepEqual(await dropped({ type: `HKQuantityTypeIdentifier${name}` }), { unknown_type: 1 }, name);
  }
  assert.deepEqual(await dropped({ type: "SomethingNew2" }), { unknown_type: 1 });
});

Deno.test("a series of the person's own keeps its unit: what comes in another is left out and counted", async () => {
  const type = "HKQuantityTypeIdentifierSomethingNew";
  const units = new Map([["something_new", "IU"], ["total_energy", "kJ"]]);
  assert.equal((await read({ type, unit: "IU", value: 3 }, "apple", units)).found[0]?.value, 3);
  for (const fields of [{ type, unit: "mL" }, { type: "TOTAL_CALORIES_BURNED", unit: "kcal" }]) {
    const { found, dropped } = await read(fields, "google", units);
    assert.deepEqual([found, dropped.reasons, dropped.items[0]?.field], [[], { other_unit: 1 }, "unit"]);
  }
  // Also within one push.
  const records = ["IU", "mL", "IU"].map((unit) => record({ type, unit }));
  const { batch, dropped } = await readPush({ data: { records } }, "apple", now, new Map());
  assert.deepEqual([batch.samples.at.length, dropped.reasons], [2, { other_unit: 1 }]);
  // A thousand of them are enough; those that exist go on.
  const full = new Map(Array.from({ length: 1_000 }, (_, no) => [`something_new${no}`, "IU"]));
  assert.deepEqual((await read({ type, unit: "IU" }, "apple", full)).dropped.reasons, { too_many_series: 1 });
  assert.equal((await read({ type: `${type}7`, unit: "IU" }, "apple", full)).found.length, 1);
});
