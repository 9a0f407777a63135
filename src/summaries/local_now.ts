import type { UserId } from "../accounts/access.ts";
import type { Context } from "../platform/context.ts";
import { utcDay } from "../platform/day_range.ts";
import { zoneOffsetText } from "../platform/scalars.ts";
import { newestOffset } from "./offset_queries.ts";

/** What the calendar and the clock of a person show now. */

export interface LocalNow {
  /** `YYYY-MM-DD`, the person's local day. */
  readonly date: string;
  /** `HH:MM` */
  readonly time: string;
  /** "UTC+01:00" as the newest measurement says; "UTC" of somebody of whom no measurement says where they are. */
  readonly time_zone: string;
  /** Minutes east of UTC; 0 where it is not known. */
  readonly offset: number;
}

/** A record holds no name of a zone: where the person is, the newest measurement's offset says. */
export async function localNow(ctx: Context, userId: UserId): Promise<LocalNow> {
  const now = ctx.clock();
  const offset = await newestOffset(ctx.database, userId, now);
  const shown = new Date(now.getTime() + (offset ?? 0) * 60_000);
  return {
    date: utcDay(shown),
    time: shown.toISOString().slice(11, 16),
    time_zone: offset === null ? "UTC" : `UTC${zoneOffsetText(offset)}`,
    offset: offset ?? 0,
  };
}

/** The person's local day of now. */
export async function personToday(ctx: Context, userId: UserId): Promise<string> {
  return (await localNow(ctx, userId)).date;
}
