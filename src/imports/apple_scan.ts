import type { RecordFields } from "./apple_records.ts";

/**
 * The short way through a record: nearly all of an export are `Record` elements in exactly the form that Apple writes,
 * and looking for quotes is several times as fast as parsing XML. Whatever has any other form is left to the parser.
 */

/** Nothing was read: the element must be parsed. */
export const notUsual = 0;
/** The element goes on in the next piece of the file. */
export const incomplete = -1;

const opening = "<Record ";
const closing = "</Record>";
const metadata = "<MetadataEntry ";

type FieldName = keyof RecordFields;

/** Attribute names by length, because that tells most of them apart. */
const fieldNames: Readonly<Record<number, readonly (readonly [string, FieldName | null])[]>> = {
  4: [["type", "type"], ["unit", "unit"]],
  5: [["value", "value"]],
  6: [["device", "device"]],
  7: [["endDate", "endDate"]],
  9: [["startDate", "startDate"]],
  10: [["sourceName", "sourceName"]],
  12: [["creationDate", null]],
  13: [["sourceVersion", null]],
};

export class RecordScanner {
  readonly fields: RecordFields = {
    type: "",
    sourceName: "",
    device: "",
    unit: "",
    value: "",
    startDate: "",
    endDate: "",
  };
  readonly #texts = new Map<string, string | null>();

  /** From the `<` at `from`: the place behind the element, `notUsual` or `incomplete`. */
  scan(text: string, from: number): number {
    if (!text.startsWith(opening, from)) {
      return text.length - from < opening.length && opening.startsWith(text.slice(from)) ? incomplete : notUsual;
    }
    const { fields } = this;
    fields.type =
      fields.sourceName =
      fields.device =
      fields.unit =
      fields.value =
        "";
    fields.startDate = fields.endDate = "";
    let seen = 0;
    let at = from + opening.length;
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
      seen |= bit;
      if (name[1] !== null && !this.#take(name[1], text.slice(equals + 2, end))) return notUsual;
      at = end + 1;
    }
    const end = text.charCodeAt(at) === greater ? skipChildren(text, at + 1) : emptyEnd(text, at);
    // A tag that begins inside of the first one is an error too.
    const tag = text.indexOf("<", from + 1);
    return end > 0 && tag !== -1 && tag < at ? notUsual : end;
  }

  /** False for a text that the parser must look at. */
  #take(name: FieldName, raw: string): boolean {
    if (name === "sourceName" || name === "device" || name === "unit") {
      const decoded = this.#decoded(raw);
      if (decoded === null) return false;
      this.fields[name] = decoded;
      return true;
    }
    if (raw.includes("&")) return false;
    this.fields[name] = raw;
    return true;
  }

  #decoded(raw: string): string | null {
    const known = this.#texts.get(raw);
    if (known !== undefined) return known;
    const decoded = decode(raw);
    if (this.#texts.size >= 2_000) this.#texts.clear();
    // Joined anew, so that the piece of the file it was cut from can go.
    this.#texts.set([...raw].join(""), decoded === null ? null : [...decoded].join(""));
    return decoded;
  }
}

const [slash, greater, less] = [47, 62, 60];

const entities: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

/** With its entities replaced; null when there are unknown ones or characters that XML does not allow. */
function decode(raw: string): string | null {
  // deno-lint-ignore no-control-regex -- these are the characters to leave to the parser
  if (/[\u0000-\u001f\ufffe\uffff<]/.test(raw)) return null;
  let known = true;
  const decoded = raw.replace(/&([^;&]*);?/g, (whole, name: string) => {
    const number = /^#(?:x([0-9a-f]{1,6})|(\d{1,7}))$/i.exec(name);
    const code = number === null ? NaN : number[1] === undefined ? Number(number[2]) : parseInt(number[1], 16);
    const allowed = code >= 32 && code <= 0xd7ff || code >= 0xe000 && code <= 0xfffd;
    const replaced = allowed ? String.fromCodePoint(code) : entities[name];
    if (replaced === undefined || !whole.endsWith(";")) known = false;
    return replaced ?? whole;
  });
  return known ? decoded : null;
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
