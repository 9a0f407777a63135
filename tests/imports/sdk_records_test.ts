import assert from "node:assert/strict";
import { healthKitQuantity } from "../../src/imports/healthkit_quantity.ts";
import { readPush } from "../../src/imports/sdk_batch.ts";
import type { PhoneProvider } from "../../src/imports/sdk_provider.ts";
import { seriesById } from "../../src/timeseries/series_table.ts";
import { correctedMetrics, expectedMetrics } from "./sdk_metric_table.ts";

const now = new Date("2026-03-14T12:00:00Z");
const REFERENCE = new URL("../../../shared/payloads/_reference/sdk_metric_maps.json", import.meta.url);

const record = (fields: Record<string, unknown>) => ({
  id: "r1",
  type: "HKQuantityTypeIdentifierHeartRate",
  startDate: "2026-03-14T08:00:00Z",
  endDate: "2026-03-14T08:00:00Z",
  value: 61,
  unit: "count/min",
  ...fields,
});

/** The samples a push with this one record leads to. */
async function read(fields: Record<string, unknown>, provider: PhoneProvider = "apple") {
  const { batch, dropped } = await readPush({ data: { records: [record(fields)] } }, provider, now, new Map());
  const { samples, sources, customSeries } = batch;
  const found = samples.at.map((at, place) => {
    const key = samples.series[place] ?? 0;
    const series = key < 0 ? customSeries[-1 - key] : seriesById(key);
    return {
      series: series?.code,
      unit: series?.unit,
      at: new Date(at).toISOString(),
      value: samples.value[place],
      seconds: samples.duration_seconds[place],
      offset: samples.zone_offset[place],
      source: sources[samples.source[place] ?? 0],
    };
  });
  return { found, dropped };
}

const value = async (fields: Record<string, unknown>, provider?: PhoneProvider) =>
  (await read(fields, provider)).found[0]?.value;
const reasons = async (fields: Record<string, unknown>, provider?: PhoneProvider) =>
  (await read(fields, provider)).dropped.reasons;

Deno.test("each of the 108 metric types arrives as its series, in its unit", async () => {
  assert.equal(new Set(expectedMetrics.map(({ name }) => name)).size, 108);
  for (const { provider, name, series, unit, sent, sentUnit, stored } of expectedMetrics) {
    const { found, dropped } = await read({ type: name, value: sent, unit: sentUnit }, provider);
    assert.deepEqual(
      found.map((sample) => [sample.series, sample.unit, sample.value]),
      [[series, unit, stored]],
      `${name}: ${JSON.stringify(dropped.reasons)}`,
    );
    const short = name.replace("HKQuantityTypeIdentifier", "");
    assert.equal(await value({ type: short, value: sent, unit: sentUnit }, provider), stored, short);
  }
});

const hasReference = await Deno.stat(REFERENCE).then(() => true, () => false);
Deno.test({
  name: hasReference
    ? "the types and series are those of the contract, but for ten that are corrected"
    : "the contract's list of types is skipped: ../shared/payloads is absent",
  ignore: !hasReference,
  async fn() {
    const contract: Record<string, string> = JSON.parse(await Deno.readTextFile(REFERENCE)).metric_types;
    assert.deepEqual(expectedMetrics.map(({ name }) => name).sort(), Object.keys(contract).sort());
    const differing = expectedMetrics.filter(({ name, series }) => contract[name] !== series).map(({ name }) => name);
    assert.deepEqual(differing.sort(), Object.keys(correctedMetrics).sort());
  },
});

Deno.test("a phone and an export of the same phone give the same numbers", () => {
  let compared = 0;
  for (const { provider, name, series, sent, sentUnit, stored } of expectedMetrics) {
    const quantity = provider === "apple" ? healthKitQuantity(name, sentUnit) : null;
    if (quantity === null) continue;
    compared++;
    const code = quantity.series === null ? quantity.custom?.code : seriesById(quantity.series)?.code;
    assert.deepEqual([code, quantity.convert(sent)], [series, stored], name);
  }
  assert.ok(compared >= 78, String(compared));
});

Deno.test("percentages are fractions only with Apple, saturation with whoever sends one", async () => {
  const fat = { type: "BODY_FAT", unit: "" };
  assert.equal(await value({ ...fat, value: 30.4 }, "google"), 30.4);
  assert.equal(await value({ ...fat, value: 18.5 }, "samsung"), 18.5);
  assert.equal(await value({ ...fat, value: 0.8 }, "samsung"), 0.8);
  const apple = { type: "HKQuantityTypeIdentifierBodyFatPercentage" };
  for (const unit of ["", "%", null, "count"]) assert.equal(await value({ ...apple, unit, value: 0.304 }), 30.4);
  // A fraction cannot be more than 1.
  assert.equal(await value({ ...apple, unit: "%", value: 30.4 }), 30.4);
  for (const [sent, stored] of [[0.97, 97], [1, 100], [97, 97], [100, 100]]) {
    assert.equal(await value({ type: "OXYGEN_SATURATION", unit: "%", value: sent }, "google"), stored);
    assert.equal(await value({ type: "HKQuantityTypeIdentifierOxygenSaturation", unit: "%", value: sent }), stored);
  }
});

Deno.test("height and step length are metres when no unit is named, and what is named counts", async () => {
  for (const provider of ["apple", "google", "samsung"] as const) {
    assert.equal(await value({ type: "HEIGHT", unit: "", value: 1.7526 }, provider), 175.26);
  }
  assert.equal(await value({ type: "HEIGHT", unit: null, value: 1.8 }), 180);
  assert.equal(await value({ type: "HEIGHT", unit: "cm", value: 180 }), 180);
  assert.equal(await value({ type: "Height", unit: "ft", value: 6 }), 182.88);
  assert.equal(await value({ type: "WalkingStepLength", unit: null, value: 0.7 }), 70);
  // Other lengths are in the series' own unit.
  assert.equal(await value({ type: "WaistCircumference", unit: null, value: 82 }), 82);
});

Deno.test("glucose is converted when the unit is some spelling of millimole", async () => {
  const glucose = (unit: string | null, sent: number) => value({ type: "BLOOD_GLUCOSE", unit, value: sent }, "samsung");
  for (const unit of ["mmol/L", "MMOL/L", "mmol/l", "mmol per litre"]) {
    assert.equal(await glucose(unit, 6.111), 110.1092202, unit);
  }
  for (const unit of ["", null, "mg/dL"]) assert.equal(await glucose(unit, 105), 105);
});

Deno.test("a unit that measures something else is not believed", async () => {
  assert.deepEqual(await reasons({ unit: "kg" }), { unknown_unit: 1 });
  assert.deepEqual(await reasons({ unit: "furlong" }), { unknown_unit: 1 });
  assert.deepEqual(await reasons({ unit: 5 }), { unknown_unit: 1 });
  assert.deepEqual(await reasons({ unit: "constructor" }), { unknown_unit: 1 });
  assert.deepEqual(await reasons({ type: "TOTAL_CALORIES_BURNED", unit: "m" }, "google"), { unknown_unit: 1 });
  assert.equal(await value({ type: "TOTAL_CALORIES_BURNED", unit: "kJ", value: 4184 }, "google"), 1000);
  assert.equal(await value({ type: "BASAL_METABOLIC_RATE", unit: "W", value: 80 }, "google"), 1652.00764818);
});

Deno.test("a record is at its start, as long as it lasted, at the offset it was taken", async () => {
  const steps = {
    type: "StepCount",
    unit: "count",
    startDate: "2026-03-14T08:00:00Z",
    endDate: "2026-03-14T08:07:30Z",
  };
  const [sample] = (await read({ ...steps, zoneOffset: "+05:30" })).found;
  assert.deepEqual(
    [sample?.at, sample?.seconds, sample?.offset],
    ["2026-03-14T08:00:00.000Z", 450, 330],
  );
  const offset = async (zoneOffset: unknown, startDate = "2026-03-14T08:00:00Z") =>
    (await read({ startDate, zoneOffset })).found[0]?.offset;
  assert.equal(await offset("Z"), 0);
  assert.equal(await offset("+00:00"), 0);
  assert.equal(await offset("-03:30"), -210);
  for (const unreadable of ["0530", "+5", "Europe/Berlin", "+25:00", 60, {}, null, undefined]) {
    assert.equal(await offset(unreadable), null, String(unreadable));
    assert.equal(await offset(unreadable, "2026-03-14T08:00:00+02:00"), 120);
  }
  assert.equal(await offset("+01:00", "2026-03-14T08:00:00+02:00"), 60);
  const at = async (startDate: unknown) => (await read({ startDate })).found[0]?.at;
  assert.equal(await at("2026-03-14T08:00:00.250+02:00"), "2026-03-14T06:00:00.250Z");
  assert.equal(await at(1773475200), "2026-03-14T08:00:00.000Z");
  assert.equal(await at(1773475200000), "2026-03-14T08:00:00.000Z");
  assert.equal(await at("1773475200"), "2026-03-14T08:00:00.000Z");
  // An end that is missing or too early does not cost the record.
  for (const endDate of [null, "later", "2026-03-14T07:00:00Z"]) {
    assert.equal((await read({ endDate })).found[0]?.seconds, 0);
  }
});

Deno.test("what cannot be stored is counted with its reason and place, never its value", async () => {
  assert.deepEqual(await reasons({ type: "HKCategoryTypeIdentifierMindfulSession" }), { unknown_type: 1 });
  assert.deepEqual(await reasons({ type: "constructor" }), { unknown_type: 1 });
  assert.deepEqual(await reasons({ type: null }), { invalid_record: 1 });
  for (const bad of [null, "high", "", true, [61], "1e999", 1e16]) {
    assert.deepEqual(await reasons({ value: bad }), { invalid_value: 1 }, String(bad));
  }
  assert.equal(await value({ value: "61.5" }), 61.5);
  for (const bad of [null, "yesterday", "2026-02-30T08:00:00Z", {}, "1889-01-01T00:00:00Z"]) {
    assert.deepEqual(await reasons({ startDate: bad }), { invalid_date: 1 }, String(bad));
  }
  assert.deepEqual(await reasons({ startDate: "2027-01-01T00:00:00Z" }), { in_the_future: 1 });

  const { batch, dropped, read: seen } = await readPush(
    { data: { records: [record({}), "no record", record({ value: "secret" }), record({ type: "Nothing" })] } },
    "apple",
    now,
    new Map(),
  );
  assert.deepEqual([seen, batch.samples.at.length, dropped.count], [4, 1, 3]);
  assert.deepEqual(dropped.items.map(({ collection, index, field }) => [collection, index, field]), [
    ["records", 1, ""],
    ["records", 2, "value"],
    ["records", 3, "type"],
  ]);
  assert.ok(!JSON.stringify(dropped.items).includes("secret"));
});

Deno.test("a source is named by product, app and system, in either spelling of the fields", async () => {
  const source = async (fields: unknown, provider: PhoneProvider = "apple") => {
    const found = (await read({ source: fields }, provider)).found[0]?.source;
    return [found?.source, found?.device_model, found?.software_version, found?.device_type];
  };
  const os = { majorVersion: 15, minorVersion: 4, patchVersion: 1 };
  const watch = { name: "Apple Watch", deviceModel: "Watch", productType: "Watch7,5", operatingSystemVersion: os };
  assert.deepEqual(await source({ ...watch, bundleIdentifier: "com.apple.health", deviceSoftwareVersion: "9" }), [
    "Apple Watch",
    "Watch7,5",
    "15.4.1",
    null,
  ]);
  assert.deepEqual(await source({ deviceModel: "Watch", deviceHardwareVersion: "Watch7,5" }), [
    null,
    "Watch7,5",
    null,
    null,
  ]);
  assert.deepEqual(
    await source(
      { deviceModel: "SM-R960", productType: "other", deviceName: "Galaxy Watch7", appId: "a.b" },
      "samsung",
    ),
    ["Galaxy Watch7", "SM-R960", null, null],
  );
  assert.deepEqual(await source({ appId: "com.third.party", bundleIdentifier: "b" }), [
    "com.third.party",
    null,
    null,
    null,
  ]);
  assert.deepEqual(await source({ bundleIdentifier: "b".repeat(53) }), ["b".repeat(53), null, null, null]);
  assert.deepEqual(
    await source({
      device_type: "WATCH",
      device_model: "Watch3,3",
      device_software_version: "5.3",
      bundle_identifier: "com.x",
    }),
    ["com.x", "Watch3,3", "5.3", "watch"],
  );
  for (
    const [sent, stored] of [
      ["fitness_band", "band"],
      ["chest_strap", "other"],
      ["head_mounted", "other"],
      ["smart_display", "other"],
      ["ring", "ring"],
      ["scale", "scale"],
      ["phone", "phone"],
      ["unknown", null],
      ["toaster", null],
      ["constructor", null],
    ]
  ) assert.equal((await source({ deviceType: sent }))[3], stored, String(sent));
  for (const odd of [null, undefined, "watch", 5, [], { name: 5, deviceModel: {}, operatingSystemVersion: "15" }]) {
    assert.deepEqual(await source(odd), [null, null, null, null]);
  }
});
