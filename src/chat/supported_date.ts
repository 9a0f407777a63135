import { addDays } from "../platform/day_range.ts";
import type { DateFound, DateParts, TimeFound } from "./date_claims.ts";
import type { Facts } from "./evidence.ts";
import { namesDay, partsOf } from "./sentence_context.ts";

/** Whether the record, the question or today's date has a date that an answer names. Pure. */

export class KnownDays {
  readonly #days: readonly string[];
  readonly #partial: readonly DateParts[];
  readonly #clocks: readonly number[];
  readonly #spans: readonly (readonly [first: string, last: string])[];
  readonly #known = new Map<string, boolean>();

  constructor({ days, partial, clocks, all }: Pick<Facts, "days" | "partial" | "clocks" | "all">, today: string) {
    const asked = all.filter(({ unit, from }) => from === "asked" && unit?.dimension === "time")
      .map(({ value }) => addDays(today, -Math.min(Math.round(value), 40_000)));
    const near = [today, addDays(today, -1), addDays(today, -2), ...asked];
    this.#days = [...new Set([...days, ...near])];
    this.#partial = partial;
    this.#clocks = [...clocks];
    const full = this.#days.filter((day) => day.length === 10).sort();
    this.#spans = full.length > 1 ? [[full[0] ?? "", full.at(-1) ?? ""]] : [];
  }

  /** `isLoose` accepts a day within the period that was looked at: of such a day the record may have nothing. */
  has({ readings }: DateFound, isLoose: boolean): boolean {
    return readings.some((parts) => {
      const key = `${parts.year}-${parts.month}-${parts.day} ${isLoose}`;
      const known = this.#known.get(key) ?? this.#find(parts, isLoose);
      this.#known.set(key, known);
      return known;
    });
  }

  #find(parts: DateParts, isLoose: boolean): boolean {
    const words = { dates: [parts], weekdays: [] };
    // "March 2026" is known by any of its days; "14 March" not by the month alone.
    const isSpecific = (day: string) => parts.day === undefined || day.length === 10;
    if (this.#days.some((day) => isSpecific(day) && isLongEnough(day, parts) && namesDay(words, day))) return true;
    if (
      this.#partial.some(({ month, day }) => month === parts.month && (parts.day === undefined || day === parts.day))
    ) return true;
    if (!isLoose || parts.month === undefined) return false;
    return this.#spans.some(([first, last]) => {
      for (const year of new Set([partsOf(first).year, partsOf(last).year, parts.year])) {
        if (parts.year !== undefined && parts.year !== year) continue;
        const day = [year, parts.month, parts.day ?? 15].map((part) => String(part).padStart(2, "0")).join("-");
        if (day >= first && day <= last) return true;
      }
      return false;
    });
  }

  hasYear(year: number): boolean {
    return this.#days.some((day) => day.startsWith(String(year)));
  }

  /** So many days before today. */
  isAgo(least: number, most: number, today: string): boolean {
    for (let ago = Math.max(0, Math.ceil(least)); ago <= Math.min(most, least + 400); ago++) {
      if (this.#days.includes(addDays(today, -ago))) return true;
    }
    return false;
  }

  /** A time without "pm" may be either half of the day. */
  hasTime({ minutes, precision }: TimeFound, isAbout: boolean): boolean {
    const reach = isAbout ? 30 : precision === 60 ? 30 : 0.5;
    return this.#clocks.some((clock) =>
      [minutes, (minutes + 720) % 1_440].some((each) =>
        Math.abs(clock - each) <= reach || 1_440 - Math.abs(clock - each) <= reach
      )
    );
  }
}

function isLongEnough(day: string, { month }: DateParts): boolean {
  return month === undefined || day.length >= 7;
}
