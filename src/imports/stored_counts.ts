import type { Outcome } from "../ingest/ingest.ts";

/** What an import has stored so far, batch by batch. */

const none = { inserted: 0, updated: 0, unchanged: 0 };

export const nothingStored: Outcome = {
  samples: none,
  daily_totals: none,
  workouts: none,
  sleep_sessions: none,
  menstrual_cycles: none,
  health_scores: none,
};

export function addOutcomes(one: Outcome, other: Outcome): Outcome {
  const kinds = Object.keys(nothingStored) as (keyof Outcome)[];
  const sums = kinds.map((kind) => [kind, {
    inserted: one[kind].inserted + other[kind].inserted,
    updated: one[kind].updated + other[kind].updated,
    unchanged: one[kind].unchanged + other[kind].unchanged,
  }]);
  return Object.fromEntries(sums);
}
