import { authenticate } from "../../src/accounts/authenticate.ts";
import type { Context } from "../../src/platform/context.ts";
import type { Endpoint } from "../../src/platform/endpoint.ts";
import { serveEndpoints } from "../../src/platform/http.ts";

/** Serves endpoints that a test made up, with the real authentication, on a loopback port. */
export function serveTestEndpoints(ctx: Context, endpoints: readonly Endpoint[]): AsyncDisposable & { url: string } {
  const app = serveEndpoints(ctx, endpoints, authenticate);
  const server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {} },
    (request, info) => app.fetch(request, { remoteAddress: info.remoteAddr.hostname }),
  );
  return {
    url: `http://127.0.0.1:${server.addr.port}`,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

/** Sends bytes as they are, for what `fetch` would mend, and returns the whole answer. */
export async function sendRaw(url: string, request: string | Uint8Array): Promise<string> {
  const { hostname, port } = new URL(url);
  using connection = await Deno.connect({ hostname, port: Number(port) });
  const writer = connection.writable.getWriter();
  await writer.write(typeof request === "string" ? new TextEncoder().encode(request) : request);
  let answer = "";
  const decoder = new TextDecoder();
  for await (const chunk of connection.readable) answer += decoder.decode(chunk, { stream: true });
  writer.releaseLock();
  return answer;
}
