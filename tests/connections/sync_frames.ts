import assert from "node:assert/strict";
import { syncStatusRoutes } from "../../src/connections/routes/sync_status.ts";
import { streamTiming } from "../../src/platform/follow.ts";
import type { NewSyncEvent } from "../../src/connections/sync_status.ts";
import type { Context } from "../../src/platform/context.ts";
import { serveTestEndpoints } from "../support/endpoints.ts";
import type { World } from "../support/world.ts";

/** A frame of the stream as the wire has it: a comment, or the event's JSON. */
export type WireFrame = { readonly comment: string } | { readonly event: Record<string, unknown> };

export interface OpenStream extends AsyncDisposable {
  readonly response: Response;
  /** The next frame; null at the end. */
  next(): Promise<WireFrame | null>;
  /** The next event's message, heartbeats left out; null at the end. */
  message(): Promise<string | null>;
  /** As many messages as asked for. */
  messages(count: number): Promise<string[]>;
  leave(): void;
}

/** The stream's endpoints on a port of their own; nothing comes but what is told, unless `timing` says otherwise. */
export function serveStreams(world: World, timing: Partial<typeof streamTiming> = {}, ctx: Context = world.ctx) {
  const patient = { heartbeatMs: 600_000, lookMs: 600_000 };
  return serveTestEndpoints(ctx, syncStatusRoutes({ ...patient, ...timing }));
}

export async function openStream(world: World, url: string, userId: string, query = ""): Promise<OpenStream> {
  const caller = new AbortController();
  const response = await fetch(`${url}/api/v1/users/${userId}/sync/stream${query}`, {
    headers: { authorization: `Bearer ${world.token}` },
    signal: caller.signal,
  });
  assert.equal(response.status, 200);
  const found = frames(response);
  const stream: OpenStream = {
    response,
    async next() {
      const { value, done } = await soon(found.next());
      return done === true ? null : value;
    },
    async message() {
      const frame = await stream.next();
      if (frame === null) return null;
      return "event" in frame ? String(frame.event.message) : await stream.message();
    },
    async messages(count) {
      const told: string[] = [];
      while (told.length < count) told.push(await stream.message() ?? assert.fail("the stream has ended"));
      return told;
    },
    leave: () => caller.abort(),
    async [Symbol.asyncDispose]() {
      caller.abort();
      await found.return(undefined).catch(() => {});
    },
  };
  return stream;
}

/** A frame that never comes fails the test instead of holding it up. */
async function soon<T>(frame: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error("Waited 20 s in vain for a frame")), 20_000);
  try {
    return await Promise.race([frame, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** Anything but a comment or a named event with one line of data, and a blank line, is an error. */
async function* frames(response: Response): AsyncGenerator<WireFrame> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of response.body ?? []) {
    const parts = (rest + decoder.decode(chunk, { stream: true })).split("\n\n");
    rest = parts.pop() ?? "";
    for (const part of parts) {
      const match = /^(?:: (\w+)|event: sync\.status\ndata: (\{.*\}))$/.exec(part);
      assert.ok(match, part);
      yield match[1] === undefined ? { event: JSON.parse(match[2] ?? "") } : { comment: match[1] };
    }
  }
  assert.equal(rest, "");
}

/** An event of a phone's sync, named by its message. */
export function step(user_id: string, message: string, fields: Partial<NewSyncEvent> = {}): NewSyncEvent {
  return {
    run_id: "run-1",
    user_id,
    provider: "apple",
    source: "sdk",
    stage: "processing",
    status: "in_progress",
    message,
    timestamp: new Date(),
    ...fields,
  };
}
