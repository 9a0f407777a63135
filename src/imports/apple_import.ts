import { findPersonalRecord, storePersonalRecord } from "../accounts/personal_record_queries.ts";
import { type AppleExportXml, openAppleExport } from "./apple_archive.ts";
import { type AppleMe, AppleReader } from "./apple_reader.ts";
import { AppleXml } from "./apple_xml.ts";
import { ImportFailure } from "./import_failure.ts";
import { Utf8Pieces } from "./utf8_pieces.ts";
import type { Importer, ImportWork } from "./importers.ts";

/**
 * Apple Health's export → batches, in one pass over a file of any size. The checkpoint is how many elements were
 * stored: a later attempt reads the file from its beginning, which is quick without storing, and passes over as many.
 */

const batchSize = 25_000;
/** Text is made in pieces this small because longer strings live until the next full collection. */
const pieceBytes = 64 * 1024;
/** While a batch is stored, reading stops this often to hear what the database answers. */
const listenEveryMs = 2;
/** A slow database must not make progress invisible, nor lose much to a crash. */
const longestBatchMs = 5_000;

export const importAppleHealth: Importer = async (work) => {
  const xml = await readable(openAppleExport(work.file));
  const reader = new AppleReader(work.counts, elementsOf(work.checkpoint), work.now);
  if (work.checkpoint === null) {
    for (const [what, count] of Object.entries(xml.noticed)) reader.counts.notice(what, count);
  }
  const steps = new AppleSteps(work, reader, xml.size);
  try {
    await readable(readXml(xml, reader, steps));
  } catch (error) {
    // What came before the place where the file is broken is as good as ever.
    if (error instanceof ImportFailure) await steps.finish();
    throw error;
  }
  await rememberPerson(work, reader.me);
  await steps.finish();
};

async function readXml(xml: AppleExportXml, reader: AppleReader, steps: AppleSteps): Promise<void> {
  const parser = new AppleXml(reader);
  const decoder = new Utf8Pieces();
  try {
    for await (const chunk of xml.stream) {
      for (let at = 0; at < chunk.byteLength; at += pieceBytes) {
        const piece = chunk.subarray(at, at + pieceBytes);
        steps.bytes += piece.byteLength;
        parser.write(decoder.decode(piece));
        await steps.advance();
      }
      release(chunk);
    }
    parser.write(decoder.rest());
    parser.end();
  } catch (error) {
    if (!(error instanceof ImportFailure)) throw error;
    const place = steps.bytes - new TextEncoder().encode(parser.unread).byteLength;
    throw new ImportFailure(`${error.message} (at byte ${Math.max(0, place)} of the XML)`);
  }
}

/**
 * Gives the memory of a chunk back now. A file unpacks to gigabytes of them, and the collector, which sees only the
 * small objects that point to them, would let hundreds of megabytes pile up.
 */
function release({ buffer }: Uint8Array): void {
  if (buffer instanceof ArrayBuffer) buffer.transfer(0);
}

/** Stores one batch while the next one is read and made ready. */
class AppleSteps {
  bytes = 0;
  /** Settles when everything that was handed over is stored. */
  #saving: Promise<void> = Promise.resolve();
  #underWay = 0;
  #savedAt = performance.now();
  #listenedAt = performance.now();
  #savedElements = 0;
  #failure: { readonly error: unknown } | undefined;

  constructor(readonly work: ImportWork, readonly reader: AppleReader, readonly size: number) {}

  /** Call it often: it stores when there is enough, and lets the batch before it be stored. */
  async advance(): Promise<void> {
    if (this.#failure !== undefined) throw this.#failure.error;
    if (this.#underWay > 0 && performance.now() - this.#listenedAt > listenEveryMs) await this.#listen();
    const late = performance.now() - this.#savedAt > longestBatchMs && this.reader.elements > this.#savedElements;
    if (this.reader.batch.size >= batchSize || late) await this.#save();
  }

  /**
   * Reading alone never waits for long, and answers of the database are heard only between turns. A timer is what lets
   * the runtime look at its sockets: of immediates, it takes sixty before it does.
   */
  async #listen(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, 0));
    this.#listenedAt = performance.now();
  }

  /** Everything that was read is stored when this resolves. */
  async finish(): Promise<void> {
    await this.#save();
    await this.#saving;
    if (this.#failure !== undefined) throw this.#failure.error;
  }

  async #save(): Promise<void> {
    const before = this.#saving;
    const { reader, work, size } = this;
    const step = {
      progress: size === 0 ? 1 : Math.min(1, this.bytes / size),
      checkpoint: { elements: reader.elements },
      counts: reader.counts.snapshot,
    };
    [this.#savedAt, this.#savedElements] = [performance.now(), reader.elements];
    this.#underWay++;
    this.#saving = work.save(reader.takeBatch(), step)
      .catch((error) => void (this.#failure = { error }))
      .finally(() => void this.#underWay--);
    await before;
    if (this.#failure !== undefined) throw this.#failure.error;
  }
}

/** Failures say that it is the file which cannot be imported, and what to do. */
async function readable<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    if (!(error instanceof ImportFailure)) throw error;
    throw new ImportFailure(`The file cannot be imported to its end: ${error.message}`);
  }
}

function elementsOf(checkpoint: unknown): number {
  const elements = checkpoint === null ? 0 : Reflect.get(Object(checkpoint), "elements");
  return typeof elements === "number" ? elements : 0;
}

/** Birth date and sex, where nobody has entered them. */
async function rememberPerson({ database, userId, now }: ImportWork, me: AppleMe): Promise<void> {
  const known = await findPersonalRecord(database, userId);
  const { birthDate, sex } = me;
  const believable = birthDate !== undefined && birthDate >= "1900-01-01" &&
    birthDate <= now().toISOString().slice(0, 10) && !Number.isNaN(Date.parse(birthDate));
  const given = {
    ...(believable && known?.birth_date == null ? { birth_date: birthDate } : {}),
    ...((sex === "female" || sex === "male") && known?.sex == null ? { sex } : {}),
  };
  if (Object.keys(given).length > 0) await storePersonalRecord(database, userId, given as never);
}
