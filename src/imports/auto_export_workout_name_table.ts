import type { WorkoutType } from "../workouts/workout_type_table.ts";
import { healthKitWorkouts, phoneWorkouts } from "./workout_name_table.ts";

/** The names that Health Auto Export shows for workouts, in lower case with underscores, where HealthKit's differ. */
const names: Readonly<Record<string, WorkoutType>> = {
  run: "running",
  outdoor_run: "running",
  indoor_run: "treadmill",
  track_run: "running",
  trail_run: "trail_running",
  trail_running: "trail_running",
  treadmill: "treadmill",
  walk: "walking",
  outdoor_walk: "walking",
  indoor_walk: "walking",
  hike: "hiking",
  cycle: "cycling",
  outdoor_cycle: "cycling",
  outdoor_cycling: "cycling",
  indoor_cycle: "indoor_cycling",
  indoor_cycling: "indoor_cycling",
  spinning: "indoor_cycling",
  mountain_biking: "mountain_biking",
  swim: "swimming",
  pool_swim: "pool_swimming",
  open_water_swim: "open_water_swimming",
  outdoor_swim: "open_water_swimming",
  high_intensity_interval_training: "cardio_training",
  functional_training: "strength_training",
  traditional_strength_training: "strength_training",
  strength: "strength_training",
  rower: "rowing_machine",
  indoor_row: "rowing_machine",
  outdoor_row: "rowing",
  stair_stepper: "stair_climbing",
  stairstepper: "stair_climbing",
  cooldown: "stretching",
  cool_down: "stretching",
  core: "strength_training",
  mind_body: "stretching",
  mindfulness: "meditation",
  meditation: "meditation",
  tai_chi: "martial_arts",
  multisport: "multisport",
  equestrian_sports: "horseback_riding",
  surfing_sports: "surfing",
  skating_sports: "ice_skating",
  fitness_gaming: "gaming",
  wheelchair_walk_pace: "walking",
  wheelchair_run_pace: "running",
  ice_skating: "ice_skating",
  inline_skating: "inline_skating",
  padel: "padel",
};

const byHealthKit = new Map(Object.entries(healthKitWorkouts).map(([name, type]) => [name.toLowerCase(), type]));

const indoor: Partial<Readonly<Record<WorkoutType, WorkoutType>>> = { running: "treadmill", cycling: "indoor_cycling" };
const waters: Readonly<Record<string, WorkoutType>> = { pool: "pool_swimming", "open water": "open_water_swimming" };

/** "Outdoor Run" is running. `location` is Indoor, Outdoor, Pool or Open Water where the app says it. */
export function autoExportWorkoutType(name: string | null, location: string | null, isIndoor: boolean): WorkoutType {
  const plain = (name ?? "").toLowerCase().replace(/[^a-z0-9]+/g, "_").replace(/^_+|_+$/g, "");
  const bare = plain.replace(/^(indoor|outdoor|pool|open_water)_/, "");
  const type = found(plain) ?? found(bare) ?? "other";
  const where = (location ?? "").toLowerCase();
  if (type === "swimming") return (Object.hasOwn(waters, where) ? waters[where] : undefined) ?? type;
  const inside = isIndoor || where === "indoor" || plain.startsWith("indoor_");
  return inside ? indoor[type] ?? type : type;
}

function found(name: string): WorkoutType | undefined {
  return Object.hasOwn(names, name) ? names[name] : byHealthKit.get(name.replaceAll("_", "")) ??
    (Object.hasOwn(phoneWorkouts, name) ? phoneWorkouts[name] : undefined);
}
