import assert from "node:assert/strict";
import type { Call, World } from "../support/world.ts";

/** A frame of an answer, as the wire has it. */
export type Frame =
  | { readonly type: "content"; readonly content: string }
  | { readonly type: "tool_call"; readonly name: string; readonly arguments: Record<string, unknown> }
  | { readonly type: "tool_result"; readonly name: string; readonly result: string }
  | { readonly type: "done" }
  | { readonly type: "error"; readonly error: string };

export interface Message {
  readonly id: string;
  readonly role: string;
  readonly content: string;
  readonly message_metadata: {
    readonly tool_calls: readonly { tool: string; arguments: Record<string, unknown>; result: string }[];
    readonly interrupted?: string;
    readonly error?: string;
  } | null;
}

export async function openSession(world: World, userId?: string): Promise<{ id: string; user_id: string }> {
  const user_id = userId ?? await world.createUser();
  return await world.json("/chat/sessions", { json: { user_id } }, 201);
}

export async function send(world: World, sessionId: string, content: string, call: Call = {}): Promise<Response> {
  return await world.call(`/chat/sessions/${sessionId}/messages`, { json: { content }, ...call });
}

/** The frames as they arrive. Anything but `data: <json>` and a blank line is an error. */
export async function* frames(response: Response): AsyncGenerator<Frame> {
  assert.equal(response.status, 200);
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of response.body ?? []) {
    const parts = (rest + decoder.decode(chunk, { stream: true })).split("\n\n");
    rest = parts.pop() ?? "";
    for (const part of parts) {
      assert.match(part, /^data: \{.*\}$/);
      yield JSON.parse(part.slice("data: ".length)) as Frame;
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
