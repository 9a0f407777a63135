/** Resident memory of a process in MB, as Linux counts it. Another program looks, because Deno keeps /proc to itself. */

/** The most it has held; shared libraries count in full. */
export function peakMegabytes(pid: number): Promise<number> {
  return statusMegabytes(pid, "VmHWM");
}

/** What it holds now. */
export function residentMegabytes(pid: number): Promise<number> {
  return statusMegabytes(pid, "VmRSS");
}

async function statusMegabytes(pid: number, field: string): Promise<number> {
  const { stdout } = await new Deno.Command("cat", { args: [`/proc/${pid}/status`] }).output();
  return Number(new RegExp(`^${field}:\\s+(\\d+) kB`, "m").exec(new TextDecoder().decode(stdout))?.[1]) / 1024;
}
