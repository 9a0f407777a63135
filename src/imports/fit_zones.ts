import { type FitFile, type FitMessage, fitMessages, fitNumber, fitNumbers, rounded } from "./fit_file.ts";

/**
 * Time in zones of a session. N boundaries part N+1 zones; zone 0 lies below the first boundary, the last has none.
 */

export function fitHeartRateZones(file: FitFile, session: number): Record<string, unknown> | null {
  const message = zonesOf(file, session);
  const zones = message === undefined ? [] : zonesWith(message, "timeInHrZone", "hrZoneHighBoundary", "max_bpm");
  if (message === undefined || zones.length === 0) return null;
  return {
    zones,
    max_hr: fitNumber(message, "maxHeartRate"),
    threshold_hr: fitNumber(message, "thresholdHeartRate"),
  };
}

export function fitPowerZones(file: FitFile, session: number): Record<string, unknown> | null {
  const message = zonesOf(file, session);
  const zones = message === undefined
    ? []
    : zonesWith(message, "timeInPowerZone", "powerZoneHighBoundary", "max_watts");
  if (message === undefined || zones.length === 0) return null;
  return { zones, ftp_watts: fitNumber(message, "functionalThresholdPower") };
}

function zonesOf(file: FitFile, session: number): FitMessage | undefined {
  return fitMessages(file, "timeInZone").find((message) =>
    message.referenceMesg === "session" && (fitNumber(message, "referenceIndex") ?? 0) === session
  );
}

function zonesWith(message: FitMessage, times: string, boundaries: string, bound: string): Record<string, unknown>[] {
  const highest = fitNumbers(message, boundaries);
  const zones = fitNumbers(message, times).map((seconds, zone) => ({
    zone,
    seconds: rounded(seconds ?? 0, 1),
    [bound]: highest[zone] ?? null,
  }));
  while (zones.at(-1)?.seconds === 0 && zones.at(-1)?.[bound] === null) zones.pop();
  return zones.some(({ seconds }) => seconds > 0) ? zones : [];
}
