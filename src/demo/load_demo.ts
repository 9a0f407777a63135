import { sql } from "drizzle-orm";
import type { UserId } from "../accounts/access.ts";
import { forgetApiKeys } from "../accounts/known_keys.ts";
import { deleteUser, findUser, findUserByExternalId, insertUser } from "../accounts/queries.ts";
import { insertLabResults } from "../labs/queries.ts";
import type { Context } from "../platform/context.ts";
import { utcDay } from "../platform/day_range.ts";
import { insertSymptoms } from "../symptoms/queries.ts";
import { demoCheckUps } from "./check_ups.ts";
import { demoDiary } from "./diary.ts";
import { demoProfile } from "./preset_table.ts";
import { demoId } from "./random.ts";
import { type RecordedLife, recordLife } from "./seed_users.ts";

/** An invented person with a record, to try everything on. Values are made up; they describe nobody. */

export interface Demo extends RecordedLife {
  readonly user_id: string;
  /** How many rows were stored now; none when the person existed. */
  readonly labs: number;
  readonly symptoms: number;
  readonly created: boolean;
}

const nothing = { labs: 0, symptoms: 0, samples: 0, workouts: 0, nights: 0 };
const demoSeed = 1815;

const demoPerson = { first_name: "Demo", last_name: "Person", external_user_id: "demo" };

/**
 * Stores the demo person with check-ups, a diary and two years of wearable data that end today; whoever has the external
 * id "demo" stays.
 */
export async function loadDemo(ctx: Context): Promise<Demo> {
  const id = await demoId("user");
  const today = utcDay(ctx.clock());
  const [checkUps, diary] = [await demoCheckUps(id, today), await demoDiary(id, today)];
  return await ctx.database.transaction(async (db) => {
    // Two processes may start at once; the second waits here and then finds the first's person.
    await db.execute(sql`lock table "user" in share row exclusive mode`);
    const existing = await findUser(db, id) ?? await findUserByExternalId(db, demoPerson.external_user_id);
    if (existing !== undefined) return { user_id: existing.id, ...nothing, created: false };
    await insertUser(db, { ...demoPerson, id });
    return {
      user_id: id,
      labs: await insertLabResults(db, checkUps),
      symptoms: await insertSymptoms(db, diary),
      ...await recordLife(ctx, db, id as UserId, demoProfile, demoSeed),
      created: true,
    };
  });
}

/** Deletes the demo person with everything about them; false when there is none. Nobody else is ever deleted. */
export async function removeDemo(ctx: Context): Promise<boolean> {
  const id = await demoId("user");
  const removed = await ctx.database.transaction(async (db) => {
    if (await findUser(db, id) === undefined) return false;
    await deleteUser(db, id);
    return true;
  });
  forgetApiKeys(ctx);
  return removed;
}

/** One line for whoever loaded it: whose record it is, and a call that shows some of it. */
export function demoLine(demo: Demo, port: number): string {
  const state = demo.created
    ? `Loaded a demo record with ${demo.samples} samples, ${demo.nights} nights, ${demo.workouts} workouts, ` +
      `${demo.labs} lab results and ${demo.symptoms} symptoms`
    : "The demo record was there already";
  const url = `http://localhost:${port}/api/v1/labs?user_id=${demo.user_id}&days=400`;
  return `${state}; user ${demo.user_id}; curl -H "X-Open-Wearables-API-Key: <key>" "${url}"`;
}
