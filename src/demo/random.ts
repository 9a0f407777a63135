import { sha256Hex } from "../platform/crypto.ts";

/** Chance that falls the same way each time, so that two people who load the demo see one record. */

export interface Random {
  /** Whether something of this probability happens. */
  happens(probability: number): boolean;
  /** A number from `min` to `max`. */
  between(min: number, max: number): number;
  /** A whole number from `min` to `max`, both included. */
  whole(min: number, max: number): number;
  /** `count` different items. */
  some<Item>(items: readonly Item[], count: number): Item[];
}

/** Mulberry32, by Tommy Ettinger (public domain): 32 bits of state are plenty for a few hundred draws. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const whole = (min: number, max: number) => min + Math.floor(next() * (max - min + 1));
  return {
    happens: (probability) => next() < probability,
    between: (min, max) => min + next() * (max - min),
    whole,
    some(items, count) {
      const left = [...items];
      return Array.from({ length: Math.min(count, left.length) }, () => left.splice(whole(0, left.length - 1), 1))
        .flat();
    },
  };
}

/** The same id for the same name, in the form of a UUID of version 8 (RFC 9562). */
export async function demoId(name: string): Promise<string> {
  const hex = await sha256Hex(`anamnesis demo: ${name}`);
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)]
    .join("-");
}
