import assert from "node:assert/strict";
import { AppleDate } from "../../src/imports/apple_date.ts";
import { readAppleDevice } from "../../src/imports/apple_sources.ts";
import { readElements, readExport, record, sampleTexts } from "../support/apple_batch.ts";

const only = (type: string, value: string, unit: string) => sampleTexts(readElements(record(type, value, { unit })))[0];

Deno.test("values are converted from the unit that stands beside them", () => {
  assert.equal(only("BodyMass", "165.3", "lb"), "weight 74.978818761");
  assert.equal(only("BodyMass", "80.5", "kg"), "weight 80.5");
  assert.equal(only("Height", "178", "cm"), "height 178");
  assert.equal(only("Height", "1.78", "m"), "height 178");
  assert.equal(only("Height", "5.5", "ft"), "height 167.64");
  assert.equal(only("DistanceWalkingRunning", "0.154", "km"), "distance_walking_running 154");
  assert.equal(only("DistanceCycling", "10", "mi"), "distance_cycling 16093.44");
  assert.equal(only("ActiveEnergyBurned", "418.4", "kJ"), "energy 100");
  assert.equal(only("ActiveEnergyBurned", "100", "Cal"), "energy 100");
  assert.equal(only("BodyTemperature", "98.6", "degF"), "body_temperature 37");
  assert.equal(only("BloodGlucose", "5.5", "mmol&lt;180.1558800000541&gt;/L"), "blood_glucose 99.1001");
  assert.equal(only("HeartRate", "1.2", "count/s"), "heart_rate 72");
  assert.equal(only("WalkingSpeed", "3.6", "km/hr"), "walking_speed 1");
  assert.equal(only("TimeInDaylight", "600", "s"), "time_in_daylight 10");
  assert.equal(only("VO2Max", "42.1", "mL/min·kg"), "vo2_max 42.1");
  assert.equal(only("InsulinDelivery", "4", "IU"), "insulin_delivery 4");
  // These carry the series' own unit under another name.
  assert.equal(only("PhysicalEffort", "3.4", "kcal/hr·kg"), "physical_effort 3.4");
  assert.equal(only("BodyMassIndex", "22.5", "count"), "body_mass_index 22.5");
});

Deno.test("a share of one is a percentage, and what is one already stays", () => {
  assert.equal(only("OxygenSaturation", "0.97", "%"), "oxygen_saturation 97");
  assert.equal(only("OxygenSaturation", "1", "%"), "oxygen_saturation 100");
  assert.equal(only("OxygenSaturation", "97", "%"), "oxygen_saturation 97");
  assert.equal(only("BodyFatPercentage", "0.304", "%"), "body_fat_percentage 30.4");
  assert.equal(only("WalkingAsymmetryPercentage", "0.07", "%"), "walking_asymmetry_percentage 7");
  assert.equal(only("AppleWalkingSteadiness", "0.93", "%"), "walking_steadiness 93");
  assert.equal(only("AtrialFibrillationBurden", "0.02", "%"), "atrial_fibrillation_burden 2");
  assert.equal(only("PeripheralPerfusionIndex", "0.015", "%"), "peripheral_perfusion_index 1.5");
  assert.equal(only("BloodAlcoholContent", "0.0008", "%"), "blood_alcohol_content 80");
});

Deno.test("a type without a series becomes one of its own, in one unit whatever the phone is set to", () => {
  assert.equal(only("DietaryProtein", "31.5", "g"), "dietary_protein [g] 31.5");
  assert.equal(only("DietaryProtein", "31500", "mg"), "dietary_protein [g] 31.5");
  assert.equal(only("DietaryFatTotal", "12", "g"), "dietary_fat_total [g] 12");
  assert.equal(only("DietaryCaffeine", "80", "mg"), "dietary_caffeine [mg] 80");
  assert.equal(only("DietaryVitaminB12", "2.4", "mcg"), "dietary_vitamin_b12 [mg] 0.0024");
  assert.equal(only("DietaryEnergyConsumed", "2092", "kJ"), "dietary_energy_consumed [kcal] 500");
  assert.equal(only("DietaryWater", "0.25", "L"), "dietary_water [mL] 250");
  assert.equal(only("SomethingNew", "3", "furlong"), "something_new [furlong] 3");
  assert.equal(only("CyclingFunctionalThresholdPower", "250", "W"), "functional_threshold_power [W] 250");
});

Deno.test("what cannot be stored is counted by its reason and type, and nothing else is lost with it", () => {
  const { batch, counts } = readElements([
    record("HeartRate", ""),
    record("HeartRate", "abc", { unit: "count/min" }),
    record("HeartRate", "61", { unit: "furlong" }),
    record("HeartRate", "61", { startDate: "" }),
    record("HeartRate", "61", { startDate: "2026-02-30 08:00:00 +0100" }),
    record("HeartRate", "61", { endDate: "2026-01-16 07:00:00 +0100" }),
    record("HeartRate", "61", { startDate: "2031-01-16 08:00:00 +0100", endDate: "2031-01-16 08:00:00 +0100" }),
    record("HKCategoryTypeIdentifierMindfulSession", "0"),
    record("HKCategoryTypeIdentifierSleepAnalysis", "HKCategoryValueSleepAnalysisLevitating"),
    record("HeartRate", "61", { unit: "count/min" }),
  ].join(""));
  const heartRate = "HKQuantityTypeIdentifierHeartRate";
  assert.deepEqual(counts.skipped, {
    [`invalid_value:${heartRate}`]: 2,
    [`unknown_unit:${heartRate}`]: 1,
    [`missing_startDate:${heartRate}`]: 1,
    [`invalid_date:${heartRate}`]: 2,
    [`in_the_future:${heartRate}`]: 1,
    "unsupported_type:HKCategoryTypeIdentifierMindfulSession": 1,
    "unknown_sleep_stage:Levitating": 1,
  });
  assert.equal(counts.read, 10);
  assert.equal(batch.size, 1);
});

Deno.test("a record keeps its start, how long it lasts, the offset and who measured it", () => {
  const device = "&lt;&lt;HKDevice: 0x66aaba640&gt;, name:Apple Watch, manufacturer:Apple Inc., model:Watch, " +
    "hardware:Watch6,12, software:26.2, creation date:2026-01-15 22:56:09 +0000&gt;";
  const times = { startDate: "2026-01-16 08:00:00 +0530", endDate: "2026-01-16 08:10:00 +0530" };
  const { batch } = readElements(
    record("StepCount", "212", { unit: "count", device, sourceName: "Kim&#8217;s Watch", ...times }) +
      record("StepCount", "10", { unit: "count", sourceName: "Phone" }),
  );
  const { samples } = batch;
  assert.deepEqual([samples.at[0], samples.duration_seconds[0], samples.zone_offset[0]], [
    Date.parse("2026-01-16T02:30:00Z"),
    600,
    330,
  ]);
  assert.deepEqual(batch.sources, [
    {
      provider: "apple",
      source: "Kim’s Watch",
      original_source_name: "Kim’s Watch",
      device_model: "Watch6,12",
      software_version: "26.2",
    },
    {
      provider: "apple",
      source: "Phone",
      original_source_name: "Phone",
      device_model: null,
      software_version: null,
    },
  ]);
  assert.deepEqual(samples.source, [0, 1]);
  assert.deepEqual(readAppleDevice("<<HKDevice: 0x1>, name:Scale, model:Body+>"), {
    device_model: "Body+",
    software_version: null,
  });
});

Deno.test("dates are read in every form that exports have had, and impossible ones are not", () => {
  const date = new AppleDate();
  const read = (text: string) => date.read(text) ? [new Date(date.at).toISOString(), date.offset] : null;
  const noon = "2026-01-16T12:00:00.000Z";
  for (
    const [text, offset] of [
      ["2026-01-16 13:00:00 +0100", 60],
      ["2026-01-16 08:30:00 -0330", -210],
      ["2026-01-16T13:00:00+01:00", 60],
      ["2026-01-16T12:00:00.123Z", 0],
      ["2026-01-16 1:00:00\u202fPM +0100", 60],
      ["2026-01-16 12:00:00", null],
    ] as const
  ) assert.deepEqual(read(text), [noon, offset], text);
  assert.deepEqual(read("2024-02-29 00:00:00 +0000"), ["2024-02-29T00:00:00.000Z", 0]);
  for (
    const text of [
      "",
      "2025-02-29 00:00:00 +0000",
      "2026-13-01 00:00:00 +0000",
      "2026-01-16 25:00:00 +0000",
      "2026-01-16 00:61:00 +0000",
      "2026-01-16 00:00:00 +1500",
      "2026-01-1x 00:00:00 +0000",
      "16.01.2026 00:00",
    ]
  ) assert.equal(read(text), null, text);
});

Deno.test("what was eaten at one time is stored a millisecond apart, and the same record once", () => {
  const eaten = (grams: string, unit = "g") => record("DietaryProtein", grams, { unit, sourceName: "Diary" });
  const meal = [eaten("12"), eaten("7.5"), eaten("12"), eaten("30")];
  const correlated = meal.slice(0, 2).map((food) => ` <Correlation type="x">\n${food} </Correlation>\n`);
  const { samples } = readElements([...meal, ...correlated].join("")).batch;
  const start = Date.parse("2026-01-16T07:00:00Z");
  assert.deepEqual(samples.at.map((at) => at - start), [0, 1, 0, 2, 0, 1]);
  assert.deepEqual(samples.value, [12, 7.5, 12, 30, 12, 7.5]);
  // In turns with another source, and in an attempt that goes on behind the first.
  const phone = record("DietaryProtein", "12", { unit: "g", sourceName: "Phone" });
  assert.deepEqual(readElements(eaten("12") + phone + eaten("7.5")).batch.samples.at.map((at) => at - start), [
    0,
    0,
    1,
  ]);
  const rest = readExport(`<HealthData>\n${meal.join("")}</HealthData>`, 500, 1).batch.samples;
  assert.deepEqual(rest.at.map((at) => at - start), [1, 0, 2]);
});

Deno.test("a decimal is the same number as it was written, whichever way it is read", () => {
  const texts = [
    "72",
    "0.1",
    "5.05",
    "123456789.123456",
    "0.000001",
    "99.99999999999",
    "7.",
    ".5",
    "1e3",
    "-4",
    "0",
    "007",
  ];
  const usual = (value: string) =>
    ` <Record type="HKQuantityTypeIdentifierBodyMass" sourceName="Scale" unit="kg" ` +
    `creationDate="2026-01-16 08:00:00 +0100" startDate="2026-01-16 08:00:00 +0100" ` +
    `endDate="2026-01-16 08:00:00 +0100" value="${value}"/>\n`;
  // The first of the kind is read attribute by attribute, those after it as it was.
  const read = (value: string) => readElements(usual("1") + usual(value)).batch.samples.value[1];
  for (const text of texts) assert.equal(read(text), Number(text), text);
});

Deno.test("a night keeps the clock of the place it was slept at, wherever the export was written", () => {
  const night = (zone: string) =>
    ` <Record type="HKCategoryTypeIdentifierSleepAnalysis" sourceName="Watch" ` +
    `startDate="2026-01-16 08:00:00 +0100" endDate="2026-01-16 15:00:00 +0100" ` +
    `value="HKCategoryValueSleepAnalysisAsleepCore">\n  <MetadataEntry key="HKTimeZone" value="${zone}"/>\n </Record>\n`;
  const { sleepStages } = readElements(["America/New_York", "Mars/Olympus", "Europe/Berlin"].map(night).join("")).batch;
  assert.deepEqual(sleepStages.map((stage) => stage.zone_offset), [-300, 60, 60]);
  const workout = `<Workout workoutActivityType="HKWorkoutActivityTypeRunning" startDate="2025-07-16 08:00:00 +0200" ` +
    `endDate="2025-07-16 09:00:00 +0200"><MetadataEntry key="HKTimeZone" value="Asia/Tokyo"/></Workout>`;
  assert.equal(readElements(workout).batch.workouts[0]?.zone_offset, 540);
  const beat = ` <Record type="HKQuantityTypeIdentifierBodyMass" sourceName="Scale" unit="kg" ` +
    `creationDate="2026-01-16 08:00:00 +0100" startDate="2026-01-16 08:00:00 +0100" ` +
    `endDate="2026-01-16 08:00:00 +0100" value="70">\n  <MetadataEntry key="HKTimeZone" value="Asia/Kolkata"/>\n </Record>`;
  const { samples } = readElements(beat + beat + beat + beat.replace(/>\n[^]*/, "/>")).batch;
  assert.deepEqual(samples.zone_offset, [330, 330, 330, 60]);
});
