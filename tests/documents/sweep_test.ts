import assert from "node:assert/strict";
import { sql } from "drizzle-orm";
import { sweepExpiredTask } from "../../tasks/sweep_expired.ts";
import { rows } from "../../src/platform/database.ts";
import { bloodCount, reportPdf, uploadForm } from "../support/report.ts";
import { openWorld } from "../support/world.ts";

Deno.test("the sweep removes unfinished uploads, ended windows and old tokens, and nothing that is in use", async () => {
  await using world = await openWorld();
  const db = world.ctx.database;
  const user_id = await world.createUser();
  await world.json("/documents/upload", { body: uploadForm(await reportPdf(bloodCount), { user_id }) }, 202);
  const kept = await rows<{ id: string }>(db, sql`select id from stored_file`);
  const fresh = crypto.randomUUID();
  await db.execute(sql`update stored_file set created_at = now() - interval '2 hours'`);
  await db.execute(sql`
    insert into stored_file (id, created_at)
    values (${fresh}, now()), (gen_random_uuid(), now() - interval '2 hours')`);
  await db.execute(sql`insert into rate_limit values ('ended', now() - interval '1 second', 3)`);
  await db.execute(sql`insert into rate_limit values ('running', now() + interval '1 minute', 3)`);
  await db.execute(sql`
    insert into refresh_token (id, family_id, token_hash, token_type, developer_id, expires_at)
    values (gen_random_uuid(), gen_random_uuid(), 'old', 'developer', ${world.developerId}, now() - interval '2 days')`);

  await sweepExpiredTask.run(world.ctx, {}, new AbortController().signal);

  const files = await rows<{ id: string }>(db, sql`select id from stored_file`);
  assert.deepEqual(files.map((row) => row.id).sort(), [fresh, ...kept.map((row) => row.id)].sort());
  const keys = (await rows<{ key: string }>(db, sql`select key from rate_limit`)).map((row) => row.key);
  assert.ok(keys.includes("running") && !keys.includes("ended"), keys.join());
  assert.deepEqual(await rows(db, sql`select from refresh_token where token_hash = 'old'`), []);
  // The login that made these calls lives on.
  await world.json("/auth/me");
});
