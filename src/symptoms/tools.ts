import { z } from "zod";
import { requireUser } from "../accounts/access.ts";
import { maxDays } from "../platform/day_range.ts";
import { askedPeriod, coverage, periodFields, periodText } from "../platform/period.ts";
import { declareTool, type Tool } from "../platform/tool.ts";
import { optionalTextArgument, periodArguments } from "../platform/tool_arguments.ts";
import { localNow } from "../summaries/local_now.ts";
import { listSymptoms, listSymptomTypes } from "./queries.ts";
import type { SymptomEntry } from "./table.ts";

const mostEntries = 100;
/** Nobody notes more in a period; it bounds a statement. */
const mostCounted = 20_000;

const getSymptomTimeline = declareTool({
  name: "get_symptom_timeline",
  description: "Symptoms this person noted, newest first, with severity from 0 to 10, and how often each type came.",
  args: z.object({
    symptom_type: optionalTextArgument(100, 'One type, such as "headache"; omit it for all'),
    ...periodArguments(maxDays, 30),
  }),
  async run(ctx, userId, { symptom_type, ...asked }) {
    const user_id = await requireUser(ctx, userId);
    const [{ date, time_zone }, types] = await Promise.all([
      localNow(ctx, user_id),
      listSymptomTypes(ctx.database, user_id),
    ]);
    const period = askedPeriod(date, asked);
    if ("error" in period) return period;
    const found = await listSymptoms(ctx.database, user_id, {
      from: period.from,
      to: asked.end_date === undefined ? null : period.to,
      symptom_type: symptom_type === undefined ? undefined : knownType(types, symptom_type),
      limit: mostCounted,
    });
    const entries = found.slice(0, mostEntries);
    const known = coverage(found.map(localTime).map((time) => time.slice(0, 10)), period, "have an entry");
    const cut = `Only the newest ${mostEntries} of ${found.length} entries are shown; frequency counts all of them`;
    const when = asked.start_date === undefined && asked.end_date === undefined
      ? `in the last ${period.days} days`
      : `over ${periodText(period)}`;
    const answer = {
      user_id,
      period_days: period.days,
      ...periodFields(period, time_zone),
      summary: mainFact(found, `over ${periodText(period)} (${known.text})`),
      unit: "severity 0-10",
      coverage: known,
      sources: ["the person's own notes"],
      count: entries.length,
      ...(found.length > mostEntries ? { total_count: found.length, cut } : {}),
      frequency: frequency(found),
      entries: entries.map(shown),
    };
    if (entries.length > 0) return answer;
    const message = symptom_type === undefined
      ? `No symptoms ${when}.`
      : `No entries found for '${symptom_type}' ${when}.`;
    return { ...answer, summary: message, message, available_types: types.slice(0, 30) };
  },
});

const mostNamed = 5;

/** The most frequent types, and the newest entry. */
function mainFact(entries: readonly SymptomEntry[], when: string): string {
  const [newest] = entries;
  if (newest === undefined) return `No symptoms ${when}.`;
  const types = Object.entries(frequency(entries)).sort(([, a], [, b]) => b.count - a.count);
  const named = types.slice(0, mostNamed).map(([type, { count, avg_severity }]) =>
    `${type} ${count} ${count === 1 ? "time" : "times"} with average severity ${avg_severity}`
  ).join(", ");
  const more = types.length > mostNamed ? `, and ${types.length - mostNamed} other types` : "";
  return `${named}${more} ${when}; the newest is ${newest.symptom_type} on ${localTime(newest).slice(0, 10)}.`;
}

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
