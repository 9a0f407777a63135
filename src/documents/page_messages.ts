/**
 * What the main thread and the page worker say to each other: one request at a time, one answer to each.
 *
 * Pages are asked for one by one, so that neither side ever holds more than one.
 */
import type { FileType } from "./file_type.ts";
import type { Page, PageView } from "./page.ts";
import type { UnreadableCode } from "./unreadable.ts";

export type PageRequest =
  | { readonly kind: "open"; readonly bytes: Uint8Array<ArrayBuffer>; readonly type: FileType }
  /** Without `pictures`, a page that would have to be recognised is left out (`isUnread`). */
  | { readonly kind: "read"; readonly number: number; readonly pictures: boolean }
  | { readonly kind: "draw"; readonly number: number; readonly width: number; readonly view: PageView | null }
  | { readonly kind: "close" }
  /** Nothing is asked after it. */
  | { readonly kind: "end" };

export type PageAnswer =
  | { readonly kind: "opened"; readonly pageCount: number }
  | { readonly kind: "page"; readonly page: Page }
  | { readonly kind: "drawn"; readonly png: Uint8Array<ArrayBuffer> }
  | { readonly kind: "closed" }
  | { readonly kind: "ended" }
  | { readonly kind: "unreadable"; readonly code: UnreadableCode; readonly message: string }
  /** Not foreseen: `reason` is for the log, and the worker is not asked again. */
  | { readonly kind: "failed"; readonly reason: string };
