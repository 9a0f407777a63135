import type { Batch } from "../ingest/batch.ts";
import type { ScoreCategory } from "../scores/score_category.ts";
import type { Provider } from "../sources/provider_table.ts";
import type { LivedDay } from "./lived_days.ts";
import type { Random } from "./random.ts";

/** The scores that vendors give each morning. They follow the night and the pulse, as theirs do. */
export function recordScores(
  batch: Batch,
  providers: readonly Provider[],
  day: LivedDay,
  at: number,
  zone_offset: number,
  random: Random,
  now: Date,
): void {
  if (at > now.getTime() || day.night === null) return;
  const rested = Math.min(1, Math.max(0, (day.night.asleepMinutes - 240) / 240));
  const calm = Math.min(1, Math.max(0, 1 - (day.restingHeartRate - 45) / 30));
  const score = (share: number) => Math.round(Math.min(100, Math.max(1, 45 + 50 * share + random.between(-4, 4))));
  const put = (
    provider: Provider,
    category: ScoreCategory,
    value: number,
    more: { qualifier?: string; components?: Record<string, { value: number }> } = {},
  ) => batch.addScore({ provider, category, value, at, zone_offset, ...more });
  for (const provider of providers) {
    if (provider === "oura") {
      put(provider, "sleep", score(rested));
      put(provider, "readiness", score((rested + calm) / 2));
      put(provider, "activity", score(day.activity / 1.5));
    }
    if (provider === "garmin") {
      const value = score(rested);
      put(provider, "sleep", value, { qualifier: value >= 80 ? "GOOD" : value >= 60 ? "FAIR" : "POOR" });
      put(provider, "body_battery", score((rested + calm) / 2));
      put(provider, "stress", 100 - score(calm));
    }
    if (provider === "whoop") {
      put(provider, "sleep", score(rested));
      put(provider, "recovery", score((rested + calm) / 2), {
        components: {
          resting_heart_rate: { value: Math.round(day.restingHeartRate) },
          hrv_rmssd_milli: { value: Math.round(day.rmssd * 10) / 10 },
          spo2_percentage: { value: 97 },
        },
      });
    }
  }
}
