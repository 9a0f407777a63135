import type { Batch } from "../../src/ingest/batch.ts";
import { AppleReader } from "../../src/imports/apple_reader.ts";
import { AppleXml } from "../../src/imports/apple_xml.ts";
import { type ImportCounts, noCounts } from "../../src/imports/importers.ts";
import { seriesById } from "../../src/timeseries/series_table.ts";

/** Reads the text of an export without a database. */

export const now = new Date("2026-03-01T12:00:00Z");

export interface Read {
  readonly batch: Batch;
  readonly counts: ImportCounts;
  readonly reader: AppleReader;
}

/** `pieces` cuts the text into pieces of that many characters. */
export function readExport(text: string, pieces = text.length, passOver = 0): Read {
  const reader = new AppleReader(noCounts, passOver, () => now);
  const parser = new AppleXml(reader);
  for (let at = 0; at < text.length; at += pieces) parser.write(text.slice(at, at + pieces));
  parser.end();
  return { batch: reader.batch, counts: reader.counts.snapshot, reader };
}

/** The elements inside of a root. */
export function readElements(elements: string): Read {
  return readExport(
    `<?xml version="1.0" encoding="UTF-8"?>\n<HealthData locale="de_DE">\n${elements}\n</HealthData>\n`,
  );
}

/** A record in Apple's form; whatever is given replaces or adds an attribute. */
export function record(type: string, value: string, attributes: Readonly<Record<string, string>> = {}): string {
  const all = {
    type: type.startsWith("HK") ? type : `HKQuantityTypeIdentifier${type}`,
    sourceName: "Watch",
    startDate: "2026-01-16 08:00:00 +0100",
    endDate: "2026-01-16 08:00:00 +0100",
    value,
    ...attributes,
  };
  return ` <Record ${Object.entries(all).map(([name, text]) => `${name}="${text}"`).join(" ")}/>\n`;
}

/** `code value` of each sample, custom series by their code and unit. */
export function sampleTexts({ batch }: Read): string[] {
  const { series, value } = batch.samples;
  return series.map((key, place) => {
    const custom = batch.customSeries[-1 - key];
    const code = key < 0 ? `${custom?.code} [${custom?.unit}]` : seriesById(key)?.code;
    return `${code} ${value[place]}`;
  });
}
