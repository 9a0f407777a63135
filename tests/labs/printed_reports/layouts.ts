/** Every layout we know how to print. */
import * as elsewhere from "./layouts_elsewhere.ts";
import * as english from "./layouts_english.ts";
import * as crowded from "./layouts_crowded.ts";
import * as harder from "./layouts_harder.ts";
import * as explained from "./layouts_explained.ts";
import * as german from "./layouts_german.ts";
import * as portals from "./layouts_portals.ts";
import * as romance from "./layouts_romance.ts";
import { type Random, randomFrom } from "./random.ts";
import type { PrintedReport } from "./sheet.ts";

export const layouts: readonly ((random: Random) => PrintedReport)[] = [
  english,
  german,
  romance,
  elsewhere,
  harder,
  crowded,
  explained,
  portals,
]
  .flatMap((country) => Object.values(country));

/** One report of each layout; other seeds give other values, tests and lengths. */
export function printedReports(seed: number): PrintedReport[] {
  return layouts.map((layout, at) => layout(randomFrom(seed * 100 + at)));
}
