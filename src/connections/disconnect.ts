import { requireUser } from "../accounts/access.ts";
import { lockPerson } from "../ingest/person.ts";
import type { Context } from "../platform/context.ts";
import { notFound } from "../platform/errors.ts";
import { enqueue } from "../platform/jobs.ts";
import { computeScores } from "../scores/jobs.ts";
import { seriesId } from "../timeseries/series_table.ts";
import { markStaleDays } from "../timeseries/stale_days.ts";
import { daysOfProvider, type DaySpan, deleteProviderRows, findConnection, revokeConnection } from "./queries.ts";

/** Ending a person's link to a provider, with or without its data. */

/** What scores are computed from, besides sleep. */
const scoredSeries = [seriesId("heart_rate_variability_rmssd"), seriesId("heart_rate_variability_sdnn")];

/** The data stays. Disconnecting twice is as good as once; a link that never was is `not_found`. */
export async function disconnect(ctx: Context, id: string, provider: string): Promise<void> {
  const userId = await requireUser(ctx, id);
  if (await findConnection(ctx.database, userId, provider) === undefined) throw notFound("Connection");
  await revokeConnection(ctx.database, userId, provider);
}

/**
 * Disconnects and deletes everything that came through the provider, also where files brought it and there never was a
 * link. `not_found` when there is neither.
 */
export async function deleteProviderData(ctx: Context, id: string, provider: string): Promise<void> {
  const userId = await requireUser(ctx, id);
  await ctx.database.transaction(async (tx) => {
    const person = await lockPerson(tx, userId);
    const linked = await findConnection(tx, userId, provider) !== undefined;
    await revokeConnection(tx, userId, provider);
    const { all, scored } = await daysOfProvider(tx, person.no, provider, scoredSeries);
    const deleted = await deleteProviderRows(tx, person, provider);
    if (!linked && !deleted) throw notFound("Connection");
    if (all !== null) await markStaleDays(tx, person.no, eachDay(all), ["summary"]);
    if (scored === null) return;
    await markStaleDays(tx, person.no, eachDay(scored), ["score"]);
    await enqueue(tx, computeScores, { user_id: userId });
  });
}

function* eachDay({ first, last }: DaySpan): Generator<string> {
  for (let day = Date.parse(first); day <= Date.parse(last); day += 86_400_000) {
    yield new Date(day).toISOString().slice(0, 10);
  }
}
