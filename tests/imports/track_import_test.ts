import assert from "node:assert/strict";
import { Encoder, Profile } from "@garmin/fitsdk";
import { sql } from "drizzle-orm";
import { readImport } from "../../src/imports/read_import.ts";
import { runImportJob } from "../../src/imports/run_import.ts";
import { rows } from "../../src/platform/database.ts";
import { waitFor } from "../support/wait.ts";
import { openWorld, type World } from "../support/world.ts";

/** `POST /users/{user_id}/import/file`, from the upload to the rows. */

const now = () => new Date("2026-03-15T12:00:00Z");

const gpx = `<?xml version="1.0"?><gpx creator="Garmin Connect"><trk><type>running</type><trkseg>` +
  `<trkpt lat="50" lon="20"><ele>1</ele><time>2026-03-14T08:00:00Z</time></trkpt>` +
  `<trkpt lat="50.001" lon="20"><ele>2</ele><time>2026-03-14T08:00:30Z</time></trkpt></trkseg></trk></gpx>`;

function fit(): Uint8Array<ArrayBuffer> {
  const at = (second: number) => new Date(Date.parse("2026-03-14T08:00:00Z") + second * 1000);
  const encoder = new Encoder();
  const { MesgNum } = Profile as unknown as { MesgNum: Readonly<Record<string, number>> };
  const write = (name: string, fields: Record<string, unknown>) =>
    encoder.onMesg(MesgNum[name] as never, fields as never);
  write("FILE_ID", { type: "activity", manufacturer: "garmin", product: 2697, timeCreated: at(0) });
  for (let second = 0; second < 5; second++) write("RECORD", { timestamp: at(second), heartRate: 120 + second });
  write("SESSION", { timestamp: at(5), startTime: at(0), totalElapsedTime: 5, sport: "cycling", subSport: "road" });
  return new Uint8Array(encoder.close());
}

interface Accepted {
  readonly status: string;
  readonly task_id: string;
  readonly run_id: string;
  readonly user_id: string;
}

interface Row {
  readonly status: string;
  readonly error: string | null;
  readonly kind: string;
  readonly samples: number;
  readonly workouts: number;
  readonly told: string;
}

/** Uploads, lets the job run, and gives what there is then. */
async function load(world: World, user: string, body: BodyInit): Promise<Row> {
  const accepted = await world.json<Accepted>(`/users/${user}/import/file`, { body, method: "POST" }, 202);
  assert.deepEqual([accepted.status, accepted.user_id], ["processing", user]);
  const { database } = world.ctx;
  const read = (order: { importId: string; now: number }) => readImport(database, order, () => {});
  await runImportJob(world.ctx, accepted.task_id, read, new AbortController().signal);
  const [row] = await rows<Row>(
    database,
    sql`
      select r.status, r.error, r.kind,
        (select count(*)::int from sample s join "user" u on u.no = s.user_no where u.id = r.user_id) as samples,
        (select count(*)::int from workout w join "user" u on u.no = w.user_no where u.id = r.user_id) as workouts,
        (select status from sync_event e where e.run_id = r.run_id order by no desc limit 1) as told
      from import_run r
      where id = ${accepted.task_id}`,
  );
  assert.ok(row);
  return row;
}

const form = (bytes: BlobPart, name: string) => {
  const data = new FormData();
  data.set("file", new File([bytes], name));
  return data;
};

async function gzip(text: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(
    await new Response(new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"))).arrayBuffer(),
  );
}

Deno.test("a file is imported once, however it is sent", async () => {
  await using world = await openWorld({}, now);
  const user = await world.createUser();
  const once: Row = { status: "completed", error: null, kind: "fit", samples: 5, workouts: 1, told: "success" };
  assert.deepEqual(await load(world, user, form(fit(), "ride.bin")), once);
  assert.deepEqual(await load(world, user, fit()), once);
  const track: Row = { ...once, kind: "gpx", samples: 11, workouts: 2 };
  assert.deepEqual(await load(world, user, form(gpx, "run.xml")), track);
  assert.deepEqual(await load(world, user, form(await gzip(gpx), "run.gpx.gz")), track);
});

Deno.test("the worker's thread reads each kind", async () => {
  await using world = await openWorld({}, now);
  const user = await world.createUser();
  const tcx = `<TrainingCenterDatabase><Activities><Activity Sport="Running"><Lap StartTime="2026-03-13T08:00:00Z">` +
    `<TotalTimeSeconds>60</TotalTimeSeconds></Lap></Activity></Activities></TrainingCenterDatabase>`;
  for (const body of [fit(), gpx, tcx]) {
    await world.json(`/users/${user}/import/file`, { body, method: "POST" }, 202);
  }
  await world.startWorker();
  const ended = await waitFor("three imports", async () => {
    const runs = await rows<{ kind: string; status: string }>(
      world.ctx.database,
      sql`select kind, status from import_run where ended_at is not null order by kind`,
    );
    return runs.length === 3 ? runs.map(({ kind, status }) => `${kind} ${status}`) : undefined;
  });
  assert.deepEqual(ended, ["fit completed", "gpx completed", "tcx completed"]);
});

Deno.test("of a damaged file what could be read is stored, and the run says what is wrong", async () => {
  await using world = await openWorld({}, now);
  const user = await world.createUser();
  const cut = await load(world, user, fit().slice(0, -30));
  assert.deepEqual([cut.status, cut.told, cut.workouts], ["failed", "partial", 0]);
  assert.ok(cut.samples > 0);
  assert.match(cut.error ?? "", /^The file is damaged: it is cut off; what could be read is stored/);
  const half = await load(world, user, gpx.slice(0, -10));
  assert.deepEqual([half.status, half.told, half.samples - cut.samples], ["failed", "partial", 6]);
});

Deno.test("a file without measurements fails with a reason, and one of another kind is refused at once", async () => {
  await using world = await openWorld({}, now);
  const user = await world.createUser();
  const empty = await load(world, user, "<gpx><wpt lat='1' lon='2'/></gpx>");
  assert.deepEqual([empty.status, empty.samples], ["failed", 0]);
  assert.match(empty.error ?? "", /holds no track/);
  const bomb = await load(world, user, `<!DOCTYPE gpx [<!ENTITY a "a">]><gpx>&a;</gpx>`);
  assert.match(bomb.error ?? "", /declares a document type/);
  const archive = await load(world, user, form(new Uint8Array([0x1f, 0x8b, 8, 0, 0]), "ride.fit.gz"));
  assert.match(archive.error ?? "", /gzip archive is damaged/);
  for (const body of ["", "%PDF-1.4", form("x", "ride.fit"), new FormData()]) {
    await world.json(`/users/${user}/import/file`, { body, method: "POST" }, 400);
  }
});

Deno.test("a FIT file beyond the limit is refused while it arrives, and the answer names the limit", async () => {
  await using world = await openWorld({}, now);
  const user = await world.createUser();
  const head = fit();
  const body = new Blob([head, new Uint8Array(24 * 1024 * 1024 + 1 - head.byteLength)]);
  const { detail } = await world.json(`/users/${user}/import/file`, { body, method: "POST" }, 413);
  assert.equal(detail, "File exceeds maximum size of 24 MB");
  assert.deepEqual(await rows(world.ctx.database, sql`select id from stored_file`), []);
});
