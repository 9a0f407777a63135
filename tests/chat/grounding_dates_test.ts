import assert from "node:assert/strict";
import { checkGrounding, type Evidence } from "../../src/chat/grounding.ts";

/** Dates and times of day of an answer, and which value they go with. */

const today = "2026-03-14";
const call = (result: unknown, args: Record<string, unknown> = {}): Evidence["calls"][number] => ({
  tool: "get_something",
  arguments: args,
  result: JSON.stringify(result),
});
const ldl = call({
  unit: "mg/dL",
  data_points: [{ date: "2026-02-03", value: 131 }, { date: "2025-09-23", value: 152 }],
  statistics: { max: 152, latest: 131 },
});

function unsupported(answer: string, calls: Evidence["calls"], question = "?"): string[] {
  return checkGrounding(answer, { question, today, calls }).unsupported.map(({ text }) => text);
}

Deno.test("a date is found in every order and language", () => {
  const fine = [
    "3 February 2026",
    "February 3rd, 2026",
    "Feb 3",
    "3. Februar",
    "3.2.2026",
    "03.02.2026",
    "el 3 de febrero de 2026",
  ]
    .concat([
      "le 3 février",
      "il 3 febbraio 2026",
      "3 de fevereiro",
      "3 februari 2026",
      "3 Şubat 2026'da",
      "2026年2月3日",
      "2月3日",
    ])
    .concat(["2026-02-03", "02/03/2026", "03/02/2026", "2026/02/03", "February 2026", "2026"]);
  for (const date of fine) {
    const grounding = checkGrounding(`Measured: ${date}.`, { question: "?", today, calls: [ldl] });
    assert.deepEqual([grounding.claims, grounding.supported], [1, 1], date);
  }
  for (const date of ["4 February 2026", "3. März", "2026年2月4日", "3 février 2024", "2026-02-13", "13/02/2026"]) {
    assert.equal(unsupported(`131 mg/dL: ${date}.`, [ldl]).length > 0, true, date);
  }
});

Deno.test("today, yesterday and the dates of the question are known", () => {
  assert.deepEqual(unsupported("Today is 14 March 2026, yesterday was 13 March.", []), []);
  assert.deepEqual(unsupported("On 5 May 2025 there is nothing.", [], "What was on 5 May 2025?"), []);
  assert.deepEqual(unsupported("On 5 May 2025 there is nothing.", []), ["5 May 2025"]);
});

Deno.test("a date or a time that the question suggests is no finding", () => {
  assert.deepEqual(unsupported("Yes, it was on 5 May 2025.", [ldl], "Was my last LDL on 5 May 2025?"), ["5 May 2025"]);
  assert.deepEqual(unsupported("Ja, am 5. Mai 2025.", [ldl], "War der letzte Wert vom 5. Mai 2025?"), ["5. Mai 2025"]);
  assert.deepEqual(unsupported("Yes, at 23:15.", [], "Did I go to bed at 23:15?"), ["23:15"]);
  for (
    const answer of [
      "No, it was not on 5 May 2025.",
      "You asked about 5 May 2025; I found no result.",
      "There is nothing for 5 May 2025.",
    ]
  ) assert.deepEqual(unsupported(answer, [ldl], "Was my last LDL on 5 May 2025?"), [], answer);
  assert.deepEqual(unsupported("Since 5 May 2025 it fell.", [ldl], "Did it fall since 5 May 2025?"), []);
  assert.deepEqual(unsupported("Yes, on 3 February 2026.", [ldl], "Was my last LDL on 3 February 2026?"), []);
});

Deno.test("a day within the period that was looked at may be said to have no data, but no value", () => {
  const found = call({ from: "2026-02-12", today, daily_values: [{ date: "2026-03-01", avg: 62.5 }] });
  assert.deepEqual(unsupported("There is no data for 20 February.", [found]), []);
  assert.deepEqual(unsupported("There is no data for 20 January.", [found]), ["20 January"]);
  assert.deepEqual(unsupported("It was 62.5 on 20 February.", [found]), ["62.5", "20 February"]);
});

Deno.test("a value is supported only for its own day", () => {
  assert.deepEqual(unsupported("It was 131 mg/dL on 3 February 2026.", [ldl]), []);
  assert.deepEqual(unsupported("It was 131 mg/dL on 23 September 2025.", [ldl]), ["131 mg/dL"]);
  assert.deepEqual(unsupported("152 mg/dL on 3 February 2026 and 131 mg/dL on 23 September 2025.", [ldl]), [
    "152 mg/dL",
    "131 mg/dL",
  ]);
  const [problem] =
    checkGrounding("131 mg/dL on 23 September 2025", { question: "?", today, calls: [ldl] }).unsupported;
  assert.match(problem?.reason ?? "", /for 2026-02-03 only/);
});

Deno.test("a date that belongs to another value, or ends a stretch of time, decides nothing", () => {
  for (
    const answer of [
      "It was 152 mg/dL before 3 February 2026.",
      "From 23 September 2025 to 3 February 2026 it fell from 152 to 131 mg/dL.",
      "After 152 mg/dL it was 131 mg/dL on 3 February 2026.",
      "| 2025-09-23 | 152 |\n| 2026-02-03 | 131 |",
    ]
  ) assert.deepEqual(unsupported(answer, [ldl]), [], answer);
});

Deno.test("days are counted back from today", () => {
  const found = call({ entries: [{ recorded_at: "2026-03-11T16:20+01:00", severity: 6 }] });
  for (const ago of ["3 days ago", "vor 3 Tagen", "hace tres días", "il y a 3 jours", "3 giorni fa", "3天前"]) {
    assert.deepEqual(unsupported(`The last one was ${ago}.`, [found]), [], ago);
  }
  assert.deepEqual(unsupported("The last one was 5 days ago.", [found]), ["5 days"]);
});

Deno.test("a time of day is that of a result", () => {
  const found = call({ start: "2026-03-12T22:41+01:00", recorded_at: "2026-03-13T06:05:00+01:00" });
  for (const time of ["22:41", "10:41 pm", "22.41 Uhr", "22h41", "6:05", "about 11 pm", "6:05 am"]) {
    assert.deepEqual(unsupported(`It was ${time}.`, [found]), [], time);
  }
  for (const time of ["22:14", "9:41 am", "6:50", "8 pm"]) {
    assert.equal(unsupported(`It was ${time}.`, [found]).length, 1, time);
  }
});

Deno.test("hours and minutes with a colon may be a duration", () => {
  const found = call({ records: [{ date: "2026-03-12", duration_minutes: 452 }] });
  assert.deepEqual(unsupported("You slept 7:32.", [found]), []);
  assert.deepEqual(unsupported("You slept 7:52.", [found]), ["7:52"]);
});
