import type { SourceDescription } from "../ingest/batch.ts";
import type { DeviceType } from "../sources/device_type.ts";
import { type Fields, readObject, readText } from "./sdk_field.ts";
import type { PhoneProvider } from "./sdk_provider.ts";

/** Who measured, from a record's `source`. Field names come in camelCase and in snake_case. */

const deviceTypes: ReadonlyMap<string, DeviceType> = new Map([
  ["watch", "watch"],
  ["phone", "phone"],
  ["scale", "scale"],
  ["ring", "ring"],
  ["band", "band"],
  ["fitness_band", "band"],
  ["chest_strap", "other"],
  ["head_mounted", "other"],
  ["smart_display", "other"],
  ["other", "other"],
]);

const snakeCase: Readonly<Record<string, string>> = {
  deviceName: "device_name",
  appId: "app_id",
  bundleIdentifier: "bundle_identifier",
  deviceModel: "device_model",
  productType: "product_type",
  deviceHardwareVersion: "device_hardware_version",
  deviceSoftwareVersion: "device_software_version",
  deviceType: "device_type",
  operatingSystemVersion: "operating_system_version",
  majorVersion: "major_version",
  minorVersion: "minor_version",
  patchVersion: "patch_version",
};

/** HealthKit's product codes: "Watch7,5", "iPhone15,2". */
const productCode = /^[A-Za-z]+\d+,\d+$/;

/**
 * Apple names the product in `productType` and no more than "Watch" in `deviceModel`; the others name it in
 * `deviceModel`. The identity is the app's name or, when the writer has none, the device's name or the app's id.
 */
export function describeSource(provider: PhoneProvider, value: unknown): SourceDescription {
  const fields = readObject(value) ?? {};
  const text = (camel: string) => readText(either(fields, camel), 100);
  const source = text("name") ?? text("deviceName") ?? text("appId") ?? text("bundleIdentifier");
  const model = text("deviceModel");
  const product = text("productType");
  const hardware = text("deviceHardwareVersion");
  const code = product ?? (hardware !== null && productCode.test(hardware) ? hardware : null);
  return {
    provider,
    source,
    device_model: provider === "apple" ? code ?? model : model ?? product,
    software_version: systemVersion(fields) ?? text("deviceSoftwareVersion"),
    device_type: deviceTypes.get(text("deviceType")?.toLowerCase() ?? "") ?? null,
    original_source_name: source,
  };
}

/** "15.4.1" */
function systemVersion(fields: Fields): string | null {
  const version = readObject(either(fields, "operatingSystemVersion"));
  if (version === null) return null;
  const parts = ["majorVersion", "minorVersion", "patchVersion"].map((name) => either(version, name));
  if (!Number.isInteger(parts[0])) return null;
  return parts.map((part) => Number.isInteger(part) ? part : 0).join(".").slice(0, 100);
}

function either(fields: Fields, camel: string): unknown {
  return fields[camel] ?? fields[snakeCase[camel] ?? camel];
}
