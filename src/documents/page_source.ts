import type { Config } from "../platform/config.ts";
import { readPagesWithDocling } from "./docling.ts";
import type { FileType } from "./file_type.ts";
import type { ReadPages } from "./read_document.ts";
import { PageReader } from "./read_pages.ts";

/** Where pages come from: docling-serve when it is configured, otherwise the embedded reader. */
export interface PageSource {
  readonly readPages: ReadPages;
  close(): void;
}

const endings: Readonly<Record<FileType, string>> = {
  "application/pdf": "pdf",
  "image/jpeg": "jpg",
  "image/png": "png",
  "image/tiff": "tiff",
  "image/webp": "webp",
};

export function openPageSource(config: Config, fetch: typeof globalThis.fetch): PageSource {
  const { DOCLING_URL: url, DOCUMENT_MAX_PAGES: maxPages } = config;
  if (url !== null) {
    const timeout = config.DOCLING_TIMEOUT * 1000;
    return {
      // The service tells formats by the name's ending; the name itself is nobody else's business.
      readPages: (bytes, type, signal) =>
        readPagesWithDocling(bytes, { url, fetch, timeout, fileName: `document.${endings[type]}`, maxPages, signal }),
      close: () => {},
    };
  }
  const reader = new PageReader();
  return {
    readPages: (bytes, type, signal) => reader.readPages(bytes, type, { maxPages, signal }),
    close: () => reader.close(),
  };
}
