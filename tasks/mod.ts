import type { Task } from "../src/platform/tasks.ts";
import { sweepExpiredTask } from "./sweep_expired.ts";

/** Every background task, one file each; schedules stand with the tasks. */
export function createTasks(): readonly Task[] {
  return [sweepExpiredTask];
}
