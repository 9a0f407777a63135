import type { UserId } from "../accounts/access.ts";
import { forgetApiKeys } from "../accounts/known_keys.ts";
import { deleteUsersNamed, findUserByExternalId, insertUser } from "../accounts/queries.ts";
import { storePersonalRecord } from "../accounts/personal_record_queries.ts";
import { ensureConnection, touchConnection } from "../connections/connections.ts";
import { ingest } from "../ingest/ingest.ts";
import type { Context } from "../platform/context.ts";
import type { Database } from "../platform/database.ts";
import { addDays, utcDay } from "../platform/day_range.ts";
import { enqueue } from "../platform/jobs.ts";
import { generateLife } from "./generate_life.ts";
import { generateSeed } from "./jobs.ts";
import { demoId, seededRandom } from "./random.ts";
import { SeedProfile } from "./seed_profile.ts";

/** Invented people for trying things out. The same seed, profile and day give the same person; all can be removed. */

const externalPrefix = "seed:";
const namePrefix = "[SEED:";

export const demoZone = "Europe/Berlin";

const firstNames = ["Ada", "Bela", "Cleo", "Dario", "Edda", "Fynn", "Greta", "Hugo", "Ilse", "Jon"];

export interface Seeding {
  readonly task_id: string;
  readonly status: "dispatched";
  readonly seed_used: number;
}

/** One job for each person; they commit together. A seed is drawn when none is given. */
export async function dispatchSeed(
  ctx: Context,
  request: { num_users: number; random_seed?: number | null | undefined; profile: SeedProfile },
): Promise<Seeding> {
  const seed = request.random_seed ?? crypto.getRandomValues(new Uint32Array(1))[0]! >>> 1;
  // A life ends now and follows its profile: another day or profile is another person, or two lives would mix in one.
  const task_id = await demoId(`seeding ${seed} ${utcDay(ctx.clock())} ${JSON.stringify(request.profile)}`);
  await ctx.database.transaction(async (db) => {
    for (let index = 0; index < request.num_users; index++) {
      await enqueue(db, generateSeed, { task_id, seed, index, profile: request.profile });
    }
  });
  return { task_id, status: "dispatched", seed_used: seed };
}

export interface SeedTask {
  /** Of the request; the same for the same request on one day. */
  readonly task_id: string;
  readonly seed: number;
  readonly index: number;
  readonly profile: Record<string, unknown>;
}

/** Creates the person, or goes on with the one that an interrupted run began. */
export async function seedUser(ctx: Context, { task_id, seed, index, profile: given }: SeedTask): Promise<void> {
  const profile = SeedProfile.parse(given);
  const label = profile.preset ?? "custom";
  const external_user_id = `${externalPrefix}${seed}:${index}:${label}:${task_id.slice(0, 8)}`;
  const name = `${namePrefix}${seed}|${label}] ${firstNames[index % firstNames.length]}`;
  const known = await findUserByExternalId(ctx.database, external_user_id);
  const id = known?.id ?? crypto.randomUUID();
  if (known === undefined) await insertUser(ctx.database, { id, first_name: name.slice(0, 100), external_user_id });
  await recordLife(ctx, ctx.database, id as UserId, profile, seed + index);
}

export interface RecordedLife {
  readonly samples: number;
  readonly workouts: number;
  readonly nights: number;
}

/** Gives a person who exists an invented life up to now; `db` may be a transaction. */
export async function recordLife(
  ctx: Context,
  db: Database,
  id: UserId,
  profile: SeedProfile,
  seed: number,
): Promise<RecordedLife> {
  const now = ctx.clock();
  const life = generateLife(profile, seed, now, demoZone);
  const random = seededRandom(seed + 2);
  await storePersonalRecord(db, id, {
    birth_date: addDays(utcDay(now), -random.whole(25 * 365, 60 * 365)),
    sex: random.happens(0.5) ? "female" : "male",
  });
  for (const provider of life.devices.providers) {
    await ensureConnection(db, id, provider);
    await touchConnection(db, id, provider, now);
  }
  let [samples, workouts, nights] = [0, 0, 0];
  for (const batch of life.batches()) {
    const outcome = await ingest(db, id, batch);
    samples += outcome.samples.inserted;
    workouts += outcome.workouts.inserted;
    nights += outcome.sleep_sessions.inserted;
  }
  return { samples, workouts, nights };
}

/** Deletes every person that `seedUser` made, with everything about them; gives their number. */
export async function removeSeedUsers(ctx: Context): Promise<number> {
  const removed = await deleteUsersNamed(ctx.database, externalPrefix, namePrefix);
  forgetApiKeys(ctx);
  return removed;
}
