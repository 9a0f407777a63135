import assert from "node:assert/strict";
import { requireUser } from "../../src/accounts/access.ts";
import { loadDemo } from "../../src/demo/load_demo.ts";
import { seriesByDay } from "../../src/summaries/series_by_day.ts";
import { summarizeStaleDays } from "../../src/summaries/summarize_days.ts";
import { summarizedSeries } from "../../src/summaries/summarized_series.ts";
import { phone, record, watch } from "./recording.ts";
import { openWorld } from "../support/world.ts";

/** Long periods are taken from the summarized days; they must say what reading the samples says. */

const now = () => new Date("2026-03-20T12:00:00Z");

Deno.test("the summarized days of a year are those that reading every sample gives", async () => {
  await using world = await openWorld({}, now);
  const { ctx } = world;
  const user_id = await requireUser(ctx, (await loadDemo(ctx)).user_id);
  const [from, to] = ["2025-03-20", "2026-02-01"];
  assert.equal(await summarizedSeries(ctx, user_id, "steps", from, to), undefined, "nothing is summarized yet");
  await summarizeStaleDays(ctx, { user_id }, ctx.stopping);
  for (const code of ["steps", "energy", "basal_energy", "distance_walking_running", "flights_climbed", "heart_rate"]) {
    const shown = (days: Awaited<ReturnType<typeof seriesByDay>> | undefined) =>
      days?.map(({ day, value, min, max }) => [day, value.toFixed(6), min, max]);
    const summarized = await summarizedSeries(ctx, user_id, code, from, to);
    assert.deepEqual(shown(summarized), shown(await seriesByDay(ctx, user_id, code, from, to)), code);
    if (code !== "basal_energy") assert.ok((summarized?.length ?? 0) > 250, `${code}: ${summarized?.length} days`);
  }
  assert.equal(await summarizedSeries(ctx, user_id, "weight", from, to), undefined);
});

Deno.test("a day that changed afterwards is not told as it was", async () => {
  await using world = await openWorld({}, now);
  const { ctx } = world;
  const user_id = await record(world, await world.createUser(), (diary) => {
    diary.sample(watch, "steps", "2025-06-01T08:00:00Z", 1000, 600);
    diary.sample(phone, "steps", "2025-06-01T09:00:00Z", 3000, 600);
  });
  await summarizeStaleDays(ctx, { user_id }, ctx.stopping);
  await record(world, user_id, (diary) => diary.sample(watch, "steps", "2025-06-01T12:00:00Z", 500, 600));
  const [day, more] = await summarizedSeries(ctx, user_id, "steps", "2025-05-01", "2025-07-01") ?? [];
  assert.deepEqual([day?.day, day?.value, more], ["2025-06-01", 4500, undefined]);
  const [direct] = await seriesByDay(ctx, user_id, "steps", "2025-05-01", "2025-07-01");
  assert.equal(day?.source_no, direct?.source_no);
});
