/**
 * The thread that reads documents: everything slow, memory-hungry or fed with strangers' bytes happens here.
 *
 * Started, watched and ended by `read_pages.ts`.
 */
import { answerRequests } from "./helper_thread.ts";
import { DocumentOpener, type OpenDocument } from "./open_document.ts";
import type { PageAnswer, PageRequest } from "./page_messages.ts";
import { DocumentUnreadable } from "./unreadable.ts";

const opener = new DocumentOpener();
let document: OpenDocument | undefined;

answerRequests<PageRequest, PageAnswer>(async (request) => {
  try {
    return await answer(request);
  } catch (error) {
    if (error instanceof DocumentUnreadable) return { kind: "unreadable", code: error.code, message: error.message };
    return { kind: "failed", reason: String(error) };
  }
});

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
    case "end":
      await opener.close();
      return { kind: "ended" };
  }
}
