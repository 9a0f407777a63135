// @ts-types="@modelcontextprotocol/sdk/server/webStandardStreamableHttp"
import { WebStandardStreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js";
import { apiKeyHeader, authenticate } from "../accounts/authenticate.ts";
import type { Config } from "../platform/config.ts";
import { as, type Context } from "../platform/context.ts";
import { AppError } from "../platform/errors.ts";
import { type HttpApp, problem } from "../platform/http.ts";
import type { Tool } from "../platform/tool.ts";
import { mayWrite, mcpServer } from "./server.ts";
import { mcpTools } from "./tools.ts";
import { mostUploadBytes } from "./writing.ts";

/**
 * `/mcp`: Model Context Protocol over Streamable HTTP. Nothing is kept between requests, so that any process can answer
 * any of them: there is no session, nothing to listen to with GET and nothing to end with DELETE.
 */

export function serveMcp(http: HttpApp, ctx: Context, chatTools: readonly Tool[]): void {
  const tools = mcpTools(chatTools);
  http.post("/mcp", async (c) => {
    const request = c.req.raw;
    requireKnownOrigin(ctx.config, request);
    const actor = await authenticate(as(ctx, { kind: "nobody" }), withKeyHeader(request), "key");
    c.set("actor", actor);
    const caller = as(ctx, actor);
    const transport = new WebStandardStreamableHTTPServerTransport({
      enableJsonResponse: true,
      maxRequestBodySize: mostBytes(caller),
    });
    const server = mcpServer(caller, tools, c.get("facts").id);
    await server.connect(transport);
    try {
      return await transport.handleRequest(request);
    } finally {
      await server.close();
    }
  });
  http.all("/mcp", (c) => {
    const response = problem(new AppError("method_not_allowed", "Method Not Allowed"), c.get("facts").id);
    response.headers.set("allow", "POST");
    return response;
  });
}

/** Programs send no Origin. A browser's page must be one that may call the API, whatever name led it to this host. */
function requireKnownOrigin({ CORS_ALLOW_ALL, CORS_ORIGINS }: Config, request: Request): void {
  const origin = request.headers.get("origin");
  if (origin === null || CORS_ALLOW_ALL || CORS_ORIGINS.includes(origin)) return;
  throw new AppError("forbidden", "This origin may not call /mcp; name it in CORS_ORIGINS");
}

/** Many MCP clients can be given a bearer token and no other header, so that an API key may come as one. */
function withKeyHeader({ url, headers: sent }: Request): Request {
  const headers = new Headers(sent);
  const [, key] = /^bearer\s+(sk-\S+)$/i.exec(headers.get("authorization") ?? "") ?? [];
  if (key !== undefined && !headers.has(apiKeyHeader)) headers.set(apiKeyHeader, key);
  return new Request(url, { headers });
}

const mostBytesOfCall = 1024 * 1024;

/** A message, and for those who may send one, a document in base64. */
function mostBytes(ctx: Context): number {
  return mostBytesOfCall + (mayWrite(ctx) ? Math.ceil(mostUploadBytes(ctx.config) * 4 / 3) : 0);
}
