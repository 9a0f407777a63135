/**
 * Why a document cannot be read, in a closed list of codes and in words for the person who uploaded it.
 *
 * Messages never carry text of the document.
 */

export type UnreadableCode =
  | "encrypted"
  | "truncated"
  | "not_supported"
  | "empty"
  | "too_many_pages"
  | "too_large"
  | "timed_out"
  | "reader_failed";

const MESSAGES: Readonly<Record<UnreadableCode, string>> = {
  encrypted: "Cannot read the file: it is encrypted; upload it without a password",
  truncated: "Cannot read the file: it is damaged or incomplete; upload the original again",
  not_supported: "Cannot read the file: only PDF, JPEG, PNG, TIFF and WebP are supported; upload one of these",
  empty: "No text found in the document",
  too_many_pages: "Cannot read the file: it has too many pages; upload it in parts",
  too_large: "Cannot read the file: a page has too many pixels; upload it at a lower resolution",
  timed_out: "Cannot read the file: reading a page took too long; upload it at a lower resolution or in parts",
  reader_failed: "Cannot read the file: the reader stopped; try again, or upload it in another format",
};

/** The only error that readers of documents throw for what is in a file (an aborted signal throws its own reason). */
export class DocumentUnreadable extends Error {
  override readonly name = "DocumentUnreadable";
  readonly code: UnreadableCode;

  /** `message` replaces the code's own words where more is known, such as a limit. */
  constructor(code: UnreadableCode, message: string = MESSAGES[code], options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** Whether another attempt with the same bytes may succeed. */
export function mayRetry(code: UnreadableCode): boolean {
  return code === "timed_out" || code === "reader_failed";
}
