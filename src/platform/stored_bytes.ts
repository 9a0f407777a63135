import { sql } from "drizzle-orm";
import { type Database, rows } from "./database.ts";
import { pieceBytes } from "./files.ts";

/** A stored file for readers that jump about in it: at most a piece and what was asked for are in memory. */
export interface StoredBytes {
  readonly size: number;
  /** The bytes from `offset` on, fewer at the end of the file. */
  read(offset: number, length: number): Promise<Uint8Array<ArrayBuffer>>;
  /** Everything in order from `offset` on; a piece is fetched while the reader works on the one before. */
  stream(offset?: number): ReadableStream<Uint8Array<ArrayBuffer>>;
}

export function storedBytes(db: Database, fileId: string, size: number): StoredBytes {
  let [cachedPosition, cached] = [-1, new Uint8Array()];
  const piece = async (position: number): Promise<Uint8Array<ArrayBuffer>> => {
    if (position === cachedPosition) return cached;
    const [row] = await rows<{ bytes: Uint8Array }>(
      db,
      sql`select bytes from stored_file_piece where file_id = ${fileId} and position = ${position}`,
    );
    if (row === undefined) throw new Error("A piece of the stored file is missing");
    return [cachedPosition, cached] = [position, new Uint8Array(row.bytes)], cached;
  };
  return {
    size,
    async read(offset, length) {
      const end = Math.min(size, offset + length);
      const bytes = new Uint8Array(Math.max(0, end - offset));
      for (let at = offset; at < end;) {
        const position = Math.floor(at / pieceBytes);
        const from = at - position * pieceBytes;
        const part = (await piece(position)).subarray(from, from + end - at);
        bytes.set(part, at - offset);
        at += part.byteLength;
      }
      return bytes;
    },
    stream(offset = 0) {
      let at = offset;
      return new ReadableStream({
        async pull(controller) {
          if (at >= size) return controller.close();
          const position = Math.floor(at / pieceBytes);
          const part = (await piece(position)).slice(at - position * pieceBytes);
          at += part.byteLength;
          controller.enqueue(part);
        },
      }, { highWaterMark: 1 });
    },
  };
}
