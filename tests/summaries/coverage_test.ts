import assert from "node:assert/strict";
import { join } from "node:path";
import { seriesTable } from "../../src/timeseries/series_table.ts";
import { openWorld } from "../support/world.ts";

interface Field {
  readonly code: string;
  readonly providers: string[];
}

interface Answer {
  readonly providers: string[];
  readonly timeseries: { name: string; metrics: (Field & { unit: string })[] }[];
  readonly workout_fields: Field[];
  readonly sleep_fields: Field[];
  readonly menstrual_cycle_fields: Field[];
  readonly health_scores: Field[];
}

/** The inputs lie beside the checkout; without them the comparison is left out. */
const reference = join(import.meta.dirname ?? "", "../../../shared/payloads/_reference/coverage.json");

async function readReference(): Promise<Record<string, Record<string, string[]>> | null> {
  try {
    return JSON.parse(await Deno.readTextFile(reference));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

Deno.test("anybody learns which codes there are, with unit and category", async () => {
  await using world = await openWorld();
  const answer = await world.json<Answer>("/meta/coverage", { token: null });
  const metrics = answer.timeseries.flatMap(({ metrics }) => metrics);
  assert.deepEqual(metrics.map(({ code }) => code).sort(), seriesTable.map(({ code }) => code).sort());
  assert.equal(answer.timeseries[0]?.name, "Heart & Cardiovascular");
  const heartRate = metrics.find(({ code }) => code === "heart_rate");
  assert.equal(heartRate?.unit, "bpm");
  assert.ok(heartRate?.providers.includes("garmin") && !heartRate.providers.includes("whoop"));
  assert.deepEqual(metrics.find(({ code }) => code === "nike_fuel")?.providers, []);
  assert.equal(new Set(answer.timeseries.map(({ name }) => name)).size, answer.timeseries.length);
});

const declared = await readReference();
if (declared === null) Deno.stdout.writeSync(new TextEncoder().encode("No reference of coverage: not compared\n"));

Deno.test({
  name: "each provider is said to deliver what it declares, no more and no less",
  ignore: declared === null,
  async fn() {
    await using world = await openWorld();
    const answer = await world.json<Answer>("/meta/coverage");
    assert.deepEqual(answer.providers.toSorted(), Object.keys(declared ?? {}).sort());
    const fields: Record<string, Field[]> = {
      timeseries: answer.timeseries.flatMap(({ metrics }) => metrics),
      workout_fields: answer.workout_fields,
      sleep_fields: answer.sleep_fields,
      menstrual_cycle_fields: answer.menstrual_cycle_fields,
      health_scores: answer.health_scores,
    };
    for (const [provider, groups] of Object.entries(declared ?? {})) {
      for (const [group, codes] of Object.entries(groups)) {
        const delivered = (fields[group] ?? []).filter(({ providers }) => providers.includes(provider));
        assert.deepEqual(delivered.map(({ code }) => code).sort(), codes.toSorted(), `${provider} ${group}`);
      }
    }
  },
});
