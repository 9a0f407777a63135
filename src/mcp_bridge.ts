import process from "node:process";
// @ts-types="@modelcontextprotocol/sdk/server/stdio"
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import { openBridge } from "./mcp/bridge.ts";
import { runCommand } from "./platform/command.ts";
import { StartFailure } from "./platform/failure.ts";
import { loadConfig } from "./platform/config_file.ts";

/** `deno task mcp`: MCP over standard input and output, for programs that start their servers themselves. */

/** A document of the largest size that the API takes, in base64. */
const mostMegabytes = 16;

await runCommand(async () => {
  const { ANAMNESIS_URL: url, ANAMNESIS_API_KEY: key } = await loadConfig();
  if (key === null) {
    throw new StartFailure("ANAMNESIS_API_KEY is not set; create a key with POST /api/v1/developer/api-keys");
  }
  const ended = new Promise<void>((resolve) => {
    process.stdin.once("end", resolve);
    process.stdout.once("error", () => resolve());
  });
  const local = new StdioServerTransport(process.stdin, process.stdout, { maxBufferSize: mostMegabytes * 1024 * 1024 });
  const bridge = await openBridge(local, {
    url,
    apiKey: key.reveal(),
    note: (line) => process.stderr.write(line + "\n"),
  });
  const isBroken = await Promise.race([ended.then(() => false), bridge.broken.then(() => true)]);
  if (isBroken) {
    throw new StartFailure(`A message exceeds ${mostMegabytes} MB; send documents to POST /api/v1/documents/upload`);
  }
  await bridge.close();
  // What was written last may still be on its way to the pipe.
  await new Promise<void>((resolve) => process.stdout.write("", () => resolve()));
});
