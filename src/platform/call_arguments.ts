/**
 * The arguments of a tool call, as models write them: an object, its JSON as text, or neither.
 *
 * What is no JSON object must not become "no arguments": a tool whose arguments are all optional would then answer a
 * question that nobody asked. It is kept under a name of its own, and `tool.ts` tells the model to call again.
 */

const unreadable = "unreadable_arguments";
/** So much of it lets the model see what it did. */
const shownLength = 200;

export function callArguments(written: unknown): Record<string, unknown> {
  if (written === undefined || written === null || written === "") return {};
  if (typeof written === "string") {
    try {
      const parsed: unknown = JSON.parse(written);
      // Some models write the JSON of a JSON text; one level of it is taken apart.
      return asObject(parsed) ?? (typeof parsed === "string" ? asObject(parsedOrNothing(parsed)) : undefined) ??
        { [unreadable]: written.slice(0, shownLength) };
    } catch {
      return { [unreadable]: written.slice(0, shownLength) };
    }
  }
  return asObject(written) ?? { [unreadable]: JSON.stringify(written).slice(0, shownLength) };
}

/** Whether `callArguments` could not read these. */
export function areUnreadable(args: unknown): boolean {
  return typeof args === "object" && args !== null && Object.keys(args).length === 1 && unreadable in args;
}

function asObject(value: unknown): Record<string, unknown> | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : undefined;
}

function parsedOrNothing(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
