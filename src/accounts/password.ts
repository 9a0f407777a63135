import { argon2id, argon2Verify } from "hash-wasm";

/**
 * Argon2id in WebAssembly. Cost: 19 MiB, two passes, one lane (OWASP Password Storage Cheat Sheet, 2025).
 */
const cost = { parallelism: 1, iterations: 2, memorySize: 19_456, hashLength: 32 } as const;

/** The PHC string `$argon2id$v=19$m=…`, with a fresh 16-byte salt. */
export async function hashPassword(password: string): Promise<string> {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  return await argon2id({ ...cost, password: password.normalize("NFKC"), salt, outputType: "encoded" });
}

let decoyHash: Promise<string> | undefined;

/** Whether the password fits. Without a hash it works just as long, so that unknown accounts do not show by time. */
export async function passwordFits(password: string, hash: string | undefined): Promise<boolean> {
  decoyHash ??= hashPassword(crypto.randomUUID());
  const fits = await argon2Verify({ password: password.normalize("NFKC"), hash: hash ?? await decoyHash });
  return hash !== undefined && fits;
}
