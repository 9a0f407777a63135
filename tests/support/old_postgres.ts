/**
 * A server that says it is an old Postgres: enough of the wire protocol (version 3) for a client that asks one
 * question. It lets everybody in and answers every query with `version`, except the driver's own about types.
 */
export function startOldPostgres(version: number): AsyncDisposable & { readonly url: string } {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const open = new Set<Deno.Conn>();
  const serving = (async () => {
    for await (const connection of listener) {
      open.add(connection);
      serve(connection, version).catch(() => {}).finally(() => open.delete(connection));
    }
  })();
  return {
    url: `postgres://user:secret-word@127.0.0.1:${listener.addr.port}/old`,
    async [Symbol.asyncDispose]() {
      listener.close();
      for (const connection of open) connection.close();
      await serving.catch(() => {});
    },
  };
}

async function serve(connection: Deno.Conn, version: number): Promise<void> {
  let received = new Uint8Array();
  const take = async (count: number) => {
    while (received.length < count) {
      const buffer = new Uint8Array(65_536);
      const got = await connection.read(buffer);
      if (got === null) throw new Error("The client has gone");
      received = new Uint8Array([...received, ...buffer.subarray(0, got)]);
    }
    const taken = received.slice(0, count);
    received = received.slice(count);
    return taken;
  };
  const length = async () => new DataView((await take(4)).buffer).getInt32(0);
  const send = (...messages: Uint8Array[]) => connection.write(new Uint8Array(messages.flatMap((bytes) => [...bytes])));
  const ready = message("Z", text("I", false));

  await take(await length() - 4);
  await send(message("R", int32(0)), message("S", text("client_encoding"), text("UTF8")), ready);
  let aboutTypes = false;
  while (true) {
    const kind = String.fromCharCode((await take(1))[0] ?? 0);
    const body = new TextDecoder().decode(await take(await length() - 4));
    const column = message(
      "T",
      int16(1),
      text("version"),
      int32(0),
      int16(0),
      int32(23),
      int16(4),
      int32(-1),
      int16(0),
    );
    const value = String(version);
    const row = message("D", int16(1), int32(value.length), text(value, false));
    switch (kind) {
      case "P":
        aboutTypes = body.includes("pg_type");
        await send(message("1"));
        break;
      case "B":
        await send(message("2"));
        break;
      case "D":
        await send(message("t", int16(0)), aboutTypes ? message("n") : column);
        break;
      case "E":
        await send(...(aboutTypes ? [] : [row]), message("C", text("SELECT 1")));
        break;
      case "S":
        await send(ready);
        break;
      case "Q":
        await send(message("C", text("SELECT 0")), ready);
        break;
      case "X":
        return connection.close();
    }
  }
}

function message(kind: string, ...parts: Uint8Array[]): Uint8Array {
  const body = parts.flatMap((part) => [...part]);
  return new Uint8Array([kind.charCodeAt(0), ...int32(body.length + 4), ...body]);
}

function text(value: string, ended = true): Uint8Array {
  return new TextEncoder().encode(ended ? `${value}\0` : value);
}

function int32(value: number): Uint8Array {
  return new Uint8Array(new Int32Array([value]).buffer).reverse();
}

function int16(value: number): Uint8Array {
  return new Uint8Array(new Int16Array([value]).buffer).reverse();
}
