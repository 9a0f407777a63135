import { dirname } from "node:path";
import { StartFailure } from "./failure.ts";

/** Postgres refuses to run as root; as root, it runs as one of these operating-system users. */

export interface UnprivilegedUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** The user to run servers as, or null when this process is not root and needs none. */
export async function unprivilegedUser(): Promise<UnprivilegedUser | null> {
  if (Deno.build.os === "windows" || Deno.uid() !== 0) return null;
  const accounts = (await Deno.readTextFile("/etc/passwd")).split("\n").map((line) => line.split(":"));
  for (const name of ["anamnesis", "postgres", "nobody"]) {
    const account = accounts.find((fields) => fields[0] === name);
    if (account !== undefined) return { name, uid: Number(account[2]), gid: Number(account[3]) };
  }
  throw new StartFailure(
    "Postgres refuses to run as root and there is no user anamnesis, postgres or nobody to run it as; " +
      "start as an ordinary user or set DATABASE_URL",
  );
}

/** The first folder on the way to `path` that `user` may not enter, or null when the way is free. */
export async function unreachableFolder(path: string, user: UnprivilegedUser): Promise<string | null> {
  const folders: string[] = [];
  for (let folder = path; folder !== dirname(folder); folder = dirname(folder)) folders.unshift(folder);
  for (const folder of folders) {
    const { mode, uid, gid } = await Deno.stat(folder);
    const shift = uid === user.uid ? 6 : gid === user.gid ? 3 : 0;
    if ((((mode ?? 0o777) >> shift) & 1) === 0) return folder;
  }
  return null;
}
