import { SaxesParser } from "saxes";
import type { RecordFields } from "./apple_records.ts";
import { incomplete, notUsual, RecordScanner } from "./apple_scan.ts";
import type { Attributes } from "./apple_workout.ts";
import { ImportFailure } from "./import_failure.ts";

/** What is done with the elements of an export. Depth 1 is right below the root. */
export interface ExportHandler {
  /** `fields` is the same object every time. */
  record(fields: RecordFields, depth: number): void;
  /** Any element but a record. */
  open(name: string, attributes: Attributes, depth: number): void;
  close(name: string, depth: number): void;
  text(text: string): void;
  /** Something XML does not allow that does no harm, such as a control character or an entity nobody defined. */
  blemish(): void;
}

/** No element of an export comes near it; what does is meant to fill the memory. */
const longestElement = 4 * 1024 * 1024;
const deepest = 32;

/**
 * Reads the text of an export in pieces of any size. Records in their usual form take the short way, everything else
 * goes through the XML parser, which never sees the former. Nothing is expanded: entities that a document type
 * declares stay as they are written.
 */
export class AppleXml {
  readonly #handler: ExportHandler;
  readonly #scanner = new RecordScanner();
  readonly #parser: SaxesParser<{ xmlns: false }>;
  #depth = 0;
  #carry = "";
  /** Characters given to the parser, and where the last tag among them ended. */
  #parsed = 0;
  #lastTag = 0;
  /** Whether something other than blanks was parsed since the last tag. */
  #inText = false;
  #piece = "";
  #pieceEnd = 0;

  constructor(handler: ExportHandler) {
    this.#handler = handler;
    const parser = new SaxesParser({ xmlns: false, position: false });
    parser.on("opentag", ({ name, attributes }) => this.#opened(name, attributes));
    parser.on("closetag", ({ name }) => {
      this.#lastTag = parser.position;
      if (name !== "Record") handler.close(name, this.#depth - 1);
      this.#depth--;
    });
    parser.on("text", (text) => handler.text(text));
    parser.on("error", (error) => this.#failed(error.message));
    this.#parser = parser;
  }

  /** How many of the characters given so far were not yet looked at, when `write` threw. */
  get unread(): string {
    return this.#piece.slice(Math.max(0, this.#pieceEnd - (this.#parsed - this.#parser.position)));
  }

  write(more: string): void {
    const text = this.#carry + more;
    this.#piece = text;
    this.#carry = "";
    let at = 0;
    while (at < text.length) {
      if (this.#depth === 1 && !this.#inText) {
        at = this.#takeRecords(text, at);
        if (at >= text.length) return;
      }
      // At least one character goes to the parser, and no record that may turn out to be a usual one.
      const next = text.indexOf("<Record ", at + 1);
      const end = next === -1 ? text.length : next;
      this.#parse(text.slice(at, end), end);
      at = end;
    }
  }

  /** The end of the file; throws when elements are still open. */
  end(): void {
    const rest = this.#carry;
    this.#carry = "";
    this.#piece = rest;
    if (rest !== "") this.#parse(rest, rest.length);
    if (this.#depth > 0 || this.#lastTag === 0) throw new ImportFailure("it ends in the middle");
    this.#parser.close();
  }

  /** As many records as stand here in their usual form; gives the place of what is something else. */
  #takeRecords(text: string, from: number): number {
    for (let at = from;;) {
      const tag = text.indexOf("<", at);
      if (tag === -1 || !isBlank(text, at, tag)) return at;
      const end = this.#scanner.scan(text, tag);
      if (end === notUsual) return at;
      if (end === incomplete) {
        if (text.length - tag > 65_536) return at;
        this.#carry = text.slice(tag);
        return text.length;
      }
      this.#pieceEnd = end;
      this.#handler.record(this.#scanner.fields, 1);
      at = end;
    }
  }

  #parse(piece: string, end: number): void {
    const before = this.#parsed;
    this.#parsed += piece.length;
    this.#pieceEnd = end;
    this.#parser.write(piece);
    const tagHere = this.#lastTag > before;
    const rest = tagHere ? this.#lastTag - before : 0;
    this.#inText = (!tagHere && this.#inText) || !isBlank(piece, rest, piece.length);
    if (this.#parsed - this.#lastTag > longestElement) {
      throw new ImportFailure("it holds an element of more than 4 MB, which no export has");
    }
  }

  #opened(name: string, attributes: Record<string, string>): void {
    this.#lastTag = this.#parser.position;
    const depth = this.#depth++;
    if (depth === 0 && name !== "HealthData") {
      throw new ImportFailure("it is XML, but not an export of Apple Health");
    }
    if (depth >= deepest) throw new ImportFailure("its elements are nested deeper than in any export");
    if (name !== "Record") return this.#handler.open(name, attributes, depth);
    this.#scanner.take(attributes);
    this.#handler.record(this.#scanner.fields, depth);
  }

  #failed(message: string): void {
    const { unread } = this;
    const place = this.#piece.length - unread.length;
    const harmless = /disallowed character\.|malformed character entity|undefined entity/.test(message) &&
      this.#piece[place - 1] !== "<";
    if (!harmless) throw new ImportFailure("it is not well-formed XML");
    this.#handler.blemish();
  }
}

function isBlank(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    if (code !== 32 && code !== 10 && code !== 13 && code !== 9 && code !== 0xfeff) return false;
  }
  return true;
}
