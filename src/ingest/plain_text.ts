/** What a stranger's text needs before Postgres takes it: no NUL, no half of a character, not endless. */

export function plainText(text: string | null | undefined, maxLength = 255): string | null {
  if (text === null || text === undefined) return null;
  return text.slice(0, maxLength).replaceAll("\u0000", "").toWellFormed();
}

/** JSON for a jsonb parameter, its strings cleaned the same way. Numbers that are not finite become null. */
export function jsonText(value: unknown): string {
  return JSON.stringify(value, (_key, part) => typeof part === "string" ? plainText(part, 10_000) : part) ?? "null";
}

/** A whole number that an integer column holds, or null. */
export function wholeOrNull(value: number | null | undefined): number | null {
  if (value === null || value === undefined || !Number.isFinite(value)) return null;
  return Math.abs(value) < 2 ** 31 - 1 ? Math.round(value) : null;
}
