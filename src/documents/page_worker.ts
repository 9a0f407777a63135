/**
 * The thread that reads documents: everything slow, memory-hungry or fed with strangers' bytes happens here.
 *
 * Started, watched and ended by `read_pages.ts`.
 */
import { DocumentOpener, type OpenDocument } from "./open_document.ts";
import type { PageAnswer, PageRequest } from "./page_messages.ts";
import { DocumentUnreadable } from "./unreadable.ts";

/** This thread's own scope; the checker takes every module for one of the main thread. */
const main = self as unknown as {
  onmessage: (event: MessageEvent<PageRequest>) => Promise<void>;
  postMessage(answer: PageAnswer): void;
};

const opener = new DocumentOpener();
let document: OpenDocument | undefined;

main.onmessage = async (event) => {
  try {
    main.postMessage(await answer(event.data));
  } catch (error) {
    if (error instanceof DocumentUnreadable) {
      main.postMessage({ kind: "unreadable", code: error.code, message: error.message });
    } else {
      main.postMessage({ kind: "failed", reason: String(error) });
    }
  }
};

async function answer(request: PageRequest): Promise<PageAnswer> {
  switch (request.kind) {
    case "open":
      document = await opener.open(request.bytes, request.type);
      return { kind: "opened", pageCount: document.pageCount };
    case "read":
      if (document === undefined) throw new Error("No document is open");
      return { kind: "page", page: await document.readPage(request.number, request.pictures) };
    case "draw":
      if (document === undefined) throw new Error("No document is open");
      return { kind: "drawn", png: await document.drawPage(request.number, request.width, request.view) };
    case "close":
      await document?.close();
      document = undefined;
      return { kind: "closed" };
  }
}
