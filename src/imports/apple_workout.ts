import type { Batch, BatchWorkout } from "../ingest/batch.ts";
import { cleaned } from "../timeseries/units.ts";
import type { AppleCounts } from "./apple_counts.ts";
import { AppleDate } from "./apple_date.ts";
import type { AppleSources } from "./apple_sources.ts";
import { appleOffset } from "./apple_zone.ts";
import { healthKitQuantity } from "./healthkit_quantity.ts";
import { healthKitWorkouts } from "./workout_name_table.ts";

export type Attributes = Readonly<Record<string, string | undefined>>;

/** One `Workout` while its children arrive: statistics, metadata, and in older exports totals as attributes. */
export class AppleWorkout {
  readonly #attributes: Attributes;
  readonly #sums = new Map<string, number>();
  readonly #levels = new Map<string, { average: number | null; minimum: number | null; maximum: number | null }>();
  #elevation: number | null = null;
  #timeZone = "";

  constructor(attributes: Attributes) {
    this.#attributes = attributes;
  }

  addStatistics(statistics: Attributes): void {
    const type = withoutPrefix(statistics.type);
    const unit = statistics.unit;
    const sum = converted(type, statistics.sum, unit);
    if (sum !== null) this.#sums.set(type, (this.#sums.get(type) ?? 0) + sum);
    const [average, minimum, maximum] = [statistics.average, statistics.minimum, statistics.maximum]
      .map((value) => converted(type, value, unit)) as [number | null, number | null, number | null];
    if (average !== null || minimum !== null || maximum !== null) this.#levels.set(type, { average, minimum, maximum });
  }

  /** The ascent stands in a text such as `4213 cm`. */
  addMetadata({ key, value }: Attributes): void {
    if (key === "HKTimeZone") this.#timeZone = value ?? "";
    if (key !== "HKElevationAscended") return;
    const [, number, unit] = /^\s*(-?[\d.]+(?:[eE][+-]?\d+)?)\s*(\S+)\s*$/.exec(value ?? "") ?? [];
    this.#elevation = converted("Length", number, unit);
  }

  addTo(batch: Batch, sources: AppleSources, counts: AppleCounts): void {
    const given = this.#attributes;
    const [start, end] = [new AppleDate(), new AppleDate()];
    const type = given.workoutActivityType ?? "";
    if (!start.read(given.startDate ?? "") || !end.read(given.endDate ?? "")) {
      return counts.skip("invalid_date", "Workout");
    }
    const heart = this.#levels.get("HeartRate");
    const speed = this.#level(["RunningSpeed", "CyclingSpeed", "WalkingSpeed", "RowingSpeed", "PaddleSportsSpeed"]) ??
      this.#level(["CrossCountrySkiingSpeed"]);
    const power = this.#level(["RunningPower", "CyclingPower"]);
    const steps = this.#sums.get("StepCount");
    const refused = batch.addWorkout(
      {
        source: sources.place(batch, given.sourceName ?? "", given.device ?? ""),
        type: healthKitWorkouts[type.replace(/^HKWorkoutActivityType/, "")] ?? "generic",
        start: start.at,
        end: end.at,
        zone_offset: (this.#timeZone === "" ? null : appleOffset(this.#timeZone, start.at)) ?? start.offset,
        duration_seconds: this.#duration() ?? Math.round((end.at - start.at) / 1000),
        heart_rate_avg: heart?.average ?? null,
        heart_rate_min: heart?.minimum ?? null,
        heart_rate_max: heart?.maximum ?? null,
        energy_burned: this.#energy(),
        distance: this.#distance(),
        steps_count: steps === undefined ? null : Math.trunc(steps),
        average_speed: speed?.average ?? null,
        max_speed: speed?.maximum ?? null,
        average_watts: power?.average ?? null,
        max_watts: power?.maximum ?? null,
        average_cadence: this.#level(["CyclingCadence"])?.average ?? null,
        total_elevation_gain: this.#elevation,
      } satisfies BatchWorkout,
    );
    if (refused !== null) counts.skip(refused, "Workout");
  }

  #level(types: readonly string[]) {
    return types.map((type) => this.#levels.get(type)).find((level) => level !== undefined);
  }

  /** Without pauses; the unit is a minute unless it is named. */
  #duration(): number | null {
    const number = finite(this.#attributes.duration);
    const seconds = { s: 1, sec: 1, min: 60, hr: 3600, h: 3600 }[this.#attributes.durationUnit ?? "min"];
    return number === null || number < 0 || seconds === undefined ? null : Math.round(number * seconds);
  }

  /** Active and basal together, as in the contract. The old total is the active energy alone. */
  #energy(): number | null {
    const { totalEnergyBurned, totalEnergyBurnedUnit } = this.#attributes;
    const active = this.#sums.get("ActiveEnergyBurned") ??
      converted("ActiveEnergyBurned", totalEnergyBurned, totalEnergyBurnedUnit);
    const basal = this.#sums.get("BasalEnergyBurned") ?? null;
    return active === null && basal === null ? null : cleaned((active ?? 0) + (basal ?? 0));
  }

  /** Over every kind of distance: a triathlon has three. */
  #distance(): number | null {
    const parts = [...this.#sums].filter(([type]) => type.startsWith("Distance")).map(([, sum]) => sum);
    if (parts.length > 0) return cleaned(parts.reduce((sum, part) => sum + part, 0));
    const { totalDistance, totalDistanceUnit } = this.#attributes;
    return converted("Length", totalDistance, totalDistanceUnit);
  }
}

/** In the unit of the type's series; lengths in metres. Null when there is none or the unit does not fit. */
function converted(type: string, text: string | undefined, unit: string | undefined): number | null {
  const number = finite(text);
  if (number === null) return null;
  const quantity = healthKitQuantity(type === "Length" ? "DistanceWalkingRunning" : type, unit ?? null);
  return quantity === null || quantity.series === null ? null : quantity.convert(number);
}

function finite(text: string | undefined): number | null {
  const number = text === undefined || text.trim() === "" ? NaN : Number(text);
  return Number.isFinite(number) ? number : null;
}

function withoutPrefix(type: string | undefined): string {
  return (type ?? "").replace(/^HKQuantityTypeIdentifier/, "");
}
