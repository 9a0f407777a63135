import type { UserId } from "../accounts/access.ts";
import type { Context } from "../platform/context.ts";
import { addDays, utcDay } from "../platform/day_range.ts";
import { listSymptoms, listSymptomTypes, symptomSeverityByDay } from "../symptoms/queries.ts";
import type { SymptomEntry } from "../symptoms/table.ts";
import type { Metric } from "./metric.ts";
import { plainName } from "./metric_name.ts";
import { diaryDays, longestPause, withZeroDays } from "./metric_zero_days.ts";

/** A symptom as a daily series: mean severity, and zero where the person kept the diary without noting it. */

/** Nobody notes more; it bounds a statement. */
const mostEntries = 100_000;

export async function symptomMetric(ctx: Context, userId: UserId, asked: string): Promise<Metric> {
  const types = await listSymptomTypes(ctx.database, userId);
  const same = types.find((type) => plainName(type) === plainName(asked));
  const type = types.includes(asked) ? asked : same ?? asked;
  return {
    name: `symptom:${type}`,
    unit: "severity 0-10",
    kind: "level",
    todayCounts: true,
    async days(from, to) {
      const noted = (await symptomSeverityByDay(ctx.database, userId, type, from)).filter(({ day }) => day <= to);
      const around = { from: addDays(from, -longestPause), to: addDays(to, longestPause) };
      const entries = await listSymptoms(ctx.database, userId, { ...around, limit: mostEntries });
      return withZeroDays(noted, diaryDays(entries.map(localDayOf)), from, to);
    },
  };
}

function localDayOf({ recorded_at, zone_offset }: SymptomEntry): string {
  const [hours = 0, minutes = 0] = zone_offset.slice(1).split(":").map(Number);
  const shift = (zone_offset.startsWith("-") ? -1 : 1) * (hours * 60 + minutes) * 60_000;
  return utcDay(new Date(recorded_at.getTime() + shift));
}
