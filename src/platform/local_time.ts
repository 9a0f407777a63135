/** The clock of a place: what it shows, summer time included. */

const formats = new Map<string, Intl.DateTimeFormat>();

/** Minutes east of UTC at an instant; a zone of no known name is a RangeError. */
export function offsetMinutes(zone: string, at: number): number {
  let format = formats.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "longOffset" });
    formats.set(zone, format);
  }
  const name = format.formatToParts(at).find((part) => part.type === "timeZoneName")?.value ?? "GMT";
  const [, sign, hours, minutes] = /^GMT([+-])(\d\d):(\d\d)$/.exec(name) ?? [];
  return sign === undefined ? 0 : (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

/** The instant at which the clock shows this day and minute. */
export function localInstant(zone: string, day: string, minuteOfDay: number): number {
  const shown = Date.parse(`${day}T00:00:00Z`) + minuteOfDay * 60_000;
  // The offset of the result may be another than that of the first guess, on the days on which clocks change.
  const guess = shown - offsetMinutes(zone, shown) * 60_000;
  return shown - offsetMinutes(zone, guess) * 60_000;
}
