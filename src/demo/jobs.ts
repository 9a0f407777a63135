import { z } from "zod";
import { declareJob } from "../platform/jobs.ts";

/** Invents one person. The profile describes nobody, so it may stand in the queue. */
export const generateSeed = declareJob({
  name: "generate_seed",
  payload: z.object({ seed: z.int(), index: z.int(), profile: z.record(z.string(), z.unknown()) }),
  attempts: 3,
  queue: "demo",
  key: ({ seed, index, profile }) => `${seed}:${index}:${profile.preset ?? "custom"}`,
});
