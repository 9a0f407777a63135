import assert from "node:assert/strict";
import { buildSessions, type SleepStage, type StagePiece } from "../../src/sleep/build_session.ts";

/** What phones really sent, and the nights it must give. */

const PAYLOADS = new URL("../../../shared/payloads/mobile_sdk/", import.meta.url);
const hasPayloads = await Deno.stat(PAYLOADS).then(() => true, () => false);

function phoneTest(name: string, run: () => Promise<void>): void {
  Deno.test({
    name: hasPayloads ? name : `skipped, as ../shared/payloads is absent: ${name}`,
    ignore: !hasPayloads,
    fn: run,
  });
}

/** All pieces as one source's: these payloads were written for a reader that knew no devices. */
async function pieces(file: string): Promise<StagePiece[]> {
  const { data } = JSON.parse(await Deno.readTextFile(new URL(file, PAYLOADS)));
  return data.sleep.map((sent: { id: string; stage: SleepStage; startDate: string; endDate: string }) => ({
    stage: sent.stage,
    start: Date.parse(sent.startDate),
    end: Date.parse(sent.endDate),
    zone_offset: null,
    external_id: sent.id,
  }));
}

phoneTest("a watch without stages: 146 minutes asleep of 160 in bed", async () => {
  const [session, ...more] = buildSessions(await pieces("apple_sleep_old_watch.json"));
  assert.deepEqual(more, []);
  assert.deepEqual(
    [session?.asleep_seconds, session?.in_bed_seconds, session?.deep_seconds, session?.rem_seconds],
    [8760, 160 * 60, 0, 0],
  );
  assert.equal(session?.light_seconds, 0);
  assert.equal(session?.stages?.length, 3);
});

phoneTest("a watch with stages: light 180, deep 155, REM 105, awake 10 minutes of 480 in bed", async () => {
  const [session, ...more] = buildSessions(await pieces("apple_sleep_detailed.json"));
  assert.deepEqual(more, []);
  assert.deepEqual(
    [session?.light_seconds, session?.deep_seconds, session?.rem_seconds, session?.awake_seconds],
    [180 * 60, 155 * 60, 105 * 60, 10 * 60],
  );
  assert.deepEqual([session?.asleep_seconds, session?.in_bed_seconds], [440 * 60, 480 * 60]);
  assert.equal(session?.stages?.length, 8);
});

phoneTest("the second half of a night joins the first", async () => {
  const first: StagePiece = {
    stage: "light",
    start: Date.parse("2026-03-22T23:00:00Z"),
    end: Date.parse("2026-03-23T01:00:00Z"),
    zone_offset: null,
    external_id: "first",
  };
  const [session, ...more] = buildSessions([...await pieces("apple_sleep_continuation.json"), first]);
  assert.deepEqual(more, []);
  assert.equal(new Date(session?.start ?? 0).toISOString(), "2026-03-22T23:00:00.000Z");
  assert.ok((session?.end ?? 0) >= Date.parse("2026-03-23T06:00:00Z"));
});
