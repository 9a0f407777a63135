import { Batch } from "../ingest/batch.ts";
import { isFit } from "./device_file.ts";
import { fitMaxBytes, wholeDeviceFile } from "./device_file_bytes.ts";
import { mapFit } from "./fit.ts";
import { decodeFit, type FitDamage } from "./fit_file.ts";
import { ImportFailure } from "./import_failure.ts";
import type { Importer } from "./importers.ts";

const damages: Readonly<Record<FitDamage, string>> = {
  wrong_checksum: "its checksum does not match",
  cut_off: "it is cut off",
  compressed_timestamps: "it keeps its times in a form that cannot be read",
  unreadable: "a part of it cannot be read",
};

/** A file is small: it is read whole. What a damaged one gives is stored, and then the import says what is wrong. */
export const importFit: Importer = async ({ file, now, save }) => {
  const bytes = await wholeDeviceFile(file);
  if (!isFit(bytes.subarray(0, 14))) throw new ImportFailure("The archive holds no FIT file; send the file unpacked");
  if (bytes.byteLength > fitMaxBytes) {
    throw new ImportFailure("The FIT file exceeds 24 MB, which no recording does; send the original files one by one");
  }
  const decoded = decodeFit(bytes);
  const batch = new Batch(now());
  const { read, skipped, noticed } = mapFit(decoded, batch);
  await save(batch, { progress: 1, checkpoint: null, counts: { read, skipped, noticed } });
  if (decoded.damage !== null) {
    const kept = batch.size > 0 ? "what could be read is stored" : "nothing could be read";
    throw new ImportFailure(`The file is damaged: ${damages[decoded.damage]}; ${kept}. Copy it from the device again`);
  }
  if (batch.size > 0) return;
  const clock = skipped.clock_not_set ?? skipped.session_clock_not_set ?? 0;
  throw new ImportFailure(
    clock > 0
      ? "The device's clock was not set, so that nobody knows when this was; nothing is stored"
      : (skipped.several_people ?? 0) > 0
      ? "The file holds measurements of several people; export those of one"
      : "The file holds no measurements; send an activity, monitoring or weight file",
  );
};
