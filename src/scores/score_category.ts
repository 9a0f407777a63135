/** What a score is about, in the contract's words. */
export const scoreCategories = [
  "sleep",
  "recovery",
  "readiness",
  "activity",
  "stress",
  "resilience",
  "body_battery",
  "strain",
] as const;

export type ScoreCategory = (typeof scoreCategories)[number];
