/** Invented reports that browsers and PDF libraries printed, with what is printed on them, read as the product reads files. */
import assert from "node:assert/strict";
import { PageReader } from "../../src/documents/read_pages.ts";
import { compareResults, isRight } from "../eval/compare_results.ts";
import { readFile } from "../eval/read_file.ts";
import { findDocuments } from "../eval/report_truth.ts";

const folder = new URL("../fixtures/labs", import.meta.url).pathname;

Deno.test({
  name: "every result printed in the example reports is read, and nothing else",
  // The page worker outlives the test by its idle timeout unless closed, and closing it is not awaited.
  sanitizeResources: false,
  sanitizeOps: false,
  async fn(context) {
    const reader = new PageReader();
    try {
      for (const { name, path, truth } of await findDocuments(folder)) {
        if (truth === null) continue;
        await context.step(name, async () => {
          const { results, collected } = await readFile(path, reader, null);
          const { pairs, invented, counts } = compareResults(results, collected, truth);
          assert.deepEqual(invented.map((result) => [result.test_name, result.value_text]), []);
          const wrong = pairs.filter((pair) => !isRight(pair)).map(({ read, printed }) => ({ read, printed }));
          assert.deepEqual(wrong, []);
          assert.equal(counts.range.right, counts.range.printed, "ranges");
          assert.equal(counts.flag.right, counts.flag.printed, "flags");
          assert.equal(collected, truth.collection_date?.slice(0, 10) ?? null);
        });
      }
    } finally {
      reader.close();
    }
  },
});
