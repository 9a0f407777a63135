import { offsetMinutes } from "../platform/local_time.ts";

const known = new Map<string, number | null>();
/** No clock changes within it. */
const quarterHourMs = 900_000;

/**
 * Minutes east of UTC where something was recorded; null for a zone nobody knows. An export shows all instants in the
 * zone of the phone that wrote it, and names the true one beside some of them.
 */
export function appleOffset(timeZone: string, at: number): number | null {
  const key = `${timeZone} ${Math.floor(at / quarterHourMs)}`;
  let offset = known.get(key);
  if (offset === undefined) {
    if (known.size >= 10_000) known.clear();
    known.set(key, offset = offsetOrNull(timeZone, at));
  }
  return offset;
}

function offsetOrNull(timeZone: string, at: number): number | null {
  try {
    return offsetMinutes(timeZone, at);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
