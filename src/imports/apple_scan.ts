import { AppleDate, usualLength } from "./apple_date.ts";
import type { RecordFields } from "./apple_records.ts";
import { copied, decode, readDecimal, standsAt } from "./apple_text.ts";

/**
 * The short way through a record: nearly all of an export are `Record` elements in exactly the form that Apple writes,
 * and looking for quotes is several times as fast as parsing XML. Whatever has any other form is left to the parser.
 */

/** Nothing was read: the element must be parsed. */
export const notUsual = 0;
/** The element goes on in the next piece of the file. */
export const incomplete = -1;

const beginning = "<Record ";
const closing = "</Record>";
const metadata = "<MetadataEntry ";
const creationDate = "creationDate";
const longestChildren = 1_000;
const zoneKey = 'key="HKTimeZone"';
/** What stands between the dates and the value when they come in Apple's order. */
const [afterCreation, afterStart, afterEnd] = ['" startDate="', '" endDate="', '" value="'];
/** Where these begin, counted from the first of the dates. */
const shape = { start: usualLength + afterCreation.length, end: 0, value: 0 };
shape.end = shape.start + usualLength + afterStart.length;
shape.value = shape.end + usualLength + afterEnd.length;
/** The attributes that differ from record to record, as they are marked while one is read. */
const variable = 1 << 5 * 2 | 1 << 7 * 2 | 1 << 9 * 2;

type TextField = "type" | "sourceName" | "device" | "unit" | "value";
type DateField = "startDate" | "endDate";

/** Attribute names by length, because that tells most of them apart. */
const fieldNames: Readonly<Record<number, readonly (readonly [string, TextField | DateField | null])[]>> = {
  4: [["type", "type"], ["unit", "unit"]],
  5: [["value", "value"]],
  6: [["device", "device"]],
  7: [["endDate", "endDate"]],
  9: [["startDate", "startDate"]],
  10: [["sourceName", "sourceName"]],
  12: [[creationDate, null]],
  13: [["sourceVersion", null]],
};

/** How a record began, up to its first date. Hundreds of thousands begin alike. */
interface Opening {
  readonly head: string;
  readonly type: string;
  readonly sourceName: string;
  readonly device: string;
  readonly unit: string;
  /** What stood between the tags of the last of them, and the zone named there. */
  children: string;
  timeZone: string;
}

/** A watch and a phone take turns, each with an earlier version. */
const rememberedOpenings = 4;

export class RecordScanner {
  readonly fields: RecordFields = {
    type: "",
    sourceName: "",
    device: "",
    unit: "",
    value: "",
    startDate: new AppleDate(),
    endDate: new AppleDate(),
    timeZone: "",
  };
  readonly #texts = new Map<string, string | null>();
  /** The last used first. */
  #openings: Opening[] = [];

  /** The fields from the attributes that the parser found. */
  take(attributes: Readonly<Record<string, string | undefined>>): void {
    const { fields } = this;
    for (const name of ["type", "sourceName", "device", "unit", "value"] as const) {
      fields[name] = attributes[name] ?? "";
    }
    for (const name of ["startDate", "endDate"] as const) fields[name].read(attributes[name] ?? "");
    // Its metadata comes later, when the record is stored already.
    fields.timeZone = "";
  }

  /** From the `<` at `from`: the place behind the element, `notUsual` or `incomplete`. */
  scan(text: string, from: number): number {
    for (const opening of this.#openings) {
      if (!standsAt(text, opening.head, from)) continue;
      const end = this.#scanRest(opening, text, from + opening.head.length);
      if (end === notUsual) break;
      if (opening !== this.#openings[0]) this.#openings = [opening, ...this.#openings.filter((one) => one !== opening)];
      return end;
    }
    return this.#scanAll(text, from);
  }

  /** What follows a known opening: three dates, a decimal, and the end as a record like it had. */
  #scanRest(opening: Opening, text: string, dates: number): number {
    const { fields } = this;
    const value = dates + shape.value;
    const end = text.indexOf('"', value);
    const usual = end !== -1 && text.startsWith(afterCreation, dates + usualLength) &&
      text.startsWith(afterStart, dates + shape.start + usualLength) &&
      text.startsWith(afterEnd, dates + shape.end + usualLength) &&
      text.indexOf('"', dates) === dates + usualLength && text.indexOf("<", dates) > end &&
      fields.startDate.readAt(text, dates + shape.start) && fields.endDate.readAt(text, dates + shape.end);
    if (!usual) return notUsual;
    const number = readDecimal(text, value, end);
    if (Number.isNaN(number)) return notUsual;
    fields.type = opening.type;
    fields.sourceName = opening.sourceName;
    fields.device = opening.device;
    fields.unit = opening.unit;
    fields.value = number;
    fields.timeZone = "";
    const at = end + 1;
    if (text.charCodeAt(at) === slash) return emptyEnd(text, at);
    if (text.charCodeAt(at) !== greater) return notUsual;
    if (opening.children === "" || !standsAt(text, opening.children, at)) {
      const behind = skipChildren(text, at + 1);
      if (behind <= 0) return behind;
      fields.timeZone = zoneNamedIn(text, at, behind);
      if (behind - at > longestChildren) return behind;
      [opening.children, opening.timeZone] = [text.slice(at, behind), fields.timeZone];
    }
    fields.timeZone = opening.timeZone;
    return at + opening.children.length;
  }

  #scanAll(text: string, from: number): number {
    if (!text.startsWith(beginning, from)) {
      return text.length - from < beginning.length && beginning.startsWith(text.slice(from)) ? incomplete : notUsual;
    }
    const { fields } = this;
    fields.type =
      fields.sourceName =
      fields.device =
      fields.unit =
      fields.value =
        "";
    fields.startDate.state = fields.endDate.state = "absent";
    fields.timeZone = "";
    let seen = 0;
    let head = 0;
    let at = from + beginning.length;
    while (true) {
      at = skipBlanks(text, at);
      const code = text.charCodeAt(at);
      if (code === slash || code === greater) break;
      const equals = text.indexOf('="', at);
      const end = equals === -1 ? -1 : text.indexOf('"', equals + 2);
      if (end === -1 || end + 1 >= text.length) return incomplete;
      const name = fieldNames[equals - at]?.find(([name]) => text.startsWith(name, at));
      // A second attribute of one name is an error, which is the parser's to find.
      const bit = name === undefined ? 0 : 1 << (equals - at) * 2 + (name[0] === "unit" ? 1 : 0);
      if (name === undefined || (seen & bit) !== 0 || !endsAttribute(text, end + 1)) return notUsual;
      if (name[0] === creationDate && (seen & variable) === 0) head = equals + 2;
      seen |= bit;
      if (name[1] !== null && !this.#take(name[1], text.slice(equals + 2, end))) return notUsual;
      at = end + 1;
    }
    const end = text.charCodeAt(at) === greater ? skipChildren(text, at + 1) : emptyEnd(text, at);
    // A tag that begins inside of the first one is an error too.
    const tag = text.indexOf("<", from + 1);
    if (end > 0 && tag !== -1 && tag < at) return notUsual;
    if (end <= 0) return end;
    fields.timeZone = zoneNamedIn(text, at, end);
    if (head > 0) this.#remember(text.slice(from, head));
    return end;
  }

  #remember(head: string): void {
    const { type, sourceName, device, unit } = this.fields;
    // Copies, so that the piece of the file they were cut from can go.
    const opening = { head: copied(head), type: copied(type), sourceName, device, unit, children: "", timeZone: "" };
    this.#openings = [opening, ...this.#openings.filter((one) => one.head !== head)].slice(0, rememberedOpenings);
  }

  /** False for a text that the parser must look at. */
  #take(name: TextField | DateField, raw: string): boolean {
    if (name === "sourceName" || name === "device" || name === "unit") {
      const decoded = this.#decoded(raw);
      if (decoded === null) return false;
      this.fields[name] = decoded;
      return true;
    }
    if (raw.includes("&")) return false;
    if (name === "startDate" || name === "endDate") this.fields[name].read(raw);
    else this.fields[name] = raw;
    return true;
  }

  #decoded(raw: string): string | null {
    const known = this.#texts.get(raw);
    if (known !== undefined) return known;
    const decoded = decode(raw);
    if (this.#texts.size >= 2_000) this.#texts.clear();
    const kept = decoded === null ? null : copied(decoded);
    this.#texts.set(copied(raw), kept);
    return kept;
  }
}

const [slash, greater, less] = [47, 62, 60];

/** What the metadata between these places say of where it was recorded. */
function zoneNamedIn(text: string, from: number, to: number): string {
  const at = to - from < zoneKey.length ? -1 : text.indexOf(zoneKey, from);
  return at === -1 || at > to ? "" : /^\s+value="([^"&]{1,60})"/.exec(text.slice(at + zoneKey.length, to))?.[1] ?? "";
}

/** The place behind `</Record>`, when nothing but metadata comes before it. */
function skipChildren(text: string, from: number): number {
  for (let at = from;;) {
    at = skipBlanks(text, at);
    if (at >= text.length) return incomplete;
    if (text.charCodeAt(at) !== less) return notUsual;
    if (text.startsWith(closing, at)) return at + closing.length;
    if (!text.startsWith(metadata, at)) {
      return text.length - at < metadata.length ? incomplete : notUsual;
    }
    const end = skipMetadata(text, at + metadata.length);
    if (end <= 0) return end;
    at = end;
  }
}

/** The place behind the `/>` of a metadata entry. */
function skipMetadata(text: string, from: number): number {
  for (let at = from;;) {
    at = skipBlanks(text, at);
    if (text.charCodeAt(at) === slash) return emptyEnd(text, at);
    const equals = text.indexOf('="', at);
    const end = equals === -1 ? -1 : text.indexOf('"', equals + 2);
    if (end === -1 || end + 1 >= text.length) return incomplete;
    const name = text.slice(at, equals);
    const value = text.slice(equals + 2, end);
    if ((name !== "key" && name !== "value") || value.includes("<") || !endsAttribute(text, end + 1)) return notUsual;
    at = end + 1;
  }
}

function emptyEnd(text: string, at: number): number {
  if (at + 1 >= text.length) return incomplete;
  return text.charCodeAt(at + 1) === greater ? at + 2 : notUsual;
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  for (let code = text.charCodeAt(at); code === 32 || (code >= 9 && code <= 13); code = text.charCodeAt(++at));
  return at;
}

function endsAttribute(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === 32 || code === 10 || code === 13 || code === 9 || code === slash || code === greater;
}
