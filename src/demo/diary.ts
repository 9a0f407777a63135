import { addDays } from "../platform/day_range.ts";
import type { NewSymptom } from "../symptoms/queries.ts";
import { demoId, seededRandom } from "./random.ts";

/** Ninety days of an invented person's symptoms, up to yesterday. */

const diaryDays = 90;

interface Pattern {
  readonly type: string;
  /** A day's probability. */
  readonly probability: number;
  readonly severity: readonly [min: number, max: number];
  /** Null where a duration makes no sense. */
  readonly minutes: readonly [min: number, max: number] | null;
  readonly triggers: readonly string[];
}

const patterns: readonly Pattern[] = [
  {
    type: "headache",
    probability: 0.15,
    severity: [3, 7],
    minutes: [30, 240],
    triggers: ["Stress", "Screen time", "Dehydration"],
  },
  {
    type: "migraine",
    probability: 0.05,
    severity: [6, 9],
    minutes: [120, 720],
    triggers: ["Weather change", "Sleep deficit", "Stress"],
  },
  {
    type: "back_pain",
    probability: 0.1,
    severity: [2, 6],
    minutes: [60, 480],
    triggers: ["Sitting", "Exercise", "Poor posture"],
  },
  {
    type: "fatigue",
    probability: 0.2,
    severity: [3, 7],
    minutes: [120, 480],
    triggers: ["Poor sleep", "Stress", "Overwork"],
  },
  {
    type: "mood_low",
    probability: 0.08,
    severity: [3, 6],
    minutes: [240, 720],
    triggers: ["Stress", "Weather", "Isolation"],
  },
  {
    type: "energy_high",
    probability: 0.25,
    severity: [7, 10],
    minutes: null,
    triggers: ["Good sleep", "Exercise", "Sunshine"],
  },
];

/** The entries, counted back from `today`. The same day gives the same values. */
export async function demoDiary(userId: string, today: string): Promise<NewSymptom[]> {
  const random = seededRandom(2089);
  const entries: NewSymptom[] = [];
  for (let days = diaryDays; days > 0; days--) {
    for (const { type, probability, severity, minutes, triggers } of patterns) {
      if (!random.happens(probability)) continue;
      const hour = String(random.whole(7, 22)).padStart(2, "0");
      const minute = String(random.whole(0, 59)).padStart(2, "0");
      const named = random.some(triggers, random.whole(0, 2));
      entries.push({
        id: await demoId(`symptom ${days} ${type}`),
        user_id: userId,
        symptom_type: type,
        severity: random.whole(...severity),
        recorded_at: new Date(`${addDays(today, -days)}T${hour}:${minute}:00Z`),
        zone_offset: "+00:00",
        duration_minutes: minutes === null ? null : random.whole(...minutes),
        triggers: named.length === 0 ? null : named,
      });
    }
  }
  return entries;
}
