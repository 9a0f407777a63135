import assert from "node:assert/strict";
import { leavesPrivateNetwork, type Resolve } from "../../src/platform/private_network.ts";

const inside = [
  "http://localhost:11434",
  "http://models.localhost",
  "http://127.8.9.10",
  "http://10.1.2.3",
  "http://172.16.0.1",
  "http://172.31.255.255",
  "http://192.168.1.20:8080/v1",
  "http://169.254.1.1",
  "http://100.64.0.1",
  "http://100.127.255.254",
  "http://[::1]:11434",
  "http://[fd12:3456::1]",
  "http://[fe80::1]",
  "http://[::ffff:192.168.1.1]",
  "http://ollama:11434",
  "http://Mac-Studio.local.",
  "http://gpu.lan",
  "https://models.internal",
  "http://box.home.arpa",
];
const outside = [
  "https://8.8.8.8",
  "http://172.15.0.1",
  "http://172.32.0.1",
  "http://100.63.0.1",
  "http://100.128.0.1",
  "http://192.169.0.1",
  "http://11.0.0.1",
  "https://[2001:db8::1]",
  "http://[::ffff:8.8.8.8]",
  "https://openrouter.ai/api/v1",
  "https://local.example.org",
  "https://10.0.0.1.example.org",
];

Deno.test("addresses and names of private networks are told from public ones", async () => {
  for (const address of inside) assert.equal(await leavesPrivateNetwork(address, undefined), false, address);
  for (const address of outside) assert.equal(await leavesPrivateNetwork(address, undefined), true, address);
});

Deno.test("a name counts by what it resolves to, and as public while it does not", async () => {
  const names: Readonly<Record<string, string[]>> = {
    "gpu.example.org": ["192.168.1.9", "fd00::9"],
    "mixed.example.org": ["192.168.1.9", "203.0.113.9"],
    "none.example.org": [],
  };
  const resolve: Resolve = (name) =>
    Promise.resolve(names[name] ?? []).then((found) => {
      if (name === "broken.example.org") throw new Error("no such name");
      return found;
    });
  const leaves = (name: string) => leavesPrivateNetwork(`https://${name}/v1`, resolve);
  assert.equal(await leaves("gpu.example.org"), false);
  assert.equal(await leaves("mixed.example.org"), true);
  assert.equal(await leaves("none.example.org"), true);
  assert.equal(await leaves("broken.example.org"), true);
});
