/**
 * Every series that has a fixed code: id, unit, how a day of it is summed up, and its category. The ids are stored and
 * never change. Series that a person invents get ids from 1000 on, see `custom_series`.
 *
 * Codes and ids are those of the wire contract. Three aggregations differ from the predecessors, which averaged
 * hydration (an amount) and summed atrial fibrillation burden and electrodermal activity (a share and a level).
 */

export type Aggregation = "sum" | "avg" | "max";

export interface Series {
  readonly id: number;
  readonly code: string;
  /** The contract's name of the unit; `units.ts` knows its UCUM code. */
  readonly unit: string;
  readonly aggregation: Aggregation;
  readonly category: string;
}

function series(id: number, code: string, unit: string, aggregation: Aggregation, category: string): Series {
  return { id, code, unit, aggregation, category };
}

export const firstCustomSeriesId = 1000;

export const seriesTable: readonly Series[] = [
  // Heart & Cardiovascular
  series(1, "heart_rate", "bpm", "avg", "Heart & Cardiovascular"),
  series(2, "resting_heart_rate", "bpm", "avg", "Heart & Cardiovascular"),
  series(3, "heart_rate_variability_sdnn", "ms", "avg", "Heart & Cardiovascular"),
  series(4, "heart_rate_recovery_one_minute", "bpm", "avg", "Heart & Cardiovascular"),
  series(5, "walking_heart_rate_average", "bpm", "avg", "Heart & Cardiovascular"),
  series(6, "recovery_score", "score", "avg", "Heart & Cardiovascular"),
  series(7, "heart_rate_variability_rmssd", "ms", "avg", "Heart & Cardiovascular"),
  // Blood & Respiratory
  series(20, "oxygen_saturation", "percent", "avg", "Blood & Respiratory"),
  series(21, "blood_glucose", "mg_dl", "avg", "Blood & Respiratory"),
  series(22, "blood_pressure_systolic", "mmHg", "avg", "Blood & Respiratory"),
  series(23, "blood_pressure_diastolic", "mmHg", "avg", "Blood & Respiratory"),
  series(24, "respiratory_rate", "brpm", "avg", "Blood & Respiratory"),
  series(25, "sleeping_breathing_disturbances", "count", "sum", "Blood & Respiratory"),
  series(26, "blood_alcohol_content", "mg_dl", "avg", "Blood & Respiratory"),
  series(27, "peripheral_perfusion_index", "score", "avg", "Blood & Respiratory"),
  series(28, "forced_vital_capacity", "liters", "avg", "Blood & Respiratory"),
  series(29, "forced_expiratory_volume_1", "liters", "avg", "Blood & Respiratory"),
  series(30, "peak_expiratory_flow_rate", "L/min", "avg", "Blood & Respiratory"),
  series(31, "breathing_disturbance_index", "score", "avg", "Blood & Respiratory"),
  // Body Composition
  series(40, "height", "cm", "avg", "Body Composition"),
  series(41, "weight", "kg", "avg", "Body Composition"),
  series(42, "body_fat_percentage", "percent", "avg", "Body Composition"),
  series(43, "body_mass_index", "kg_m2", "avg", "Body Composition"),
  series(44, "lean_body_mass", "kg", "avg", "Body Composition"),
  series(45, "body_temperature", "celsius", "avg", "Body Composition"),
  series(46, "skin_temperature", "celsius", "avg", "Body Composition"),
  series(47, "waist_circumference", "cm", "avg", "Body Composition"),
  series(48, "body_fat_mass", "kg", "avg", "Body Composition"),
  series(49, "skeletal_muscle_mass", "kg", "avg", "Body Composition"),
  series(50, "skin_temperature_deviation", "celsius", "avg", "Body Composition"),
  series(51, "skin_temperature_trend_deviation", "celsius", "avg", "Body Composition"),
  // Fitness Metrics
  series(60, "vo2_max", "ml_kg_min", "avg", "Fitness Metrics"),
  series(61, "six_minute_walk_test_distance", "meters", "max", "Fitness Metrics"),
  series(62, "cardiovascular_age", "years", "avg", "Fitness Metrics"),
  // Activity - Basic
  series(80, "steps", "count", "sum", "Activity - Basic"),
  series(81, "energy", "kcal", "sum", "Activity - Basic"),
  series(82, "basal_energy", "kcal", "sum", "Activity - Basic"),
  series(83, "stand_time", "minutes", "sum", "Activity - Basic"),
  series(84, "exercise_time", "minutes", "sum", "Activity - Basic"),
  series(85, "physical_effort", "score", "avg", "Activity - Basic"),
  series(86, "flights_climbed", "count", "sum", "Activity - Basic"),
  series(87, "average_met", "met", "avg", "Activity - Basic"),
  series(88, "active_time", "minutes", "sum", "Activity - Basic"),
  // Activity - Distance
  series(100, "distance_walking_running", "meters", "sum", "Activity - Distance"),
  series(101, "distance_cycling", "meters", "sum", "Activity - Distance"),
  series(102, "distance_swimming", "meters", "sum", "Activity - Distance"),
  series(103, "distance_downhill_snow_sports", "meters", "sum", "Activity - Distance"),
  series(104, "distance_other", "meters", "sum", "Activity - Distance"),
  // Activity - Walking
  series(120, "walking_step_length", "cm", "avg", "Activity - Walking"),
  series(121, "walking_speed", "m_per_s", "avg", "Activity - Walking"),
  series(122, "walking_double_support_percentage", "percent", "avg", "Activity - Walking"),
  series(123, "walking_asymmetry_percentage", "percent", "avg", "Activity - Walking"),
  series(124, "walking_steadiness", "percent", "avg", "Activity - Walking"),
  series(125, "stair_descent_speed", "m_per_s", "avg", "Activity - Walking"),
  series(126, "stair_ascent_speed", "m_per_s", "avg", "Activity - Walking"),
  // Activity - Running
  series(140, "running_power", "watts", "avg", "Activity - Running"),
  series(141, "running_speed", "m_per_s", "avg", "Activity - Running"),
  series(142, "running_vertical_oscillation", "cm", "avg", "Activity - Running"),
  series(143, "running_ground_contact_time", "ms", "avg", "Activity - Running"),
  series(144, "running_stride_length", "cm", "avg", "Activity - Running"),
  series(145, "running_vertical_ratio", "percent", "avg", "Activity - Running"),
  series(146, "running_stance_time_balance", "percent", "avg", "Activity - Running"),
  // Activity - Swimming
  series(160, "swimming_stroke_count", "count", "sum", "Activity - Swimming"),
  series(161, "underwater_depth", "meters", "avg", "Activity - Swimming"),
  // Activity - Generic
  series(180, "cadence", "rpm", "avg", "Activity - Generic"),
  series(181, "power", "watts", "avg", "Activity - Generic"),
  series(182, "speed", "m_per_s", "avg", "Activity - Generic"),
  series(183, "workout_effort_score", "score", "avg", "Activity - Generic"),
  series(184, "estimated_workout_effort_score", "score", "avg", "Activity - Generic"),
  // Environmental
  series(200, "environmental_audio_exposure", "dB", "avg", "Environmental"),
  series(201, "headphone_audio_exposure", "dB", "avg", "Environmental"),
  series(202, "environmental_sound_reduction", "dB", "avg", "Environmental"),
  series(203, "time_in_daylight", "minutes", "sum", "Environmental"),
  series(204, "water_temperature", "celsius", "avg", "Environmental"),
  series(205, "uv_exposure", "count", "sum", "Environmental"),
  series(206, "inhaler_usage", "count", "sum", "Environmental"),
  series(207, "weather_temperature", "celsius", "avg", "Environmental"),
  series(208, "weather_humidity", "percent", "avg", "Environmental"),
  series(209, "elevation", "meters", "avg", "Environmental"),
  series(210, "latitude", "degrees", "avg", "Environmental"),
  series(211, "longitude", "degrees", "avg", "Environmental"),
  series(212, "air_temperature", "celsius", "avg", "Environmental"),
  // Provider-Specific
  series(220, "garmin_stress_level", "score", "avg", "Provider-Specific"),
  series(221, "garmin_skin_temperature", "celsius", "avg", "Provider-Specific"),
  series(222, "garmin_fitness_age", "years", "avg", "Provider-Specific"),
  series(223, "garmin_body_battery", "percent", "avg", "Provider-Specific"),
  // Other
  series(500, "electrodermal_activity", "count", "avg", "Other"),
  series(501, "push_count", "count", "sum", "Other"),
  series(502, "atrial_fibrillation_burden", "count", "avg", "Other"),
  series(503, "insulin_delivery", "count", "sum", "Other"),
  series(504, "number_of_times_fallen", "count", "sum", "Other"),
  series(505, "number_of_alcoholic_beverages", "count", "sum", "Other"),
  series(506, "nike_fuel", "count", "sum", "Other"),
  series(507, "hydration", "mL", "sum", "Other"),
];

const byCode = new Map(seriesTable.map((entry) => [entry.code, entry]));
const byId = new Map(seriesTable.map((entry) => [entry.id, entry]));

export function seriesByCode(code: string): Series | undefined {
  return byCode.get(code);
}

export function seriesById(id: number): Series | undefined {
  return byId.get(id);
}

/** The id of a code that is in the table; for code that names a series itself. */
export function seriesId(code: string): number {
  const found = byCode.get(code);
  if (found === undefined) throw new Error(`There is no series "${code}"`);
  return found.id;
}
