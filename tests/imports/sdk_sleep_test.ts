import assert from "node:assert/strict";
import { readPush } from "../../src/imports/sdk_batch.ts";

const now = new Date("2026-03-14T12:00:00Z");

const stage = (fields: Record<string, unknown>) => ({
  id: "s1",
  stage: "light",
  startDate: "2026-03-13T23:00:00Z",
  endDate: "2026-03-14T00:00:00Z",
  zoneOffset: "+01:00",
  source: { device_type: "watch", device_model: "Watch7,1" },
  ...fields,
});

async function read(fields: Record<string, unknown>) {
  const { batch, dropped } = await readPush({ data: { sleep: [stage(fields)] } }, "apple", now, new Map());
  return { stages: batch.sleepStages, sources: batch.sources, reasons: dropped.reasons };
}

Deno.test("a stage is kept with its span, its offset, its id and who noticed it", async () => {
  const { stages, sources } = await read({});
  assert.deepEqual(stages, [{
    source: 0,
    external_id: "s1",
    start: Date.parse("2026-03-13T23:00:00Z"),
    end: Date.parse("2026-03-14T00:00:00Z"),
    zone_offset: 60,
    stage: "light",
  }]);
  assert.deepEqual([sources[0]?.device_model, sources[0]?.device_type], ["Watch7,1", "watch"]);
});

Deno.test("stages are known in every phone's spelling; what is unknown is counted", async () => {
  const spellings = {
    in_bed: ["in_bed", "inBed", "IN_BED", "HKCategoryValueSleepAnalysisInBed", "awake_in_bed"],
    sleeping: ["sleeping", "asleep", "asleepUnspecified", "HKCategoryValueSleepAnalysisAsleep"],
    awake: ["awake", "AWAKE", "HKCategoryValueSleepAnalysisAwake"],
    light: ["light", "core", "asleepCore", "HKCategoryValueSleepAnalysisAsleepCore"],
    deep: ["deep", "Deep", "asleepDeep"],
    rem: ["rem", "REM", "asleepREM", "HKCategoryValueSleepAnalysisAsleepREM"],
  };
  for (const [expected, names] of Object.entries(spellings)) {
    for (const name of names) assert.equal((await read({ stage: name })).stages[0]?.stage, expected, name);
  }
  for (const name of ["unknown", "dozing", "constructor"]) {
    const { stages, reasons } = await read({ stage: name });
    assert.deepEqual([stages, reasons], [[], { unknown_stage: 1 }], name);
  }
  for (const odd of [null, 3, {}]) assert.deepEqual((await read({ stage: odd })).reasons, { invalid_record: 1 });
});

Deno.test("a stage needs a beginning and a later end", async () => {
  for (
    const fields of [
      { startDate: null },
      { endDate: "soon" },
      { endDate: "2026-03-13T23:00:00Z" },
      { endDate: "2026-03-13T22:00:00Z" },
    ]
  ) {
    const { reasons, sources } = await read(fields);
    assert.deepEqual([reasons, sources], [{ invalid_date: 1 }, []], JSON.stringify(fields));
  }
  const { reasons, sources } = await read({ startDate: "2026-03-20T01:00:00Z", endDate: "2026-03-20T02:00:00Z" });
  assert.deepEqual([reasons, sources], [{ in_the_future: 1 }, []]);
});
