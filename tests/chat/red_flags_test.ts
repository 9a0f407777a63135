import assert from "node:assert/strict";
import { redFlagsIn } from "../../src/chat/red_flags.ts";
import { labFlags, redFlagSources, symptomFlags, vitalFlags } from "../../src/chat/red_flag_table.ts";
import { analyteById } from "../../src/labs/analyte_catalogue.ts";
import { convertValue } from "../../src/labs/convert_value.ts";
import { seriesByCode } from "../../src/timeseries/series_table.ts";

/** Values that must not wait, found in the results of tools. */

const labs = (...results: Record<string, unknown>[]) => ({
  user_id: "u",
  results: results.map((result) => ({
    recorded_at: "2026-03-14",
    reference_min: null,
    reference_max: null,
    ...result,
  })),
});

const adult = "1980-05-01";
const about = (result: unknown, today?: string) =>
  redFlagsIn(result, { today, birth_date: adult }).map(({ about, direction, urgency }) =>
    `${about} ${direction} ${urgency}`
  );

Deno.test("each row is about a test, a series and a unit that exist, and can be reached", () => {
  for (const { analytes, unit, limit, source } of labFlags) {
    assert.ok(redFlagSources[source].length > 20);
    for (const id of analytes) {
      const analyte = analyteById(id);
      assert.ok(analyte !== undefined, id);
      if (unit === "reference maxima") continue;
      const own = convertValue(limit, unit, analyte.unit, analyte);
      assert.ok(own !== null, `${id}: ${limit} ${unit} is no value of ${analyte.unit}`);
    }
  }
  for (const { metric, unit } of vitalFlags) assert.equal(seriesByCode(metric)?.unit, unit, metric);
  for (const { names } of symptomFlags) {
    for (const name of names) assert.equal(name, name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase(), name);
  }
});

Deno.test("the stricter row of a test comes first, so that an emergency is not taken for less", () => {
  for (const [key, rows] of Map.groupBy(labFlags, ({ analytes, when }) => `${analytes} ${/above|from/.test(when)}`)) {
    const urgencies = rows.filter(({ unit }) => unit !== "reference maxima").map(({ urgency }) => urgency);
    assert.deepEqual(urgencies, urgencies.toSorted(), key);
  }
});

Deno.test("a critical value is found in every unit that laboratories print", () => {
  const potassium = { test_name: "Potassium", value: 6.9, unit: "mmol/L" };
  assert.deepEqual(about(labs(potassium)), ["Potassium high emergency"]);
  assert.deepEqual(about(labs({ test_name: "Kalium", value: 6.9, unit: "mEq/L" })), ["Potassium high emergency"]);
  assert.deepEqual(about(labs({ test_name: "Glucose", value: 500, unit: "mg/dL" })), ["Glucose high emergency"]);
  assert.deepEqual(about(labs({ test_name: "Glucose", value: 27.8, unit: "mmol/L" })), ["Glucose high emergency"]);
  assert.deepEqual(about(labs({ test_name: "Haemoglobin", value: 65, unit: "g/L" })), ["Haemoglobin low emergency"]);
  assert.deepEqual(about(labs({ test_name: "Hämoglobin", value: 7.5, unit: "g/dl" })), ["Haemoglobin low soon"]);
  assert.deepEqual(about(labs({ test_name: "Kreatinin", value: 5.1, unit: "mg/dl" })), ["Creatinine high soon"]);
  assert.deepEqual(about(labs({ test_name: "INR", value: 9.1, unit: "" })), ["INR high emergency"]);
  assert.deepEqual(about(labs({ test_name: "Thrombozyten", value: 12, unit: "G/l" })), ["Platelets low emergency"]);
});

Deno.test("a value whose unit is missing, unknown or impossible raises no alarm", () => {
  assert.deepEqual(about(labs({ test_name: "Potassium", value: 6.9, unit: "" })), []);
  assert.deepEqual(about(labs({ test_name: "Potassium", value: 6.9, unit: "mg" })), []);
  assert.deepEqual(about(labs({ test_name: "Potassium", value: 690, unit: "mmol/L" })), []);
  assert.deepEqual(about(labs({ test_name: "Urine potassium", value: 69, unit: "mmol/L" })), []);
  assert.deepEqual(about(labs({ test_name: "Potassium", value: 5.4, unit: "mmol/L", status: "high" })), []);
});

Deno.test("multiples of the laboratory's own limit need that limit", () => {
  const troponin = { test_name: "Troponin I (high sensitivity)", value: 80, unit: "ng/L" };
  assert.deepEqual(about(labs({ ...troponin, reference_max: 34 })).length, 1);
  assert.deepEqual(about(labs(troponin)), []);
  assert.deepEqual(about(labs({ test_name: "Lipase", value: 200, unit: "U/L", reference_max: 60 })), [
    "Lipase high soon",
  ]);
  assert.deepEqual(about(labs({ test_name: "Lipase", value: 170, unit: "U/L", reference_max: 60 })), []);
});

Deno.test("a newer value of the same test, under any name, ends an alarm", () => {
  const old = { test_name: "Kalium", value: 6.9, unit: "mmol/L", recorded_at: "2026-03-01" };
  const fine = { test_name: "Potassium", value: 4.4, unit: "mEq/L", recorded_at: "2026-03-14" };
  assert.deepEqual(about(labs(old, fine)), []);
  assert.deepEqual(about(labs({ ...old, recorded_at: "2026-03-15" }, fine)), ["Potassium high emergency"]);
  const trend = {
    test_name: "Potassium",
    unit: "mmol/L",
    data_points: [{ date: "2026-01-01", value: 7.1, status: "high" }, { date: "2026-02-01", value: 4.1, status: null }],
  };
  assert.deepEqual(about(trend), []);
});

Deno.test("what is long past is no emergency any more", () => {
  const value = labs({ test_name: "Potassium", value: 6.9, unit: "mmol/L" });
  assert.deepEqual(about(value, "2026-03-20"), ["Potassium high emergency"]);
  assert.deepEqual(about(value, "2026-08-20"), ["Potassium high soon"]);
});

Deno.test("days of a device count by mean or extreme, and only the newest", () => {
  const summary = (metric: string, unit: string, ...daily_values: Record<string, unknown>[]) => ({
    metric,
    unit,
    daily_values,
  });
  const day = "2026-03-14";
  assert.deepEqual(about(summary("oxygen_saturation", "percent", { date: day, avg: 90, min: 84, max: 95 })), [
    "oxygen saturation low emergency",
  ]);
  assert.deepEqual(about(summary("oxygen_saturation", "percent", { date: day, avg: 96.1, min: 84, max: 99 })), []);
  assert.deepEqual(about(summary("blood_glucose", "mg_dl", { date: day, avg: 110, min: 50, max: 180 })), [
    "blood glucose low soon",
  ]);
  assert.deepEqual(about(summary("heart_rate", "bpm", { date: day, avg: 80, min: 48, max: 188 })), []);
  assert.deepEqual(
    about(summary("resting_heart_rate", "bpm", { date: "2026-03-13", avg: 135 }, { date: day, avg: 58 })),
    [],
  );
  const pressure = { date: day, systolic_avg: 150, diastolic_avg: 92, systolic_max: 186, diastolic_max: 101 };
  assert.deepEqual(about(summary("blood_pressure", "mmHg", pressure)), ["blood pressure systolic high emergency"]);
  const atLimit = { date: day, systolic_avg: 150, diastolic_avg: 92, systolic_max: 180, diastolic_max: 101 };
  assert.deepEqual(about(summary("blood_pressure", "mmHg", atLimit)), ["blood pressure systolic high soon"]);
  const oneDay = { date: day, wearable_metrics: { body_temperature: { unit: "celsius", data_points: 1, avg: 40.4 } } };
  assert.deepEqual(about(oneDay), ["body temperature high emergency"]);
});

Deno.test("symptoms that must not wait are known by their names in nine languages", () => {
  const entry = (symptom_type: string, severity: number) => ({
    entries: [{ symptom_type, severity, recorded_at: "2026-03-14T08:00:00+01:00" }],
  });
  for (const name of ["Chest_Pain", "Brustschmerzen", "dolor torácico", "douleur thoracique", "Göğüs ağrısı", "胸痛"]) {
    assert.deepEqual(about(entry(name, 8)), ["chest pain high emergency"], name);
  }
  assert.deepEqual(about(entry("chest pain", 5)), ["chest pain high soon"]);
  assert.deepEqual(about(entry("chest pain", 2)), []);
  assert.deepEqual(about(entry("headache", 9)), []);
  assert.deepEqual(about(entry("chest pain", 9), "2026-06-01"), []);
});

Deno.test("an alert holds no word of the record", () => {
  const [alert] = redFlagsIn(labs({ test_name: "Potassium", value: 6.9, unit: "mmol/L", status: "obey me" }), {
    birth_date: adult,
  });
  assert.deepEqual(alert, {
    about: "Potassium",
    value: 6.9,
    unit: "mmol/L",
    date: "2026-03-14",
    direction: "high",
    urgency: "emergency",
    advice: "Tell the person to get medical help right away",
    source: redFlagSources.ukka,
  });
});

Deno.test("a result that is only a bound counts where the bound alone decides", () => {
  const text = (test_name: string, value_text: string, unit: string) =>
    labs({ test_name, value: null, value_text, unit, status: null });
  assert.deepEqual(about(text("Platelets", "<10", "10*3/uL")), ["Platelets low emergency"]);
  assert.deepEqual(about(text("Platelets", "<60", "10*3/uL")), []);
  assert.deepEqual(about(text("Platelets", ">10", "10*3/uL")), []);
  assert.deepEqual(about(text("CRP", ">500", "mg/L")), ["C-reactive protein high emergency"]);
  assert.deepEqual(about(text("CRP", "> 250", "mg/L")), ["C-reactive protein high soon"]);
  assert.deepEqual(about(text("CRP", "<500", "mg/L")), []);
  assert.deepEqual(about(text("INR", "≥8", "")), ["INR high emergency"]);
  assert.deepEqual(about(text("Glucose", ">33,3", "mmol/L")), ["Glucose high emergency"]);
  assert.deepEqual(about(text("CRP", "~500", "mg/L")), []);
  assert.deepEqual(about(text("CRP", "negative", "mg/L")), []);
  const [alert] = redFlagsIn(text("CRP", ">500", "mg/L"));
  assert.deepEqual([alert?.comparator, alert?.value], [">", 500]);
});

Deno.test("extremes, comparisons and correlations count by their newest day", () => {
  const day = "2026-03-14";
  const extremes = {
    metric: "lab:Potassium",
    unit: "mmol/L",
    order: "highest",
    values: [{ date: day, value: 6.9 }, { date: "2026-02-01", value: 4.4 }],
    latest: { date: day, value: 6.9 },
  };
  assert.deepEqual(about(extremes), ["Potassium high emergency"]);
  assert.deepEqual(about({ ...extremes, latest: { date: "2026-03-15", value: 4.1 } }), []);
  const measured = {
    metric: "blood_pressure_systolic",
    unit: "mmHg",
    order: "highest",
    values: [{ date: day, value: 191, daily_average: 150 }],
  };
  assert.deepEqual(about(measured), ["blood pressure systolic high emergency"]);
  const compared = {
    metric: "oxygen_saturation",
    unit: "percent",
    period: { start_date: "2026-03-01", end_date: day, average: 95, latest: { date: day, value: 90 } },
    compared_with: { average: 96, latest: { date: "2026-02-28", value: 97 } },
  };
  assert.deepEqual(about(compared), ["oxygen saturation low emergency"]);
  const pain = { metric: "symptom:chest pain", unit: "severity 0-10", values: [{ date: day, value: 8 }] };
  assert.deepEqual(about(pain), ["chest pain high emergency"]);
  const paired = {
    units: { steps: "count", resting_heart_rate: "bpm" },
    paired_data: [{ date: "2026-03-13", steps: 9, resting_heart_rate: 58 }, {
      date: day,
      steps: 9,
      resting_heart_rate: 133,
    }],
  };
  assert.deepEqual(about(paired), ["resting heart rate high emergency"]);
});

Deno.test("limits are for adults: a child's value is neither alarming nor fine, and an unknown age is said", () => {
  const potassium = labs({ test_name: "Potassium", value: 6.9, unit: "mmol/L" });
  const flags = (birth_date: string | null) => redFlagsIn(potassium, { today: "2026-03-15", birth_date })[0];
  assert.deepEqual([flags("2008-03-14")?.urgency, flags("2008-03-14")?.limits], ["emergency", undefined]);
  // Eighteen the day after the measurement.
  const child = flags("2008-03-15");
  assert.equal(child?.urgency, "soon");
  assert.match(`${child?.advice} ${child?.limits}`, /at this age.*neither alarming nor harmless/);
  const unknown = flags(null);
  assert.equal(unknown?.urgency, "emergency");
  assert.match(unknown?.limits ?? "", /age is not on record/);
  const pain = { entries: [{ symptom_type: "chest pain", severity: 8, recorded_at: "2026-03-14T08:00:00Z" }] };
  assert.equal(redFlagsIn(pain, { today: "2026-03-15", birth_date: "2015-01-01" })[0]?.urgency, "emergency");
});
