/** A `fetch` to one server that no proxy of the environment gets to see. */
export interface DirectFetch {
  readonly fetch: typeof fetch;
  close(): Promise<void>;
}

/**
 * Deno sends plain HTTP, even to localhost, through HTTP_PROXY when that is set, and the proxy would read along. Over
 * HTTPS a proxy carries encrypted bytes only, so there the environment decides.
 */
export function directFetch(address: string): DirectFetch {
  const { protocol, hostname, port } = new URL(address);
  const proxied = ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"].some((name) => Deno.env.get(name));
  if (protocol !== "http:" || !proxied) return { fetch: globalThis.fetch, close: async () => {} };
  // A "proxy" that is the server itself: requests name the whole address, which every HTTP/1.1 server must accept.
  const client = Deno.createHttpClient({
    proxy: { transport: "tcp", hostname: hostname.replace(/^\[|\]$/g, ""), port: Number(port || 80) },
  });
  return {
    fetch: (input, init) => globalThis.fetch(input, { ...init, client }),
    close: () => Promise.resolve(client.close()),
  };
}
