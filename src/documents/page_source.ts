import type { Config } from "../platform/config.ts";
import { readPagesWithDocling } from "./docling.ts";
import type { FileType } from "./file_type.ts";
import type { DrawPage } from "./draw_page_image.ts";
import type { ReadPages } from "./read_document.ts";
import { PageReader } from "./read_pages.ts";

/** Where pages come from: docling-serve when it is configured, otherwise the embedded reader. */
export interface PageSource {
  readonly readPages: ReadPages;
  readonly drawPage: DrawPage;
  close(): void;
}

/** Whoever waits for a drawing waits 20 seconds at most. */
const drawingTimes = { stepTimeout: 15_000, idleTimeout: 10_000 };

const endings: Readonly<Record<FileType, string>> = {
  "application/pdf": "pdf",
  "image/jpeg": "jpg",
  "image/png": "png",
  "image/tiff": "tiff",
  "image/webp": "webp",
};

export function openPageSource(config: Config, fetch: typeof globalThis.fetch): PageSource {
  const { DOCLING_URL: url, DOCUMENT_MAX_PAGES: maxPages } = config;
  // A worker of its own: nobody waits for a long document to be read, and a page that cannot be drawn harms no other.
  const drawer = new PageReader(drawingTimes);
  const drawPage: DrawPage = (bytes, type, drawing, signal) => drawer.drawPage(bytes, type, drawing, signal);
  if (url !== null) {
    const timeout = config.DOCLING_TIMEOUT * 1000;
    return {
      // The service tells formats by the name's ending; the name itself is nobody else's business.
      readPages: (bytes, type, signal) =>
        readPagesWithDocling(bytes, { url, fetch, timeout, fileName: `document.${endings[type]}`, maxPages, signal }),
      drawPage,
      close: () => drawer.close(),
    };
  }
  const reader = new PageReader();
  return {
    readPages: (bytes, type, signal) => reader.readPages(bytes, type, { maxPages, signal }),
    drawPage,
    close: () => {
      reader.close();
      drawer.close();
    },
  };
}
