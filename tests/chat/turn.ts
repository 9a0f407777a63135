import assert from "node:assert/strict";
import type { Grounding } from "../../src/chat/grounding.ts";
import type { Call, World } from "../support/world.ts";

/** A frame of an answer, as the wire has it. */
export type Frame =
  | { readonly type: "content"; readonly content: string }
  | { readonly type: "tool_call"; readonly name: string; readonly arguments: Record<string, unknown> }
  | { readonly type: "tool_result"; readonly name: string; readonly result: string }
  | { readonly type: "thinking"; readonly content: string }
  | {
    readonly type: "done";
    readonly grounding?: Grounding;
    readonly corrected?: true;
    readonly interrupted?: string;
  }
  | { readonly type: "error"; readonly error: string };

export interface Message {
  readonly id: string;
  readonly role: string;
  readonly content: string;
  readonly message_metadata: {
    readonly tool_calls: readonly { tool: string; arguments: Record<string, unknown>; result: string }[];
    readonly interrupted?: string;
    readonly error?: string;
    readonly grounding?: Grounding;
    readonly corrected?: true;
  } | null;
}

export async function openSession(world: World, userId?: string): Promise<{ id: string; user_id: string }> {
  const user_id = userId ?? await world.createUser();
  return await world.json("/chat/sessions", { json: { user_id } }, 201);
}

export async function send(world: World, sessionId: string, content: string, call: Call = {}): Promise<Response> {
  const { headers, signal, key } = call;
  const credential = key === undefined
    ? { authorization: `Bearer ${world.token}` }
    : { "X-Open-Wearables-API-Key": key };
  // Not by the world itself, so that a test can name another process of it.
  return await fetch(`${world.url}/api/v1/chat/sessions/${sessionId}/messages`, {
    method: "POST",
    headers: { ...credential, "content-type": "application/json", ...headers },
    body: JSON.stringify({ content }),
    ...(signal === undefined ? {} : { signal }),
  });
}

/** The stream of an answer, by its id or its question's, behind the frame `last`. */
export async function follow(world: World, sessionId: string, messageId = "", last?: number): Promise<Response> {
  return await fetch(`${world.url}/api/v1/chat/sessions/${sessionId}/messages/${messageId}/stream`, {
    headers: {
      authorization: `Bearer ${world.token}`,
      ...(last === undefined ? {} : { "Last-Event-ID": String(last) }),
    },
  });
}

/** A frame with the id under which it can be gone on from. */
export interface NumberedFrame {
  readonly id: number;
  readonly frame: Frame;
}

/** The frames as they arrive. */
export async function* frames(response: Response): AsyncGenerator<Frame> {
  for await (const { frame } of numberedFrames(response)) yield frame;
}

/** The frames with their ids. Anything but `data: <json>` with `id: <number>`, a comment or a blank line is an error. */
export async function* numberedFrames(response: Response): AsyncGenerator<NumberedFrame> {
  assert.equal(response.status, 200);
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of response.body ?? []) {
    const parts = (rest + decoder.decode(chunk, { stream: true })).split("\n\n");
    rest = parts.pop() ?? "";
    for (const part of parts) {
      if (part.startsWith(": ")) continue;
      const [, data, id] = /^data: (\{.*\})(?:\nid: (\d+))?$/.exec(part) ?? assert.fail(`no frame: ${part}`);
      yield { id: Number(id), frame: JSON.parse(data ?? "") as Frame };
    }
  }
  assert.equal(rest, "");
}

/** Sends a message and gives all frames of the answer. */
export async function ask(world: World, sessionId: string, content: string, call: Call = {}): Promise<Frame[]> {
  return await Array.fromAsync(frames(await send(world, sessionId, content, call)));
}

export function words(found: readonly Frame[]): string {
  return found.map((frame) => frame.type === "content" ? frame.content : "").join("");
}

export function types(found: readonly Frame[]): string[] {
  return found.map((frame) => frame.type).filter((type, index, all) => type !== all[index - 1]);
}

/** The error an answer ended with. */
export function errorOf(found: readonly Frame[]): string {
  const last = found.at(-1);
  return last?.type === "error" ? last.error : assert.fail(`no error but ${JSON.stringify(last)}`);
}

export async function messages(world: World, sessionId: string): Promise<Message[]> {
  return await world.json(`/chat/sessions/${sessionId}/messages`);
}

export async function addLab(world: World, user_id: string, fields: Record<string, unknown>): Promise<void> {
  const json = { user_id, unit: "mg/dL", ...fields };
  await world.json("/labs", { json }, 201);
}

export async function addSymptom(world: World, user_id: string, fields: Record<string, unknown>): Promise<void> {
  await world.json("/symptoms", { json: { user_id, symptom_type: "headache", severity: 5, ...fields } }, 201);
}
