import { Batch } from "../ingest/batch.ts";
import { deviceFileChunks } from "./device_file_bytes.ts";
import { readXml } from "./device_file_xml.ts";
import { GpxReader, mapGpx } from "./gpx.ts";
import { ImportFailure } from "./import_failure.ts";
import type { Importer } from "./importers.ts";

export const importGpx: Importer = async ({ file, now, save }) => {
  const reader = new GpxReader();
  const whole = await readXml(deviceFileChunks(file), reader);
  const batch = new Batch(now());
  mapGpx(reader, batch, whole);
  const { read, skipped, noticed } = reader;
  await save(batch, { progress: 1, checkpoint: null, counts: { read, skipped, noticed } });
  if (!whole) throw new ImportFailure("The file is damaged or cut off; what could be read is stored. Export it again");
  if (read === 0) throw new ImportFailure("The file holds no track; export a recorded activity");
  if (batch.size === 0) throw new ImportFailure("The track has no times that can be used; export a recorded activity");
};
