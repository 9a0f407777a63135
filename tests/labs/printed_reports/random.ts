export type Random = (below: number) => number;

/** The same numbers for the same seed, everywhere. */
export function randomFrom(seed: number): Random {
  let state = Math.imul(seed, 2_654_435_761) & 0x7fffffff;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return (state >> 8) % below;
  };
}
