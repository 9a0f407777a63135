/**
 * An export of Apple Health as a phone writes it, of any length, the same for the same options: grouped by type,
 * each group in the order of time, watch and phone overlapping. It is made piece by piece, so that its size does not
 * matter.
 */

export interface AppleExportOptions {
  /** Quantity records; nights and workouts come on top. */
  readonly records: number;
  readonly seed?: number;
  /** The last day, `YYYY-MM-DD`. */
  readonly until?: string;
}

interface Kind {
  readonly type: string;
  readonly unit: string;
  /** Of all records, in per mille. */
  readonly share: number;
  readonly seconds: number;
  readonly phone?: boolean;
  readonly metadata?: string;
  value(random: () => number): string;
}

const fixed = (from: number, to: number, digits: number) => (random: () => number) =>
  (from + random() * (to - from)).toFixed(digits).replace(/\.?0+$/, "");
const whole = (from: number, to: number) => (random: () => number) => String(Math.floor(from + random() * (to - from)));

const motion = `  <MetadataEntry key="HKMetadataKeyHeartRateMotionContext" value="1"/>\n`;
const kinds: readonly Kind[] = [
  { type: "HeartRate", unit: "count/min", share: 240, seconds: 0, metadata: motion, value: whole(48, 150) },
  { type: "OxygenSaturation", unit: "%", share: 15, seconds: 0, value: fixed(0.93, 1, 2) },
  { type: "RespiratoryRate", unit: "count/min", share: 15, seconds: 0, value: fixed(12, 19, 1) },
  { type: "StepCount", unit: "count", share: 70, seconds: 480, phone: true, value: whole(5, 700) },
  { type: "StepCount", unit: "count", share: 70, seconds: 450, value: whole(5, 700) },
  { type: "DistanceWalkingRunning", unit: "km", share: 130, seconds: 420, value: fixed(0.01, 0.6, 6) },
  { type: "BasalEnergyBurned", unit: "kcal", share: 130, seconds: 600, value: fixed(3, 14, 3) },
  { type: "ActiveEnergyBurned", unit: "kcal", share: 270, seconds: 60, value: fixed(0.05, 9, 3) },
  { type: "AppleExerciseTime", unit: "min", share: 12, seconds: 60, value: () => "1" },
  { type: "PhysicalEffort", unit: "kcal/hr·kg", share: 20, seconds: 300, value: fixed(1, 6, 1) },
  { type: "WalkingSpeed", unit: "km/hr", share: 12, seconds: 30, phone: true, value: fixed(2.5, 6, 3) },
  { type: "DietaryProtein", unit: "g", share: 6, seconds: 0, phone: true, value: fixed(2, 60, 1) },
  { type: "EnvironmentalAudioExposure", unit: "dBASPL", share: 10, seconds: 1800, value: fixed(40, 92, 3) },
];

const watch = "&lt;&lt;HKDevice: 0x302f4d590&gt;, name:Apple Watch, manufacturer:Apple Inc., model:Watch, " +
  "hardware:Watch6,12, software:10.1.1, creation date:2023-09-21 18:11:04 +0000&gt;";
const phone = "&lt;&lt;HKDevice: 0x302f4e2b0&gt;, name:iPhone, manufacturer:Apple Inc., model:iPhone, " +
  "hardware:iPhone14,5, software:17.1.1, creation date:2023-11-08 07:21:40 +0000&gt;";

const dayMs = 86_400_000;
const recordsADay = 1_370;

const header = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE HealthData [
<!-- HealthKit Export Version: 14 -->
<!ELEMENT HealthData (ExportDate,Me,(Record|Correlation|Workout|ActivitySummary|ClinicalRecord|Audiogram)*)>
<!ATTLIST HealthData
  locale CDATA #REQUIRED
>
<!ELEMENT Record ((MetadataEntry|HeartRateVariabilityMetadataList)*)>
<!ATTLIST Record
  type          CDATA #REQUIRED
  value         CDATA #IMPLIED
>
]>
<HealthData locale="de_DE">
 <ExportDate value="2026-03-01 10:00:00 +0100"/>
 <Me HKCharacteristicTypeIdentifierDateOfBirth="1984-05-17" HKCharacteristicTypeIdentifierBiologicalSex="HKBiologicalSexFemale" HKCharacteristicTypeIdentifierBloodType="HKBloodTypeNotSet" HKCharacteristicTypeIdentifierFitzpatrickSkinType="HKFitzpatrickSkinTypeNotSet" HKCharacteristicTypeIdentifierCardioFitnessMedicationsUse="None"/>
`;

export async function* appleExport(options: AppleExportOptions): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder();
  let text = "";
  for (const part of parts(options)) {
    text += part;
    if (text.length < 65_536) continue;
    yield encoder.encode(text);
    text = "";
  }
  yield encoder.encode(text);
}

/** The same as a stream, for a request's body. */
export function appleExportStream(options: AppleExportOptions): ReadableStream<Uint8Array<ArrayBuffer>> {
  return ReadableStream.from(appleExport(options)) as ReadableStream<Uint8Array<ArrayBuffer>>;
}

/** The whole text, for small ones. */
export function appleExportText(options: AppleExportOptions): string {
  return [...parts(options)].join("");
}

function* parts({ records, seed = 1, until = "2026-02-28" }: AppleExportOptions): Generator<string> {
  const random = randomFrom(seed);
  const days = Math.max(1, Math.ceil(records / recordsADay));
  const end = Date.parse(`${until}T22:00:00Z`);
  const start = end - days * dayMs;
  yield header;
  let left = records;
  for (const kind of kinds) {
    const count = kind === kinds.at(-1) ? left : Math.min(left, Math.floor(records * kind.share / 1000));
    left -= count;
    yield* recordsOf(kind, count, start, end, random);
  }
  for (let day = 0; day < days; day++) yield night(start + day * dayMs, random);
  for (let day = 0; day < days; day += 3) yield workout(start + day * dayMs, random);
  yield "</HealthData>\n";
}

function* recordsOf(kind: Kind, count: number, start: number, end: number, random: () => number): Generator<string> {
  const step = (end - start) / count;
  const name = kind.phone ? "iPhone" : "Apple\u00a0Watch";
  const head = ` <Record type="HKQuantityTypeIdentifier${kind.type}" sourceName="${name}" ` +
    `sourceVersion="${kind.phone ? "17.1.1" : "10.1.1"}" device="${kind.phone ? phone : watch}" unit="${kind.unit}" `;
  for (let index = 0; index < count; index++) {
    const at = start + Math.floor(index * step / 1000) * 1000;
    const seconds = Math.max(0, Math.min(kind.seconds, Math.floor(step / 1000) - 1));
    const dates = `creationDate="${date(at + seconds * 1000 + 5_000)}" startDate="${date(at)}" ` +
      `endDate="${date(at + seconds * 1000)}" value="${kind.value(random)}"`;
    yield kind.metadata === undefined ? `${head}${dates}/>\n` : `${head}${dates}>\n${kind.metadata} </Record>\n`;
  }
}

/** Six hours and a bit, in the stages of a watch. */
function night(midnight: number, random: () => number): string {
  const stages = ["AsleepCore", "AsleepDeep", "AsleepCore", "AsleepREM", "Awake", "AsleepCore", "AsleepDeep"]
    .concat(["AsleepCore", "AsleepREM", "AsleepCore"]);
  let at = midnight + Math.floor(random() * 60) * 60_000;
  let text = "";
  for (const stage of stages) {
    const end = at + Math.floor(stage === "Awake" ? 2 + random() * 5 : 25 + random() * 30) * 60_000;
    text += ` <Record type="HKCategoryTypeIdentifierSleepAnalysis" sourceName="Apple\u00a0Watch" ` +
      `sourceVersion="10.1.1" device="${watch}" creationDate="${date(end)}" startDate="${date(at)}" ` +
      `endDate="${date(end)}" value="HKCategoryValueSleepAnalysis${stage}"/>\n`;
    at = end;
  }
  return text;
}

function workout(midnight: number, random: () => number): string {
  const at = midnight + 17 * 3_600_000;
  const minutes = 20 + Math.floor(random() * 50);
  const end = at + minutes * 60_000;
  const span = `startDate="${date(at)}" endDate="${date(end)}"`;
  return ` <Workout workoutActivityType="HKWorkoutActivityTypeRunning" duration="${minutes}" durationUnit="min" ` +
    `sourceName="Apple\u00a0Watch" sourceVersion="10.1.1" device="${watch}" creationDate="${date(end)}" ${span}>\n` +
    `  <MetadataEntry key="HKElevationAscended" value="${Math.floor(random() * 9_000)} cm"/>\n` +
    `  <WorkoutStatistics type="HKQuantityTypeIdentifierActiveEnergyBurned" ${span} sum="${
      minutes * 9.5
    }" unit="kcal"/>\n` +
    `  <WorkoutStatistics type="HKQuantityTypeIdentifierDistanceWalkingRunning" ${span} sum="${
      (minutes / 6).toFixed(5)
    }" unit="km"/>\n` +
    `  <WorkoutStatistics type="HKQuantityTypeIdentifierHeartRate" ${span} average="148.2" minimum="96" ` +
    `maximum="171" unit="count/min"/>\n </Workout>\n`;
}

/** As Apple prints it, in Central European time with a simple summer. */
function date(at: number): string {
  const month = new Date(at).getUTCMonth();
  const summer = month >= 3 && month <= 9;
  const local = new Date(at + (summer ? 2 : 1) * 3_600_000).toISOString();
  return `${local.slice(0, 10)} ${local.slice(11, 19)} ${summer ? "+0200" : "+0100"}`;
}

/** Mulberry32: small, fast, good enough for invented numbers. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
