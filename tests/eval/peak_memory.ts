/** How much memory the process held at most; workers are part of it. */
export class PeakMemory {
  #peak = 0;
  readonly #timer = setInterval(() => this.#look(), 20);

  #look(): number {
    const { rss } = Deno.memoryUsage();
    this.#peak = Math.max(this.#peak, rss);
    return rss;
  }

  /** Megabytes; `after` is what is left three seconds after the readers were closed. */
  async stop(): Promise<{ readonly peakMegabytes: number; readonly afterMegabytes: number }> {
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    clearInterval(this.#timer);
    const after = this.#look();
    const peak = Math.max(this.#peak, await highWaterMark());
    return { peakMegabytes: Math.round(peak / 1e6), afterMegabytes: Math.round(after / 1e6) };
  }
}

/** Linux counts it exactly; elsewhere the looks every 20 ms must do. */
async function highWaterMark(): Promise<number> {
  try {
    const kilobytes = /VmHWM:\s*(\d+)/.exec(await Deno.readTextFile("/proc/self/status"))?.[1];
    return Number(kilobytes ?? 0) * 1024;
  } catch {
    return 0;
  }
}
