/**
 * What the app Health Auto Export calls its metrics, and the series each is stored as. The names are the app's
 * display names in lower case with underscores; a few changed between its versions, so that some series have two.
 *
 * Nutrients and the other names of the second table become series of the person's own, in the unit that HealthKit
 * keeps them in, whichever of the app's units they arrive in.
 */

export const autoExportSeries: Readonly<Record<string, string>> = {
  active_energy: "energy",
  active_energy_burned: "energy",
  alcohol_consumption: "number_of_alcoholic_beverages",
  apple_exercise_time: "exercise_time",
  apple_move_time: "active_time",
  apple_sleeping_breathing_disturbances: "sleeping_breathing_disturbances",
  apple_sleeping_wrist_temperature: "skin_temperature",
  apple_stand_time: "stand_time",
  apple_walking_steadiness: "walking_steadiness",
  atrial_fibrillation_burden: "atrial_fibrillation_burden",
  basal_body_temperature: "body_temperature",
  basal_energy_burned: "basal_energy",
  blood_alcohol_content: "blood_alcohol_content",
  blood_glucose: "blood_glucose",
  blood_oxygen_saturation: "oxygen_saturation",
  body_fat_percentage: "body_fat_percentage",
  body_mass: "weight",
  body_mass_index: "body_mass_index",
  body_temperature: "body_temperature",
  breathing_disturbances: "sleeping_breathing_disturbances",
  cardio_recovery: "heart_rate_recovery_one_minute",
  cross_country_skiing_distance: "distance_other",
  cross_country_skiing_speed: "speed",
  cycling_cadence: "cadence",
  cycling_distance: "distance_cycling",
  cycling_power: "power",
  cycling_speed: "speed",
  dietary_water: "hydration",
  distance_downhill_snow_sports: "distance_downhill_snow_sports",
  downhill_snow_sports_distance: "distance_downhill_snow_sports",
  electrodermal_activity: "electrodermal_activity",
  environmental_audio_exposure: "environmental_audio_exposure",
  environmental_sound_reduction: "environmental_sound_reduction",
  estimated_workout_effort_score: "estimated_workout_effort_score",
  flights_climbed: "flights_climbed",
  forced_expiratory_volume_1: "forced_expiratory_volume_1",
  forced_vital_capacity: "forced_vital_capacity",
  headphone_audio_exposure: "headphone_audio_exposure",
  heart_rate: "heart_rate",
  heart_rate_recovery_one_minute: "heart_rate_recovery_one_minute",
  heart_rate_variability: "heart_rate_variability_sdnn",
  heart_rate_variability_sdnn: "heart_rate_variability_sdnn",
  height: "height",
  inhaler_usage: "inhaler_usage",
  insulin_delivery: "insulin_delivery",
  lean_body_mass: "lean_body_mass",
  nike_fuel: "nike_fuel",
  number_of_alcoholic_beverages: "number_of_alcoholic_beverages",
  number_of_times_fallen: "number_of_times_fallen",
  oxygen_saturation: "oxygen_saturation",
  paddle_sports_distance: "distance_other",
  paddle_sports_speed: "speed",
  peak_expiratory_flow_rate: "peak_expiratory_flow_rate",
  peripheral_perfusion_index: "peripheral_perfusion_index",
  physical_effort: "physical_effort",
  push_count: "push_count",
  respiratory_rate: "respiratory_rate",
  resting_heart_rate: "resting_heart_rate",
  rowing_distance: "distance_other",
  rowing_speed: "speed",
  running_ground_contact_time: "running_ground_contact_time",
  running_power: "running_power",
  running_speed: "running_speed",
  running_stride_length: "running_stride_length",
  running_vertical_oscillation: "running_vertical_oscillation",
  six_minute_walking_test_distance: "six_minute_walk_test_distance",
  skating_sports_distance: "distance_other",
  stair_ascent_speed: "stair_ascent_speed",
  stair_descent_speed: "stair_descent_speed",
  stair_speed_down: "stair_descent_speed",
  stair_speed_up: "stair_ascent_speed",
  step_count: "steps",
  steps: "steps",
  swimming_distance: "distance_swimming",
  swimming_stroke_count: "swimming_stroke_count",
  time_in_daylight: "time_in_daylight",
  underwater_depth: "underwater_depth",
  underwater_temperature: "water_temperature",
  uv_exposure: "uv_exposure",
  vo2_max: "vo2_max",
  vo2max: "vo2_max",
  waist_circumference: "waist_circumference",
  walking_asymmetry_percentage: "walking_asymmetry_percentage",
  walking_double_support_percentage: "walking_double_support_percentage",
  walking_heart_rate_average: "walking_heart_rate_average",
  walking_running_distance: "distance_walking_running",
  walking_speed: "walking_speed",
  walking_steadiness: "walking_steadiness",
  walking_step_length: "walking_step_length",
  water_temperature: "water_temperature",
  weight_body_mass: "weight",
  "weight_&_body_mass": "weight",
  wheelchair_distance: "distance_other",
  workout_effort_score: "workout_effort_score",
};

/** Series whose unit in the contract is a mere number: the app's unit for them is not converted. */
export const unitlessSeries: ReadonlySet<string> = new Set(["physical_effort", "electrodermal_activity"]);

/** The unit of each series of the person's own that the app is known to send. */
export const autoExportCustomUnits: Readonly<Record<string, string>> = {
  apple_stand_hour: "count",
  biotin: "mcg",
  caffeine: "mg",
  calcium: "mg",
  carbohydrates: "g",
  chloride: "mg",
  cholesterol: "mg",
  chromium: "mcg",
  copper: "mg",
  cycling_functional_threshold_power: "W",
  dietary_biotin: "mcg",
  dietary_caffeine: "mg",
  dietary_calcium: "mg",
  dietary_carbohydrates: "g",
  dietary_cholesterol: "mg",
  dietary_energy: "kcal",
  dietary_energy_consumed: "kcal",
  dietary_fat_total: "g",
  dietary_fiber: "g",
  dietary_protein: "g",
  dietary_sodium: "mg",
  dietary_sugar: "g",
  fiber: "g",
  folate: "mcg",
  handwashing: "s",
  iodine: "mcg",
  iron: "mg",
  magnesium: "mg",
  manganese: "mg",
  mindful_minutes: "min",
  mindful_session: "min",
  molybdenum: "mcg",
  monounsaturated_fat: "g",
  niacin: "mg",
  pantothenic_acid: "mg",
  phosphorus: "mg",
  polyunsaturated_fat: "g",
  potassium: "mg",
  protein: "g",
  riboflavin: "mg",
  saturated_fat: "g",
  selenium: "mcg",
  sodium: "mg",
  sugar: "g",
  thiamin: "mg",
  toothbrushing: "s",
  total_fat: "g",
  vitamin_a: "mcg",
  vitamin_b12: "mcg",
  vitamin_b6: "mg",
  vitamin_c: "mg",
  vitamin_d: "mcg",
  vitamin_e: "mg",
  vitamin_k: "mcg",
  zinc: "mg",
};

/** The stored code where it is not the app's name. */
export const autoExportCustomCodes: Readonly<Record<string, string>> = {
  cycling_functional_threshold_power: "functional_threshold_power",
};

/** How many of the first unit of its row one of each unit is; a row holds what can be converted into each other. */
const dimensions: readonly Readonly<Record<string, number>>[] = [
  { g: 1, mg: 1e-3, mcg: 1e-6, "μg": 1e-6, "µg": 1e-6, kg: 1000, oz: 28.349523125, lb: 453.59237 },
  { kcal: 1, cal: 1e-3, Cal: 1, kJ: 1 / 4.184, J: 1 / 4184 },
  { mL: 1, ml: 1, L: 1000, l: 1000, fl_oz_us: 29.5735295625, fl_oz_imp: 28.4130625, cup_us: 236.5882365 },
  { s: 1, sec: 1, min: 60, hr: 3600, h: 3600 },
  { m: 1, km: 1000, cm: 0.01, mm: 0.001, mi: 1609.344, ft: 0.3048, yd: 0.9144, in: 0.0254 },
];

/** What a table holds under a stranger's word, and not what every object has. */
export function entry<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

/** How many `to` one `from` is; null when they measure different things. */
export function factorBetween(from: string, to: string): number | null {
  if (from === to) return 1;
  const row = dimensions.find((units) => Object.hasOwn(units, from) && Object.hasOwn(units, to));
  const [one, other] = [row?.[from], row?.[to]];
  return one === undefined || other === undefined ? null : one / other;
}

/**
 * The unit that a name the tables do not know is kept in: the first of its dimension, so that a person who switches the
 * app from kilojoules to kilocalories does not get both in one series.
 */
export function plainestUnit(unit: string): string {
  const row = dimensions.find((units) => Object.hasOwn(units, unit));
  return row === undefined ? unit : Object.keys(row)[0] ?? unit;
}
