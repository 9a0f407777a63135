import { z } from "zod";
import { requireUser, type UserId } from "../accounts/access.ts";
import type { Context } from "../platform/context.ts";
import { AppError } from "../platform/errors.ts";
import { removeFile, type StoredFile, storeFile } from "../platform/files.ts";
import { enqueue } from "../platform/jobs.ts";
import { type MultipartEvent, multipartEvents } from "../platform/multipart.ts";
import { calendarDate } from "../platform/scalars.ts";
import { invalidInput, refuseNul } from "../platform/validation.ts";
import { type FileType, fileType } from "./file_type.ts";
import { readDocument } from "./jobs.ts";
import { findDocumentByHash, insertDocument } from "./queries.ts";
import type { Document } from "./table.ts";

/** Takes a document in: the file goes to Postgres as it arrives, then the row and its job commit together. */

const Fields = z.object({
  user_id: z.uuid(),
  title: z.string().trim().min(1).max(255).optional(),
  document_type: z.string().trim().min(1).max(50).default("lab_report"),
  document_date: z.string().trim().optional(),
});

export interface Upload {
  readonly document: Document;
  /** False when this person had uploaded the same file before. */
  readonly created: boolean;
}

export interface FileAtHand {
  readonly name: string | null;
  readonly chunks: AsyncIterable<Uint8Array>;
}

/** The same for a file that does not come in a form; `fields` are those of the form. */
export async function uploadFile(
  ctx: Context,
  file: FileAtHand,
  fields: Readonly<Record<string, string>>,
): Promise<Upload> {
  return await keepOrRemove(ctx, await receiveFile(ctx, file), fields);
}

/** `request` is a multipart form with `file`, `user_id` and optionally `title`, `document_type`, `document_date`. */
export async function uploadDocument(ctx: Context, request: Request): Promise<Upload> {
  const { file, fields } = await receive(ctx, request);
  return await keepOrRemove(ctx, file, fields);
}

async function keepOrRemove(
  ctx: Context,
  file: ReceivedFile,
  fields: Readonly<Record<string, string>>,
): Promise<Upload> {
  try {
    return await keep(ctx, file, fields);
  } catch (error) {
    await removeFile(ctx.database, file.stored.id);
    throw error;
  }
}

interface ReceivedFile {
  readonly stored: StoredFile;
  readonly type: FileType;
  readonly name: string | null;
}

async function receive(
  ctx: Context,
  request: Request,
): Promise<{ file: ReceivedFile; fields: Record<string, string> }> {
  const fields: Record<string, string> = {};
  let file: ReceivedFile | undefined;
  const events = multipartEvents(request);
  try {
    for (let event = await events.next(); !event.done; event = await events.next()) {
      const part = event.value;
      if (part.kind === "field") fields[part.name] = part.value;
      if (part.kind !== "file") continue;
      if (part.name !== "file" || file !== undefined) throw badFile("Only one file, named file, is expected");
      file = await receiveFile(ctx, { name: part.file_name, chunks: chunksOfFile(events) });
    }
    if (file === undefined) throw badFile("Field required");
    return { file, fields };
  } catch (error) {
    if (file !== undefined) await removeFile(ctx.database, file.stored.id);
    throw error;
  } finally {
    await events.return(undefined);
  }
}

function badFile(message: string): AppError {
  return new AppError("invalid_input", message, { issues: [{ path: "body.file", message }] });
}

async function receiveFile(ctx: Context, { name, chunks }: FileAtHand): Promise<ReceivedFile> {
  let type: FileType | null = null;
  const stored = await storeFile(ctx, chunks, {
    maxBytes: ctx.config.MAX_UPLOAD_SIZE_MB * 1024 * 1024,
    tooLargeMessage: `File exceeds maximum size of ${ctx.config.MAX_UPLOAD_SIZE_MB} MB`,
    inspect(head) {
      type = fileType(head);
      if (type === null) {
        throw new AppError("unsupported_media_type", "Unsupported file type; upload a PDF, JPEG, PNG, TIFF or WebP");
      }
    },
  });
  return { stored, type: type ?? "application/pdf", name: name === null ? null : name.slice(-255) };
}

async function* chunksOfFile(events: AsyncGenerator<MultipartEvent>): AsyncGenerator<Uint8Array> {
  for (let event = await events.next(); !event.done; event = await events.next()) {
    if (event.value.kind === "chunk") yield event.value.bytes;
    else return;
  }
}

async function keep(ctx: Context, file: ReceivedFile, raw: Readonly<Record<string, string>>): Promise<Upload> {
  refuseNul("body", raw);
  const parsed = Fields.safeParse(raw);
  if (!parsed.success) throw invalidInput("body", parsed.error, raw);
  const fields = parsed.data;
  const documentDate = readDocumentDate(fields.document_date);
  const userId = await requireUser(ctx, fields.user_id);
  const document = await ctx.database.transaction(async (db) => {
    const inserted = await insertDocument(db, {
      id: crypto.randomUUID(),
      user_id: userId,
      title: fields.title ?? file.name?.replaceAll("\u0000", "") ?? "Document",
      document_type: fields.document_type,
      file_id: file.stored.id,
      file_name: file.name?.replaceAll("\u0000", "") ?? null,
      file_type: file.type,
      file_size: file.stored.size,
      content_hash: file.stored.content_hash,
      document_date: documentDate,
      status: "pending",
    });
    if (inserted !== undefined) await enqueue(db, readDocument, { document_id: inserted.id });
    return inserted;
  });
  return document === undefined ? await earlierUpload(ctx, userId, file.stored) : { document, created: true };
}

/** The same bytes again: the earlier document answers, the new copy goes. */
async function earlierUpload(ctx: Context, userId: UserId, stored: StoredFile): Promise<Upload> {
  const document = await findDocumentByHash(ctx.database, userId, stored.content_hash);
  if (document === undefined) throw new AppError("conflict", "The document was deleted while it was uploaded again");
  await removeFile(ctx.database, stored.id);
  return { document, created: false };
}

/** The contract answers a bad date with 422, unlike every other bad field. */
function readDocumentDate(text: string | undefined): string | null {
  if (text === undefined || text === "") return null;
  const parsed = calendarDate.safeParse(text);
  if (parsed.success) return parsed.data;
  throw new AppError("unprocessable", "Invalid document_date format. Use YYYY-MM-DD.", {
    issues: [{ path: "body.document_date", message: "Input should be a valid date in the format YYYY-MM-DD" }],
  });
}
