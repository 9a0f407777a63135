/**
 * Numbers with commas between, as Postgres reads them back exactly. Written as bytes and made a string once: joining a
 * list costs five times as much, because it makes a string of each number first.
 */

const [comma, minus, point, zero] = [44, 45, 46, 48];
/** The longest number has 25 characters. */
const longest = 32;
/** What can be written as a whole number of 32 bits, which is quick. */
const largest = 2_147_483_647;

const decoder = new TextDecoder();
/** Grows to the longest column, a megabyte at most, and is used for all. */
let bytes = new Uint8Array(4_096);

/** `read` gives the number for each of the places, all of them finite. */
export function columnText(places: Int32Array, read: (place: number) => number): string {
  let end = 0;
  for (let index = 0; index < places.length; index++) {
    if (bytes.length - end < longest) bytes = grown(bytes);
    if (index > 0) bytes[end++] = comma;
    end = writeNumber(read(places[index] ?? 0), end);
  }
  return decoder.decode(bytes.subarray(0, end));
}

function writeNumber(number: number, from: number): number {
  const size = Math.abs(number);
  const thousandths = Math.round(size * 1000);
  const [whole, exact] = size <= largest && Number.isInteger(size)
    ? [size, true]
    : [Math.floor(thousandths / 1000), thousandths <= largest && thousandths / 1000 === size];
  if (!exact) return writeText(String(number), from);
  let at = from;
  if (number < 0) bytes[at++] = minus;
  at = writeWhole(whole, at);
  return whole === size ? at : writeThousandths(thousandths - whole * 1000, at);
}

function writeWhole(number: number, from: number): number {
  let digits = 1;
  for (let least = 10; number >= least; least *= 10) digits++;
  let rest = number;
  for (let at = from + digits - 1; at >= from; at--) {
    const tenth = Math.floor(rest / 10);
    bytes[at] = zero + rest - tenth * 10;
    rest = tenth;
  }
  return from + digits;
}

function writeThousandths(thousandths: number, from: number): number {
  let at = from;
  bytes[at++] = point;
  for (let rest = thousandths, unit = 100; rest > 0; unit /= 10) {
    const digit = Math.floor(rest / unit);
    bytes[at++] = zero + digit;
    rest -= digit * unit;
  }
  return at;
}

function writeText(text: string, from: number): number {
  for (let index = 0; index < text.length; index++) bytes[from + index] = text.charCodeAt(index);
  return from + text.length;
}

function grown(small: Uint8Array): Uint8Array<ArrayBuffer> {
  const large = new Uint8Array(small.length * 2);
  large.set(small);
  return large;
}
