import { z } from "@hono/zod-openapi";
import { instant, shortText, timestamp, uuid } from "../platform/scalars.ts";
import type { SymptomEntry } from "./table.ts";

/** A symptom as every door takes and shows it. */

export const SymptomEntryRead = z.object({
  id: uuid,
  user_id: uuid,
  symptom_type: z.string(),
  severity: z.int(),
  notes: z.string().nullable(),
  recorded_at: timestamp,
  zone_offset: z.string().openapi({ description: "`±HH:MM`, as it was sent", example: "+01:00" }),
  duration_minutes: z.int().nullable(),
  triggers: z.array(z.string()).nullable(),
}).openapi("SymptomEntryRead");

export const symptomFields = {
  symptom_type: shortText(1, 100),
  severity: z.int().min(0).max(10).openapi({ description: "0 to 10; for mood and energy 10 is very good" }),
  notes: z.string().max(10_000).nullish(),
  recorded_at: instant,
  duration_minutes: z.int().min(0).max(525_600).nullish(),
  triggers: z.array(shortText(1, 200)).max(50).nullish(),
};

export function showSymptom(row: SymptomEntry): z.input<typeof SymptomEntryRead> {
  const { created_at: _, ...shown } = row;
  return {
    ...shown,
    recorded_at: row.recorded_at.toISOString(),
    triggers: row.triggers === null ? null : [...row.triggers],
  };
}
