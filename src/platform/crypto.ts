/** Hashing, random tokens and comparison, on Web Crypto only, so that the API also runs at the edge. */

const encoder = new TextEncoder();

/** SHA-256 of UTF-8 text, lower-case hex. Used to store high-entropy secrets, never passwords. */
export async function sha256Hex(text: string): Promise<string> {
  return toHex(new Uint8Array(await crypto.subtle.digest("SHA-256", encoder.encode(text))));
}

/** `prefix` followed by `bytes` random bytes in lower-case hex. */
export function randomToken(prefix: string, bytes: number): string {
  return prefix + toHex(crypto.getRandomValues(new Uint8Array(bytes)));
}

export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
