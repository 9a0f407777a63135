import { z } from "zod";
import { declareJob } from "../platform/jobs.ts";

/** Invents one person. The profile describes nobody, so it may stand in the queue. */
export const generateSeed = declareJob({
  name: "generate_seed",
  payload: z.object({
    task_id: z.string(),
    seed: z.int(),
    index: z.int(),
    profile: z.record(z.string(), z.unknown()),
  }),
  attempts: 3,
  queue: "demo",
  key: ({ task_id, index }) => `${task_id}:${index}`,
});
