import type { SampleLists, SeriesKey, SourceIndex } from "./batch.ts";

/** Stands for "unknown" among offsets, in memory and in a statement's parameters. */
export const unknownOffset = -32_768;

const leastRoom = 64;

/**
 * A batch's samples by column; the same place in each is one sample. Millions of them come by, so that none may cost an
 * object or a list that grew: the collector would take longer than reading does. Only the first `length` places count.
 */
export class SampleColumns {
  length = 0;
  series: Int32Array;
  source: Int32Array;
  /** Milliseconds since 1970. */
  at: Float64Array;
  value: Float64Array;
  duration_seconds: Int32Array;
  /** Minutes east of UTC, or `unknownOffset`. */
  zone_offset: Int16Array;

  /** With room for so many samples before anything is copied. */
  constructor(room = leastRoom) {
    this.series = new Int32Array(room);
    this.source = new Int32Array(room);
    this.at = new Float64Array(room);
    this.value = new Float64Array(room);
    this.duration_seconds = new Int32Array(room);
    this.zone_offset = new Int16Array(room);
  }

  /** How many there is room for. */
  get room(): number {
    return this.at.length;
  }

  add(
    series: SeriesKey,
    source: SourceIndex,
    at: number,
    value: number,
    durationSeconds: number,
    zoneOffset: number | null,
  ): void {
    if (this.length === this.room) this.#grow();
    const place = this.length++;
    this.series[place] = series;
    this.source[place] = source;
    this.at[place] = at;
    this.value[place] = value;
    this.duration_seconds[place] = durationSeconds;
    this.zone_offset[place] = zoneOffset ?? unknownOffset;
  }

  /** A copy in plain lists. */
  get lists(): SampleLists {
    const { length } = this;
    const list = (column: Int32Array | Int16Array | Float64Array) => Array.from(column.subarray(0, length));
    return {
      series: list(this.series),
      source: list(this.source) as SourceIndex[],
      at: list(this.at),
      value: list(this.value),
      duration_seconds: list(this.duration_seconds),
      zone_offset: list(this.zone_offset).map((offset) => offset === unknownOffset ? null : offset),
    };
  }

  #grow(): void {
    const larger = new SampleColumns(Math.max(leastRoom, this.room * 2));
    for (const column of ["series", "source", "at", "value", "duration_seconds", "zone_offset"] as const) {
      larger[column].set(this[column]);
      Object.assign(this, { [column]: larger[column] });
    }
  }
}
