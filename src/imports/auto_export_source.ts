import type { Batch, SourceIndex } from "../ingest/batch.ts";
import type { Span } from "./auto_export_span.ts";

/** What the writing app is called in a source: `day` also for what is summed over no time, or a day that still runs. */
export const autoExportSourceNames = {
  day: "apple_health_auto_export",
  hour: "apple_health_auto_export_by_hour",
  minute: "apple_health_auto_export_by_minute",
} as const;

/**
 * The source that what the app sends is kept under. `device` is what a point names ("Alex's Apple Watch"); several
 * devices in one text are none.
 *
 * Sums by minute and by hour are sources of their own: a person who changes the app's setting sends the same steps
 * again in other portions, and only different sources are kept from being added up. The whole days rank first;
 * `auto_export_whole_days.ts` keeps them from being less than their portions.
 */
export function autoExportSource(batch: Batch, device: string | null, span: Span["kind"] = "point"): SourceIndex {
  return batch.addSource({
    provider: "apple",
    source: autoExportSourceNames[span === "minute" || span === "hour" ? span : "day"],
    device_model: device === null || device.includes("|") ? null : device.slice(0, 100),
    original_source_name: "Auto Export",
  });
}
