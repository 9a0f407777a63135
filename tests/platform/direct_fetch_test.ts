import assert from "node:assert/strict";

Deno.test("a proxy of the environment does not see what goes to a local server", async () => {
  await using server = Deno.serve({ port: 0, onListen: () => {} }, () => new Response("direct"));
  await using proxy = Deno.serve({ port: 0, onListen: () => {} }, () => new Response("proxy"));
  const program = `
    import { directFetch } from ${JSON.stringify(new URL("../../src/platform/direct_fetch.ts", import.meta.url).href)};
    const address = "http://localhost:${server.addr.port}";
    const direct = directFetch(address);
    const texts = [await (await direct.fetch(address)).text(), await (await fetch(address)).text()];
    await direct.close();
    await Deno.stdout.write(new TextEncoder().encode(texts.join(" ")));`;
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", "--no-config", program],
    env: { HTTP_PROXY: `http://127.0.0.1:${proxy.addr.port}`, NO_PROXY: "" },
  }).output();
  // The second word proves that the environment's proxy is in force.
  assert.equal(new TextDecoder().decode(stdout), "direct proxy");
});
