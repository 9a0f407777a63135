/** How many rows of a kind were new, how many changed, and how many were there already. */
export interface Tally {
  readonly inserted: number;
  readonly updated: number;
  readonly unchanged: number;
}

/** What storing a kind of row did. */
export interface Saved {
  readonly tally: Tally;
  /** The local days it changed, `YYYY-MM-DD`. */
  readonly days: ReadonlySet<string>;
}

export const nothingSaved: Saved = { tally: { inserted: 0, updated: 0, unchanged: 0 }, days: new Set() };

export function tally(sent: number, inserted: number, updated: number): Tally {
  return { inserted, updated, unchanged: sent - inserted - updated };
}
