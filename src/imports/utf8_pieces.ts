import { ImportFailure } from "./import_failure.ts";

/** Nobody writes that much without a blank. */
const longestRun = 1024 * 1024;

/**
 * Bytes → text, piece by piece. A piece is cut behind its last ASCII byte, so that each is whole by itself: the decoder
 * makes strings of one byte a character then, four times as fast as those it makes of a stream.
 */
export class Utf8Pieces {
  readonly #decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  #rest = new Uint8Array();

  decode(piece: Uint8Array): string {
    let end = piece.byteLength;
    while (end > 0 && (piece[end - 1] ?? 0) >= 0x80) end--;
    // Without any ASCII byte (in a script like Thai, between two tags) it is the next one's beginning.
    if (end === 0) {
      if (this.#rest.byteLength > longestRun) throw new ImportFailure("it is not text in UTF-8");
      this.#rest = joined(this.#rest, piece);
      return "";
    }
    const ready = piece.subarray(0, end);
    const whole = this.#rest.byteLength === 0 ? ready : joined(this.#rest, ready);
    this.#rest = piece.slice(end);
    return this.#decoder.decode(whole);
  }

  /** What is left at the end of the file. */
  rest(): string {
    const text = this.#decoder.decode(this.#rest);
    this.#rest = new Uint8Array();
    return text;
  }
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(one.byteLength + other.byteLength);
  bytes.set(one);
  bytes.set(other, one.byteLength);
  return bytes;
}
