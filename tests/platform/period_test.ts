import assert from "node:assert/strict";
import { askedDay, askedPeriod, coverage, periodBetween, periodOf, periodText } from "../../src/platform/period.ts";

const today = "2026-03-20";

function asked(start_date?: string, end_date?: string, days = 30): string {
  const period = askedPeriod(today, { days, start_date, end_date });
  return "error" in period ? period.error : `${period.from} ${period.to} ${period.days}`;
}

Deno.test("a period is counted in days back, or goes from one day to another", () => {
  assert.equal(asked(), "2026-02-18 2026-03-20 30");
  assert.equal(asked("2026-03-01", "2026-03-07"), "2026-03-01 2026-03-07 7");
  // Today is no full day.
  assert.equal(asked("2026-03-01"), "2026-03-01 2026-03-20 19");
  assert.equal(asked(undefined, "2026-02-28", 7), "2026-02-22 2026-02-28 7");
  assert.equal(asked("2026-03-01T10:00:00Z", "2026-03-07 23:59"), "2026-03-01 2026-03-07 7");
  assert.equal(asked("yesterday", "today"), "2026-03-19 2026-03-20 1");
  assert.equal(asked("2026-02", "2026-02"), "2026-02-01 2026-02-28 28");
  assert.equal(asked("2024", "2024"), "2024-01-01 2024-12-31 366");
  assert.equal(asked("2026-03-25", "2026-03-30"), "2026-03-25 2026-03-30 0");
  assert.equal(asked(undefined, "0001-01-05", 36_500), "0001-01-01 0001-01-05 5");
});

Deno.test("what is no period is an error that names the argument and what would be right", () => {
  const wanted = /start_date must be a day as YYYY-MM-DD, such as "2026-03-20", not "/;
  for (const text of ["last week", "2026-02-30", "03/01/2026", "1. März", "2026-13", "0000", "'; --"]) {
    assert.match(asked(text), wanted, text);
  }
  assert.match(asked("2026-03-01", "soon"), /end_date must be a day/);
  assert.match(asked("2026-03-07", "2026-03-01"), /start_date 2026-03-07 is after end_date 2026-03-01; swap them/);
  assert.deepEqual(["2026-03-14T08:00:00+01:00", "2026-03", "14.03.2026"].map((text) => askedDay(text, today)), [
    "2026-03-14",
    null,
    null,
  ]);
});

Deno.test("coverage counts the days of the period that are over, and says when today has data", () => {
  const days = ["2026-03-20", "2026-03-19", "2026-03-19", "2026-03-01", "2026-01-01"];
  assert.deepEqual(coverage(days, periodOf(today, 30)), {
    days_with_data: 2,
    days_in_period: 30,
    text: "2 of 30 days have data, and today",
  });
  assert.equal(coverage(days, periodBetween("2026-03-01", "2026-03-10", today)).text, "1 of 10 days have data");
  assert.equal(periodText(periodOf(today, 1), true), "2026-03-19");
  assert.equal(periodText(periodOf(today, 2)), "2026-03-18 to 2026-03-20");
});
