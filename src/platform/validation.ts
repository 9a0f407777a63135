import type { z } from "@hono/zod-openapi";
import { AppError, type InputIssue } from "./errors.ts";

/** Turns zod's findings into the contract's wording and one `AppError`. */

type Issue = z.core.$ZodIssue;

const typeNames: Readonly<Record<string, string>> = {
  string: "string",
  number: "number",
  int: "integer",
  boolean: "boolean",
  array: "list",
  object: "dictionary",
  record: "dictionary",
};

/** What is wrong, in the words existing clients know; never quotes the value. */
export function issueMessage(issue: Issue): string {
  switch (issue.code) {
    case "invalid_type":
      return `Input should be a valid ${typeNames[issue.expected] ?? issue.expected}`;
    case "invalid_format":
      return formatMessage(issue);
    case "too_small":
      return issue.origin === "string" || issue.origin === "array"
        ? `${issue.origin === "string" ? "String" : "List"} should have at least ${issue.minimum} ${unit(issue)}`
        : `Input should be greater than ${issue.inclusive === false ? "" : "or equal to "}${issue.minimum}`;
    case "too_big":
      return issue.origin === "string" || issue.origin === "array"
        ? `${issue.origin === "string" ? "String" : "List"} should have at most ${issue.maximum} ${unit(issue)}`
        : `Input should be less than ${issue.inclusive === false ? "" : "or equal to "}${issue.maximum}`;
    case "invalid_value":
      return `Input should be ${
        issue.values.map((value) => `'${String(value)}'`).join(", ").replace(/, ([^,]*)$/, " or $1")
      }`;
    case "custom":
      return issue.message;
    default:
      return "Input is not valid";
  }
}

function unit(issue: { origin: string }): string {
  return issue.origin === "string" ? "characters" : "items";
}

function formatMessage(issue: Issue & { code: "invalid_format" }): string {
  switch (issue.format) {
    case "uuid":
    case "guid":
      return "Input should be a valid UUID";
    case "email":
      return "value is not a valid email address";
    case "date":
      return "Input should be a valid date in the format YYYY-MM-DD";
    case "url":
      return "Input should be a valid URL";
    case "regex":
      return issue.message.startsWith("Invalid string") ? "String should match the documented pattern" : issue.message;
    default:
      return "Input is not valid";
  }
}

/** All findings about `value` as one error; its message is the first finding's, its issues name every place. */
export function invalidInput(where: string, error: z.ZodError, value: unknown): AppError {
  const issues: InputIssue[] = error.issues.slice(0, 20).map((issue) => ({
    path: [where, ...issue.path.map(String)].join("."),
    message: issue.code !== "custom" && isMissing(value, issue.path) ? "Field required" : issueMessage(issue),
  }));
  return new AppError("invalid_input", issues[0]?.message ?? "Input is not valid", { issues });
}

function isMissing(value: unknown, path: readonly PropertyKey[]): boolean {
  let current = value;
  for (const key of path) current = Object(current)[key];
  return current === undefined;
}

/** Postgres text cannot hold NUL; refusing it here keeps it from becoming an error of the database. */
export function refuseNul(where: string, value: unknown, depth = 0): void {
  if (typeof value === "string") {
    if (value.includes("\u0000")) {
      throw new AppError("invalid_input", "Text must not contain NUL characters", {
        issues: [{ path: where, message: "Text must not contain NUL characters" }],
      });
    }
  } else if (value !== null && typeof value === "object") {
    if (depth > 64) throw new AppError("invalid_input", "The body is nested too deeply");
    for (const [key, item] of Object.entries(value)) {
      refuseNul(where, key, depth + 1);
      refuseNul(`${where}.${key}`, item, depth + 1);
    }
  }
}
