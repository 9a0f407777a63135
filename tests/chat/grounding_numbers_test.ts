import assert from "node:assert/strict";
import { checkGrounding, type Evidence } from "../../src/chat/grounding.ts";

/** Which numbers count as found, with unit, print and rounding. */

const call = (result: unknown, tool = "get_something", args: Record<string, unknown> = {}) => ({
  tool,
  arguments: args,
  result: JSON.stringify(result),
});

const ldl = call({
  test_name: "LDL Cholesterol",
  unit: "mg/dL",
  data_points: [{ date: "2026-02-03", value: 131 }, { date: "2025-02-03", value: 152.4 }],
});
const sleep = call({
  avg_duration_minutes: 452,
  steps: 8423,
  energy_kcal: 318,
  distance_meters: 4712,
  weight_kg: 78.4,
});

function unsupported(answer: string, calls: Evidence["calls"], question = "?"): string[] {
  return checkGrounding(answer, { question, today: "2026-03-14", calls }).unsupported.map(({ text }) => text);
}

Deno.test("a number is supported within the rounding of its last digit, and not beyond", () => {
  for (const print of ["152.4", "152"]) assert.deepEqual(unsupported(`LDL was ${print} mg/dL.`, [ldl]), []);
  for (const print of ["152.5", "153", "151", "152.40001"]) {
    assert.deepEqual(unsupported(`LDL was ${print} mg/dL.`, [ldl]), [`${print} mg/dL`]);
  }
});

Deno.test("a word for about, over or nearly allows coarser rounding, in that direction only", () => {
  const fine = ["about 150 mg/dL", "ungefähr 150 mg/dL", "环绕 约150 mg/dL", "over 150 mg/dL", "nearly 153 mg/dL"];
  for (const words of fine) assert.deepEqual(unsupported(`LDL was ${words}.`, [ldl]), [], words);
  for (const words of ["150 mg/dL", "about 170 mg/dL", "nearly 150 mg/dL", "over 160 mg/dL"]) {
    assert.equal(unsupported(`LDL was ${words}.`, [ldl]).length, 1, words);
  }
});

Deno.test("units are converted, and another dimension never supports a number", () => {
  const fine = [
    "7 h 32 min",
    "7.5 hours",
    "7,5 Stunden",
    "452 Minuten",
    "7小时32分钟",
    "8,423 steps",
    "8.423 Schritte",
    "8 423 pas",
  ]
    .concat(["8.4k steps", "4.7 km", "2.9 miles", "318 kcal", "1,331 kJ", "173 lb", "78,4 kg"]);
  for (const print of fine) assert.deepEqual(unsupported(`It was ${print}.`, [sleep]), [], print);
  const wrong = ["8,423 kcal", "318 steps", "452 kg", "7 h 52 min", "8.5 hours", "4.7 miles", "78.4 lb", "452 bpm"];
  for (const print of wrong) assert.deepEqual(unsupported(`It was ${print}.`, [sleep]), [print]);
});

Deno.test("laboratory units are converted by the test's molar mass", () => {
  assert.deepEqual(unsupported("Your LDL was 3.39 mmol/L.", [ldl]), []);
  assert.deepEqual(unsupported("Your LDL was 1.31 g/L.", [ldl]), []);
  assert.deepEqual(unsupported("Your LDL was 131 mmol/L.", [ldl]), ["131 mmol/L"]);
  const glycated = call({ results: [{ test_name: "HbA1c", value: 5.6, unit: "%" }] });
  assert.deepEqual(unsupported("HbA1c 5.6 %, that is 38 mmol/mol.", [glycated]), []);
  assert.deepEqual(unsupported("HbA1c 48 mmol/mol.", [glycated]), ["48 mmol/mol"]);
});

Deno.test("the sign of a number counts", () => {
  const found = call({ correlation: -0.46, change: -12 });
  assert.deepEqual(unsupported("r = -0.46", [found]), []);
  assert.deepEqual(unsupported("r = 0.46", [found]), ["0.46"]);
  assert.deepEqual(unsupported("It fell by 12.", [found]), []);
  assert.deepEqual(unsupported("The value is 12.", [found]), ["12"]);
});

Deno.test("what only looks like a number is no claim", () => {
  const answer = "## 2. Notes\n1. HbA1c, T4, B12, SpO2, PM2.5 and omega-3\n2) type 2 diabetes, COVID-19, CA 19-9\n" +
    "- See option 3 or step 4 [1], https://example.org/2026/99, at any hour (24/7), zone 2, the 3rd time, #7";
  assert.deepEqual(checkGrounding(answer, { question: "?", today: "2026-03-14", calls: [] }).claims, 0);
});

Deno.test("a power of ten within a unit belongs to the unit", () => {
  const found = call({ results: [{ test_name: "Leukocytes", value: 6.8, unit: "10^9/L" }] });
  const grounding = checkGrounding("Leukocytes: 6.8 × 10^9/L.", { question: "?", today: "2026-03-14", calls: [found] });
  assert.deepEqual(grounding, { claims: 1, supported: 1, unsupported: [] });
});

Deno.test("general knowledge in numbers is unsupported, an emergency number in advice is none", () => {
  assert.deepEqual(
    unsupported("Normal is 70–100 mg/dL; aim for three walks.", [ldl]),
    ["70", "100 mg/dL"]
      .concat(["three walks"]),
  );
  for (const advice of ["Call 112 now.", "Rufen Sie die 112!", "Appelez le 15.", "Llama al 911.", "请拨打120。"]) {
    assert.deepEqual(unsupported(advice, []), [], advice);
  }
  assert.deepEqual(unsupported("Your pulse was 112 bpm.", [ldl]), ["112 bpm"]);
});

Deno.test("numbers of the question and lengths of the period asked for are supported", () => {
  assert.deepEqual(unsupported("In the last 45 days nothing was above 140.", [], "Anything above 140 in 45 days?"), []);
  const looked = call({ count: 0 }, "get_something", { days: 90 });
  assert.deepEqual(unsupported("I looked at 90 days, three months.", [looked]), []);
  assert.deepEqual(unsupported("I looked at 60 days.", [looked]), ["60 days"]);
});

Deno.test("a number that the question suggests is no finding, whatever the language", () => {
  for (
    const [question, answer, wrong] of [
      ["Is my resting heart rate 72?", "Yes, it is 72 bpm.", "72 bpm"],
      ["my LDL is 99 mg/dL right", "Your LDL is 99 mg/dL.", "99 mg/dL"],
      ["Ist mein Ruhepuls 72?", "Ja, er ist 72.", "72"],
      ["¿Mi LDL es de 99 mg/dL?", "Sí, es de 99 mg/dL.", "99 mg/dL"],
      ["Mon pouls est-il de 72 ?", "Oui, 72.", "72"],
      ["Il mio LDL è 99 mg/dL?", "Sì, 99 mg/dL.", "99 mg/dL"],
      ["Meu LDL está em 99 mg/dL?", "Sim, em 99 mg/dL.", "99 mg/dL"],
      ["Is mijn rusthartslag 72?", "Ja, 72.", "72"],
      ["Nabzım 72 mi?", "Evet, 72.", "72"],
      ["我的心率是72吗？", "是的，72。", "72"],
    ] as const
  ) {
    assert.deepEqual(unsupported(answer, [], question), [wrong], question);
  }
  const { unsupported: [claim] } = checkGrounding("Yes, 72.", {
    question: "Is it 72?",
    today: "2026-03-14",
    calls: [],
  });
  assert.equal(claim?.reason, "Only the question has this number");
  assert.deepEqual(unsupported("Yes, 131 mg/dL.", [ldl], "Is my LDL 131 mg/dL?"), []);
});

Deno.test("a suggested number may be denied, compared with, or said to be the person's", () => {
  const question = "Is my resting heart rate 72? My goal is 60.";
  for (
    const answer of [
      "No, it is not 72.",
      "You asked about 72 bpm; I found nothing.",
      "It is lower than 72 bpm.",
      "That is above your goal of 60.",
    ]
  ) assert.deepEqual(unsupported(answer, [], question), [], answer);
});

Deno.test("what a tool only repeats of its arguments proves nothing", () => {
  const echoed = call({ message: "No results found for 'LDL 131 mg/dL'." }, "get_lab_trend", {
    test_name: "LDL 131 mg/dL",
  });
  assert.deepEqual(unsupported("Your LDL is 131 mg/dL.", [echoed]), ["131 mg/dL"]);
});

Deno.test("numbers in sentences of a result count", () => {
  const found = call({ summary: "Average 58.1 bpm over 23 of 30 days.", notes: "ran 5 km" });
  assert.deepEqual(unsupported("58.1 bpm on average, on 23 of 30 days, and 5 km.", [found]), []);
  assert.deepEqual(unsupported("59.1 bpm on average.", [found]), ["59.1 bpm"]);
});

Deno.test("a value of a long list counts only where the sentence says which one", () => {
  const days = Array.from(
    { length: 30 },
    (_, day) => ({ date: `2026-02-${String(day % 28 + 1).padStart(2, "0")}`, total: 5_000 + 137 * day }),
  );
  const found = call({ unit: "count", metric: "steps", daily_values: days.slice(0, 28) });
  assert.deepEqual(unsupported("On 11 February you took 6,370 steps.", [found]), []);
  assert.deepEqual(unsupported("11 February was a good day. You took 6,370 steps.", [found]), []);
  assert.deepEqual(unsupported("You took 6,370 steps.", [found]), ["6,370 steps"]);
  assert.deepEqual(unsupported("On 12 February you took 6,370 steps.", [found]), ["6,370 steps"]);
});

Deno.test("an average is not supported by a maximum, nor deep sleep by REM sleep", () => {
  const found = call({ statistics: { avg_bpm: 62, max_bpm: 121 }, night: { deep_minutes: 77, rem_minutes: 95 } });
  assert.deepEqual(unsupported("Your average was 62 bpm, with 77 minutes of deep sleep.", [found]), []);
  assert.deepEqual(unsupported("Your average was 121 bpm.", [found]), ["121 bpm"]);
  assert.deepEqual(unsupported("You had 95 minutes of deep sleep.", [found]), ["95 minutes"]);
});

Deno.test("a sentence that names a test means that test, in any language", () => {
  const found = call({
    results: [
      { test_name: "Hemoglobin", value: 13.2, unit: "g/dL", recorded_at: "2026-02-03" },
      { test_name: "Albumin", value: 4.4, unit: "g/dL", recorded_at: "2026-02-03" },
    ],
  });
  assert.deepEqual(unsupported("Ihr Hämoglobin war 13,2 g/dl.", [found]), []);
  assert.deepEqual(unsupported("您的血红蛋白是13.2 g/dL。", [found]), []);
  assert.deepEqual(unsupported("Ihr Hämoglobin war 4,4 g/dl.", [found]), ["4,4 g/dl"]);
});

Deno.test("a severity on a scale is no count, and no hours", () => {
  const found = call({ count: 4, entries: [{ symptom_type: "headache", severity: 6, duration_minutes: 90 }] });
  assert.deepEqual(unsupported("Severity 6/10, 4 times.", [found]), []);
  assert.deepEqual(unsupported("Severity 4/10, for 6 hours.", [found]), ["4", "6 hours"]);
});

Deno.test("a code is a name where a result has it, and never hides a number", () => {
  const found = call({
    results: [{ test_name: "LDL Cholesterol", value: 131, unit: "mg/dL", test_code: "2089-1", id: "140" }],
  });
  assert.deepEqual(unsupported("LOINC 2089-1: 131 mg/dL.", [found]), []);
  assert.deepEqual(unsupported("LOINC 2085-9: 131 mg/dL.", [found]), ["2085-9"]);
  assert.deepEqual(unsupported("LDL: 140 mg/dL.", [found]), ["140 mg/dL"]);
});

Deno.test("what is unsupported keeps its place, kind and words", () => {
  const grounding = checkGrounding("LDL: **140** mg/dL on 5 May 2026.", {
    question: "?",
    today: "2026-03-14",
    calls: [ldl],
  });
  assert.deepEqual(grounding.unsupported.map(({ text, kind }) => [text, kind]), [["140 mg/dL", "number"], [
    "5 May 2026",
    "date",
  ]]);
  assert.deepEqual([grounding.claims, grounding.supported], [2, 0]);
});
