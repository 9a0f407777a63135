import assert from "node:assert/strict";
// @ts-types="@modelcontextprotocol/sdk/client"
import { Client } from "@modelcontextprotocol/sdk/client";
// @ts-types="@modelcontextprotocol/sdk/client/streamableHttp"
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport";
import type { CallToolResult } from "@modelcontextprotocol/sdk/types";
import type { Scope } from "../../src/platform/context.ts";
import type { World } from "../support/world.ts";

/** A program that speaks MCP, with the library's own client. */

export interface McpProgram extends AsyncDisposable {
  readonly client: Client;
  /** The names of the tools it sees. */
  toolNames(): Promise<string[]>;
  /** A tool's result, which must not be an error. */
  call<T = Record<string, unknown>>(name: string, args?: Record<string, unknown>): Promise<T>;
  /** A tool's failure, which must be one. */
  fail(name: string, args?: Record<string, unknown>): Promise<{ error: string; [key: string]: unknown }>;
}

/** `access` says what its key may do; the key comes as a bearer token, as most programs send it. */
export async function connectProgram(
  world: World,
  access: { scope?: Scope; user_id?: string | null } = {},
): Promise<McpProgram> {
  const authorization = `Bearer ${await world.createKey(access)}`;
  const url = new URL(`${world.url}/mcp`);
  const transport = new StreamableHTTPClientTransport(url, { requestInit: { headers: { authorization } } });
  // The library's classes are not written for exactOptionalPropertyTypes.
  return await connectThrough(transport as Transport);
}

export async function connectThrough(transport: Transport): Promise<McpProgram> {
  const client = new Client({ name: "a test", version: "1.0.0" });
  await client.connect(transport);
  const result = async (name: string, args: Record<string, unknown> = {}) => {
    const answer = await client.callTool({ name, arguments: args }) as CallToolResult;
    assert.equal(answer.content.length, 1);
    const [content] = answer.content;
    assert.equal(content?.type, "text");
    const read = JSON.parse(content?.type === "text" ? content.text : "");
    assert.deepEqual(answer.structuredContent, read);
    return { read, isError: answer.isError ?? false };
  };
  return {
    client,
    toolNames: async () => (await client.listTools()).tools.map(({ name }) => name),
    async call(name, args) {
      const { read, isError } = await result(name, args);
      assert.equal(isError, false, JSON.stringify(read));
      return read;
    },
    async fail(name, args) {
      const { read, isError } = await result(name, args);
      assert.equal(isError, true, JSON.stringify(read).slice(0, 300));
      assert.equal(typeof read.error, "string");
      return read;
    },
    [Symbol.asyncDispose]: () => client.close(),
  };
}
