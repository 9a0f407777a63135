import assert from "node:assert/strict";
import { sql } from "drizzle-orm";
import { rows } from "../../src/platform/database.ts";
import { openWorld, type World } from "../support/world.ts";
import { waitFor } from "../support/wait.ts";
import { appleExportText } from "../support/apple_export.ts";

Deno.test("smoke", async () => {
  await using world = await openWorld();
  await world.startWorker();
  const user = await world.createUser();
  const form = new FormData();
  form.set("file", new File([appleExportText({ records: 3000 })], "export.xml"));
  const accepted = await world.json(`/users/${user}/import/apple/xml/direct`, { body: form });
  const run = await waitFor("import", async () => {
    const run = await world.json(`/users/${user}/imports/${accepted.task_id}`);
    return run.ended_at === null ? undefined : run;
  }, 60).catch((e) => {
    console.log(world.log);
    throw e;
  });
  console.log(run, world.log.filter((l) => l.level !== "info"));
  console.log(await rows(world.ctx.database, sql`select count(*) from sample`));
});
