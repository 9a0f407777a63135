/** Requests in parallel for a time, against two servers by turns, because the machine is not the same all the time. */

export interface Load {
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p99: number;
}

export interface Target {
  readonly urls: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
}

const rounds = 3;

/** A load for each target, in order. Each gets `seconds` in all. */
export async function compareLoads(targets: readonly Target[], connections: number, seconds: number): Promise<Load[]> {
  const times: number[][] = targets.map(() => []);
  for (const target of targets) await run(target, connections, 500, []);
  for (let round = 0; round < rounds; round++) {
    for (const [index, target] of targets.entries()) {
      await run(target, connections, seconds * 1000 / rounds, times[index] ?? []);
    }
  }
  return times.map((all) => ({
    perSecond: all.length / seconds,
    p99: all.sort((a, b) => a - b)[Math.min(all.length - 1, Math.floor(all.length * 0.99))] ?? NaN,
  }));
}

async function run(
  { urls, headers }: Target,
  connections: number,
  milliseconds: number,
  times: number[],
): Promise<void> {
  const end = performance.now() + milliseconds;
  let next = 0;
  await Promise.all(Array.from({ length: connections }, async () => {
    while (performance.now() < end) {
      const started = performance.now();
      const response = await fetch(urls[next++ % urls.length] ?? "", { headers });
      await response.arrayBuffer();
      if (response.status !== 200) throw new Error(`A request was answered with ${response.status}`);
      times.push(performance.now() - started);
    }
  }));
}
