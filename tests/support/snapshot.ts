import assert from "node:assert/strict";

/** Compares `actual` with a committed file of tests/snapshots; UPDATE_SNAPSHOTS=1 rewrites the file instead. */
export async function assertSnapshot(name: string, actual: string): Promise<void> {
  const path = new URL(`../snapshots/${name}`, import.meta.url);
  if (Deno.env.get("UPDATE_SNAPSHOTS") === "1") {
    await Deno.writeTextFile(path, actual);
    return;
  }
  const expected = await Deno.readTextFile(path).catch(() => "");
  if (actual === expected) return;
  const [now, then] = [actual.split("\n"), expected.split("\n")];
  const line = now.findIndex((text, index) => text !== then[index]);
  const at = line === -1 ? now.length : line;
  assert.fail(
    `tests/snapshots/${name} is not current from line ${at + 1} on; review the change, then run with ` +
      `UPDATE_SNAPSHOTS=1\n  committed: ${then[at] ?? "(end)"}\n  now:       ${now[at] ?? "(end)"}`,
  );
}
