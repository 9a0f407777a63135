import { bloodCount, reportPdf, uploadForm } from "../support/report.ts";
import { emptyFolder, startProgram } from "../support/process.ts";
import type { Figure } from "./main.ts";
import { peakMegabytes, residentMegabytes } from "./process_memory.ts";

const pages = 50;
/** Threads without work are ended after half a minute. */
const idleMilliseconds = 45_000;
const fullPage = Array.from({ length: 25 }, (_, index) => {
  const row = bloodCount[index % 4]!;
  return { ...row, name: `${row.name} ${String.fromCharCode(65 + index)}` };
});

/**
 * p99 of a small read while the same process reads a 50-page document: first its text layer, then pictures by OCR. And
 * what memory that takes, and leaves behind.
 */
export async function benchReadingWhileParsing(): Promise<Figure[]> {
  const folder = await emptyFolder();
  await using program = await startProgram(folder, { ACCESS_LOG_LEVEL: "off" });
  await program.ready();
  const key = /sk-[0-9a-f]{32}/.exec(program.output().out)?.[0] ?? "";
  const headers = { "X-Open-Wearables-API-Key": key };
  const call = async (path: string, init: RequestInit = {}) =>
    await (await fetch(`${program.url}/api/v1${path}`, { ...init, headers: { ...headers, ...init.headers } })).json();
  const user = await call("/users", { method: "POST", headers: { "content-type": "application/json" }, body: "{}" });
  const small = () => call(`/users/${user.id}`);

  for (let warmUp = 0; warmUp < 200; warmUp++) await small();
  const idle = await latencies(small, () => Promise.resolve(false), 3_000);
  const memoryBefore = await residentMegabytes(program.pid);
  const measured: Record<string, number[]> = {};
  const seconds: Record<string, number> = {};
  const documents = {
    "text layer": await Promise.all(
      [1, 2, 3].map((day) => reportPdf(fullPage, { pages, collected: `2026-03-0${day}` })),
    ),
    OCR: [await picturesPdf(pages)],
  };
  for (const [kind, files] of Object.entries(documents)) {
    const times: number[] = [];
    const started = performance.now();
    for (const bytes of files) {
      const { id } = await call("/documents/upload", {
        method: "POST",
        body: uploadForm(bytes, { user_id: user.id, title: kind }),
      });
      const status = async () => (await call(`/documents/${id}`)).status;
      times.push(...await latencies(small, async () => ["completed", "failed"].includes(await status()), 600_000));
      if (await status() !== "completed") throw new Error(`The ${kind} document ended as ${await status()}`);
    }
    measured[kind] = times;
    seconds[kind] = (performance.now() - started) / 1000 / pages / files.length;
  }
  const memoryPeak = await peakMegabytes(program.pid);
  await new Promise((resolve) => setTimeout(resolve, idleMilliseconds));
  const before = { what: "before", value: memoryBefore };
  const memory = [
    { what: "peak memory of our process (RSS), OCR of 50 pages", value: memoryPeak, unit: "MB", baseline: before },
    {
      what: "memory of our process (RSS), 45 s after OCR",
      value: await residentMegabytes(program.pid),
      unit: "MB",
      baseline: before,
    },
  ];
  const baseline = { what: "the same read, idle", value: percentile(idle, 0.99) };
  const waits = Object.entries(measured).flatMap(([kind, times]) => [
    {
      what: `p99 of a small read while 50 pages are read (${kind})`,
      value: percentile(times, 0.99),
      unit: "ms",
      baseline,
    },
    { what: `time a page (${kind})`, value: seconds[kind] ?? NaN, unit: "s" },
  ]);
  return [...waits, ...memory];
}

/** One request after the other; every 200 ms `done` is asked, outside of the measured time. */
async function latencies(read: () => Promise<unknown>, done: () => Promise<boolean>, most: number): Promise<number[]> {
  const times: number[] = [];
  const end = performance.now() + most;
  for (let asked = performance.now(); performance.now() < end;) {
    const started = performance.now();
    await read();
    times.push(performance.now() - started);
    await new Promise((resolve) => setTimeout(resolve, 5));
    if (performance.now() - asked < 200) continue;
    asked = performance.now();
    if (await done()) break;
  }
  return times;
}

function percentile(times: number[], part: number): number {
  return times.sort((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * part))] ?? NaN;
}

/** A scanned report: its pages are pictures without a text layer. */
async function picturesPdf(pages: number): Promise<Uint8Array> {
  const { PDFDocument } = await import("pdf-lib");
  const { pngOf } = await import("../support/report.ts");
  const pdf = await PDFDocument.create();
  const picture = await pdf.embedPng(await pngOf(await reportPdf(bloodCount)));
  for (let number = 0; number < pages; number++) {
    pdf.addPage([595, 842]).drawImage(picture, { x: 0, y: 0, width: 595, height: 842 });
  }
  return await pdf.save();
}
