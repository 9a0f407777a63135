/** A laboratory nobody has seen: its language, columns, alignment, spelling of numbers, ranges and flags drawn at random. */
import { analytes } from "./analytes_data.ts";
import type { Random } from "./random.ts";
import { bySection, sample, some, type Style, truthOf } from "./sample.ts";
import { type Column, tongues } from "./tongues_data.ts";
import { type Cell, type PrintedReport, Sheet } from "./sheet.ts";

/** "measured" is result and unit in one cell. */
const orders: readonly (readonly Column[])[] = [
  ["name", "result", "unit", "range"],
  ["name", "result", "range", "unit"],
  ["name", "unit", "result", "range"],
  ["name", "range", "result", "unit"],
  ["name", "measured", "range"],
  ["name", "previous", "result", "unit", "range"],
  ["name", "result", "unit", "range", "previous"],
  ["name", "result", "previous", "unit", "range"],
  ["name", "flag", "result", "unit", "range"],
  ["name", "result", "flag", "unit", "range"],
  ["name", "result", "unit", "range", "flag"],
  ["code", "name", "result", "unit", "range"],
  ["name", "method", "result", "unit", "range"],
  ["name", "result", "unit", "flag", "range"],
  ["name", "unit", "range", "result", "previous"],
];
/** Without titles only what can be told by the order of kinds. */
const untitled = new Set([0, 4, 8, 9, 10, 13]);
const widths: Readonly<Record<Column, number>> = {
  name: 150,
  result: 66,
  measured: 110,
  unit: 78,
  range: 105,
  flag: 48,
  previous: 88,
  code: 40,
  method: 80,
};

const flags: readonly (readonly [high: string, low: string, meaning: "level" | "A"])[] = [
  ["H", "L", "level"],
  ["+", "-", "level"],
  ["*", "*", "A"],
  ["↑", "↓", "level"],
  ["(H)", "(L)", "level"],
  ["HIGH", "LOW", "level"],
];

export function randomLaboratory(random: Random): PrintedReport {
  const pick = <T>(of: readonly T[]): T => of[random(of.length)] as T;
  const tongue = pick(tongues);
  const at = random(orders.length);
  const order = orders[at] ?? [];
  const titled = !untitled.has(at) || random(3) > 0;
  const group = tongue.mark === "," ? pick(["", ".", " "]) : pick(["", ","]);
  const style: Style = {
    mark: tongue.mark,
    group,
    between: pick(tongue.between),
    below: pick(tongue.below),
    above: pick(tongue.above),
    around: pick([["", ""], ["(", ")"], ["[", "]"]] as const),
  };
  const [high, low, meaning] = pick(flags);
  const sheet = new Sheet();
  sheet.collected = "2024-03-14";
  sheet.size = 7 + random(3);
  sheet.pitch = sheet.size * (1.4 + random(8) / 10);
  const left = 30 + random(15);
  const lefts = order.map((_, index) => left + order.slice(0, index).reduce((sum, column) => sum + widths[column], 0));
  const aligns = order.map((column) =>
    /result|previous/.test(column) ? pick(["left", "right", "centre"] as const) : "left"
  );
  const place = (index: number, text: string): Cell => {
    const [from = 0, align = "left", width] = [lefts[index], aligns[index], widths[order[index] ?? "name"]];
    return [align === "left" ? from : align === "right" ? from + width - 14 : from + (width - 14) / 2, text, align];
  };
  const names = order.map((column) => pick(tongue.titles[column === "measured" ? "result" : column]));
  const capital = random(3) === 0;
  const titles = () => {
    if (titled) {
      sheet.row(
        order.map((_, index) => place(index, capital ? (names[index] ?? "").toUpperCase() : names[index] ?? "")),
        { bold: true, step: 22, size: 6.5 },
      );
    }
  };
  sheet.line("Laboratory Laboratorium 检验 48", left, { bold: true, size: 11 });
  sheet.line(pick(tongue.collected), left);
  sheet.onNewPage = random(2) === 0 ? titles : () => {};
  titles();
  const own = order.includes("flag");
  const headings = random(2) === 0;
  let count = 0;
  for (const [section, items] of bySection(some(analytes(tongue.language), 10 + random(6), random))) {
    sheet.need(40);
    if (headings) sheet.line(section, left, { bold: true, step: sheet.pitch * 1.5 });
    for (const item of items) {
      sheet.need(30);
      const [one, before] = [sample(item, random, style), sample(item, random, { ...style, around: ["", ""] })];
      const flag = one.level === "H" ? high : one.level === "L" ? low : "";
      const printed = own || flag === "" ? one.text : `${one.text} ${flag}`;
      const previous = random(3) === 0 ? "" : before.text;
      const cells: Readonly<Record<Column, string>> = {
        name: one.name,
        result: printed,
        measured: `${one.text} ${one.unit ?? ""} ${own ? "" : flag}`.trim(),
        unit: one.unit ?? "",
        range: one.rangeText,
        flag,
        previous,
        code: `${101 + count}`,
        method: ["HPLC", "ECLIA", "ISE"][count % 3] ?? "",
      };
      count++;
      sheet.row(order.map((column, index) => place(index, cells[column])));
      sheet.result(truthOf(one, { flag: one.level === null ? null : meaning === "A" ? "A" : one.level }));
      const comment = tongue.comments[random(12)];
      if (comment !== undefined) sheet.line(comment, left + 10, { size: sheet.size - 1, step: sheet.pitch * 0.9 });
    }
  }
  return sheet.report(`random-${tongue.language}-${order.join("-")}${titled ? "" : "-untitled"}`);
}
