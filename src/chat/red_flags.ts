import type { Analyte } from "../labs/analyte.ts";
import { analytesByLoinc } from "../labs/analyte_catalogue.ts";
import { fold } from "../labs/analyte_name.ts";
import { convertValue } from "../labs/convert_value.ts";
import { labUnitOf } from "../labs/lab_unit.ts";
import { sureAnalyte } from "../labs/match_analyte.ts";
import { daysBetween } from "../platform/day_range.ts";
import { labFlags, redFlagSources, symptomFlags, type Urgency, vitalFlags } from "./red_flag_table.ts";
import { type ToldValue, toldValues } from "./told_values.ts";

/** Which of the values that a tool told must not wait. Pure. */

export interface RedFlag {
  readonly told: ToldValue;
  /** The catalogue's test; null for what is no laboratory test. */
  readonly analyte: Analyte | null;
  /** Id of the row's subject: the test, the series, the symptom. */
  readonly id: string;
  readonly direction: "high" | "low";
  readonly urgency: Urgency;
  readonly source: string;
}

/** A value as a tool result carries it beside its data; no word of it is foreign. */
export interface Alert {
  readonly about: string;
  readonly value: number;
  readonly unit: string;
  readonly date: string | null;
  readonly direction: "high" | "low";
  readonly urgency: Urgency;
  readonly advice: string;
  readonly source: string;
}

/** Longer ago, an emergency is over or was treated; that somebody should know of it stays true. */
const daysOfEmergency = 30;
/** An episode is over after that. */
const daysOfSymptom = 14;

/** The alerts to lay beside one tool's result, worst first. `today` (`YYYY-MM-DD`) makes old values less urgent. */
export function redFlagsIn(result: unknown, today?: string): Alert[] {
  return redFlags(toldValues(result), today).map(({ told, analyte, id, direction, urgency, source }) => ({
    about: analyte?.name ?? id.replaceAll("_", " "),
    value: told.value,
    unit: analyte === null ? told.unit : labUnitOf(told.unit, analyte) ?? "",
    date: told.date,
    direction,
    urgency,
    advice: urgency === "emergency"
      ? "Tell the person to get medical help right away"
      : "Tell the person to see a doctor about it soon",
    source,
  }));
}

/** Of each test, series and symptom only the newest day counts: an old alarm is over when the next value is fine. */
export function redFlags(values: readonly ToldValue[], today?: string): RedFlag[] {
  const groups = Map.groupBy(values, subjectOf);
  const found = [...groups.values()].flatMap((group) => {
    const latest = group.reduce((date, told) => (told.date ?? "") > date ? told.date ?? "" : date, "");
    const flags = group.filter((told) => (told.date ?? "") === latest).flatMap((told) => flagOf(told, today) ?? []);
    const worst = flags.find(({ urgency }) => urgency === "emergency") ?? flags[0];
    return worst ?? [];
  });
  return found.sort((a, b) => Number(b.urgency === "emergency") - Number(a.urgency === "emergency"));
}

const known = new WeakMap<ToldValue, Analyte | null>();

/** The catalogue's test of a laboratory value, where name, unit and code leave no doubt. */
export function analyteOf(told: ToldValue): Analyte | null {
  if (told.kind !== "lab") return null;
  let analyte = known.get(told);
  if (analyte === undefined) {
    const coded = told.code === null ? [] : analytesByLoinc(told.code);
    const [only] = coded.length === 1 ? coded : [];
    analyte = only ?? sureAnalyte({ test_name: told.name, unit: told.unit, value: told.value });
    known.set(told, analyte);
  }
  return analyte;
}

/** What the value is of, as a key: one test under all its names. */
export function subjectOf(told: ToldValue): string {
  const id = told.kind === "lab" ? analyteOf(told)?.id ?? fold(told.name) : told.name;
  return `${told.kind} ${told.kind === "symptom" ? symptomId(told.name) ?? id : id}`;
}

function flagOf(told: ToldValue, today: string | undefined): RedFlag | null {
  const age = today === undefined || told.date === null ? 0 : daysBetween(told.date, today);
  const found = told.kind === "lab" ? labFlag(told) : told.kind === "vital" ? vitalFlag(told) : symptomFlag(told);
  if (found === null || told.kind === "symptom" && age > daysOfSymptom) return null;
  return age > daysOfEmergency ? { ...found, urgency: "soon" } : found;
}

function labFlag(told: ToldValue): RedFlag | null {
  const analyte = analyteOf(told);
  if (analyte === null) return null;
  // "6.9" without a unit may be anything; a ratio has none.
  const unit = told.unit.trim() === "" && analyte.unit.startsWith("{") ? analyte.unit : labUnitOf(told.unit, analyte);
  if (unit === null) return null;
  const row = labFlags.find((flag) => {
    if (!flag.analytes.includes(analyte.id)) return false;
    if (flag.unit === "reference maxima") {
      return told.reference_max !== null && told.reference_max > 0 && reaches(flag, told.value / told.reference_max);
    }
    const value = convertValue(told.value, unit, flag.unit, analyte);
    return value !== null && reaches(flag, value);
  });
  return row === undefined ? null : { told, analyte, id: analyte.id, ...outcome(row) };
}

function vitalFlag(told: ToldValue): RedFlag | null {
  const row = vitalFlags.find((flag) =>
    flag.metric === told.name && flag.field === told.field && flag.unit === told.unit && reaches(flag, told.value)
  );
  return row === undefined ? null : { told, analyte: null, id: row.metric, ...outcome(row) };
}

function symptomFlag(told: ToldValue): RedFlag | null {
  const name = plainSymptom(told.name);
  const row = symptomFlags.find(({ names, severity }) => names.includes(name) && told.value >= severity);
  if (row === undefined) return null;
  const { id, urgency, source } = row;
  return { told, analyte: null, id, direction: "high", urgency, source: redFlagSources[source] };
}

function symptomId(type: string): string | undefined {
  const name = plainSymptom(type);
  return symptomFlags.find(({ names }) => names.includes(name))?.id;
}

/** "Chest_Pain", "Göğüs ağrısı" → "chest pain", "gogus agrisi". */
function plainSymptom(type: string): string {
  return type.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("ı", "i").replaceAll("ß", "ss")
    .replace(/[\s_-]+/g, " ").trim();
}

type Row = (typeof labFlags | typeof vitalFlags)[number];

function reaches({ when, limit }: Row, value: number): boolean {
  switch (when) {
    case "above":
      return value > limit;
    case "from":
      return value >= limit;
    case "below":
      return value < limit;
    case "to":
      return value <= limit;
  }
}

function outcome({ when, urgency, source }: Row) {
  const direction = when === "above" || when === "from" ? "high" as const : "low" as const;
  return { direction, urgency, source: redFlagSources[source] };
}
