/** A TCP proxy on loopback that a test can cut: connections die and new ones are refused, as when a server is gone. */
export interface Proxy extends AsyncDisposable {
  readonly port: number;
  /** Ends all connections; `silent` leaves them open without passing anything on. */
  cut(how: "refused" | "silent"): void;
}

export function startProxy(hostname: string, port: number): Proxy {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const open = new Set<Deno.Conn>();
  let silent = false;
  let closed = false;
  const close = () => {
    if (closed) return;
    closed = true;
    listener.close();
  };
  const accepting = (async () => {
    for await (const client of listener) {
      open.add(client);
      if (silent) continue;
      const server = await Deno.connect({ hostname, port });
      open.add(server);
      const pass = (from: Deno.Conn, to: Deno.Conn) => copy(from, to, () => silent).catch(() => {});
      Promise.all([pass(client, server), pass(server, client)]).then(() => {
        for (const end of [client, server]) if (open.delete(end)) end.close();
      });
    }
  })();
  return {
    port: listener.addr.port,
    cut(how) {
      if (how === "silent") silent = true;
      else {
        close();
        for (const connection of open) connection.close();
        open.clear();
      }
    },
    async [Symbol.asyncDispose]() {
      close();
      for (const connection of open) connection.close();
      open.clear();
      await accepting.catch(() => {});
    },
  };
}

async function copy(from: Deno.Conn, to: Deno.Conn, silent: () => boolean): Promise<void> {
  const buffer = new Uint8Array(65_536);
  for (let count = await from.read(buffer); count !== null; count = await from.read(buffer)) {
    if (silent()) continue;
    for (let sent = 0; sent < count;) sent += await to.write(buffer.subarray(sent, count));
  }
  to.closeWrite().catch(() => {});
}
