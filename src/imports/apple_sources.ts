import type { Batch, SourceIndex } from "../ingest/batch.ts";

/** The source of a record: its app's name, and the device named in the text of the attribute `device`. */
export class AppleSources {
  readonly #devices = new Map<string, AppleDevice>();
  #places = new Map<AppleDevice, Map<string, SourceIndex>>();
  #batch: Batch | undefined;
  // Most records name the same as the one before.
  #lastName = "";
  #lastDevice = "";
  #lastPlace = 0 as SourceIndex;

  place(batch: Batch, name: string, device: string): SourceIndex {
    if (batch === this.#batch && name === this.#lastName && device === this.#lastDevice) return this.#lastPlace;
    if (batch !== this.#batch) {
      this.#batch = batch;
      this.#places = new Map();
    }
    const described = this.#device(device);
    let byName = this.#places.get(described);
    if (byName === undefined) this.#places.set(described, byName = new Map());
    let place = byName.get(name);
    if (place === undefined) {
      place = batch.addSource({ provider: "apple", source: name, original_source_name: name, ...described });
      byName.set(owned(name), place);
    }
    [this.#lastName, this.#lastDevice, this.#lastPlace] = [name, device, place];
    return place;
  }

  #device(text: string): AppleDevice {
    const known = this.#devices.get(text);
    if (known !== undefined) return known;
    const device = readAppleDevice(text);
    // The text holds an address that changes; without a bound a long history would pile them up.
    if (this.#devices.size >= 5_000) this.#devices.clear();
    this.#devices.set(owned(text), device);
    return device;
  }
}

export interface AppleDevice {
  readonly device_model: string | null;
  readonly software_version: string | null;
}

const noDevice: AppleDevice = { device_model: null, software_version: null };

/**
 * `<<HKDevice: 0x66aaba640>, name:Apple Watch, manufacturer:Apple Inc., model:Watch, hardware:Watch6,12, software:26.2,
 * creation date:…>`. The hardware tells a model from its sisters and is preferred; its comma has no blank behind it.
 */
export function readAppleDevice(text: string): AppleDevice {
  if (text === "") return noDevice;
  const facts = new Map<string, string>();
  for (const part of text.replace(/>\s*$/, "").split(", ")) {
    const colon = part.indexOf(":");
    if (colon > 0) facts.set(part.slice(0, colon).trim(), part.slice(colon + 1).trim());
  }
  return {
    device_model: facts.get("hardware") || facts.get("model") || null,
    software_version: facts.get("software") || null,
  };
}

/** A copy that does not keep the piece of the file alive which it was cut from. */
function owned(text: string): string {
  return new TextDecoder().decode(new TextEncoder().encode(text));
}
