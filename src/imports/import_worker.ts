/** The thread that reads files and stores what is in them. Started, watched and ended by `import_thread.ts`. */
import { type DatabasePool, openDatabase } from "../platform/database.ts";
import { describeError } from "../platform/errors.ts";
import { readImport } from "./read_import.ts";
import type { ThreadAnswer, ThreadRequest } from "./thread_messages.ts";

/** This thread's own scope; the checker takes every module for one of the main thread. */
const main = self as unknown as {
  onmessage: (event: MessageEvent<ThreadRequest>) => Promise<void>;
  postMessage(answer: ThreadAnswer): void;
};

let pool: DatabasePool | undefined;

main.onmessage = async ({ data }) => {
  if (data.kind === "open") {
    // One reads the file while another stores a batch. An import goes on from its checkpoint, which is stored with the
    // batch, and its end is written by the main thread, which waits for the disk.
    pool = openDatabase(data.databaseUrl, { max: 3, name: "anamnesis-import", lazyCommits: true });
    return;
  }
  try {
    if (pool === undefined) throw new Error("No database is open");
    const outcome = await readImport(pool.database, data.order, () => main.postMessage({ kind: "alive" }));
    main.postMessage({ kind: "ended", outcome });
  } catch (error) {
    main.postMessage({ kind: "crashed", described: describeError(error) });
  }
};
