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
  /** Limits are for adults; of a child they tell only that somebody should look. A symptom needs no age. */
  readonly age: "adult" | "child" | "unknown" | "any";
}

/** Whose values they are, as far as it is known. Days are `YYYY-MM-DD`. */
export interface Patient {
  /** Makes old values less urgent. */
  readonly today?: string | undefined;
  readonly birth_date?: string | null | undefined;
}

/** A value as a tool result carries it beside its data; no word of it is foreign. */
export interface Alert {
  readonly about: string;
  readonly value: number;
  readonly comparator?: ">" | "<";
  readonly unit: string;
  readonly date: string | null;
  readonly direction: "high" | "low";
  readonly urgency: Urgency;
  readonly advice: string;
  /** Where the age is not known, or is a child's. */
  readonly limits?: string;
  readonly source: string;
}

/** Younger, no limit of the table holds. */
const adultAge = 18;
/** Longer ago, an emergency is over or was treated; that somebody should know of it stays true. */
const daysOfEmergency = 30;
/** An episode is over after that. */
const daysOfSymptom = 14;

/** The alerts to lay beside one tool's result, worst first. */
export function redFlagsIn(result: unknown, patient: Patient = {}): Alert[] {
  return redFlags(toldValues(result), patient).map(({ told, analyte, id, direction, urgency, source, age }) => ({
    about: analyte?.name ?? id.replaceAll("_", " "),
    value: told.value,
    ...(told.bound === null ? {} : { comparator: told.bound }),
    unit: analyte === null ? told.unit : labUnitOf(told.unit, analyte) ?? "",
    date: told.date,
    direction,
    urgency,
    advice: age === "child"
      ? "Tell the person to ask a doctor soon what it means at this age"
      : urgency === "emergency"
      ? "Tell the person to get medical help right away"
      : "Tell the person to see a doctor about it soon",
    ...(age === "child"
      ? { limits: "For adults only, and this person is a child: call the value neither alarming nor harmless" }
      : age === "unknown"
      ? { limits: "For adults; the person's age is not on record" }
      : {}),
    source,
  }));
}

/** Of each test, series and symptom only the newest day counts: an old alarm is over when the next value is fine. */
export function redFlags(values: readonly ToldValue[], patient: Patient = {}): RedFlag[] {
  const groups = Map.groupBy(values, subjectOf);
  const found = [...groups.values()].flatMap((group) => {
    const latest = group.reduce((date, told) => (told.date ?? "") > date ? told.date ?? "" : date, "");
    const flags = group.filter((told) => (told.date ?? "") === latest).flatMap((told) => flagOf(told, patient) ?? []);
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

type Found = Omit<RedFlag, "age">;

function flagOf(told: ToldValue, { today, birth_date }: Patient): RedFlag | null {
  const daysAgo = today === undefined || told.date === null ? 0 : daysBetween(told.date, today);
  const found = told.kind === "lab" ? labFlag(told) : told.kind === "vital" ? vitalFlag(told) : symptomFlag(told);
  if (found === null || told.kind === "symptom" && daysAgo > daysOfSymptom) return null;
  const age = told.kind === "symptom" ? "any" : ageOf(birth_date, told.date ?? today);
  return daysAgo > daysOfEmergency || age === "child" ? { ...found, age, urgency: "soon" } : { ...found, age };
}

/** On the day of the value. */
function ageOf(birthDate: string | null | undefined, day: string | undefined): RedFlag["age"] {
  if (birthDate == null || day === undefined) return "unknown";
  const eighteenth = `${Number(birthDate.slice(0, 4)) + adultAge}${birthDate.slice(4)}`;
  return day < eighteenth ? "child" : "adult";
}

function labFlag(told: ToldValue): Found | null {
  const analyte = analyteOf(told);
  if (analyte === null) return null;
  // "6.9" without a unit may be anything; a ratio has none.
  const unit = told.unit.trim() === "" && analyte.unit.startsWith("{") ? analyte.unit : labUnitOf(told.unit, analyte);
  if (unit === null) return null;
  const row = labFlags.find((flag) => {
    if (!flag.analytes.includes(analyte.id)) return false;
    if (flag.unit === "reference maxima") {
      return told.reference_max !== null && told.reference_max > 0 &&
        reaches(flag, told.value / told.reference_max, told.bound);
    }
    const value = convertValue(told.value, unit, flag.unit, analyte);
    return value !== null && reaches(flag, value, told.bound);
  });
  return row === undefined ? null : { told, analyte, id: analyte.id, ...outcome(row) };
}

function vitalFlag(told: ToldValue): Found | null {
  const row = vitalFlags.find((flag) =>
    flag.metric === told.name && flag.field === told.field && flag.unit === told.unit &&
    reaches(flag, told.value, told.bound)
  );
  return row === undefined ? null : { told, analyte: null, id: row.metric, ...outcome(row) };
}

function symptomFlag(told: ToldValue): Found | null {
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

/** ">500" is above 500; whether it is below 600 it does not say. */
function reaches({ when, limit }: Row, value: number, bound: ToldValue["bound"]): boolean {
  switch (when) {
    case "above":
      return bound === ">" ? value >= limit : bound === null && value > limit;
    case "from":
      return bound !== "<" && value >= limit;
    case "below":
      return bound === "<" ? value <= limit : bound === null && value < limit;
    case "to":
      return bound !== ">" && value <= limit;
  }
}

function outcome({ when, urgency, source }: Row) {
  const direction = when === "above" || when === "from" ? "high" as const : "low" as const;
  return { direction, urgency, source: redFlagSources[source] };
}
