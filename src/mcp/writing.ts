import { z } from "zod";
import { uploadFile } from "../documents/upload.ts";
import type { Config } from "../platform/config.ts";
import { AppError } from "../platform/errors.ts";
import { declareTool } from "../platform/tool.ts";
import { optionalTextArgument, textArgument } from "../platform/tool_arguments.ts";
import { createSymptom } from "../symptoms/entries.ts";
import { showSymptom, symptomFields } from "../symptoms/shown_symptom.ts";
import { documentUri } from "./document_resource.ts";

/** What a program may add to the record. */

const symptomArguments = z.object({
  ...symptomFields,
  symptom_type: symptomFields.symptom_type.describe('What is felt, such as "headache", "nausea", "mood"'),
  severity: symptomFields.severity.describe("0 to 10; for mood and energy 10 is very good"),
  recorded_at: symptomFields.recorded_at.nullish().describe(
    "When, ISO 8601 with the person's offset; now when omitted",
  ),
});

export const logSymptom = declareTool({
  name: "log_symptom",
  description: "Notes a symptom of the person. Call it only when somebody asked for it, once for each symptom.",
  args: symptomArguments,
  async run(ctx, userId, { recorded_at, ...fields }) {
    const at = recorded_at ?? { at: ctx.clock(), zone_offset: null };
    return showSymptom(await createSymptom(ctx, userId, { ...fields, recorded_at: at }));
  },
});

const megabyte = 1024 * 1024;

/** A message is in memory as a whole, as text and as bytes, so that less fits in than in a form. */
export function mostUploadBytes({ MAX_UPLOAD_SIZE_MB }: Config): number {
  return Math.min(MAX_UPLOAD_SIZE_MB, 10) * megabyte;
}

export const uploadDocument = declareTool({
  name: "upload_document",
  description:
    "Adds a document to the person's record: PDF, JPEG, PNG, TIFF or WebP. It is read in the background; the " +
    "resource of the answer has its text and status. The same file again answers with the earlier document.",
  args: z.object({
    name: textArgument(255, "File name"),
    content: z.string().min(1).describe("The file, base64"),
    document_type: optionalTextArgument(50, "lab_report (default), prescription, imaging or other"),
    title: optionalTextArgument(255, "The file's name when omitted"),
    document_date: optionalTextArgument(40, "Day of the document, YYYY-MM-DD"),
  }),
  async run(ctx, user_id, { name, content, ...optional }) {
    const bytes = decode(content);
    const most = mostUploadBytes(ctx.config);
    if (bytes.byteLength > most) {
      const message = `The file exceeds ${most / megabyte} MB; send it to POST /api/v1/documents/upload`;
      throw new AppError("too_large", message);
    }
    const given = Object.entries(optional).filter((field): field is [string, string] => field[1] !== undefined);
    const fields = { user_id, ...Object.fromEntries(given) };
    const { document, created } = await uploadFile(ctx, { name, chunks: once(bytes) }, fields);
    const { id, title, status, document_type } = document;
    return { id, user_id, title, document_type, status, created, resource: documentUri(id) };
  },
});

function decode(content: string): Uint8Array {
  try {
    return Uint8Array.fromBase64(content);
  } catch {
    throw new AppError("invalid_input", "content: Input should be base64");
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes);
}
