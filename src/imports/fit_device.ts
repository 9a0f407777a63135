import type { SourceDescription } from "../ingest/batch.ts";
import type { Provider } from "../sources/provider_table.ts";
import { fitAt, fitEpoch, type FitFile, fitMessages, fitNumber, fitText } from "./fit_file.ts";

/** Which device wrote a FIT file, and where on Earth its clock was. */

const providersByMaker: Readonly<Record<string, Provider>> = {
  garmin: "garmin",
  suunto: "suunto",
  polarElectro: "polar",
  strava: "strava",
  whoop: "whoop",
};

export function fitSource(file: FitFile): SourceDescription {
  const [id] = fitMessages(file, "fileId");
  const creator = fitMessages(file, "deviceInfo").find((device) => device.deviceIndex === "creator");
  const maker = fitText(id, "manufacturer") ?? fitText(creator, "manufacturer");
  const version = fitNumber(creator ?? {}, "softwareVersion");
  const product = fitText(id, "productName") ?? fitText(creator, "productName") ??
    productName(fitText(id, "garminProduct") ?? fitText(creator, "garminProduct"));
  return {
    provider: maker !== null && Object.hasOwn(providersByMaker, maker)
      ? providersByMaker[maker] ?? "unknown"
      : "unknown",
    source: "fit_file",
    device_model: (product ?? (maker === null ? null : spaced(maker)))?.slice(0, 100) ?? null,
    software_version: version === null ? null : String(version),
    original_source_name: maker === null ? null : spaced(maker),
  };
}

/** The SDK's name of a product as people know it: fenix5 is "Fenix 5", fr735xt "Forerunner 735xt". */
function productName(name: string | null): string | null {
  return name === null ? null : spaced(name.replace(/^fr(?=\d)/, "forerunner"));
}

function spaced(name: string): string {
  const words = name.replace(/([a-z])([A-Z])/g, "$1 $2").replace(/([a-z]{2,})(\d)/g, "$1 $2");
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

/** Minutes east of UTC, from the local time that `activity` names beside UTC; null where no activity does. */
export function fitZoneOffset(file: FitFile): number | null {
  for (const message of [...fitMessages(file, "activity"), ...fitMessages(file, "monitoringInfo")]) {
    const at = fitAt(message);
    const local = fitNumber(message, "localTimestamp");
    if (at === null || local === null) continue;
    // Offsets are whole quarters of an hour; devices round the two times differently.
    const minutes = Math.round((fitEpoch + local * 1000 - at) / 900_000) * 15;
    if (Math.abs(minutes) <= 14 * 60) return minutes;
  }
  return null;
}
