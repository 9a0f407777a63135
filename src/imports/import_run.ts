import type { UserId } from "../accounts/access.ts";
import type { Context } from "../platform/context.ts";
import { AppError, notFound, sqlState } from "../platform/errors.ts";
import { removeFile, type StoredFile, storeFile } from "../platform/files.ts";
import { bodyChunks } from "../platform/http_body.ts";
import { enqueue } from "../platform/jobs.ts";
import { type MultipartEvent, multipartEvents } from "../platform/multipart.ts";
import type { Provider } from "../sources/provider_table.ts";
import { tellImport } from "./import_events.ts";
import type { ImportKind } from "./importers.ts";
import { importJob } from "./jobs.ts";
import { insertImport, markEnded, requestCancel } from "./queries.ts";
import type { ImportRun } from "./table.ts";

/** Takes a file in, whatever its size: it goes to Postgres as it arrives, then the run and its job commit together. */

const megabyte = 1024 * 1024;

export interface ImportOptions {
  readonly provider: Provider;
  /** Tells the kind from the first bytes (up to 4096) and the file's name; throws an AppError to refuse the file. */
  readonly detect: (head: Uint8Array, fileName: string | null) => ImportKind;
  /** MAX_IMPORT_SIZE_MB when not given; a whole number of MB. */
  readonly maxBytes?: (kind: ImportKind) => number;
}

/**
 * `request` is a multipart form with `file`, or the file itself as the body. Other fields of the form are ignored.
 * Throws what `detect` throws, `too_large`, and `invalid_input` for a form without a file.
 */
export async function startImport(
  ctx: Context,
  userId: UserId,
  request: Request,
  options: ImportOptions,
): Promise<ImportRun> {
  const { stored, kind, name } = await receive(ctx, request, options);
  try {
    return await ctx.database.transaction(async (db) => {
      const run = await insertImport(db, {
        id: crypto.randomUUID(),
        run_id: newRunId(kind),
        user_id: userId,
        kind,
        provider: options.provider,
        file_id: stored.id,
        file_name: name,
        file_size: stored.size,
        status: "queued",
        created_at: ctx.clock(),
      });
      await enqueue(db, importJob(stored.size), { import_id: run.id });
      await tellImport(db, run, "queued", ctx.clock());
      return run;
    });
  } catch (error) {
    await removeFile(ctx.database, stored.id);
    // The person was deleted while the file arrived.
    throw sqlState(error) === "23503" ? notFound("User", userId) : error;
  }
}

/** The contract's answer to an accepted file. */
export function acceptedImport(run: ImportRun) {
  return { status: "processing" as const, task_id: run.id, user_id: run.user_id, run_id: run.run_id };
}

/** Sixteen hexadecimal digits, as in the contract. */
function newRunId(kind: ImportKind): string {
  const digits = crypto.randomUUID().replaceAll("-", "").slice(0, 16);
  return `${kind === "apple_health" ? "xml" : "file"}_${digits}`;
}

/** Ends a waiting import now, and a running one with its next batch; what was stored stays. */
export async function cancelImport(ctx: Context, run: ImportRun): Promise<ImportRun> {
  if (run.status === "cancelled") return run;
  const now = ctx.clock();
  return await ctx.database.transaction(async (db) => {
    const cancelled = await markEnded(db, run.id, { status: "cancelled", error: null, ended_at: now }, ["queued"]);
    if (cancelled !== undefined) {
      if (run.file_id !== null) await removeFile(db, run.file_id);
      await tellImport(db, cancelled, "cancelled", now);
      return cancelled;
    }
    const requested = await requestCancel(db, run.id, now);
    if (requested === undefined) throw new AppError("conflict", "The import has ended already");
    return requested;
  });
}

interface Received {
  readonly stored: StoredFile;
  readonly kind: ImportKind;
  readonly name: string | null;
}

async function receive(ctx: Context, request: Request, options: ImportOptions): Promise<Received> {
  const type = (request.headers.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
  if (!type.startsWith("multipart/")) {
    if (request.body === null) throw badFile("The body is empty; send the file");
    return await keep(ctx, bodyChunks(request.body), null, options);
  }
  let received: Received | undefined;
  const events = multipartEvents(request);
  try {
    for (let event = await events.next(); !event.done; event = await events.next()) {
      if (event.value.kind !== "file") continue;
      const { name, file_name } = event.value;
      if (name !== "file" || received !== undefined) throw badFile("Only one file, named file, is expected");
      received = await keep(ctx, chunksOfFile(events), storableName(file_name), options);
    }
    if (received === undefined) throw badFile("Field required");
    return received;
  } catch (error) {
    if (received !== undefined) await removeFile(ctx.database, received.stored.id);
    throw error;
  } finally {
    await events.return(undefined);
  }
}

async function keep(
  ctx: Context,
  chunks: AsyncIterable<Uint8Array>,
  name: string | null,
  options: ImportOptions,
): Promise<Received> {
  let kind: ImportKind | undefined;
  const stored = await storeFile(ctx, chunks, {
    // The first piece, which tells the kind, is smaller than any limit.
    get maxBytes() {
      const configured = ctx.config.MAX_IMPORT_SIZE_MB * megabyte;
      return kind === undefined || options.maxBytes === undefined ? configured : options.maxBytes(kind);
    },
    get tooLargeMessage() {
      return `File exceeds maximum size of ${this.maxBytes / megabyte} MB`;
    },
    inspect: (head) => void (kind = options.detect(head, name)),
  });
  if (kind === undefined) throw new Error("The file was stored without being looked at");
  return { stored, kind, name };
}

async function* chunksOfFile(events: AsyncGenerator<MultipartEvent>): AsyncGenerator<Uint8Array> {
  for (let event = await events.next(); !event.done; event = await events.next()) {
    if (event.value.kind === "chunk") yield event.value.bytes;
    else return;
  }
}

function storableName(name: string | null): string | null {
  return name === null ? null : name.replaceAll("\u0000", "").toWellFormed().slice(-255);
}

function badFile(message: string): AppError {
  return new AppError("invalid_input", message, { issues: [{ path: "body.file", message }] });
}
