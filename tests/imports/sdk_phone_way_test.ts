import assert from "node:assert/strict";
import { openWorld } from "../support/world.ts";
import { waitFor } from "../support/wait.ts";
import { told } from "./sdk_phone.ts";

Deno.test("a phone's whole way: code, tokens, push, and the data can be read", async () => {
  await using world = await openWorld({}, () => new Date("2026-03-14T12:00:00Z"));
  await world.startWorker();
  const user = await world.createUser();
  const { code } = await world.json<{ code: string }>(`/users/${user}/invitation-code`, { method: "POST" }, 201);
  const phone = await world.json<{ access_token: string; user_id: string }>("/invitation-code/redeem", {
    token: null,
    json: { code },
  });
  assert.equal(phone.user_id, user);
  const at = "2026-03-14T08:00:00Z";
  const json = {
    provider: "apple",
    sdkVersion: "1.0.0",
    syncTimestamp: at,
    data: {
      records: [{
        id: "r1",
        type: "HKQuantityTypeIdentifierOxygenSaturation",
        startDate: at,
        endDate: at,
        zoneOffset: "+01:00",
        value: 0.97,
        unit: "%",
        source: { name: "Apple Watch", appId: "com.apple.health", deviceModel: "Watch7,5", deviceType: "watch" },
      }],
    },
  };
  await world.json(`/sdk/users/${user}/sync`, { token: phone.access_token, json }, 202);
  const range = "start_time=2026-03-14&end_time=2026-03-14";
  type Page = { readonly data: readonly Record<string, unknown>[] };
  const [sample] = await waitFor("the sample", async () => {
    const page = await world.json<Page>(`/users/${user}/timeseries?types=oxygen_saturation&${range}`);
    return page.data.length > 0 ? page.data : undefined;
  });
  const { timestamp, type, value, unit, zone_offset, source } = sample ?? {};
  assert.deepEqual([Date.parse(String(timestamp)), type, value, unit, zone_offset], [
    Date.parse(at),
    "oxygen_saturation",
    97,
    "percent",
    "+01:00",
  ]);
  const { provider, device, device_type } = source as Record<string, unknown>;
  assert.deepEqual([provider, source && (source as { source: string }).source, device, device_type], [
    "apple",
    "Apple Watch",
    "Watch7,5",
    "watch",
  ]);
  const [run] = await world.ctx.database.execute("select run_id from sync_event limit 1");
  const last = (await told(world, String(run?.run_id))).at(-1);
  assert.deepEqual([last?.stage, last?.status, last?.metadata.records_saved], ["completed", "success", 1]);
});
