/**
 * All 108 metric types of phones: the series each is stored as, with its unit, and a value on its way there, in the
 * unit that the phone's own library gives. Values are invented.
 */

export interface ExpectedMetric {
  readonly provider: "apple" | "google";
  readonly name: string;
  readonly series: string;
  readonly unit: string;
  readonly sent: number;
  readonly sentUnit: string | null;
  readonly stored: number;
}

const apple = `
  HeartRate heart_rate bpm 61 count/min 61
  RestingHeartRate resting_heart_rate bpm 54 bpm 54
  HeartRateVariabilitySDNN heart_rate_variability_sdnn ms 48.5 ms 48.5
  HeartRateRecoveryOneMinute heart_rate_recovery_one_minute bpm 31 count/min 31
  WalkingHeartRateAverage walking_heart_rate_average bpm 97 count/min 97
  OxygenSaturation oxygen_saturation percent 0.97 % 97
  BloodGlucose blood_glucose mg_dl 5.5 mmol<180.1558800000541>/L 99.1001
  BloodPressureSystolic blood_pressure_systolic mmHg 122 mmHg 122
  BloodPressureDiastolic blood_pressure_diastolic mmHg 78 mmHg 78
  RespiratoryRate respiratory_rate brpm 14.5 breaths/min 14.5
  BasalBodyTemperature body_temperature celsius 97.7 degF 36.5
  AppleSleepingBreathingDisturbances sleeping_breathing_disturbances count 3.2 count 3.2
  BloodAlcoholContent blood_alcohol_content mg_dl 0.0005 % 50
  PeripheralPerfusionIndex peripheral_perfusion_index score 0.04 % 4
  ForcedVitalCapacity forced_vital_capacity liters 4.8 L 4.8
  ForcedExpiratoryVolume1 forced_expiratory_volume_1 liters 3.9 L 3.9
  PeakExpiratoryFlowRate peak_expiratory_flow_rate L/min 520 L/min 520
  Height height cm 1.7526 m 175.26
  BodyMass weight kg 150 lb 68.0388555
  BodyFatPercentage body_fat_percentage percent 0.304 % 30.4
  BodyMassIndex body_mass_index kg_m2 23.1 count 23.1
  LeanBodyMass lean_body_mass kg 55.5 kg 55.5
  BodyTemperature body_temperature celsius 36.6 degC 36.6
  WaistCircumference waist_circumference cm 0.82 m 82
  VO2Max vo2_max ml_kg_min 42.5 mL/kg/min 42.5
  SixMinuteWalkTestDistance six_minute_walk_test_distance meters 540 m 540
  StepCount steps count 66 count 66
  ActiveEnergyBurned energy kcal 12.5 Cal 12.5
  BasalEnergyBurned basal_energy kcal 418.4 kJ 100
  AppleStandTime stand_time minutes 5 min 5
  AppleExerciseTime exercise_time minutes 60 s 1
  FlightsClimbed flights_climbed count 2 count 2
  PhysicalEffort physical_effort score 3.5 kcal/hr·kg 3.5
  AppleMoveTime active_time minutes 7 min 7
  DistanceWalkingRunning distance_walking_running meters 1.5 km 1500
  DistanceCycling distance_cycling meters 10 mi 16093.44
  DistanceSwimming distance_swimming meters 25 yd 22.86
  DistanceDownhillSnowSports distance_downhill_snow_sports meters 900 m 900
  DistanceWheelchair distance_other meters 800 m 800
  DistanceCrossCountrySkiing distance_other meters 801 m 801
  DistancePaddleSports distance_other meters 802 m 802
  DistanceRowing distance_other meters 803 m 803
  DistanceSkatingSports distance_other meters 804 m 804
  WalkingStepLength walking_step_length cm 0.71 m 71
  WalkingSpeed walking_speed m_per_s 1.3 m/s 1.3
  WalkingDoubleSupportPercentage walking_double_support_percentage percent 0.28 % 28
  WalkingAsymmetryPercentage walking_asymmetry_percentage percent 0.02 % 2
  AppleWalkingSteadiness walking_steadiness percent 0.95 count 95
  StairDescentSpeed stair_descent_speed m_per_s 0.6 m/s 0.6
  StairAscentSpeed stair_ascent_speed m_per_s 1.8 km/hr 0.5
  RunningPower running_power watts 250 W 250
  RunningSpeed running_speed m_per_s 10.8 km/hr 3
  RunningVerticalOscillation running_vertical_oscillation cm 8.5 cm 8.5
  RunningGroundContactTime running_ground_contact_time ms 240 ms 240
  RunningStrideLength running_stride_length cm 1.21 m 121
  SwimmingStrokeCount swimming_stroke_count count 18 count 18
  CyclingCadence cadence rpm 88 count/min 88
  CyclingPower power watts 210 W 210
  CyclingFunctionalThresholdPower functional_threshold_power W 260 W 260
  CyclingSpeed speed m_per_s 36 km/hr 10
  EnvironmentalAudioExposure environmental_audio_exposure dB 62.5 dBASPL 62.5
  HeadphoneAudioExposure headphone_audio_exposure dB 71 dBASPL 71
  EnvironmentalSoundReduction environmental_sound_reduction dB 12 dBASPL 12
  TimeInDaylight time_in_daylight minutes 33 min 33
  WaterTemperature water_temperature celsius 21.5 degC 21.5
  UnderwaterDepth underwater_depth meters 3.2 m 3.2
  NumberOfTimesFallen number_of_times_fallen count 1 count 1
  InhalerUsage inhaler_usage count 2 count 2
  NumberOfAlcoholicBeverages number_of_alcoholic_beverages count 1 count 1
  ElectrodermalActivity electrodermal_activity count 0.4 mcS 0.4
  UVExposure uv_exposure count 4 count 4
  PushCount push_count count 120 count 120
  AppleSleepingWristTemperature skin_temperature celsius 34.9 degC 34.9
  AtrialFibrillationBurden atrial_fibrillation_burden count 0.02 % 2
  WorkoutEffortScore workout_effort_score score 6 appleEffortScore 6
  EstimatedWorkoutEffortScore estimated_workout_effort_score score 5 appleEffortScore 5
  CrossCountrySkiingSpeed speed m_per_s 3.1 m/s 3.1
  PaddleSportsSpeed speed m_per_s 2.1 m/s 2.1
  RowingSpeed speed m_per_s 4.1 m/s 4.1
  InsulinDelivery insulin_delivery count 3.5 IU 3.5
  NikeFuel nike_fuel count 300 count 300`;

const android = `
  HEART_RATE heart_rate bpm 72 bpm 72
  RESTING_HEART_RATE resting_heart_rate bpm 55 bpm 55
  HEART_RATE_VARIABILITY heart_rate_variability_rmssd ms 41 ms 41
  OXYGEN_SATURATION oxygen_saturation percent 98 % 98
  BLOOD_GLUCOSE blood_glucose mg_dl 6.111 MMOL/L 110.1092202
  BLOOD_PRESSURE_SYSTOLIC blood_pressure_systolic mmHg 121 mmHg 121
  BLOOD_PRESSURE_DIASTOLIC blood_pressure_diastolic mmHg 79 mmHg 79
  RESPIRATORY_RATE respiratory_rate brpm 15 breaths/min 15
  HEIGHT height cm 1.7526 m 175.26
  WEIGHT weight kg 70.5 kg 70.5
  BODY_FAT body_fat_percentage percent 30.4 % 30.4
  BODY_FAT_MASS body_fat_mass kg 21.4 kg 21.4
  BMI body_mass_index kg_m2 22.9 kg/m² 22.9
  LEAN_BODY_MASS lean_body_mass kg 49.1 kg 49.1
  SKELETAL_MUSCLE_MASS skeletal_muscle_mass kg 27.3 kg 27.3
  BODY_TEMPERATURE body_temperature celsius 36.8 °C 36.8
  VO2_MAX vo2_max ml_kg_min 44 mL/kg/min 44
  STEP_COUNT steps count 412 count 412
  ACTIVE_CALORIES_BURNED energy kcal 21 kcal 21
  FLOORS_CLIMBED flights_climbed count 3 count 3
  DISTANCE distance_walking_running meters 300 m 300
  POWER power watts 190 W 190
  SPEED speed m_per_s 2.7 m/s 2.7
  CYCLING_PEDALING_CADENCE cadence rpm 85 rpm 85
  TOTAL_CALORIES_BURNED total_energy kcal 77 kcal 77
  BASAL_METABOLIC_RATE basal_metabolic_rate kcal/d 1620 kcal/day 1620
  HYDRATION hydration mL 0.25 L 250`;

function rows(table: string, provider: ExpectedMetric["provider"], prefix: string): ExpectedMetric[] {
  return table.trim().split("\n").map((line) => {
    const [name = "", series = "", unit = "", sent, sentUnit = "", stored] = line.trim().split(" ");
    return { provider, name: prefix + name, series, unit, sent: Number(sent), sentUnit, stored: Number(stored) };
  });
}

export const expectedMetrics: readonly ExpectedMetric[] = [
  ...rows(apple, "apple", "HKQuantityTypeIdentifier"),
  ...rows(android, "google", ""),
];

/** Where the predecessors stored another kind of quantity, and this does not. */
export const correctedMetrics: Readonly<Record<string, string>> = {
  HKQuantityTypeIdentifierAppleMoveTime: "a time of moving, not of exercise",
  HKQuantityTypeIdentifierCyclingFunctionalThresholdPower: "no power that was ridden",
  TOTAL_CALORIES_BURNED: "holds the basal energy, which would be counted twice",
  BASAL_METABOLIC_RATE: "a rate and no amount",
  HKQuantityTypeIdentifierUnderwaterDepth: "a depth",
  HKQuantityTypeIdentifierAppleSleepingWristTemperature: "measured on the skin",
  HKQuantityTypeIdentifierCrossCountrySkiingSpeed: "a speed",
  HKQuantityTypeIdentifierPaddleSportsSpeed: "a speed",
  HKQuantityTypeIdentifierRowingSpeed: "a speed",
  HKQuantityTypeIdentifierNikeFuel: "points, no distance",
};
