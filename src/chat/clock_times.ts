/** Times of day on a person's clock, as minutes after midnight. Pure. */

const dayMinutes = 1440;

/** Where the clock stood at an instant; without an offset that of UTC. */
export function minuteOfDay(at: number, zoneOffset: number | null): number {
  const minutes = Math.floor(at / 60_000) + (zoneOffset ?? 0);
  return ((minutes % dayMinutes) + dayMinutes) % dayMinutes;
}

/** "22:41" */
export function clockText(minute: number): string {
  const two = (part: number) => String(part).padStart(2, "0");
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

/**
 * The mean time of day: the direction of the sum of the hands (circular mean), because half past eleven at night and half
 * past twelve lie around midnight and not around noon. Null of none, and of times that point everywhere.
 */
export function meanClock(minutes: readonly number[]): number | null {
  const angles = minutes.map((minute) => minute / dayMinutes * 2 * Math.PI);
  const x = angles.reduce((sum, angle) => sum + Math.cos(angle), 0);
  const y = angles.reduce((sum, angle) => sum + Math.sin(angle), 0);
  if (Math.hypot(x, y) < 1e-6 * Math.max(1, minutes.length)) return null;
  const mean = Math.round(Math.atan2(y, x) / (2 * Math.PI) * dayMinutes);
  return ((mean % dayMinutes) + dayMinutes) % dayMinutes;
}
