import assert from "node:assert/strict";
import { amount, level, listed, localTime, statistics } from "../../src/chat/wearable_days.ts";
import { addDays } from "../../src/platform/day_range.ts";
import { coverage, periodOf } from "../../src/platform/period.ts";

const today = "2026-03-20";

const lastDays = (count: number, value: (ago: number) => number) =>
  Array.from({ length: count }, (_, ago) => ({ day: addDays(today, -ago), value: value(ago) }));

Deno.test("the part of today that is over is listed, but does not pull the daily average down", () => {
  const period = periodOf(today, 2);
  const days = [{ day: today, value: 500 }, { day: "2026-03-19", value: 9000 }, { day: "2026-03-18", value: 7001.4 }];
  assert.deepEqual(listed(days, "amount", period), {
    daily_values: [
      { date: today, total: 500, so_far: true },
      { date: "2026-03-19", total: 9000 },
      { date: "2026-03-18", total: 7001 },
    ],
  });
  assert.deepEqual(statistics(days, "amount", period), {
    overall_total: 16_001,
    daily_average: 8001,
    lowest_day: { date: "2026-03-18", total: 7001 },
    highest_day: { date: "2026-03-19", total: 9000 },
    days_with_data: 2,
  });
  assert.equal(coverage(days.map(({ day }) => day), period).text, "2 of 2 days have data, and today");
  assert.deepEqual(statistics([{ day: today, value: 500 }], "amount", period), {
    overall_total: null,
    daily_average: null,
    days_with_data: 0,
  });
});

Deno.test("a level has daily means, and what was measured at most beside them", () => {
  const days = [
    { day: "2026-03-18", value: 70, min: 48, max: 160, samples: 20 },
    { day: "2026-03-19", value: 61.26, min: 50, max: 95, samples: 10 },
  ];
  const period = periodOf(today, 30);
  assert.deepEqual(listed(days, "level", period).daily_values, [
    { date: "2026-03-19", avg: 61.3, min: 50, max: 95, data_points: 10 },
    { date: "2026-03-18", avg: 70, min: 48, max: 160, data_points: 20 },
  ]);
  assert.deepEqual(statistics(days, "level", period), {
    overall_avg: 65.6,
    overall_min: 61.3,
    overall_max: 70,
    lowest_measured: { date: "2026-03-18", value: 48 },
    highest_measured: { date: "2026-03-18", value: 160 },
    latest: { date: "2026-03-19", avg: 61.3 },
    days_with_data: 2,
  });
});

Deno.test("a month and today are listed; a longer period comes by weeks from Monday, and says so", () => {
  const month = listed(lastDays(32, () => 1), "amount", periodOf(today, 31));
  assert.deepEqual(Object.keys(month), ["daily_values"]);
  // 2026-03-20 is a Friday.
  const longer = listed(lastDays(91, (ago) => ago), "amount", periodOf(today, 90));
  assert.equal((longer.daily_values as unknown[]).length, 7);
  const weeks = longer.weekly_values as { week_from: string }[];
  assert.deepEqual(weeks.slice(0, 2), [
    { week_from: "2026-03-16", days_with_data: 4, total: 10, daily_average: 2.5 },
    { week_from: "2026-03-09", days_with_data: 7, total: 56, daily_average: 8 },
  ]);
  assert.equal(weeks.at(-1)?.week_from, "2025-12-15");
  assert.match(String(longer.note), /newest 7 days only, weekly_values the whole period/);
});

Deno.test("years come by months, decades by years: there are never many entries", () => {
  const count = (days: number, name: string) =>
    (listed(lastDays(days, () => 50), "level", periodOf(today, days))[name] as unknown[] | undefined)?.length;
  assert.equal(count(200, "weekly_values"), 29);
  assert.equal(count(420, "monthly_values"), 15);
  assert.equal(count(3650, "yearly_values"), 11);
  const [march] = listed(
    lastDays(420, (ago) => ago === 1 ? 80 : 50).map((day) => ({ ...day, min: 40, max: 90 })),
    "level",
    periodOf(today, 420),
  ).monthly_values as unknown[];
  assert.deepEqual(march, { month: "2026-03", days_with_data: 19, avg: 51.6, min: 40, max: 90 });
});

Deno.test("a long period with few days of data lists them all", () => {
  const days = [{ day: "2024-01-01", value: 80 }, { day: "2026-01-01", value: 79 }];
  assert.equal((listed(days, "level", periodOf(today, 3650)).daily_values as unknown[]).length, 2);
});

Deno.test("numbers are rounded so that nothing that matters is lost", () => {
  assert.deepEqual([8421.6, 99.96, 3.25, 0].map(amount), [8422, 100, 3.3, 0]);
  assert.deepEqual([97.26, 1.234, -0.004, 1.005].map(level), [97.3, 1.23, 0, 1]);
  assert.equal(localTime(Date.parse("2026-03-14T21:41:20Z"), 60), "2026-03-14T22:41+01:00");
  assert.equal(localTime(Date.parse("2026-03-14T02:00:00Z"), -300), "2026-03-13T21:00-05:00");
});
