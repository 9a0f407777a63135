import type { Batch, SourceDescription, SourceIndex } from "../ingest/batch.ts";
import type { Provider } from "../sources/provider_table.ts";
import type { Random } from "./random.ts";
import type { SeedProfile } from "./seed_profile.ts";

/** What an invented person wears and carries. Each series comes from one of the worn devices, steps from the phone too. */

const worn: Partial<Record<Provider, readonly (string | null)[]>> = {
  apple: ["Watch6,1", "Watch6,6", "Watch6,18"],
  garmin: ["Fenix 7", "Forerunner 965", "Epix Gen 2"],
  polar: ["Vantage V2", "Grit X Pro"],
  suunto: ["Suunto 9 Peak", "Suunto Vertical"],
  whoop: ["WHOOP 5.0", "WHOOP 4.0", "WHOOP 3.0"],
  oura: ["Oura Ring Gen 3", "Oura Ring Gen 4"],
};

export interface Devices {
  readonly providers: readonly Provider[];
  /** The device that records this series. */
  of(batch: Batch, series: string): SourceIndex;
  /** The phone, when the person has one that counts steps. */
  phone(batch: Batch): SourceIndex | null;
}

export function chooseDevices(profile: SeedProfile, random: Random): Devices {
  const known = Object.keys(worn) as Provider[];
  const asked = profile.providers?.filter((provider) => worn[provider] !== undefined) ?? [];
  const providers = asked.length > 0
    ? asked.slice(0, profile.num_connections)
    : random.some(known, profile.num_connections);
  const devices = providers.map((provider): SourceDescription => {
    const models = worn[provider] ?? [null];
    const device_model = models[random.whole(0, models.length - 1)] ?? null;
    return { provider, device_model, source: provider === "apple" ? "Demo Watch" : provider };
  });
  return {
    providers,
    of(batch, series) {
      let sum = 0;
      for (const letter of series) sum += letter.charCodeAt(0);
      // Movement and pulse come from the first device, so that a day is whole; the rest is spread over all.
      const place = /^(heart_rate|steps|energy|basal_energy|distance|sleep|workout)/.test(series) ? 0 : sum;
      const device = devices[place % devices.length];
      if (device === undefined) throw new Error("A person without a device records nothing");
      return batch.addSource(device);
    },
    phone: (batch) =>
      providers.includes("apple")
        ? batch.addSource({ provider: "apple", device_model: "iPhone15,2", source: "Demo Phone" })
        : null,
  };
}
