import type { Config } from "../platform/config.ts";
import type { ReadPages } from "./read_document.ts";
import { PageReader } from "./read_pages.ts";

/** Where pages come from: docling-serve when it is configured, otherwise the embedded reader. */
export interface PageSource {
  readonly readPages: ReadPages;
  close(): void;
}

export function openPageSource(config: Config, _fetch: typeof globalThis.fetch): PageSource {
  const { DOCUMENT_MAX_PAGES: maxPages } = config;
  const reader = new PageReader();
  return {
    readPages: (bytes, type, _fileName, signal) => reader.readPages(bytes, type, { maxPages, signal }),
    close: () => reader.close(),
  };
}
