import type { z } from "zod";

/** Says what is wrong with the arguments of a call, so that a model can mend it. Pure. */

interface Property {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly description?: string;
}

/** One sentence: each argument by name, what came, and what would be right. `parameters` is the call's JSON Schema. */
export function argumentError(error: z.ZodError, sent: unknown, parameters: Record<string, unknown>): string {
  const properties = (parameters.properties ?? {}) as Readonly<Record<string, Property>>;
  if (typeof sent !== "object" || sent === null || Array.isArray(sent)) {
    return `Invalid arguments: they must be one object with ${Object.keys(properties).join(", ")}, not ${shown(sent)}`;
  }
  const problems = new Map<string, string>();
  for (const { path: [name], code, message } of error.issues) {
    const key = String(name);
    if (problems.has(key)) continue;
    const value = Reflect.get(sent, key);
    const wanted = wantedOf(properties[key] ?? {});
    if (value === undefined || value === null) problems.set(key, `${key} is missing; it must be ${wanted}`);
    else if (code === "custom") problems.set(key, `${key} ${message}`);
    else problems.set(key, `${key} must be ${wanted}, not ${shown(value)}`);
  }
  const unknown = Object.keys(sent).filter((name) => !Object.hasOwn(properties, name)).slice(0, mostNamed);
  const stray = unknown.length === 0
    ? ""
    : `; there is no argument ${unknown.map((name) => name.slice(0, mostShown)).join(", ")}, only ${
      Object.keys(properties).join(", ")
    }`;
  return `Invalid arguments: ${[...problems.values()].join("; ")}${stray}`;
}

const mostShown = 60;
const mostNamed = 5;

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > mostShown ? `${text.slice(0, mostShown)}…` : text;
}

function wantedOf({ type, enum: choices, minimum, maximum, minLength, maxLength, description }: Property): string {
  const about = description === undefined ? "" : ` (${description})`;
  if (choices !== undefined) return `one of ${choices.map(shown).join(", ")}${about}`;
  if (type === "integer") return `a whole number from ${minimum} to ${maximum}${about}`;
  if (type === "string") return `one text of ${minLength ?? 0} to ${maxLength} characters${about}`;
  return `${type ?? "something else"}${about}`;
}
