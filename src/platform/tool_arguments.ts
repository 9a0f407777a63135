import { z } from "zod";

/** Arguments as language models send them: numbers as text, null for "not given". */

/** A whole number, `fallback` when it is not given. "30" is taken for 30. */
export function wholeNumberArgument(min: number, max: number, fallback: number, description: string) {
  return z.preprocess(
    (value) => value === null ? fallback : typeof value === "string" && /^\s*\d{1,9}\s*$/.test(value) ? +value : value,
    z.int().min(min).max(max),
  ).default(fallback).describe(description);
}

/** Text that Postgres can hold, 1 to `max` characters. */
export function textArgument(max: number, description: string) {
  return z.string().trim().min(1).max(max)
    .refine((text) => !text.includes("\u0000"), "must not contain NUL characters")
    .describe(description);
}

/** The same, absent when it is null or blank. */
export function optionalTextArgument(max: number, description: string) {
  return z.preprocess(
    (value) => value === null || (typeof value === "string" && value.trim() === "") ? undefined : value,
    textArgument(max, description).optional(),
  ).optional().describe(description);
}
