import { resultStatus } from "../labs/result_value.ts";
import type { NewLabResult } from "../labs/queries.ts";
import { addDays } from "../platform/day_range.ts";
import { demoId, seededRandom } from "./random.ts";

/** Four check-ups of an invented person, fifteen tests each. */

const daysAgo = [365, 275, 185, 95] as const;

interface DemoTest {
  readonly name: string;
  readonly loinc: string;
  readonly unit: string;
  readonly min: number;
  /** Null for a range without an upper limit. */
  readonly max: number | null;
  /** One for each check-up; the value lies within 5 % of it. */
  readonly base: readonly number[];
  readonly decimals: number;
}

function test(
  name: string,
  loinc: string,
  unit: string,
  [min, max]: readonly [number, number | null],
  base: readonly number[],
  decimals: number,
): DemoTest {
  return { name, loinc, unit, min, max, base, decimals };
}

const tests: readonly DemoTest[] = [
  test("HbA1c", "4548-4", "%", [4, 5.6], [5.2, 5.4, 5.1, 5.3], 1),
  test("Glucose (fasting)", "1558-6", "mg/dL", [70, 100], [92, 88, 95, 91], 0),
  test("Total Cholesterol", "2093-3", "mg/dL", [0, 200], [195, 188, 201, 192], 0),
  test("HDL Cholesterol", "2085-9", "mg/dL", [40, null], [55, 58, 52, 56], 0),
  test("LDL Cholesterol", "2089-1", "mg/dL", [0, 130], [118, 112, 125, 115], 0),
  test("Triglycerides", "2571-8", "mg/dL", [0, 150], [120, 135, 110, 125], 0),
  test("TSH", "3016-3", "mIU/L", [0.4, 4], [2.1, 1.8, 2.3, 2], 2),
  test("Hemoglobin", "718-7", "g/dL", [13.5, 17.5], [15.2, 14.8, 15.5, 15], 1),
  test("Vitamin D", "1989-3", "ng/mL", [30, 100], [28, 35, 22, 32], 1),
  test("Iron", "2498-4", "µg/dL", [60, 170], [95, 88, 102, 90], 0),
  test("Ferritin", "2276-4", "ng/mL", [20, 250], [85, 78, 92, 82], 0),
  test("Creatinine", "2160-0", "mg/dL", [0.7, 1.3], [0.95, 0.92, 0.98, 0.94], 2),
  test("ALT (GPT)", "1742-6", "U/L", [7, 56], [25, 28, 22, 26], 0),
  test("AST (GOT)", "1920-8", "U/L", [10, 40], [22, 24, 20, 23], 0),
  test("CRP", "1988-5", "mg/L", [0, 5], [1.2, 0.8, 2.1, 1], 1),
];

/** The results of all check-ups, counted back from `today`. The same day gives the same values. */
export async function demoCheckUps(userId: string, today: string): Promise<NewLabResult[]> {
  const random = seededRandom(1958);
  const results: NewLabResult[] = [];
  for (const [visit, days] of daysAgo.entries()) {
    for (const { name, loinc, unit, min, max, base, decimals } of tests) {
      const value_text = ((base[visit] ?? 0) * random.between(0.95, 1.05)).toFixed(decimals);
      const result = { value: Number(value_text), value_text, comparator: null };
      const range = { reference_min: min, reference_max: max };
      results.push({
        id: await demoId(`lab ${days} ${loinc}`),
        user_id: userId,
        test_name: name,
        test_code: loinc,
        ...result,
        unit,
        ...range,
        status: resultStatus(result, range),
        recorded_at: addDays(today, -days),
        found_by: "person",
      });
    }
  }
  return results;
}
