import { crc32 } from "node:zlib";
import { type Entry, type FileEntry, Reader, ZipReader } from "@zip.js/zip.js";
import type { StoredBytes } from "../platform/stored_bytes.ts";
import { isZip } from "./apple_file.ts";
import { ImportFailure } from "./import_failure.ts";

/** The XML of an export, out of the zip that the phone writes or as it is. */
export interface AppleExportXml {
  readonly stream: ReadableStream<Uint8Array>;
  /** Bytes of the XML. */
  readonly size: number;
  /** What else lies in the archive, by what it is. */
  readonly noticed: Readonly<Record<string, number>>;
}

/** Text this regular shrinks to a twentieth; what claims much more is made to fill a disk. */
const highestRatio = 250;
const largestXml = 256 * 1024 ** 3;
/** The list of a zip's files is read at once; this is enough for half a million. */
const largestDirectory = 32 * 1024 * 1024;

export async function openAppleExport(file: StoredBytes): Promise<AppleExportXml> {
  if (!isZip(await file.read(0, 4))) return { stream: file.stream(), size: file.size, noticed: {} };
  const zip = new ZipReader(new StoredReader(file), { useWebWorkers: false });
  try {
    const { candidates, noticed } = await listFiles(zip);
    const entry = await findExport(candidates);
    return { stream: content(entry), size: entry.uncompressedSize, noticed };
  } catch (error) {
    if (error instanceof ImportFailure || isDatabaseError(error)) throw error;
    throw damaged();
  }
}

class StoredReader extends Reader<StoredBytes> {
  readonly #file: StoredBytes;

  constructor(file: StoredBytes) {
    super(file);
    this.#file = file;
    this.size = file.size;
  }

  override async readUint8Array(index: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
    if (length > largestDirectory) throw new ImportFailure("its list of files is larger than any export's");
    return await this.#file.read(index, length);
  }
}

async function listFiles(zip: ZipReader<StoredBytes>): Promise<{
  candidates: FileEntry[];
  noticed: Record<string, number>;
}> {
  const candidates: FileEntry[] = [];
  const noticed: Record<string, number> = {};
  for await (const entry of zip.getEntriesGenerator()) {
    if (entry.directory || isResourceFork(entry)) continue;
    const name = entry.filename.toLowerCase();
    const what = name.endsWith(".xml")
      ? null
      : name.endsWith(".gpx")
      ? "workout_route_file"
      : name.includes("electrocardiograms/")
      ? "electrocardiogram"
      : name.includes("clinical-records/")
      ? "clinical_record_file"
      : "other_file";
    if (what !== null) noticed[what] = (noticed[what] ?? 0) + 1;
    else if (candidates.length < 50) candidates.push(entry);
  }
  return { candidates, noticed };
}

/** What macOS adds when it packs a folder. */
function isResourceFork({ filename }: Entry): boolean {
  return filename.startsWith("__MACOSX/") || /(^|\/)\._[^/]*$/.test(filename);
}

/** The file is named in the phone's language, so its content tells: of those with the right root, the largest. */
async function findExport(candidates: readonly FileEntry[]): Promise<FileEntry> {
  const largestFirst = [...candidates].sort((a, b) => b.uncompressedSize - a.uncompressedSize);
  for (const entry of largestFirst) {
    if (entry.encrypted) throw new ImportFailure("it is encrypted; upload the export.zip as the phone wrote it");
    refuseBomb(entry);
    if (/<HealthData[\s>/]/.test(await beginning(entry))) return entry;
  }
  throw new ImportFailure("the zip holds no export of Apple Health; upload the export.zip that the Health app writes");
}

function refuseBomb({ uncompressedSize, compressedSize }: FileEntry): void {
  const suspicious = uncompressedSize > 64 * 1024 * 1024 && uncompressedSize > compressedSize * highestRatio;
  if (suspicious || uncompressedSize > largestXml) {
    throw new ImportFailure("it claims to unpack to more than any export does");
  }
}

/** As far as a document type can reach. */
async function beginning(entry: FileEntry): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  const reader = content(entry).getReader();
  try {
    while (text.length < 256 * 1024) {
      const { done, value } = await reader.read();
      if (done) break;
      text += decoder.decode(value, { stream: true });
    }
  } finally {
    reader.cancel().catch(() => {});
  }
  return text;
}

/**
 * Unpacked as it is read; a file that holds more than it says, or something else, ends with a failure. Inflated here
 * and not by the library, whose buffers pile up: little goes in at a time, because all that comes of it comes at once,
 * and what is larger than 128 KB costs the system a new mapping each.
 */
function content(entry: FileEntry): ReadableStream<Uint8Array> {
  const { compressionMethod, uncompressedSize, signature } = entry;
  if (compressionMethod !== 0 && compressionMethod !== 8) throw damaged();
  let fail: (error: unknown) => void = () => {};
  const raw = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    start: (controller) => void (fail = (error) => controller.error(error)),
    transform(chunk, controller) {
      for (let at = 0; at < chunk.byteLength; at += 4_096) controller.enqueue(chunk.subarray(at, at + 4_096));
    },
  });
  // Without being told, the reader would wait for ever for what does not come.
  entry.getData(raw.writable, { useWebWorkers: false, passThrough: true }).catch(fail);
  const unpacked = compressionMethod === 0
    ? raw.readable
    : raw.readable.pipeThrough(new DecompressionStream("deflate-raw"));
  const reader = unpacked.getReader();
  let [size, checksum] = [0, 0];
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await reader.read().catch((error) => {
        throw error instanceof ImportFailure || isDatabaseError(error) ? error : damaged();
      });
      size += value?.byteLength ?? 0;
      if (size > uncompressedSize) throw new ImportFailure("it unpacks to more than it says");
      if (value !== undefined) checksum = crc32(value, checksum);
      if (!done) return controller.enqueue(value);
      if (size !== uncompressedSize || checksum !== signature) throw damaged();
      controller.close();
    },
    cancel: (reason) => reader.cancel(reason),
  }, { highWaterMark: 0 });
}

function damaged(): ImportFailure {
  return new ImportFailure("the zip is damaged or was not sent completely; export and upload it again");
}

/** These may pass; another attempt follows. */
function isDatabaseError(error: unknown): boolean {
  const name = error instanceof Error ? error.name : "";
  return name === "PostgresError" || name === "DrizzleQueryError" ||
    /^(CONNECT|ECONN|EPIPE|ETIMEDOUT)/.test(String(Reflect.get(Object(error), "code")));
}
