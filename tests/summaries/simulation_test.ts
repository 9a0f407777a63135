import assert from "node:assert/strict";
import { dayAmounts } from "../../src/summaries/day_amounts.ts";
import { piecesBySource } from "../../src/timeseries/merge_intervals.ts";
import { levelOf, mergeLevels } from "../../src/timeseries/merge_levels.ts";
import {
  dayMs,
  device,
  type DeviceHabits,
  minuteMs,
  type Person,
  person,
  seeded,
  type SimulatedDevice,
} from "./simulated_person.ts";

/**
 * Merged days against a known truth: two weeks of a person with a watch, a ring that also gives totals of its days, and
 * a phone. What could be known is what any of them saw.
 */

const days = 14;
const start = Date.UTC(2026, 0, 1);
const seeds = Array.from({ length: 24 }, (_, place) => place + 1);
/** Watch, ring, phone. */
const order = [1, 2, 3];

/** How vendors cut the day: minutes with zeros, minutes of walks, instants, bursts, epochs. */
const styles = [
  { pieceMinutes: 1, epochs: true, zeros: true },
  { pieceMinutes: 1, epochs: false, zeros: false },
  { pieceMinutes: 1, epochs: true, zeros: true, instants: true },
  { pieceMinutes: 10, epochs: false, zeros: false },
  { pieceMinutes: 15, epochs: true, zeros: true },
  { pieceMinutes: 5, epochs: true, zeros: false },
];

interface Week {
  readonly truth: Person;
  readonly devices: readonly SimulatedDevice[];
}

function week(seed: number, what: "steps" | "energy"): Week {
  const random = seeded(seed);
  const truth = person(random, days, start);
  const habits = (source_no: number, rest: Partial<DeviceHabits>): DeviceHabits => ({
    source_no,
    pauses: 0,
    pauseMinutes: [30, 120],
    forgotten: 0,
    gain: 1,
    lostUploads: 0.03,
    givesTotals: false,
    ...styles[Math.floor(random() * styles.length)] ?? { pieceMinutes: 1, epochs: true, zeros: true },
    ...rest,
  });
  const devices = [
    device(random, truth, habits(1, { pauses: 2, forgotten: 0.02 }), what),
    device(random, truth, habits(2, { pauses: 1, forgotten: 0.05, givesTotals: true }), what),
    device(random, truth, habits(3, { forgotten: 0.3 }), what),
  ];
  return { truth, devices };
}

/** The error of each day, as a share of what could be known, and of all days together. */
function errors({ truth, devices }: Week, what: "steps" | "energy", merge: (day: number) => number) {
  const daily: number[] = [];
  let [known, merged] = [0, 0];
  for (let day = 0; day < days; day++) {
    const sum = (saw: (device: SimulatedDevice, minute: number) => boolean) => {
      let total = 0;
      for (let minute = day * 1440; minute < (day + 1) * 1440; minute++) {
        if (devices.some((device) => saw(device, minute))) total += truth[what][minute] ?? 0;
      }
      return total;
    };
    const reported = sum(({ saw }, minute) => saw[minute] === true);
    // A total may also hold what its intraday upload lost.
    const total = Math.max(reported, devices[1]?.totals[day] ?? 0);
    const value = merge(day);
    const nearest = Math.min(Math.max(value, reported), total);
    daily.push(value / nearest - 1);
    known += nearest;
    merged += value;
  }
  return { daily, total: merged / known - 1 };
}

function ours({ devices }: Week, totals: boolean): (day: number) => number {
  const pieces = piecesBySource(devices.flatMap(({ samples }) => samples));
  const ring = devices[1]?.totals ?? [];
  const given = new Map(ring.map((value, day) => [start / dayMs + day, new Map([[2, value]])]));
  const merged = dayAmounts({ pieces, totals: totals ? given : new Map() }, order, order);
  return (day) => merged.get(start / dayMs + day)?.value ?? 0;
}

const within = (limit: number, values: readonly number[]) =>
  values.filter((error) => Math.abs(error) <= limit).length / values.length;

for (const what of ["steps", "energy"] as const) {
  for (const totals of [false, true]) {
    Deno.test(`merged ${what} are within 1 % of what could be known, ${totals ? "with" : "without"} daily totals`, () => {
      const found = seeds.map((seed) => {
        const simulated = week(seed, what);
        return errors(simulated, what, ours(simulated, totals));
      });
      for (const [place, { total }] of found.entries()) assert.ok(Math.abs(total) <= 0.01, `${seeds[place]}: ${total}`);
      const daily = found.flatMap((one) => one.daily);
      const mean = daily.reduce((sum, error) => sum + Math.abs(error), 0) / daily.length;
      assert.ok(mean <= 0.005, `a day is off by ${mean} on average`);
      // Energy is spent all day long, also while a watch is changed in the middle of a vendor's quarter of an hour.
      const near = within(0.01, daily);
      assert.ok(near >= (what === "steps" ? 0.98 : 0.91), `${near} of the days are within 1 %`);
      assert.ok(within(0.02, daily) >= 0.98, `${within(0.02, daily)} of the days are within 2 %`);
      assert.ok(within(0.1, daily) === 1, `a day is off by ${Math.max(...daily.map(Math.abs))}`);
    });
  }
}

Deno.test("devices that are worn all day long add nothing to the best one, however they sum up and count", () => {
  const hours = { pieceMinutes: 60, epochs: true, zeros: true };
  const minutes = { pieceMinutes: 1, epochs: false, zeros: false };
  const others: readonly Partial<DeviceHabits>[] = [
    ...styles.map((style) => ({ ...style, gain: 1.15 })),
    { ...hours },
    { ...hours, instants: true },
  ];
  for (const [place, lower] of others.entries()) {
    for (const style of [minutes, ...styles]) {
      const random = seeded(place + 1);
      const truth = person(random, days, start);
      const worn = { pauses: 0, pauseMinutes: [1, 2] as const, forgotten: 0, lostUploads: 0, givesTotals: false };
      const devices = [
        device(random, truth, { source_no: 1, gain: 1, ...worn, ...style }),
        device(random, truth, { source_no: 2, gain: 1, ...worn, ...minutes, ...lower }),
      ];
      const merged = ours({ truth, devices }, false);
      const sum = (read: (day: number) => number) => {
        return Array.from({ length: days }, (_, day) => read(day)).reduce((total, value) => total + value, 0);
      };
      const known = truth.steps.reduce((total, value) => total + value, 0);
      assert.ok(Math.abs(sum(merged) / known - 1) <= 0.01, `${JSON.stringify([style, lower])}: ${sum(merged) / known}`);
    }
  }
});

Deno.test("one source a day and adding everything up fail the same check", () => {
  const simulated = seeds.map((seed) => week(seed, "steps"));
  const sums = ({ devices }: Week, day: number) =>
    devices.map(({ samples }) => {
      return samples.filter(({ at }) => Math.floor((at - start) / dayMs) === day).reduce(
        (sum, { value }) => sum + value,
        0,
      );
    });
  const first = (one: Week) => (day: number) => sums(one, day).find((sum) => sum > 0) ?? 0;
  const all = (one: Week) => (day: number) => sums(one, day).reduce((sum, value) => sum + value, 0);
  for (const naive of [first, all]) {
    const found = simulated.map((one) => errors(one, "steps", naive(one)));
    assert.ok(within(0.01, found.map(({ total }) => total)) < 0.1);
    assert.ok(within(0.01, found.flatMap(({ daily }) => daily)) < 0.3);
  }
});

Deno.test("uploads that come twice, in other pieces, change nothing", () => {
  for (const seed of seeds.slice(0, 6)) {
    const simulated = week(seed, "steps");
    const once = ours(simulated, false);
    // The same walks once more, two pieces put together to one.
    const again = simulated.devices.map((one) => {
      const joined = one.samples.flatMap((sample, place) => {
        const next = one.samples[place + 1];
        const follows = place % 2 === 0 && sample.duration_seconds > 0 && next !== undefined &&
          next.at === sample.at + sample.duration_seconds * 1000;
        if (!follows) return [];
        const duration_seconds = sample.duration_seconds + next.duration_seconds;
        return [{ ...sample, duration_seconds, value: sample.value + next.value }];
      });
      return { ...one, samples: [...one.samples, ...joined] };
    });
    const twice = ours({ ...simulated, devices: again }, false);
    for (let day = 0; day < days; day++) assert.ok(Math.abs(twice(day) - once(day)) < 1e-6 * once(day));
  }
});

Deno.test("merged heart rate is that of the best device that measured, wherever it was worn", () => {
  for (const seed of seeds) {
    const random = seeded(seed);
    const { pulse } = person(random, 1, start);
    const drift = (random() * 2 - 1) * 90_000;
    const off = 600 + Math.floor(random() * 300);
    const row = (source_no: number, minute: number, value: number) => {
      return { at: start + minute * minuteMs + drift, source_no, sum: value, count: 1, min: value, max: value };
    };
    const watch = Array.from(pulse, (rate, minute) => row(1, minute, rate)).filter((_, minute) => {
      return minute < off || minute >= off + 90;
    });
    // The ring measures all day long, but ten beats too many.
    const ring = Array.from(pulse, (rate, minute) => row(2, minute, rate + 10));
    const merged = mergeLevels([...ring, ...watch].sort((a, b) => a.at - b.at), order);
    const fromRing = merged.filter(({ source_no }) => source_no === 2);
    assert.ok(fromRing.length >= 80 && fromRing.length <= 90, String(fromRing.length));
    const truth = pulse.reduce((sum, rate) => sum + rate, 0) / pulse.length + 10 * 90 / 1440;
    assert.ok(Math.abs((levelOf(merged)?.avg ?? 0) / truth - 1) < 0.01);
  }
});
