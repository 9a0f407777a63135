import { Hono } from "hono";
import { streamSSE } from "hono/streaming";
import type { Context } from "./context.ts";
import type { RequestFacts } from "./endpoint.ts";
import type { AppError } from "./errors.ts";
import { publicError } from "./http.ts";

/**
 * Server-sent events without names or ids, one JSON object a frame, each sent as soon as it is there.
 *
 * `events` gets a signal that is aborted when the caller has gone; it is always run to its end, so that it can put away
 * what it has. What it throws becomes the frame that `failure` makes, in words a caller may see.
 */
export async function eventStream<Event>(
  ctx: Context,
  request: RequestFacts,
  events: (signal: AbortSignal) => AsyncIterable<Event>,
  failure: (error: AppError) => Event,
): Promise<Response> {
  const gone = new AbortController();
  const leave = () => gone.abort(new DOMException("The caller has gone", "AbortError"));
  if (request.signal.aborted) leave();
  request.signal.addEventListener("abort", leave, { once: true });
  // streamSSE wants Hono's own context, which an endpoint does not see.
  const app = new Hono().all("*", (c) => {
    c.header("X-Accel-Buffering", "no");
    return streamSSE(c, async (stream) => {
      stream.onAbort(leave);
      // Writing to a caller who has gone does nothing.
      const send = (event: Event) => stream.writeSSE({ data: JSON.stringify(event) });
      try {
        for await (const event of events(gone.signal)) await send(event);
      } catch (error) {
        // Caught here, because streamSSE would send the error's message as it is.
        await send(failure(publicError(ctx, error, request.id)));
      } finally {
        request.signal.removeEventListener("abort", leave);
      }
    });
  });
  return await app.fetch(request.raw);
}
