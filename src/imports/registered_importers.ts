import type { Importer, ImportKind } from "./importers.ts";

/** Who reads which kind of file; loaded when the first file of that kind arrives. */
export const registeredImporters: Partial<Readonly<Record<ImportKind, () => Promise<Importer>>>> = {
  apple_health: async () => (await import("./apple_import.ts")).importAppleHealth,
  fit: async () => (await import("./fit_import.ts")).importFit,
  tcx: async () => (await import("./tcx_import.ts")).importTcx,
  gpx: async () => (await import("./gpx_import.ts")).importGpx,
};
