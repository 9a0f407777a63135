import { z } from "@hono/zod-openapi";
import { appleDeviceNames, samsungDeviceNames } from "./device_name_table.ts";
import { type DeviceType, deviceTypes } from "./device_type.ts";

/** Where a measurement comes from, as every answer shows it. */

export const SourceMetadata = z.object({
  provider: z.string().openapi({ description: "The integration the data came through", example: "apple" }),
  source: z.string().nullable().openapi({ description: "The app that wrote it", example: "com.apple.health" }),
  device: z.string().nullable().openapi({ description: "The model's code", example: "Watch6,2" }),
  device_type: z.enum(deviceTypes).nullable(),
  device_name: z.string().nullable().openapi({
    description: "The name people know the model by; the code itself where none is known",
    example: "Apple Watch Series 6 44mm (GPS)",
  }),
}).openapi("SourceMetadata");

/** The columns of a data source that it shows. */
export interface ShownSource {
  readonly provider: string;
  readonly source: string | null;
  readonly device_model: string | null;
  readonly device_type: string | null;
}

/** With the number by which measurements name it. */
export interface NumberedSource extends ShownSource {
  readonly no: number;
}

export function sourceMetadata(row: ShownSource): z.output<typeof SourceMetadata> {
  return {
    provider: row.provider,
    source: row.source,
    device: row.device_model,
    device_type: deviceTypes.includes(row.device_type as DeviceType) ? row.device_type as DeviceType : null,
    device_name: row.device_model === null ? null : deviceName(row.device_model),
  };
}

/**
 * "iPhone 14 Pro" for `iPhone15,2`, "Galaxy Watch5 40mm" for `SM-R910NZAADBT`; what is not known stays as it is.
 *
 * Letters after a Samsung code's number name a country, an operator or a colour, not another device.
 */
export function deviceName(model: string): string {
  const samsung = /^SM-[A-Z]\d{3}/.exec(model.toUpperCase())?.[0];
  const name = samsung === undefined ? appleDeviceNames.get(model) : samsungNames.get(samsung);
  return name ?? model;
}

const samsungNames = new Map([...samsungDeviceNames].map(([code, name]) => [code.slice(0, 7), name]));
