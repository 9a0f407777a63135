import type { Batch, SourceIndex } from "../ingest/batch.ts";
import type { Span } from "./auto_export_span.ts";

/**
 * The source that what the app sends is kept under. `device` is what a point names ("Alex's Apple Watch"); several
 * devices in one text are none.
 *
 * Sums by minute and by hour are sources of their own: a person who changes the app's setting sends the same steps
 * again in other portions, and only different sources are kept from being added up.
 */
export function autoExportSource(batch: Batch, device: string | null, span: Span["kind"] = "point"): SourceIndex {
  const portion = span === "minute" ? "_by_minute" : span === "hour" ? "_by_hour" : "";
  return batch.addSource({
    provider: "apple",
    source: `apple_health_auto_export${portion}`,
    device_model: device === null || device.includes("|") ? null : device.slice(0, 100),
    original_source_name: "Auto Export",
  });
}
