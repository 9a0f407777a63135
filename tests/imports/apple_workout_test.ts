import assert from "node:assert/strict";
import { readElements, record, sampleTexts } from "../support/apple_batch.ts";

const span = `startDate="2026-01-16 18:00:00 +0100" endDate="2026-01-16 18:30:00 +0100"`;
const workout = (attributes: string, children: string) =>
  readElements(
    ` <Workout workoutActivityType="HKWorkoutActivityTypeRunning" sourceName="Watch" ${span} ${attributes}>\n` +
      `${children}\n </Workout>`,
  ).batch.workouts[0]!;
const statistics = (type: string, rest: string) =>
  `<WorkoutStatistics type="HKQuantityTypeIdentifier${type}" ${span} ${rest}/>`;

Deno.test("a workout takes its numbers from the statistics, in the units of the record", () => {
  const { source: _, ...found } = workout(
    `duration="25.5" durationUnit="min"`,
    [
      statistics("HeartRate", `average="150.2" minimum="101" maximum="172" unit="count/min"`),
      statistics("ActiveEnergyBurned", `sum="320.5" unit="kcal"`),
      statistics("BasalEnergyBurned", `sum="45.5" unit="kcal"`),
      statistics("DistanceWalkingRunning", `sum="5.02" unit="km"`),
      statistics("StepCount", `sum="4890.7" unit="count"`),
      statistics("RunningSpeed", `average="10.8" maximum="18" unit="km/hr"`),
      statistics("RunningPower", `average="251" maximum="400" unit="W"`),
      `<MetadataEntry key="HKElevationAscended" value="4213 cm"/>`,
    ].join("\n"),
  );
  assert.deepEqual(found, {
    type: "running",
    start: Date.parse("2026-01-16T17:00:00Z"),
    end: Date.parse("2026-01-16T17:30:00Z"),
    zone_offset: 60,
    duration_seconds: 1530,
    heart_rate_avg: 150.2,
    heart_rate_min: 101,
    heart_rate_max: 172,
    energy_burned: 366,
    distance: 5020,
    steps_count: 4890,
    average_speed: 3,
    max_speed: 5,
    average_watts: 251,
    max_watts: 400,
    average_cadence: null,
    total_elevation_gain: 42.13,
  });
});

Deno.test("the totals of older exports are attributes; without anything the times remain", () => {
  const old = workout(
    `duration="0.5" durationUnit="hr" totalDistance="3" totalDistanceUnit="mi" totalEnergyBurned="1046" ` +
      `totalEnergyBurnedUnit="kJ"`,
    "",
  );
  assert.deepEqual([old.duration_seconds, old.distance, old.energy_burned], [1800, 4828.032, 250]);
  const bare = workout("", "");
  assert.deepEqual([bare.duration_seconds, bare.distance, bare.energy_burned], [1800, null, null]);
});

Deno.test("the parts of a workout are not added to it once more", () => {
  const found = workout(
    "",
    `<WorkoutActivity uuid="A" ${span}>${statistics("ActiveEnergyBurned", `sum="100" unit="kcal"`)}</WorkoutActivity>` +
      statistics("ActiveEnergyBurned", `sum="100" unit="kcal"`),
  );
  assert.equal(found.energy_burned, 100);
});

Deno.test("a triathlon's distances are one, and a sport nobody knows is a workout all the same", () => {
  const { batch } = readElements(
    ` <Workout workoutActivityType="HKWorkoutActivityTypeUnderwaterChess" sourceName="Watch" ${span}>` +
      statistics("DistanceSwimming", `sum="750" unit="m"`) + statistics("DistanceCycling", `sum="20" unit="km"`) +
      ` </Workout>`,
  );
  assert.deepEqual([batch.workouts[0]?.type, batch.workouts[0]?.distance], ["generic", 20_750]);
});

Deno.test("sleep stages carry the names of every generation of watches", () => {
  const stages = ["InBed", "Asleep", "AsleepUnspecified", "Awake", "AsleepCore", "AsleepDeep", "AsleepREM"];
  const { batch } = readElements(
    stages.map((stage, hour) =>
      record("HKCategoryTypeIdentifierSleepAnalysis", `HKCategoryValueSleepAnalysis${stage}`, {
        startDate: `2026-01-16 0${hour}:00:00 +0100`,
        endDate: `2026-01-16 0${hour}:30:00 +0100`,
      })
    ).join(""),
  );
  const found = batch.sleepStages.map(({ stage }) => stage);
  assert.deepEqual(found, ["in_bed", "sleeping", "sleeping", "awake", "light", "deep", "rem"]);
  assert.deepEqual([batch.sleepStages[1]?.end, batch.sleepStages[1]?.zone_offset], [
    Date.parse("2026-01-16T00:30:00Z"),
    60,
  ]);
});

Deno.test("a correlation's parts are stored, and counted as parts", () => {
  const parts = record("BloodPressureSystolic", "121", { unit: "mmHg" }) +
    record("BloodPressureDiastolic", "79", { unit: "mmHg" });
  const read = readElements(
    parts + ` <Correlation type="HKCorrelationTypeIdentifierBloodPressure" sourceName="Cuff" ${span}>\n${parts}` +
      ` </Correlation>\n <ActivitySummary dateComponents="2026-01-16" activeEnergyBurned="590"/>\n` +
      ` <Audiogram sourceName="x"><SensitivityPoint/></Audiogram>\n <Novelty/>\n`,
  );
  const pressures = ["blood_pressure_systolic 121", "blood_pressure_diastolic 79"];
  assert.deepEqual(sampleTexts(read), [...pressures, ...pressures]);
  assert.equal(read.counts.read, 2);
  assert.deepEqual(read.counts.noticed, {
    correlated_record: 2,
    correlation: 1,
    activity_summary: 1,
    audiogram: 1,
    unknown_element: 1,
  });
});

Deno.test("birth date and sex are read from attributes and from elements", () => {
  const expected = { birthDate: "1980-01-01", sex: "male" };
  const prefix = "HKCharacteristicTypeIdentifier";
  assert.deepEqual(
    readElements(`<Me ${prefix}DateOfBirth="1980-01-01" ${prefix}BiologicalSex="HKBiologicalSexMale"/>`).reader.me,
    expected,
  );
  assert.deepEqual(
    readElements(
      `<Me><${prefix}DateOfBirth>1980-01-01</${prefix}DateOfBirth>` +
        `<${prefix}BiologicalSex>HKBiologicalSexMale</${prefix}BiologicalSex></Me>`,
    ).reader.me,
    expected,
  );
  assert.deepEqual(readElements(`<Me ${prefix}BiologicalSex="HKBiologicalSexNotSet"/>`).reader.me, {});
});
