/**
 * The one error class whose message may reach a caller, and the closed table of its codes.
 *
 * This file must not know HTTP statuses: only `http.ts` maps codes to them.
 */

export const errorCodes = [
  "invalid_input",
  "unauthenticated",
  "forbidden",
  "not_found",
  "method_not_allowed",
  "conflict",
  "too_large",
  "unsupported_media_type",
  "unprocessable",
  "rate_limited",
  "internal",
  "unavailable",
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** One thing wrong with the input, at `path` ("body.severity"). */
export interface InputIssue {
  readonly path: string;
  readonly message: string;
}

export interface AppErrorExtra {
  readonly issues?: readonly InputIssue[];
  readonly retryAfterSeconds?: number;
  readonly cause?: unknown;
}

/** An error whose `message` is written for the caller and holds nothing private. */
export class AppError extends Error {
  override readonly name = "AppError";
  readonly issues: readonly InputIssue[];
  readonly retryAfterSeconds: number | undefined;

  constructor(readonly code: ErrorCode, message: string, extra: AppErrorExtra = {}) {
    super(message, extra.cause === undefined ? {} : { cause: extra.cause });
    this.issues = extra.issues ?? [];
    this.retryAfterSeconds = extra.retryAfterSeconds;
  }
}

/** The contract's wording for a missing entity; a stranger's row answers the same. */
export function notFound(entity: string, id?: string): AppError {
  return new AppError("not_found", id === undefined ? `${entity} not found` : `${entity} with ID: ${id} not found.`);
}

/**
 * What may be logged about any thrown value: class names, codes and places, never messages of foreign errors,
 * because drivers quote query parameters in them and parsers quote their input.
 */
export function describeError(error: unknown): Record<string, unknown> {
  if (error instanceof AppError) return { error: error.code, message: error.message };
  if (!(error instanceof Error)) return { error: typeof error };
  // Many classes do not set their name, so that it says no more than "Error".
  const name = error.name === "Error" ? error.constructor.name : error.name;
  const described: Record<string, unknown> = { error: name, at: stackPlaces(error) };
  const code = Reflect.get(error, "code");
  if (typeof code === "string") described.code = code;
  for (const field of ["routine", "constraint_name", "table_name", "column_name"]) {
    const value = Reflect.get(error, field);
    if (typeof value === "string") described[field] = value;
  }
  if (error.cause instanceof Error) described.cause = describeError(error.cause);
  return described;
}

/** The stack's places without its first lines, which repeat the message. */
function stackPlaces(error: Error): string[] {
  return (error.stack ?? "")
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line.startsWith("at "))
    .slice(0, 8);
}

/** The SQLSTATE of a Postgres error, also when an ORM wrapped it; null for anything else. */
export function sqlState(error: unknown): string | null {
  for (let current = error, depth = 0; current instanceof Error && depth < 5; current = current.cause, depth++) {
    const code = Reflect.get(current, "code");
    if (typeof code === "string" && /^[0-9A-Z]{5}$/.test(code)) return code;
  }
  return null;
}

/** What the driver and Postgres call a database that is away, is stopping, or takes no more connections. */
const awayCodes = new Set(
  ("ECONNREFUSED ECONNRESET EPIPE ETIMEDOUT ENOTFOUND CONNECTION_CLOSED CONNECTION_ENDED CONNECTION_DESTROYED " +
    "CONNECT_TIMEOUT 57P01 57P02 57P03 53300").split(" "),
);

/** Whether the database could not be reached, so that the same request may succeed later. */
export function databaseIsAway(error: unknown): boolean {
  for (let current = error, depth = 0; current instanceof Error && depth < 5; current = current.cause, depth++) {
    if (awayCodes.has(String(Reflect.get(current, "code")))) return true;
  }
  return false;
}

/** The name of the constraint that a Postgres error is about, or null. */
export function violatedConstraint(error: unknown): string | null {
  for (let current = error, depth = 0; current instanceof Error && depth < 5; current = current.cause, depth++) {
    const name = Reflect.get(current, "constraint_name") ?? Reflect.get(current, "constraint");
    if (typeof name === "string") return name;
  }
  return null;
}
