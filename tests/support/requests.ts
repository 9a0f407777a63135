import { encodeBody, type Filling, isId, type Operation, validValue } from "./operations.ts";
import type { Call } from "./world.ts";

/** Requests made from an operation's description: valid ones, and places where a test puts something else. */

export interface Place {
  readonly in: "path" | "query" | "body";
  readonly name: string;
}

export interface Replaced extends Filling {
  /** What stands in one place instead. */
  readonly replace?: { readonly place: Place; readonly value: unknown };
}

/** Path with query below the server's root, and the call's method, headers and body; everything in it fits. */
export function request(operation: Operation, filling: Replaced): { readonly path: string; readonly call: Call } {
  const { replace } = filling;
  let path = operation.path;
  const query = new URLSearchParams();
  for (const { in: place, name, schema, required } of operation.parameters) {
    const replaced = replace?.place.in === place && replace.place.name === name;
    const value = String(replaced ? replace.value : validValue(schema, name, filling));
    if (place === "path") path = path.replace(`{${name}}`, encodeURIComponent(value));
    else if (required || replaced) query.append(name, value);
  }
  const url = `/${path}${query.size > 0 ? `?${query}` : ""}`;
  if (operation.body === null) return { path: url, call: { method: operation.method } };
  const { contentType, schema } = operation.body;
  const fields = validValue(schema, "", filling) as Record<string, unknown>;
  if (replace?.place.in === "body") fields[replace.place.name] = replace.value;
  return {
    path: url,
    call: {
      method: operation.method,
      body: encodeBody(contentType, fields),
      headers: contentType === "application/json" ? { "content-type": contentType } : {},
    },
  };
}

/** Every parameter and body field of an operation; only those that are ids when `onlyIds`. */
export function places(operation: Operation, onlyIds = false): Place[] {
  return [
    ...operation.parameters
      .filter(({ schema }) => !onlyIds || isId(schema))
      .map(({ in: place, name }) => ({ in: place, name })),
    ...Object.entries(operation.body?.schema.properties ?? {})
      .filter(([, schema]) => !onlyIds || isId(schema))
      .map(([name]) => ({ in: "body" as const, name })),
  ];
}

/**
 * The operation that creates what an id in a path names: `POST /symptoms` or `POST /documents/upload` for
 * `/symptoms/{symptom_id}` and `/documents/{document_id}/file`. See `createdId` for where its answer says the id.
 */
export function creator(operations: readonly Operation[], path: string, name: string): Operation | undefined {
  const collection = path.slice(0, path.indexOf(`/{${name}}`));
  return operations.find(({ method, path: other, statuses }) =>
    method === "POST" && [200, 201, 202].some((status) => statuses.has(status)) &&
    (other === collection || other === `${collection}/upload`)
  );
}

/** The id in an answer's JSON; a stream has it in a header. */
export async function createdId(created: Response): Promise<string> {
  const text = await bodyText(created);
  return created.headers.get("x-message-id") ?? String(JSON.parse(text).id);
}

/** The whole body; of a stream that goes on for ever, which says `: connected` first, only the beginning. */
export async function bodyText(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.startsWith(": connected\n\n") && response.headers.get("content-type") === "text/event-stream") break;
  }
  return text;
}
