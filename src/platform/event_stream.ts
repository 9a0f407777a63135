import { Hono } from "hono";
import { type SSEStreamingApi, streamSSE } from "hono/streaming";
import type { Context } from "./context.ts";
import type { RequestFacts } from "./endpoint.ts";
import type { AppError } from "./errors.ts";
import { publicError } from "./http.ts";

/**
 * Server-sent events, each sent as soon as it is there. A caller who reads slowly slows down its own stream only: the
 * next frame is asked for when the last one was taken.
 */

/** A comment, or one JSON object, named or not; with an `id` where a reader can go on from it. */
export type Frame =
  | { readonly comment: string }
  | { readonly id?: string; readonly event?: string; readonly data: unknown };

/**
 * `frames` gets a signal that is aborted when the caller has gone; it is always run to its end, so that it can put away
 * what it has. What it throws becomes the frame that `failure` makes, in words a caller may see; null just ends it.
 */
export async function frameStream(
  ctx: Context,
  request: RequestFacts,
  frames: (signal: AbortSignal) => AsyncIterable<Frame>,
  failure: (error: AppError) => Frame | null,
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
      try {
        for await (const frame of frames(gone.signal)) await send(stream, frame);
      } catch (error) {
        // Caught here, because streamSSE would send the error's message as it is.
        const last = failure(publicError(ctx, error, request.id));
        if (last !== null) await send(stream, last);
      } finally {
        request.signal.removeEventListener("abort", leave);
      }
    });
  });
  return await app.fetch(request.raw);
}

/** Writing to a caller who has gone does nothing. */
async function send(stream: SSEStreamingApi, frame: Frame): Promise<void> {
  if ("comment" in frame) await stream.write(`: ${frame.comment}\n\n`);
  else {
    const { data, ...rest } = frame;
    await stream.writeSSE({ data: JSON.stringify(data), ...rest });
  }
}
