/** The integrations data can come through, in the contract's order, with the names people know. */
export const providers = [
  "apple",
  "samsung",
  "garmin",
  "google",
  "polar",
  "suunto",
  "whoop",
  "strava",
  "oura",
  "fitbit",
  "ultrahuman",
  "sensorbio",
  "unknown",
  "internal",
] as const;

export type Provider = (typeof providers)[number];

const names: Partial<Record<Provider, string>> = {
  apple: "Apple Health",
  samsung: "Samsung Health",
  google: "Google Health",
  sensorbio: "Sensor Bio",
};

/** "Apple Health", "Garmin". */
export function providerName(provider: string): string {
  return names[provider as Provider] ?? provider.slice(0, 1).toUpperCase() + provider.slice(1);
}

/** The provider a source tag names ("apple_health_sdk" is apple), "unknown" if none. */
export function guessProvider(tag: string | null): Provider {
  const text = (tag ?? "").toLowerCase();
  return providers.find((provider) => text.includes(provider)) ?? "unknown";
}

/** Lower wins. The order a new installation starts with; providers that are not named come after these. */
export const defaultProviderPriorities: Readonly<Partial<Record<Provider, number>>> = {
  apple: 1,
  garmin: 2,
  polar: 3,
  suunto: 4,
  whoop: 5,
};

/** The rank of what no priority names. */
export const unrankedPriority = 99;
