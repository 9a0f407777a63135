import { cleanStages, type SessionFields, sessionGapMs, type StageInterval, sumStages } from "./build_session.ts";

/**
 * Sessions that vendors deliver whole. Some cut a night into several: parts of one source that overlap or lie no
 * further apart than the gap are shown as one session. The parts are kept, so that the session can be put together
 * again when one of them is sent anew. Pure.
 */

/** One delivery, as it came. */
export type SessionPart = SessionFields;

export interface JoinedSession extends SessionFields {
  readonly parts: readonly SessionPart[];
}

/** A delivery with stages gets its sums from them; the vendor's time in bed and efficiency stand where it names them. */
export function readPart(delivered: SessionPart): SessionPart {
  if (delivered.stages === null || delivered.stages.length === 0) {
    const { light_seconds, deep_seconds, rem_seconds } = delivered;
    return {
      ...delivered,
      asleep_seconds: delivered.asleep_seconds ?? sum([light_seconds, deep_seconds, rem_seconds]),
    };
  }
  const stages = cleanStages(delivered.stages);
  const { in_bed_seconds, efficiency_percent, ...sums } = sumStages(stages, delivered.stages);
  return {
    ...delivered,
    ...sums,
    stages,
    in_bed_seconds: delivered.in_bed_seconds ?? in_bed_seconds,
    efficiency_percent: delivered.efficiency_percent ?? efficiency_percent,
  };
}

/** Replaces what is delivered again, by the vendor's id or by its window, and adds the rest. */
export function mergeParts(stored: readonly SessionPart[], delivered: readonly SessionPart[]): SessionPart[] {
  let parts = [...stored];
  for (const part of delivered) {
    parts = parts.filter((known) => !isSame(known, part));
    parts.push(part);
  }
  return parts;
}

function isSame(a: SessionPart, b: SessionPart): boolean {
  return (a.external_id !== null && a.external_id === b.external_id) || (a.start === b.start && a.end === b.end);
}

/** The sessions of one source's parts, in order of time. */
export function joinParts(parts: readonly SessionPart[]): JoinedSession[] {
  const groups: SessionPart[][] = [];
  let end = -Infinity;
  for (const part of [...parts].sort((a, b) => a.start - b.start || a.end - b.end)) {
    if (part.start - end > sessionGapMs) groups.push([]);
    groups.at(-1)?.push(part);
    end = Math.max(end, part.end);
  }
  return groups.map((group) => ({ ...join(group), parts: group }));
}

function join(group: readonly SessionPart[]): SessionFields {
  const [first, ...more] = group;
  if (first === undefined) throw new Error("A group has at least one part");
  if (more.length === 0) return first;
  const end = Math.max(...group.map((part) => part.end));
  const stages = group.flatMap((part) => part.stages ?? []);
  const common = {
    external_id: group.find((part) => part.external_id !== null)?.external_id ?? null,
    start: first.start,
    end,
    zone_offset: group.find((part) => part.zone_offset !== null)?.zone_offset ?? null,
    is_nap: group.every((part) => part.is_nap),
    efficiency_percent: meanEfficiency(group),
    in_bed_seconds: sum(group.map((part) => part.in_bed_seconds)),
  };
  const overlap = group.some((part, index) => group.slice(0, index).some((earlier) => earlier.end > part.start));
  const lengthSeconds = (end - first.start) / 1000;
  if (overlap && group.every((part) => part.stages !== null && part.stages.length > 0)) {
    const cleaned = cleanStages(stages);
    const { in_bed_seconds: _, efficiency_percent: _efficiency, ...sums } = sumStages(cleaned, stages);
    const inBed = common.in_bed_seconds;
    return {
      ...common,
      // Time in bed was counted twice where the parts overlap.
      in_bed_seconds: inBed === null ? null : Math.min(inBed, Math.round(lengthSeconds)),
      ...sums,
      stages: cleaned,
    };
  }
  const total = (field: "asleep_seconds" | "light_seconds" | "deep_seconds" | "rem_seconds" | "awake_seconds") =>
    sum(group.map((part) => part[field]));
  const asleep = total("asleep_seconds") ?? 0;
  if (overlap && Math.max(asleep + (total("awake_seconds") ?? 0), common.in_bed_seconds ?? 0) > lengthSeconds) {
    // More than there was time for: the same sleep told twice, of which the fuller account stands.
    const fullest = group.reduce((best, part) => (part.asleep_seconds ?? 0) > (best.asleep_seconds ?? 0) ? part : best);
    const { in_bed_seconds, efficiency_percent, asleep_seconds, stages } = fullest;
    const { light_seconds, deep_seconds, rem_seconds, awake_seconds } = fullest;
    return {
      ...common,
      ...{
        in_bed_seconds,
        efficiency_percent,
        asleep_seconds,
        light_seconds,
        deep_seconds,
        rem_seconds,
        awake_seconds,
      },
      stages,
    };
  }
  return {
    ...common,
    asleep_seconds: total("asleep_seconds"),
    light_seconds: total("light_seconds"),
    deep_seconds: total("deep_seconds"),
    rem_seconds: total("rem_seconds"),
    awake_seconds: total("awake_seconds"),
    stages: stages.length > 0 ? inOrder(stages) : null,
  };
}

/** Parts that do not overlap by their windows may still have stages that do. */
function inOrder(stages: readonly StageInterval[]): StageInterval[] {
  return [...stages].sort((a, b) => a.start - b.start || a.end - b.end);
}

/** Null counts nothing; nothing but nulls is null. */
function sum(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((total, value) => total + value, 0);
}

/** Weighted by time in bed, or by the window where a vendor names none; two decimals. */
function meanEfficiency(group: readonly SessionPart[]): number | null {
  let [weighted, weights] = [0, 0];
  for (const part of group) {
    if (part.efficiency_percent === null) continue;
    const weight = part.in_bed_seconds ?? (part.end - part.start) / 1000;
    weighted += part.efficiency_percent * weight;
    weights += weight;
  }
  return weights > 0 ? Math.round(weighted / weights * 100) / 100 : null;
}
