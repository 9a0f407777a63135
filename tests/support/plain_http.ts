/**
 * HTTP/1.1 without a server library: one request a connection, answered byte by byte. It notices at once when a client
 * hangs up, even before it has answered, and it can cut an answer in the middle; Deno.serve does neither.
 */

export interface PlainRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Headers;
  readonly body: string;
  /** Settles when the client has hung up. */
  readonly gone: Promise<void>;
}

export interface PlainAnswer {
  /** A whole answer. */
  send(status: number, contentType: string, body: string): Promise<void>;
  /** The head of an answer whose body comes in chunks. */
  start(contentType: string): Promise<void>;
  chunk(text: string): Promise<void>;
  finish(): Promise<void>;
}

export interface PlainServer extends AsyncDisposable {
  readonly port: number;
}

/** A connection closes when its handler ends. */
export function servePlain(handle: (request: PlainRequest, answer: PlainAnswer) => Promise<void>): PlainServer {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const open = new Set<Promise<void>>();
  const connections = new Set<Deno.TcpConn>();
  const serve = async (connection: Deno.TcpConn) => {
    connections.add(connection);
    try {
      const read = await readRequest(connection);
      // Nothing more is expected of the client: the next read ends when it closes the connection.
      const gone = connection.read(new Uint8Array(1)).then(() => {}, () => {});
      if (read !== undefined) await handle({ ...read, gone }, answerOn(connection));
    } finally {
      connections.delete(connection);
      close(connection);
    }
  };
  const accepting = (async () => {
    for await (const connection of listener) {
      const done: Promise<void> = serve(connection).catch(() => {}).finally(() => open.delete(done));
      open.add(done);
    }
  })();
  return {
    port: listener.addr.port,
    async [Symbol.asyncDispose]() {
      listener.close();
      connections.forEach(close);
      await Promise.all([accepting, ...open]);
    },
  };
}

function close(connection: Deno.TcpConn): void {
  try {
    connection.close();
  } catch {
    // It is closed already.
  }
}

async function readRequest(connection: Deno.TcpConn): Promise<Omit<PlainRequest, "gone"> | undefined> {
  // One character a byte, so that lengths are those of the wire. The decoder that is called "latin1" is another one.
  const letters = (bytes: Uint8Array) => Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  let received = "";
  const more = async () => {
    const buffer = new Uint8Array(65_536);
    const size = await connection.read(buffer);
    if (size !== null) received += letters(buffer.subarray(0, size));
    return size !== null;
  };
  while (!received.includes("\r\n\r\n")) if (!await more()) return undefined;
  const [head = ""] = received.split("\r\n\r\n", 1);
  const [first = "", ...lines] = head.split("\r\n");
  const headers = new Headers(lines.map((line): [string, string] => {
    const colon = line.indexOf(":");
    return [line.slice(0, colon), line.slice(colon + 1).trim()];
  }));
  const length = head.length + 4 + Number(headers.get("content-length") ?? 0);
  while (received.length < length) if (!await more()) return undefined;
  const [method = "", target = ""] = first.split(" ");
  // A client may send the whole address.
  const { pathname: path } = new URL(target, "http://localhost");
  const body = Uint8Array.from(received.slice(head.length + 4), (letter) => letter.charCodeAt(0));
  return { method, path, headers, body: new TextDecoder().decode(body) };
}

function answerOn(connection: Deno.TcpConn): PlainAnswer {
  const encoder = new TextEncoder();
  const write = async (text: string) => {
    let rest = encoder.encode(text);
    while (rest.length > 0) rest = rest.subarray(await connection.write(rest));
  };
  const head = (status: number, contentType: string, framing: string) =>
    `HTTP/1.1 ${status} Status\r\ncontent-type: ${contentType}\r\n${framing}\r\nconnection: close\r\n\r\n`;
  return {
    send: (status, contentType, body) =>
      write(head(status, contentType, `content-length: ${encoder.encode(body).length}`) + body),
    start: (contentType) => write(head(200, contentType, "transfer-encoding: chunked")),
    chunk: (text) => write(`${encoder.encode(text).length.toString(16)}\r\n${text}\r\n`),
    finish: () => write("0\r\n\r\n"),
  };
}
