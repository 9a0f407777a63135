import { sql } from "drizzle-orm";
import { createSHA256 } from "hash-wasm";
import type { Context } from "./context.ts";
import { type Database, rows } from "./database.ts";
import { AppError } from "./errors.ts";

/**
 * Files in Postgres, in pieces, streamed both ways: at most one piece is in memory.
 *
 * Pieces are written outside a transaction, because the caller's network decides how long that takes. The slice whose
 * rows refer to files sweeps those that nobody refers to; a trigger of its table takes a file along with its row.
 */

export const pieceBytes = 512 * 1024;

export interface StoredFile {
  readonly id: string;
  readonly size: number;
  /** SHA-256 of the content, lower-case hex. */
  readonly content_hash: string;
  /** The first bytes, enough to tell the type. */
  readonly head: Uint8Array;
}

export interface FileRules {
  readonly maxBytes: number;
  /** Looks at the first bytes and throws when the file is not wanted. */
  readonly inspect: (head: Uint8Array) => void;
  readonly tooLargeMessage: string;
}

/** Stores `chunks`. When a rule is broken or the sender hangs up, what was written is removed again. */
export async function storeFile(
  ctx: Context,
  chunks: AsyncIterable<Uint8Array>,
  rules: FileRules,
): Promise<StoredFile> {
  const id = crypto.randomUUID();
  const hash = await createSHA256();
  hash.init();
  await ctx.database.execute(sql`insert into stored_file (id) values (${id})`);
  let head = new Uint8Array();
  let size = 0;
  let position = 0;
  try {
    for await (const piece of pieces(chunks)) {
      size += piece.byteLength;
      if (size > rules.maxBytes) throw new AppError("too_large", rules.tooLargeMessage);
      if (position === 0) rules.inspect(head = piece.slice(0, 4096));
      hash.update(piece);
      // An upload that is still arriving is not an abandoned one, however long it takes.
      if (position % 64 === 63) await touchFile(ctx.database, id);
      await ctx.database.execute(sql`
        insert into stored_file_piece (file_id, position, bytes)
        values (${id}, ${position++}, ${piece})`);
    }
    if (position === 0) rules.inspect(head);
  } catch (error) {
    await removeFile(ctx.database, id);
    throw error;
  }
  await ctx.database.execute(sql`update stored_file set size = ${size}, created_at = now() where id = ${id}`);
  return { id, size, content_hash: hash.digest("hex"), head };
}

async function touchFile(db: Database, id: string): Promise<void> {
  await db.execute(sql`update stored_file set created_at = now() where id = ${id}`);
}

export async function removeFile(db: Database, id: string): Promise<void> {
  await db.execute(sql`delete from stored_file where id = ${id}`);
}

/** The whole content, for readers that need it at once. */
export async function readWholeFile(ctx: Context, id: string): Promise<Uint8Array> {
  return new Uint8Array(await new Response(readFile(ctx, id)).arrayBuffer());
}

/** The file's content, a piece at a time as the reader asks for it. */
export function readFile(ctx: Context, id: string): ReadableStream<Uint8Array> {
  let position = 0;
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const [row] = await rows<{ bytes: Uint8Array }>(
        ctx.database,
        sql`select bytes from stored_file_piece where file_id = ${id} and position = ${position++}`,
      );
      if (row === undefined) controller.close();
      else controller.enqueue(new Uint8Array(row.bytes));
    },
  }, { highWaterMark: 0 });
}

/**
 * Regroups chunks of any size into pieces of the stored size. All are the same memory: a piece must be done with before
 * the next is asked for. A new one each would leave as much garbage as the file has bytes.
 */
async function* pieces(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const buffer = new Uint8Array(pieceBytes);
  let used = 0;
  for await (const chunk of chunks) {
    for (let from = 0; from < chunk.byteLength;) {
      const part = chunk.subarray(from, from + pieceBytes - used);
      buffer.set(part, used);
      used += part.byteLength;
      from += part.byteLength;
      if (used < pieceBytes) continue;
      yield buffer;
      used = 0;
    }
  }
  if (used > 0) yield buffer.subarray(0, used);
}
