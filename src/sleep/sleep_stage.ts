/** The stages of a night, in the contract's words. `sleeping` is sleep of an unknown kind. */
export const sleepStages = ["in_bed", "sleeping", "awake", "light", "deep", "rem"] as const;

export type SleepStageName = (typeof sleepStages)[number];
