/** A loopback server that takes Sentry envelopes: JSON lines of a header, then an item's header and its payload. */

export interface SentryStandIn extends AsyncDisposable {
  readonly dsn: string;
  /** Every request as it arrived: line, headers and body. */
  readonly requests: { readonly path: string; readonly headers: string; readonly body: string }[];
}

export interface SentryItem {
  readonly type: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

export function startSentry(): SentryStandIn {
  const requests: SentryStandIn["requests"] = [];
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, async (request) => {
    const { pathname, search } = new URL(request.url);
    const headers = JSON.stringify([...request.headers]);
    requests.push({ path: pathname + search, headers, body: await request.text() });
    return Response.json({ id: "0".repeat(32) });
  });
  return {
    dsn: `http://0123456789abcdef0123456789abcdef@127.0.0.1:${server.addr.port}/1`,
    requests,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

/** The items of an envelope. */
export function envelopeItems(body: string): SentryItem[] {
  const [, ...lines] = body.split("\n").filter((line) => line !== "").map((line) => JSON.parse(line));
  return lines.flatMap((line, index) => index % 2 === 0 ? [{ type: line.type, payload: lines[index + 1] }] : []);
}
