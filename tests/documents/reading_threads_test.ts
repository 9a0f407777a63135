/** What reading starts is ended: nothing but that gives its memory back. */
import assert from "node:assert/strict";
import { PageReader } from "../../src/documents/read_pages.ts";
import { waitFor } from "../support/wait.ts";
import { drawPdf, drawReport, encode, pictureOf, readAll, REPORT_SIZE } from "./printed_page.ts";

/** Threads for modules, by the name that Deno gives them. Another program looks, because Deno keeps /proc to itself. */
async function workerCount(): Promise<number> {
  const list = new Deno.Command("sh", { args: ["-c", `cat /proc/${Deno.pid}/task/*/comm`], stderr: "null" });
  const names = new TextDecoder().decode((await list.output()).stdout).split("\n");
  return new Set(names.filter((name) => /^worker-/.test(name))).size;
}

Deno.test({
  name: "the threads that read and draw a picture are gone after it, and their helpers with them",
  ignore: Deno.build.os !== "linux",
  // The pictures of this test are encoded by libvips, which keeps its threads.
  sanitizeOps: false,
  sanitizeResources: false,
  fn: async () => {
    const scan = await encode(await pictureOf(await drawPdf([drawReport], REPORT_SIZE)), "image/png");
    const reader = new PageReader();
    const before = await workerCount();
    const settled = (count: number) =>
      waitFor("threads to end", async () => await workerCount() <= count ? true : undefined);
    assert.equal((await readAll(reader, scan, "image/png")).length, 1);
    for (let time = 0; time < 4; time++) {
      await reader.drawPage(scan, "image/png", { number: 1, width: 200, view: null });
    }
    // One that opens files and two for OCR are kept; a picture's seven go with it.
    assert.ok(await workerCount() > before);
    await settled(before + 3);
    reader.close();
    // Deno has started a thread of its own from one of them, and it has inherited the name.
    await settled(before + 1);
  },
});
