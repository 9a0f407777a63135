import assert from "node:assert/strict";
import { sql } from "drizzle-orm";
import { requireUser, type UserId } from "../../src/accounts/access.ts";
import { Batch, type SourceDescription } from "../../src/ingest/batch.ts";
import { ingest } from "../../src/ingest/ingest.ts";
import { rows } from "../../src/platform/database.ts";
import { computeStaleScores, requestStaleScores } from "../../src/scores/compute_scores.ts";
import { scoresOfDays } from "../../src/scores/queries.ts";
import { seriesId } from "../../src/timeseries/series_table.ts";
import { waitFor } from "../support/wait.ts";
import { openWorld, type World } from "../support/world.ts";

const now = new Date("2026-03-20T12:00:00Z");
const watch: SourceDescription = { provider: "apple", device_model: "Watch7,1" };
const phone: SourceDescription = { provider: "apple", device_model: "iPhone15,2" };
const hour = 3_600_000;

async function person(world: World): Promise<UserId> {
  return await requireUser(world.ctx, await world.createUser());
}

async function send(world: World, user: UserId, fill: (batch: Batch) => void) {
  const batch = new Batch(now);
  fill(batch);
  await ingest(world.ctx.database, user, batch);
}

interface NightOptions {
  readonly source?: SourceDescription;
  /** Hours after midnight of the wake day. */
  readonly from?: number;
  readonly to?: number;
  readonly zone_offset?: number;
  /** Of each hour asleep. */
  readonly hrv?: number;
  readonly series?: "heart_rate_variability_rmssd" | "heart_rate_variability_sdnn";
}

/** A night that ends on a day of March. */
function night(batch: Batch, day: number, options: NightOptions = {}) {
  const { source = watch, from = -1, to = 7, zone_offset = 0, hrv, series = "heart_rate_variability_rmssd" } = options;
  const midnight = Date.UTC(2026, 2, day) - zone_offset * 60_000;
  const index = batch.addSource(source);
  const [start, end] = [midnight + from * hour, midnight + to * hour];
  const third = (end - start) / 3;
  for (const [place, stage] of (["light", "deep", "rem"] as const).entries()) {
    batch.addSleepStage({
      source: index,
      stage,
      start: start + place * third,
      end: start + (place + 1) * third,
      zone_offset,
    });
  }
  if (hrv === undefined) return;
  batch.addSample(seriesId(series), index, start, hrv - 5, 0, zone_offset);
  batch.addSample(seriesId(series), index, end - 1, hrv + 5, 0, zone_offset);
  // Neither before nor at the end.
  batch.addSample(seriesId(series), index, start - 1, 900, 0, zone_offset);
  batch.addSample(seriesId(series), index, end, 900, 0, zone_offset);
}

async function stored(world: World, category: string) {
  return await rows<{ id: string; day: string; value: number; components: Record<string, Record<string, unknown>> }>(
    world.ctx.database,
    sql`
      select id, recorded_at::text as day, value, components
      from health_score
      where category = ${category}
      order by recorded_at`,
  );
}

const brief = (scores: Awaited<ReturnType<typeof stored>>) =>
  scores.map(({ day, value }) => `${day.slice(8, 16)} ${value}`);

Deno.test("each night has one score, and computing it twice changes nothing", async () => {
  await using world = await openWorld({}, () => now);
  const user = await person(world);
  await send(world, user, (batch) => {
    night(batch, 10);
    night(batch, 11, { from: 0, to: 7 });
    night(batch, 11, { source: phone, from: -3, to: 9 });
    // Naps have none, not even where there is nothing else.
    night(batch, 15, { from: 13, to: 15 });
    night(batch, 11, { from: 14, to: 15 });
  });
  await computeStaleScores(world.ctx, user);
  const scores = await stored(world, "sleep");
  // One hour later than the night before: 100 - 45 / 1.05 = 57 for the bedtime.
  assert.deepEqual(brief(scores), ["10 07:00 100", "11 07:00 91"]);
  assert.deepEqual(scores.map(({ components }) => components), [
    {
      duration: { value: 100 },
      stages: { value: 100 },
      consistency: { value: null, qualifier: "unknown" },
      interruptions: { value: 100 },
    },
    { duration: { value: 100 }, stages: { value: 100 }, consistency: { value: 57 }, interruptions: { value: 100 } },
  ]);
  await world.ctx.database.execute(sql`
    insert into stale_day (user_no, what, day) select no, 'score', '2026-03-10' from "user"`);
  await computeStaleScores(world.ctx, user);
  assert.deepEqual(await stored(world, "sleep"), scores);
  assert.deepEqual(await rows(world.ctx.database, sql`select 1 from stale_day where what = 'score'`), []);
});

Deno.test("a night that changes gets another score, the bedtimes after it are compared again, a vanished one loses it", async () => {
  await using world = await openWorld({}, () => now);
  const user = await person(world);
  await send(world, user, (batch) => {
    night(batch, 10);
    night(batch, 12);
  });
  await computeStaleScores(world.ctx, user);
  assert.deepEqual(brief(await stored(world, "sleep")), ["10 07:00 100", "12 07:00 100"]);
  // The first night began two hours earlier: later than usual from now on is the second.
  await send(world, user, (batch) => {
    const start = Date.UTC(2026, 2, 9, 21);
    batch.addSleepStage({
      source: batch.addSource(watch),
      stage: "light",
      start,
      end: start + 2 * hour,
      zone_offset: 0,
    });
  });
  await computeStaleScores(world.ctx, user);
  assert.deepEqual(brief(await stored(world, "sleep")), ["10 07:00 91", "12 07:00 80"]);
  const sessions = await world.json<{ data: { id: string; start_time: string }[] }>(
    `/users/${user}/events/sleep?start_date=2026-03-01&end_date=2026-03-20`,
  );
  const first = sessions.data.find(({ start_time }) => start_time === "2026-03-09T21:00:00.000Z");
  assert.equal((await world.call(`/users/${user}/events/sleep/${first?.id}`, { method: "DELETE" })).status, 204);
  assert.deepEqual(brief(await stored(world, "sleep")), ["12 07:00 80"]);
  await computeStaleScores(world.ctx, user);
  assert.deepEqual(brief(await stored(world, "sleep")), ["12 07:00 100"]);
});

Deno.test("a night whose end moves over midnight takes its score along", async () => {
  await using world = await openWorld({}, () => now);
  const user = await person(world);
  await send(world, user, (batch) => night(batch, 11, { from: -6, to: -0.5 }));
  await computeStaleScores(world.ctx, user);
  assert.deepEqual(brief(await stored(world, "sleep")).map((text) => text.slice(0, 8)), ["10 23:30"]);
  await send(world, user, (batch) => night(batch, 11, { from: -0.5, to: 3 }));
  await computeStaleScores(world.ctx, user);
  assert.deepEqual(brief(await stored(world, "sleep")).map((text) => text.slice(0, 8)), ["11 03:00"]);
});

Deno.test("a session that was moved without its old day being named has still one score", async () => {
  await using world = await openWorld({}, () => now);
  const user = await person(world);
  await send(world, user, (batch) => night(batch, 10));
  await computeStaleScores(world.ctx, user);
  await world.ctx.database.execute(sql`
    update sleep_session set start_time = start_time + interval '3 days', end_time = end_time + interval '3 days'`);
  await world.ctx.database.execute(sql`
    insert into stale_day (user_no, what, day) select no, 'score', '2026-03-13' from "user"`);
  await computeStaleScores(world.ctx, user);
  assert.deepEqual(brief(await stored(world, "sleep")).map((text) => text.slice(0, 8)), ["13 07:00"]);
});

Deno.test("resilience is computed from the nights of the week before, while asleep, by local wake day", async () => {
  await using world = await openWorld({}, () => now);
  const user = await person(world);
  await send(world, user, (batch) => {
    // Far east: these nights end on the day before in UTC.
    for (const [place, hrv] of [40, 60, 50, 40, 60].entries()) {
      night(batch, 6 + place, { hrv, zone_offset: 720 });
      // Lying awake afterwards does not count.
      const source = batch.addSource(watch);
      const start = Date.UTC(2026, 2, 6 + place, 7) - 12 * hour;
      batch.addSleepStage({ source, stage: "awake", start, end: start + hour, zone_offset: 720 });
      batch.addSample(seriesId("heart_rate_variability_rmssd"), source, start + 1000, 900, 0, 720);
    }
  });
  await computeStaleScores(world.ctx, user);
  const scores = await stored(world, "resilience");
  // Five nights, 6 to 10 March, lie in the weeks before the 11th to the 13th.
  assert.deepEqual(brief(scores), ["11 00:00 61", "12 00:00 61", "13 00:00 61"]);
  assert.deepEqual(scores[0]?.components, {
    resilience_score: { value: 61 },
    cv: { value: 0.2 },
    days_counted: { value: 5 },
    metric_type: { qualifier: "RMSSD" },
  });
  await world.ctx.database.execute(sql`delete from sleep_stage`);
  await world.ctx.database.execute(sql`delete from sleep_session`);
  await world.ctx.database.execute(sql`
    insert into stale_day (user_no, what, day) select no, 'score', '2026-03-08' from "user"`);
  await computeStaleScores(world.ctx, user);
  assert.deepEqual(await stored(world, "resilience"), []);
});

Deno.test("SDNN stands in where there is too little RMSSD, and the two are not mixed", async () => {
  await using world = await openWorld({}, () => now);
  const user = await person(world);
  await send(world, user, (batch) => {
    for (let day = 6; day <= 10; day++) night(batch, day, { hrv: 50, series: "heart_rate_variability_sdnn" });
    for (let day = 6; day <= 9; day++) night(batch, day, { hrv: 20 + day });
  });
  await computeStaleScores(world.ctx, user);
  const [score] = await stored(world, "resilience");
  assert.deepEqual([score?.value, score?.components.metric_type], [100, { qualifier: "SDNN" }]);
});

Deno.test("old nights that arrive do not touch this week's resilience, and nothing lies in the future", async () => {
  await using world = await openWorld({}, () => now);
  const user = await person(world);
  await send(world, user, (batch) => {
    for (let day = 14; day <= 20; day++) night(batch, day, { hrv: 50 });
  });
  await computeStaleScores(world.ctx, user);
  const before = brief(await stored(world, "resilience"));
  assert.deepEqual(before, ["19 00:00 100", "20 00:00 100"]);
  await send(world, user, (batch) => night(batch, -300, { hrv: 50 }));
  await computeStaleScores(world.ctx, user);
  assert.deepEqual(brief(await stored(world, "resilience")), before);
});

Deno.test("the worker computes what came in, and what nobody asked for within the hour", async () => {
  await using world = await openWorld({}, () => now);
  const user = await person(world);
  await send(world, user, (batch) => night(batch, 10));
  // As after a deletion: days, but no job.
  await world.ctx.database.execute(
    sql`select graphile_worker.remove_job(key) from graphile_worker.jobs where key is not null`,
  );
  await requestStaleScores(world.ctx);
  await world.startWorker();
  const score = await waitFor("a score", async () => (await stored(world, "sleep"))[0]);
  assert.equal(score.value, 100);
  // A person who is gone is nobody's failure.
  await computeStaleScores(world.ctx, crypto.randomUUID());
});

Deno.test("scores are listed newest first, filtered and paged, and read by local day", async () => {
  await using world = await openWorld({}, () => now);
  const user = await person(world);
  await send(world, user, (batch) => {
    const source = batch.addSource({ provider: "whoop" });
    const at = (text: string) => Date.parse(`2026-03-${text}Z`);
    const recovery = { source, provider: "whoop" as const, category: "recovery" as const };
    batch.addScore({
      ...recovery,
      value: 66.5,
      at: at("10T23:30"),
      zone_offset: 60,
      components: { spo2: { value: 97 } },
    });
    batch.addScore({ ...recovery, value: null, qualifier: "unscored", at: at("11T07:00"), zone_offset: 60 });
    batch.addScore({ provider: "garmin", category: "stress", value: 0, at: at("12T00:00"), zone_offset: null });
  });
  interface Listed {
    data: { value: number | null; data_source_id: string | null; [field: string]: unknown }[];
    pagination: Record<string, unknown>;
  }
  const list = (query: string, status = 200) => world.json<Listed>(`/users/${user}/health-scores?${query}`, {}, status);
  const all = await list("");
  assert.deepEqual(all.data.map(({ value }) => value), [0, null, 66.5]);
  assert.deepEqual(all.pagination, { next_cursor: null, previous_cursor: null, has_more: false, total_count: 3 });
  const { id: _, data_source_id, ...oldest } = all.data[2]!;
  assert.deepEqual(oldest, {
    category: "recovery",
    value: 66.5,
    qualifier: null,
    recorded_at: "2026-03-10T23:30:00.000Z",
    zone_offset: "+01:00",
    components: { spo2: { value: 97, qualifier: null } },
    provider: "whoop",
  });
  assert.match(String(data_source_id), /^[0-9a-f-]{36}$/);
  assert.equal(all.data[0]?.data_source_id, null);

  const values = async (query: string) => (await list(query)).data.map(({ value }) => value);
  assert.deepEqual(await values("category=recovery"), [null, 66.5]);
  assert.deepEqual(await values("provider=garmin"), [0]);
  assert.deepEqual(await values("start_date=2026-03-11T07:00:00Z&end_date=2026-03-12"), [null]);
  const page = await list("limit=1&offset=1");
  assert.deepEqual([page.data.map(({ value }) => value), page.pagination.has_more], [[null], true]);
  for (
    const bad of [
      "start_date=2026-03-12&end_date=2026-03-12",
      "start_date=2026-03-13&end_date=2026-03-12",
      "category=x",
      "provider=x",
      "limit=1001",
      "offset=-1",
    ]
  ) await list(bad, 400);

  const byDay = await scoresOfDays(world.ctx.database, user, "recovery", "2026-03-11", "2026-03-11");
  assert.deepEqual(byDay.map(({ day, value }) => [day, value]), [["2026-03-11", 66.5], ["2026-03-11", null]]);
  assert.deepEqual(await scoresOfDays(world.ctx.database, user, "recovery", "2026-03-10", "2026-03-10"), []);
});
