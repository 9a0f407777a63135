import type { UserId } from "../accounts/access.ts";
import { findPersonalRecord } from "../accounts/personal_record_queries.ts";
import type { Context } from "../platform/context.ts";
import type { Database } from "../platform/database.ts";
import { heldSourceOrder } from "./source_order.ts";
import { activityAmounts, activityOfDays, heartRate } from "./activity_day.ts";
import { type DayBounds, findStaleDays, storeDays, takeStaleDays } from "./cache_queries.ts";
import { type KnownOffsets, offsetNear } from "../timeseries/offset_near.ts";
import { findOffsets } from "../timeseries/offset_queries.ts";
import { dayNumber, dayText, runsOfDays } from "./local_days.ts";
import { rangeOfDays, readMeasured } from "./measured.ts";
import { type ClimbRow, findClimbs, type TimeRange } from "./sample_queries.ts";

/** Computes the days whose summary no longer holds; nobody else writes them. */

/** Days in one transaction: few enough that others need not wait long, many enough to read in one go. */
const longestRun = 31;

const everyDay: DayBounds = { from: "0001-01-01", to: "9999-12-31" };

/**
 * Brings the range up to date, a run of days in each transaction, from the beginning or from the end. Ends early when
 * `enough` says so of the days between the start and the one that was reached. What is being changed at this moment
 * stays as it was before, and stays marked.
 */
export async function computeStaleDays(
  ctx: Context,
  userId: UserId,
  range: DayBounds = everyDay,
  options: { readonly descending?: boolean; readonly enough?: (reached: string) => Promise<boolean> } = {},
  signal: AbortSignal = ctx.stopping,
): Promise<void> {
  const stale = await findStaleDays(ctx.database, userId, range);
  const runs = runsOfDays(stale.map(dayNumber), longestRun);
  if (options.descending === true) runs.reverse();
  for (const run of runs) {
    signal.throwIfAborted();
    await ctx.database.transaction((db) => computeRun(db, userId, run));
    const reached = options.descending === true ? run.at(0) : run.at(-1);
    if (reached !== undefined && await options.enough?.(dayText(reached)) === true) return;
  }
}

async function computeRun(db: Database, userId: UserId, run: readonly number[]): Promise<void> {
  const order = await heldSourceOrder(db, userId);
  const taken = await takeStaleDays(db, userId, run.map(dayText));
  const days = [...new Set(taken.map(dayNumber).flatMap((day) => [day - 1, day]))].sort((a, b) => a - b);
  const [first, last] = [days.at(0), days.at(-1)];
  if (first === undefined || last === undefined) return;
  const wanted = { amounts: Object.values(activityAmounts), levels: [heartRate] };
  const measured = await readMeasured(db, userId, wanted, first, last);
  const climbs = await locatedClimbs(db, userId, rangeOfDays(first, last), measured.known);
  const { birth_date = null } = await findPersonalRecord(db, userId) ?? {};
  await storeDays(db, userId, days, activityOfDays({ measured, climbs, birthDate: birth_date, order }, days));
}

/** Climbs on the days on which they ended where the person was. */
async function locatedClimbs(
  db: Database,
  userId: UserId,
  range: TimeRange,
  measured: KnownOffsets,
): Promise<ClimbRow[]> {
  const climbs = await findClimbs(db, userId, range);
  if (climbs.every(({ zone_offset }) => zone_offset !== null)) return climbs;
  const known = measured.length > 0 ? measured : await findOffsets(db, userId, [], range);
  return climbs.map((climb) => ({ ...climb, zone_offset: climb.zone_offset ?? offsetNear(known, climb.end) }));
}
