import assert from "node:assert/strict";
import { openWorld } from "../support/world.ts";

Deno.test("a wrong method answers 405 with exactly the documented methods, on every path", async () => {
  await using world = await openWorld();
  const paths = world.app.openapi.paths as Record<string, Record<string, unknown>>;
  for (const [path, operations] of Object.entries(paths)) {
    const documented = Object.keys(operations).map((method) => method.toUpperCase());
    const wrong = ["PUT", "PATCH", "DELETE", "POST"].find((method) => !documented.includes(method)) ?? "PUT";
    const response = await world.call(`/${path.replace(/\{\w+\}/g, crypto.randomUUID())}`, { method: wrong });
    await response.body?.cancel();
    assert.equal(response.status, 405, `${wrong} ${path}`);
    assert.deepEqual(response.headers.get("allow")?.split(", ").sort(), documented.sort(), path);
  }
});
