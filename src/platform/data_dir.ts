import { join } from "node:path";
import { randomToken } from "./crypto.ts";
import { StartFailure } from "./failure.ts";

/** The folder for what must outlive the process: the embedded cluster and the secrets that were not configured. */

export interface StoredSecrets {
  readonly secret_key: string;
  readonly postgres_password: string;
}

/** Creates the folder if need be and proves that it can be written to. */
export async function prepareDataDir(path: string): Promise<void> {
  try {
    await Deno.mkdir(path, { recursive: true, mode: 0o700 });
    const probe = await Deno.makeTempFile({ dir: path });
    await Deno.remove(probe);
  } catch (error) {
    const reason = error instanceof Error ? error.name : "unknown reason";
    throw new StartFailure(
      `DATA_DIR "${path}" cannot be written to (${reason}); make it writable for this user or choose another`,
    );
  }
}

/** The secrets of this installation, made once and readable by their owner only. */
export async function storedSecrets(path: string): Promise<StoredSecrets> {
  const file = join(path, "secrets.json");
  const fresh = JSON.stringify({ secret_key: randomToken("", 32), postgres_password: randomToken("", 16) });
  try {
    // Written beside and linked: a start that is killed half-way leaves no half file, a second start no second set.
    const draft = await Deno.makeTempFile({ dir: path });
    await Deno.writeTextFile(draft, fresh, { mode: 0o600 });
    await Deno.link(draft, file).catch(async (error) => {
      if (!(error instanceof Deno.errors.AlreadyExists)) await Deno.copyFile(draft, file);
    });
    await Deno.remove(draft);
    const stored = JSON.parse(await Deno.readTextFile(file));
    if (typeof stored.secret_key === "string" && typeof stored.postgres_password === "string") return stored;
  } catch {
    // Falls through to the one line that names the file, never its content.
  }
  throw new StartFailure(`"${file}" is not readable as the secrets of this installation; restore it from your backup`);
}
