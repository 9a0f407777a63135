import { Batch } from "../ingest/batch.ts";
import { deviceFileChunks } from "./device_file_bytes.ts";
import { readXml } from "./device_file_xml.ts";
import { ImportFailure } from "./import_failure.ts";
import type { Importer } from "./importers.ts";
import { mapTcx, TcxReader } from "./tcx.ts";

export const importTcx: Importer = async ({ file, now, save }) => {
  const reader = new TcxReader();
  const whole = await readXml(deviceFileChunks(file), reader);
  const batch = new Batch(now());
  mapTcx(reader, batch);
  const { read, skipped, noticed } = reader;
  await save(batch, { progress: 1, checkpoint: null, counts: { read, skipped, noticed } });
  if (!whole) throw new ImportFailure("The file is damaged or cut off; what could be read is stored. Export it again");
  if (batch.size === 0) throw new ImportFailure("The file holds no recorded activity; export one that was recorded");
};
