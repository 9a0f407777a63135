import { generateSeed } from "../src/demo/jobs.ts";
import { seedUser } from "../src/demo/seed_users.ts";
import { task } from "../src/platform/tasks.ts";

export const generateSeedTask = task({
  job: generateSeed,
  run: seedUser,
});
