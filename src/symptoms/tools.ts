import { z } from "zod";
import { requireUser } from "../accounts/access.ts";
import { addDays, maxDays, utcDay } from "../platform/day_range.ts";
import { declareTool, type Tool } from "../platform/tool.ts";
import { optionalTextArgument, wholeNumberArgument } from "../platform/tool_arguments.ts";
import { listSymptoms, listSymptomTypes } from "./queries.ts";
import type { SymptomEntry } from "./table.ts";

const getSymptomTimeline = declareTool({
  name: "get_symptom_timeline",
  description: "Symptoms this person noted, newest first, with severity from 0 to 10, and how often each type came.",
  args: z.object({
    symptom_type: optionalTextArgument(100, 'One type, such as "headache"; omit it for all'),
    days: wholeNumberArgument(1, maxDays, 30, "How many days back"),
  }),
  async run(ctx, userId, { symptom_type, days }) {
    const user_id = await requireUser(ctx, userId);
    const types = await listSymptomTypes(ctx.database, user_id);
    const entries = await listSymptoms(ctx.database, user_id, {
      from: addDays(utcDay(ctx.clock()), -days),
      to: null,
      symptom_type: symptom_type === undefined ? undefined : knownType(types, symptom_type),
      limit: 100,
    });
    const answer = {
      user_id,
      period_days: days,
      count: entries.length,
      entries: entries.map(shown),
      frequency: frequency(entries),
    };
    if (entries.length > 0) return answer;
    const message = symptom_type === undefined
      ? `No symptoms in the last ${days} days.`
      : `No entries found for '${symptom_type}' in the last ${days} days.`;
    return { ...answer, message, available_types: types.slice(0, 30) };
  },
});

export const symptomTools: readonly Tool[] = [getSymptomTimeline];

/** The type exactly so named, else the one that differs in case and separators only. */
function knownType(types: readonly string[], asked: string): string {
  const plain = (type: string) => type.toLowerCase().replace(/[\s_-]+/g, "_");
  return types.includes(asked) ? asked : types.find((type) => plain(type) === plain(asked)) ?? asked;
}

function shown(row: SymptomEntry) {
  return {
    symptom_type: row.symptom_type,
    severity: row.severity,
    recorded_at: localTime(row),
    ...(row.notes ? { notes: row.notes } : {}),
    ...(row.triggers?.length ? { triggers: row.triggers } : {}),
    ...(row.duration_minutes ? { duration_minutes: row.duration_minutes } : {}),
  };
}

/** As the person's clock showed it: a model that reads "07:30" must not think of UTC. */
function localTime({ recorded_at, zone_offset }: SymptomEntry): string {
  const [hours = 0, minutes = 0] = zone_offset.slice(1).split(":").map(Number);
  const shift = (zone_offset.startsWith("-") ? -1 : 1) * (hours * 60 + minutes) * 60_000;
  return new Date(recorded_at.getTime() + shift).toISOString().replace(/(\.000)?Z$/, "") + zone_offset;
}

function frequency(entries: readonly SymptomEntry[]) {
  const byType = Map.groupBy(entries, (entry) => entry.symptom_type);
  return Object.fromEntries([...byType].map(([type, ofType]) => {
    const severities = ofType.map((entry) => entry.severity);
    const sum = severities.reduce((a, b) => a + b, 0);
    return [type, {
      count: ofType.length,
      avg_severity: Math.round(sum / ofType.length * 10) / 10,
      max_severity: Math.max(...severities),
    }];
  }));
}
