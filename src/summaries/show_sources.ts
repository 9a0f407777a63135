import type { z } from "@hono/zod-openapi";
import { type NumberedSource, type SourceMetadata, sourceMetadata } from "../sources/source_metadata.ts";

export type ShowSource = (no: number) => z.output<typeof SourceMetadata>;

/** How answers show a person's sources by number. One that was deleted a moment ago is unknown. */
export function showSources(sources: readonly NumberedSource[]): ShowSource {
  const shown = new Map(sources.map((source) => [source.no, sourceMetadata(source)]));
  const unknown = { provider: "unknown", source: null, device: null, device_type: null, device_name: null };
  return (no) => shown.get(no) ?? unknown;
}
