import type { SleepStageName } from "../sleep/sleep_stage.ts";
import type { PlannedNight } from "./lived_days.ts";
import type { Random } from "./random.ts";

/** A night's stages in cycles of about an hour and a half: deep sleep early, REM late, a few short awakenings. */

export interface StagePiece {
  readonly stage: SleepStageName;
  /** Minutes after going to bed. */
  readonly from: number;
  readonly to: number;
}

const cycleMinutes = 92;

export function stagesOf(night: PlannedNight, random: Random): StagePiece[] {
  const cycles = Math.max(1, Math.round(night.asleepMinutes / cycleMinutes));
  const pieces: StagePiece[] = [];
  let at = random.whole(4, 18);
  const put = (stage: SleepStageName, minutes: number) => {
    const length = Math.round(minutes);
    if (length < 1) return;
    pieces.push({ stage, from: at, to: at + length });
    at += length;
  };
  const early = weights(cycles, (cycle) => cycles - cycle);
  const late = weights(cycles, (cycle) => cycle + 1);
  const deep = night.asleepMinutes * night.deepShare;
  const rem = night.asleepMinutes * night.remShare;
  const light = night.asleepMinutes - deep - rem;
  const awake = night.asleepMinutes * night.awakeShare;
  for (let cycle = 0; cycle < cycles; cycle++) {
    put("light", light / cycles * 0.6);
    put("deep", deep * (early[cycle] ?? 0));
    put("light", light / cycles * 0.4);
    put("rem", rem * (late[cycle] ?? 0));
    if (cycle < cycles - 1) put("awake", awake / Math.max(1, cycles - 1));
  }
  return pieces;
}

function weights(count: number, weight: (index: number) => number): number[] {
  const all = Array.from({ length: count }, (_, index) => weight(index));
  const sum = all.reduce((total, value) => total + value, 0);
  return all.map((value) => value / sum);
}
