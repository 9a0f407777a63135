import { emptyFolder, startProgram } from "../support/process.ts";
import type { Figure } from "./main.ts";

/** Time from the command to `/health/ready`, cold (new cluster) and warm, and what the idle process costs. */
export async function benchStart(): Promise<Figure[]> {
  const [cold, warm, memory]: number[][] = [[], [], []];
  for (let round = 0; round < 3; round++) {
    const folder = await emptyFolder();
    {
      await using program = await startProgram(folder);
      cold!.push(await program.ready());
    }
    {
      await using program = await startProgram(folder);
      warm!.push(await program.ready());
      await new Promise((resolve) => setTimeout(resolve, 3_000));
      memory!.push(await proportionalMegabytes(program.pid));
    }
    await Deno.remove(folder, { recursive: true });
  }
  const bare = await bareStart();
  return [
    {
      what: "cold start to ready",
      value: median(cold!),
      unit: "s",
      baseline: { what: "empty Deno program", value: bare },
    },
    {
      what: "warm start to ready",
      value: median(warm!),
      unit: "s",
      baseline: { what: "empty Deno program", value: bare },
    },
    { what: "idle memory of our process (PSS)", value: median(memory!) * 1000, unit: "MB" },
  ];
}

function median(milliseconds: number[]): number {
  return (milliseconds.sort((a, b) => a - b)[Math.floor(milliseconds.length / 2)] ?? NaN) / 1000;
}

async function bareStart(): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < 3; round++) {
    const started = performance.now();
    await new Deno.Command(Deno.execPath(), { args: ["eval", "0"] }).output();
    times.push(performance.now() - started);
  }
  return median(times);
}

async function proportionalMegabytes(pid: number): Promise<number> {
  // Deno reads below /proc with every permission only.
  const { stdout } = await new Deno.Command("cat", { args: [`/proc/${pid}/smaps_rollup`] }).output();
  const text = new TextDecoder().decode(stdout);
  return Number(/^Pss:\s+(\d+) kB/m.exec(text)?.[1]) / 1024;
}
