/**
 * A model for the benchmark of streams: Ollama's wire format, a first token after 50 ms and then ten a second. Arguments:
 * the port, and how many tokens an answer has; a question that starts with "Short" gets three.
 */

const [port = "", tokens = ""] = Deno.args;
const encoder = new TextEncoder();
const line = (value: unknown) => encoder.encode(JSON.stringify(value) + "\n");
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

Deno.serve({ port: Number(port), hostname: "127.0.0.1", onListen: () => {} }, async (request) => {
  const { pathname } = new URL(request.url);
  if (pathname === "/api/version") return Response.json({ version: "0.12.6" });
  if (pathname === "/api/tags") return Response.json({ models: [{ name: "qwen2.5:14b" }] });
  if (pathname === "/api/show") return Response.json({ capabilities: ["completion", "tools"] });
  const { messages } = await request.json();
  const count = String(messages.at(-1)?.content).startsWith("Short") ? 3 : Number(tokens);
  let left = false;
  const body = new ReadableStream<Uint8Array>({
    async start(stream) {
      await pause(50);
      for (let token = 0; token < count && !left; token++) {
        if (token > 0) await pause(100);
        // Words that differ: an answer that says the same again and again is ended.
        const message = { role: "assistant", content: token === 0 ? " word" : ` word-${token}` };
        if (!left) stream.enqueue(line({ model: "qwen2.5:14b", message, done: false }));
      }
      if (left) return;
      stream.enqueue(line({ model: "qwen2.5:14b", message: { role: "assistant", content: "" }, done: true }));
      stream.close();
    },
    cancel() {
      left = true;
    },
  });
  return new Response(body, { headers: { "content-type": "application/x-ndjson" } });
});
