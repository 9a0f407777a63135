import assert from "node:assert/strict";
import { ensureConnection, touchConnection } from "../../src/connections/connections.ts";
import { openWorld } from "../support/world.ts";

interface Shown {
  readonly id: string;
  readonly last_synced_at: string | null;
  readonly last_synced_provider: string | null;
  readonly has_active_connection: boolean;
}

Deno.test("a person shows the newest sync over all links, and whether any link is active", async () => {
  await using world = await openWorld();
  const { database } = world.ctx;
  const synced = async (name: string, links: Readonly<Record<string, string | null>>) => {
    const id = await world.createUser({ first_name: name });
    for (const [provider, at] of Object.entries(links)) {
      await ensureConnection(database, id, provider);
      if (at !== null) await touchConnection(database, id, provider, new Date(at));
    }
    return id;
  };
  const old = await synced("old", { apple: "2026-03-13T06:00:00Z", samsung: "2026-03-14T06:00:00Z", garmin: null });
  const never = await synced("never", {});
  const fresh = await synced("fresh", { apple: "2026-03-15T06:00:00Z" });
  const linked = await synced("linked", { google: null });
  for (const provider of ["apple", "samsung"]) {
    await world.call(`/users/${old}/connections/${provider}`, { method: "DELETE" });
  }
  await world.call(`/users/${fresh}/connections/apple`, { method: "DELETE" });

  const expected = {
    [old]: ["2026-03-14T06:00:00.000Z", "samsung", true],
    [never]: [null, null, false],
    [fresh]: ["2026-03-15T06:00:00.000Z", "apple", false],
    [linked]: [null, null, true],
  };
  const shown = (user: Shown) => [user.last_synced_at, user.last_synced_provider, user.has_active_connection];
  const { items } = await world.json<{ items: Shown[] }>("/users?sort_by=last_synced_at");
  assert.deepEqual(Object.fromEntries(items.map((user) => [user.id, shown(user)])), expected);
  assert.deepEqual(items.slice(0, 2).map(({ id }) => id), [fresh, old]);
  const ascending = await world.json<{ items: Shown[] }>("/users?sort_by=last_synced_at&sort_order=asc&limit=2");
  assert.deepEqual(ascending.items.map(({ id }) => id), [old, fresh], "who never synced comes last");
  for (const [id, values] of Object.entries(expected)) {
    assert.deepEqual(shown(await world.json<Shown>(`/users/${id}`)), values);
  }
  const changed = await world.json<Shown>(`/users/${old}`, { method: "PATCH", json: { first_name: "older" } });
  assert.deepEqual(shown(changed), expected[old]);
});
