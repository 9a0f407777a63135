import { AppError } from "../platform/errors.ts";

/** The phones' health stores: HealthKit, Samsung Health, Health Connect. */

export const phoneProviders = ["apple", "samsung", "google"] as const;

export type PhoneProvider = (typeof phoneProviders)[number];

export function isPhoneProvider(name: unknown): name is PhoneProvider {
  return phoneProviders.some((provider) => provider === name);
}

/**
 * Whose push it is: what the path names, or what the body says. A body that says another than the path is refused,
 * because units depend on it.
 */
export function pushProvider(body: Readonly<Record<string, unknown>>, named: string | null): PhoneProvider {
  const said = body.provider;
  if (named === null && said === undefined) throw badProvider("Field required");
  if (named === null && typeof said !== "string") throw badProvider("Input should be a valid string");
  const provider = normal(named ?? said);
  if (!isPhoneProvider(provider)) {
    const shown = provider.slice(0, 40).toWellFormed();
    throw badProvider(`Unsupported provider: ${shown}. Supported: ${phoneProviders.join(", ")}`);
  }
  const other = normal(said);
  if (isPhoneProvider(other) && other !== provider) {
    throw badProvider(`The body says ${other} and the path ${provider}; send it to the path of its provider`);
  }
  return provider;
}

function normal(name: unknown): string {
  return typeof name === "string" ? name.trim().toLowerCase() : "";
}

function badProvider(message: string): AppError {
  return new AppError("invalid_input", message, { issues: [{ path: "body.provider", message }] });
}
