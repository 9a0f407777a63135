import { benchAppleImport } from "./apple_import.ts";
import { benchChatStreams } from "./chat_streams.ts";
import { benchReading } from "./reading.ts";
import { benchReadingWhileParsing } from "./reading_while_parsing.ts";
import { benchStart } from "./start.ts";
import { benchTools } from "./tools.ts";

/**
 * Measures what the README claims: one row a figure, then the same as JSON lines. Every figure stands beside a
 * baseline of the same run, because machines differ and are noisy.
 */

export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  /** What it is compared with, in the same unit. */
  readonly baseline?: { readonly what: string; readonly value: number };
}

const benches: Readonly<Record<string, () => Promise<Figure[]>>> = {
  start: benchStart,
  reading_while_parsing: benchReadingWhileParsing,
  reading: benchReading,
  apple_import: benchAppleImport,
  chat_streams: benchChatStreams,
  tools: benchTools,
};

const print = (line: string) => Deno.stdout.writeSync(new TextEncoder().encode(line + "\n"));
const round = (value: number) => Math.round(value * 100) / 100;

const wanted = Deno.args.length > 0 ? Deno.args : Object.keys(benches);
const figures: Figure[] = [];
for (const name of wanted) {
  const bench = benches[name];
  if (bench === undefined) {
    print(`Unknown benchmark "${name}"; choose from ${Object.keys(benches).join(", ")}`);
    Deno.exit(1);
  }
  print(`… ${name}`);
  figures.push(...await bench());
}
print("\n| figure | value | baseline | ratio |\n| --- | --- | --- | --- |");
for (const { what, value, unit, baseline } of figures) {
  const beside = baseline === undefined
    ? "– | –"
    : `${baseline.what}: ${round(baseline.value)} ${unit} | ${round(value / baseline.value)}`;
  print(`| ${what} | ${round(value)} ${unit} | ${beside} |`);
}
print("");
for (const figure of figures) print(JSON.stringify(figure));
Deno.exit(0);
