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

/** Sends text as it is, for what `fetch` would mend, and returns the first answer; it must come within 5 s. */
export async function sendRaw(url: string, request: string): Promise<string> {
  const { hostname, port } = new URL(url);
  using connection = await Deno.connect({ hostname, port: Number(port) });
  await connection.write(new TextEncoder().encode(request));
  const late = setTimeout(() => connection.close(), 5_000);
  const buffer = new Uint8Array(64 * 1024);
  let answer = "";
  while (!isWhole(answer)) {
    const count = await connection.read(buffer);
    if (count === null) break;
    answer += new TextDecoder().decode(buffer.subarray(0, count));
  }
  clearTimeout(late);
  return answer;
}

function isWhole(answer: string): boolean {
  const end = answer.indexOf("\r\n\r\n");
  const length = /^content-length: (\d+)/im.exec(answer)?.[1];
  return end !== -1 && length !== undefined && answer.length >= end + 4 + Number(length);
}
