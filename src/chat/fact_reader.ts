import { foldLetters } from "./answer_text.ts";
import { type Claims, findClaims } from "./claims.ts";
import {
  addDate,
  type Fact,
  type Facts,
  type List,
  plainFact,
  rolesIn,
  type ToolEvidence,
  topicsIn,
} from "./evidence.ts";
import { type MeasureUnit, score, tally, unitNamed, unitOfField } from "./measure_unit.ts";

/** Reads the JSON of tool results into facts: whatever its shape, in the order of its fields. Pure. */

const mostFacts = 60_000;
const mostText = 400_000;
/** No tool nests so deep; text that does would fill the stack. */
const mostDepth = 60;

interface Place {
  readonly path: string;
  readonly unit: MeasureUnit | null;
  readonly units: ReadonlyMap<string, string>;
  readonly days: readonly string[];
  readonly label: string;
  readonly test: string;
  readonly object: number;
  readonly list: List | null;
  readonly depth: number;
}

const identifierField = /(?:^|_)(?:id|uuid|code|loinc)$/;
const labelFields = ["test_name", "metric", "type", "symptom_type", "name", "title", "activity", "series"];
const tallyField = /(?:^|_)(?:count|n|points|tracked|samples|entries|records|times)$|^n_|^overlapping_days$/;
/** Their numbers have no unit, whatever stands beside them. */
const bareField = /correlation|pearson|spearman|p_value|interval|coefficient|ratio|slope|lag|percentile|page$/;

/** Adds what one look-up found. `from` tells a result of this turn from one of an earlier turn. */
export function readResult(facts: Facts, from: "result" | "earlier", call: ToolEvidence): void {
  new FactReader(facts, from, call).read(call);
}

class FactReader {
  #lists = 0;
  #text = 0;
  readonly #named = new Map<string, Pick<Fact, "roles" | "topics">>();
  readonly facts: Facts;
  readonly #from: Fact["from"];
  /** Words of the arguments: what a tool only repeats proves nothing. */
  readonly #echoed: readonly string[];

  constructor(facts: Facts, from: Fact["from"], call: ToolEvidence) {
    this.facts = facts;
    this.#from = from;
    this.#lists = facts.lists.size;
    this.#echoed = Object.values(call.arguments).filter((value) => typeof value === "string" && /\d/.test(value))
      .map(String);
  }

  read(call: ToolEvidence): void {
    this.#arguments(call.arguments);
    const parsed = parsedJson(call.result);
    const place = {
      path: "",
      unit: null,
      units: new Map(),
      days: [],
      label: "",
      test: "",
      object: 0,
      list: null,
      depth: 0,
    };
    this.#walk(parsed, "", { ...place, label: String(call.arguments.metric ?? call.arguments.test_name ?? "") });
  }

  /** Of what was asked for, days and lengths of time count. */
  #arguments(given: Readonly<Record<string, unknown>>): void {
    for (const [field, value] of Object.entries(given)) {
      if (typeof value === "string") this.#day(value);
      const unit = unitOfField(field);
      const number = Number(value);
      if (unit !== undefined && (unit.dimension === "time" || unit.dimension === "months") && number > 0) {
        this.facts.all.push({ ...plainFact(number, unit, "asked"), field, path: field });
      }
    }
  }

  #walk(value: unknown, field: string, outer: Place): void {
    if (this.facts.all.length > mostFacts || outer.depth > mostDepth) return;
    const place = { ...outer, depth: outer.depth + 1 };
    if (typeof value === "number" && Number.isFinite(value)) this.#number(value, field, place);
    else if (typeof value === "string") this.#string(value, field, place);
    else if (Array.isArray(value)) this.#array(value, field, place);
    else if (typeof value === "object" && value !== null) this.#object(value as Record<string, unknown>, place);
  }

  #array(values: readonly unknown[], field: string, place: Place): void {
    const list = { id: ++this.#lists, length: values.length };
    this.facts.lists.set(list.id, talliesOf(values));
    const object = place.object;
    // Entries of the longer of two lists around a number decide.
    const outer = place.list !== null && place.list.length > values.length ? place.list : list;
    for (const each of values) this.#walk(each, field, { ...place, object, list: outer });
  }

  #object(object: Record<string, unknown>, outer: Place): void {
    const own = daysOf(object);
    const label = labelFields.map((name) => object[name]).find((name) => typeof name === "string");
    const unit = typeof object.unit === "string" ? unitNamed(object.unit) : undefined;
    const place: Place = {
      ...outer,
      object: ++this.facts.objects,
      days: own.length > 0 ? own : outer.days,
      label: label === undefined ? outer.label : String(label),
      test: typeof object.test_name === "string" ? object.test_name : outer.test,
      unit: unit === undefined ? outer.unit : unit,
      units: isRecord(object.units)
        ? new Map(Object.entries(object.units).map(([k, v]) => [k, String(v)]))
        : outer.units,
    };
    if (/\d/.test(place.label) && /[a-z]/i.test(place.label) && place.label.length <= 60 && place.label.length >= 3) {
      this.facts.names.add(foldLetters(place.label));
    }
    for (const [field, value] of Object.entries(object)) {
      if (identifierField.test(field) && !isRecord(value)) {
        // A code of digits only would hide a number of the answer.
        const isName = typeof value === "string" && field !== "user_id" && /[^\d.,\s]/.test(value);
        if (isName) this.facts.names.add(foldLetters(value.slice(0, 60)));
        continue;
      }
      const path = `${place.path} ${foldLetters(field).replaceAll("_", " ")}`.slice(-200);
      const named = /^\d{4}-\d{2}(?:-\d{2})?$/.test(field) ? { days: [field] } : {};
      for (const [, number] of field.matchAll(/(?<=_)(\d{1,3})(?=_|$)/g)) {
        this.facts.all.push({ ...plainFact(Number(number), null, "text"), field, path, object: place.object });
      }
      // What is known of one metric by its name says the unit for what is below.
      const below = typeof value === "object" ? unitOfField(field) : undefined;
      this.#walk(value, field, { ...place, path, ...named, ...(below === undefined ? {} : { unit: below }) });
    }
  }

  #number(value: number, field: string, place: Place): void {
    const unit = this.#unitOf(field, place);
    const isReference = place.path.includes("reference");
    const test = place.test !== "" && unit?.ucum !== undefined ? { test_name: place.test, unit: unit.ucum } : undefined;
    this.facts.all.push({
      value,
      unit,
      field,
      path: place.path,
      ...(isReference ? { roles: [], topics: [] } : this.#namedBy(place.path)),
      days: place.days,
      test,
      label: place.label,
      object: place.object,
      list: place.list,
      from: this.#from,
    });
    if (Number.isInteger(value) && value >= 1900 && value <= 2100 && /year/.test(field)) {
      this.facts.days.add(String(value));
    }
  }

  #unitOf(field: string, { unit, units, path, label }: Place): MeasureUnit | null {
    const given = units.get(field);
    if (given !== undefined) return stepsOr(unitNamed(given), field);
    const own = unitOfField(field);
    if (own !== undefined) return own;
    if (tallyField.test(field)) return tally;
    if (/severity|score/.test(field)) return score;
    if (bareField.test(field)) return null;
    return stepsOr(unit, path + label);
  }

  /** Entries of a list have the same paths. */
  #namedBy(path: string): Pick<Fact, "roles" | "topics"> {
    const named = this.#named.get(path) ?? { roles: rolesIn(path), topics: topicsIn(path) };
    this.#named.set(path, named);
    return named;
  }

  #string(text: string, field: string, place: Place): void {
    if (!/\d/.test(text)) return;
    if (this.#day(text) || /^[0-9a-f-]{36}$/.test(text)) return;
    this.#text += text.length;
    if (this.#text > mostText) return;
    let said = text;
    for (const echo of this.#echoed) if (echo.length < 300) said = said.replaceAll(echo, " ");
    this.addClaims(findClaims(said, new Set()), field, place);
  }

  /** What a sentence of a result says. */
  addClaims({ numbers, dates, times }: Claims, field: string, place: Place): void {
    for (const { readings } of dates) for (const parts of readings) addDate(this.facts, parts);
    for (const { minutes } of times) this.facts.clocks.add(minutes);
    for (const { readings, unit, sign } of numbers) {
      for (const { value } of readings) {
        const signed = sign === "-" ? -value : value;
        const bare = unit ?? (field === "value_text" || field === "printed_value" ? place.unit : null);
        const fact = plainFact(signed, bare, "text");
        this.facts.all.push({
          ...fact,
          field,
          path: place.path,
          object: place.object,
          days: place.days,
          label: place.label,
          list: place.list,
        });
      }
    }
  }

  #day(text: string): boolean {
    const found = /^(\d{4}(?:-\d{2}(?:-\d{2})?)?)(?:[T ](\d{2}):(\d{2})[^ ]*)?$/.exec(text);
    if (found === null || (text.length === 4 && !/^(?:19|20)/.test(text))) return false;
    this.facts.days.add(found[1] ?? "");
    if (found[2] !== undefined) this.facts.clocks.add(Number(found[2]) * 60 + Number(found[3]));
    return true;
  }
}

function stepsOr(unit: MeasureUnit | null, name: string): MeasureUnit | null {
  return unit?.dimension === "amount" && name.includes("step") ? unitNamed("steps") : unit;
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A result that was cut or is plain text is read as a sentence.
    return text.slice(0, mostText);
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const dayField =
  /^(?:date|day|recorded_at|start|end|week_from|month|year|timestamp|measured_at|start_date|night|from|to)$/;

/** The days that an object is about; "from" and "to" of a period are none. */
function daysOf(object: Record<string, unknown>): string[] {
  if ("from" in object && ("to" in object || "today" in object)) return [];
  const days = Object.entries(object).flatMap(([field, value]) =>
    dayField.test(field) && typeof value === "string" ? /^\d{4}(?:-\d{2}(?:-\d{2})?)?/.exec(value)?.[0] ?? [] : []
  );
  return [...new Set(days)];
}

/** How many entries a list has, and in how many each short text stands: "high" in three, "running" in four. */
function talliesOf(values: readonly unknown[]): number[] {
  const words = new Map<string, number>();
  for (const each of values) {
    if (!isRecord(each)) continue;
    for (const [field, value] of Object.entries(each)) {
      if (typeof value !== "string" || value.length > 40 || /\d/.test(value)) continue;
      const key = `${field} ${value}`;
      words.set(key, (words.get(key) ?? 0) + 1);
    }
  }
  return [values.length, ...words.values()];
}
