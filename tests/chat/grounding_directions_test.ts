import assert from "node:assert/strict";
import { checkGrounding, correctionRequest, type Evidence } from "../../src/chat/grounding.ts";

/** Whether something rose or fell, judged only where the results leave no doubt. */

const call = (tool: string, result: unknown): Evidence["calls"][number] => ({
  tool,
  arguments: {},
  result: JSON.stringify(result),
});

function compared(metric: string, unit: string, now: number, before: number) {
  return call("compare_periods", {
    metric,
    unit,
    period: { start_date: "2026-02-12", end_date: "2026-03-13", average: now },
    compared_with: { start_date: "2026-01-13", end_date: "2026-02-11", average: before },
    difference: {
      average: Number((now - before).toFixed(2)),
      percent: Number((100 * (now - before) / before).toFixed(1)),
    },
  });
}

const heart = compared("resting_heart_rate", "bpm", 58.1, 61.4);
const weight = compared("weight", "kg", 79.6, 78.4);
const ldl = call("get_lab_trend", {
  test_name: "LDL Cholesterol",
  unit: "mg/dL",
  data_points: [{ date: "2024-09-17", value: 158 }, { date: "2025-09-23", value: 137 }, {
    date: "2026-02-03",
    value: 131,
  }],
});

function unsupported(answer: string, calls: Evidence["calls"], question = "How is it?") {
  return checkGrounding(answer, { question, today: "2026-03-14", calls }).unsupported
    .map(({ text, kind }) => `${kind} ${text}`);
}

Deno.test("the size of a change with the wrong sign is unsupported", () => {
  assert.deepEqual(unsupported("Your resting heart rate fell by 5.4 %.", [heart]), []);
  assert.deepEqual(unsupported("Your resting heart rate rose by 5.4 %.", [heart]), ["number 5.4 %"]);
  assert.deepEqual(unsupported("It is 3.3 bpm higher than before.", [heart]), ["number 3.3 bpm"]);
  assert.deepEqual(unsupported("It is 3.3 bpm lower than before.", [heart]), []);
  assert.deepEqual(unsupported("Resting heart rate: +3.3 bpm", [heart]), ["number +3.3 bpm"]);
  const { unsupported: [claim] } = checkGrounding("It rose by 5.4 %.", {
    question: "?",
    today: "2026-03-14",
    calls: [heart],
  });
  assert.equal(claim?.reason, "The tool results have this difference as a fall");
});

Deno.test("a direction without a number is a claim of its own", () => {
  const right = checkGrounding("Your LDL has fallen.", { question: "?", today: "2026-03-14", calls: [ldl] });
  assert.deepEqual(right, { claims: 1, supported: 1, unsupported: [] });
  assert.deepEqual(unsupported("Your LDL has risen.", [ldl]), ["direction risen"]);
  assert.deepEqual(unsupported("Your LDL rose from 158 to 131 mg/dL.", [ldl]), ["direction rose"]);
  assert.deepEqual(unsupported("Your LDL rose to 131 mg/dL.", [ldl]), ["direction rose"]);
  assert.deepEqual(unsupported("Your LDL fell from 158 to 131 mg/dL.", [ldl]), []);
});

Deno.test("whether it improved depends on what was measured", () => {
  assert.deepEqual(unsupported("Your LDL improved.", [ldl]), []);
  assert.deepEqual(unsupported("Your LDL worsened.", [ldl]), ["direction worsened"]);
  const steps = compared("steps", "count", 7000, 8000);
  assert.deepEqual(unsupported("Your steps improved.", [steps]), ["direction improved"]);
  // Whether more weight is better is not for us to say.
  assert.deepEqual(unsupported("Your weight improved.", [weight]), []);
});

Deno.test("each clause is judged by what it names", () => {
  assert.deepEqual(unsupported("Your resting heart rate fell, and your weight rose.", [heart, weight]), []);
  assert.deepEqual(unsupported("Your resting heart rate rose, and your weight rose.", [heart, weight]), [
    "direction rose",
  ]);
  assert.deepEqual(unsupported("Weight is down 1.2 kg, resting heart rate down 3.3 bpm.", [heart, weight]), [
    "number 1.2 kg",
  ]);
});

Deno.test("which period is the later one is read from its days, not from its place", () => {
  const turned = call("compare_periods", {
    metric: "steps",
    unit: "count",
    period: { start_date: "2026-01-01", end_date: "2026-01-31", average: 9000 },
    compared_with: { start_date: "2026-02-01", end_date: "2026-02-28", average: 8000 },
    difference: { average: 1000, percent: 12.5 },
  });
  assert.deepEqual(unsupported("Your steps fell from 9,000 to 8,000 steps.", [turned]), []);
  assert.deepEqual(unsupported("Your steps rose.", [turned]), ["direction rose"]);
});

Deno.test("two look-ups of one metric are compared, overlapping ones are not", () => {
  const summary = (start_date: string, end_date: string, overall_avg: number) =>
    call("get_wearable_summary", {
      metric: "heart_rate",
      unit: "bpm",
      start_date,
      end_date,
      statistics: { overall_avg },
    });
  const [january, february] = [summary("2026-01-01", "2026-01-31", 64), summary("2026-02-01", "2026-02-28", 70)];
  assert.deepEqual(unsupported("Your heart rate dropped.", [february, january]), ["direction dropped"]);
  assert.deepEqual(unsupported("Your heart rate dropped.", [summary("2026-01-01", "2026-02-28", 64), february]), []);
});

Deno.test("what is denied, possible, general, of another day or asked is no direction", () => {
  for (
    const answer of [
      "It did not rise.",
      "If it rises, call your doctor.",
      "It usually rises after short nights.",
      "The previous month was 3.3 bpm higher.",
      "Your training load has increased.",
      "Did it rise?",
      "On Monday it rose.",
    ]
  ) assert.deepEqual(unsupported(answer, [heart]), [], answer);
});

Deno.test("a course that goes both ways decides nothing", () => {
  const wave = call("get_lab_trend", {
    test_name: "Ferritin",
    unit: "ng/mL",
    data_points: [{ date: "2025-01-01", value: 40 }, { date: "2025-06-01", value: 12 }, {
      date: "2026-01-01",
      value: 30,
    }],
  });
  for (const answer of ["Your ferritin rose.", "Your ferritin fell."]) {
    assert.deepEqual(unsupported(answer, [wave]), [], answer);
  }
  assert.deepEqual(unsupported("Your ferritin rose from 40 to 12 ng/mL.", [wave]), ["direction rose"]);
});

Deno.test("what an earlier turn found decides where this one looked nothing up", () => {
  const later = compared("resting_heart_rate", "bpm", 63, 58.1);
  const ask = (answer: string, calls: Evidence["calls"]) =>
    checkGrounding(answer, { question: "Did it go up?", today: "2026-03-14", calls, earlier: [heart] }).unsupported
      .map(({ text }) => text);
  assert.deepEqual(ask("Yes, it rose.", []), ["rose"]);
  assert.deepEqual(ask("It fell from 61.4 to 58.1 bpm.", []), []);
  assert.deepEqual(ask("Yes, it rose.", [later]), []);
});

Deno.test("the correction names the direction", () => {
  const grounding = checkGrounding("Your LDL has risen.", { question: "?", today: "2026-03-14", calls: [ldl] });
  assert.match(correctionRequest(grounding), /- "risen": The tool results show that it went another way/);
});
