import { ZipWriter } from "@zip.js/zip.js";
import { waitFor } from "./wait.ts";
import type { World } from "./world.ts";

/** Uploading files with measurements and waiting for what becomes of them. */

export interface SeenImport {
  readonly id: string;
  readonly run_id: string;
  readonly status: string;
  readonly progress: number;
  readonly error: string | null;
  readonly ended_at: string | null;
  readonly counts: {
    readonly read: number;
    readonly skipped: Record<string, number>;
    readonly noticed: Record<string, number>;
    readonly stored: Record<string, { inserted: number; updated: number; unchanged: number }>;
  };
}

export interface Accepted {
  readonly status: string;
  readonly task_id: string;
  readonly user_id: string;
  readonly run_id: string;
}

/** Sends a form with the file; answers as soon as it was accepted. */
export async function uploadExport(world: World, user: string, content: BlobPart, name: string): Promise<Accepted> {
  const body = new FormData();
  body.set("file", new File([content], name));
  return await world.json<Accepted>(`/users/${user}/import/apple/xml/direct`, { body });
}

export function importEnded(world: World, user: string, id: string): Promise<SeenImport> {
  return waitFor("the end of the import", async () => {
    const run = await world.json<SeenImport>(`/users/${user}/imports/${id}`);
    return run.ended_at === null ? undefined : run;
  }, 60);
}

export async function importExport(world: World, user: string, content: BlobPart, name: string): Promise<SeenImport> {
  return await importEnded(world, user, (await uploadExport(world, user, content, name)).task_id);
}

/** Names and texts of the files of a zip. */
export async function zipOf(
  files: Readonly<Record<string, string>>,
  options: { readonly password?: string; readonly level?: number } = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const { readable, writable } = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>();
  const zip = new ZipWriter(writable, { useWebWorkers: false, ...options });
  const bytes = new Response(readable).arrayBuffer();
  for (const [name, text] of Object.entries(files)) await zip.add(name, new Blob([text]).stream());
  await zip.close();
  return new Uint8Array(await bytes);
}
