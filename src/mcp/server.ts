import { Server } from "@modelcontextprotocol/sdk/server";
// The package leads to declarations that do not exist for its paths that end in .js; without, everything would be any.
// @ts-types="@modelcontextprotocol/sdk/types"
import {
  type CallToolRequest,
  CallToolRequestSchema,
  type CallToolResult,
  CancelledNotificationSchema,
  ErrorCode,
  type GetPromptRequest,
  GetPromptRequestSchema,
  ListPromptsRequestSchema,
  type ListResourcesRequest,
  ListResourcesRequestSchema,
  ListResourceTemplatesRequestSchema,
  ListToolsRequestSchema,
  McpError,
  type ReadResourceRequest,
  ReadResourceRequestSchema,
} from "@modelcontextprotocol/sdk/types.js";
import type { Context } from "../platform/context.ts";
import { utcDay } from "../platform/day_range.ts";
import { AppError } from "../platform/errors.ts";
import { publicError } from "../platform/http.ts";
import { refuseNul } from "../platform/validation.ts";
import { documentTemplates, listDocumentResources, readDocumentResource } from "./document_resource.ts";
import type { McpTool } from "./mcp_tool.ts";
import { presentHealthData, presentHealthDataPrompt, serverInstructions } from "./prompt.ts";

/** A Model Context Protocol server for one caller: their tools, documents and prompt. It lives for one request. */

/** What the protocol says for a resource that does not exist; the library has no name for it. */
const resourceNotFound = -32002;

export function mayWrite({ actor }: Context): boolean {
  return actor.kind !== "api_key" || actor.scope === "write";
}

export function mcpServer(ctx: Context, tools: readonly McpTool[], requestId: string): Server {
  const writes = mayWrite(ctx);
  const server = new Server({ name: "anamnesis", title: ctx.config.API_NAME, version: "1.0.0" }, {
    capabilities: { tools: {}, resources: {}, prompts: {} },
    instructions: serverInstructions(utcDay(ctx.clock()), writes),
  });
  /** The library would tell the caller the message of whatever is thrown. */
  const answered = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    try {
      return await work();
    } catch (error) {
      if (error instanceof McpError) throw error;
      const { code, message } = publicError(ctx, error, requestId);
      const internal = code === "internal" || code === "unavailable";
      const number = code === "not_found"
        ? resourceNotFound
        : internal
        ? ErrorCode.InternalError
        : ErrorCode.InvalidParams;
      throw new McpError(number, message);
    }
  };

  server.setRequestHandler(ListToolsRequestSchema, () => ({
    tools: tools.filter((tool) => writes || !tool.writes).map((
      { name, description, inputSchema, writes: changes },
    ) => ({
      name,
      description,
      inputSchema,
      annotations: { readOnlyHint: !changes, destructiveHint: false, openWorldHint: false },
    })),
  }));
  server.setRequestHandler(CallToolRequestSchema, async ({ params }: CallToolRequest) => {
    const tool = tools.find(({ name }) => name === params.name);
    if (tool === undefined) throw new McpError(ErrorCode.InvalidParams, `Unknown tool: ${params.name.slice(0, 100)}`);
    return toolResult(await callTool(ctx, tool, params.arguments ?? {}, requestId));
  });
  server.setRequestHandler(
    ListResourcesRequestSchema,
    ({ params }: ListResourcesRequest) => answered(() => listDocumentResources(ctx, params?.cursor)),
  );
  server.setRequestHandler(ListResourceTemplatesRequestSchema, () => ({ resourceTemplates: documentTemplates }));
  server.setRequestHandler(
    ReadResourceRequestSchema,
    ({ params }: ReadResourceRequest) => answered(() => readDocumentResource(ctx, params.uri)),
  );
  server.setRequestHandler(ListPromptsRequestSchema, () => ({ prompts: [presentHealthData] }));
  server.setRequestHandler(GetPromptRequestSchema, ({ params }: GetPromptRequest) => {
    if (params.name === presentHealthData.name) return presentHealthDataPrompt();
    throw new McpError(ErrorCode.InvalidParams, `Unknown prompt: ${params.name.slice(0, 100)}`);
  });
  // A message can only be cancelled from within its own request, which would then wait for its answer for ever.
  server.setNotificationHandler(CancelledNotificationSchema, () => {});
  return server;
}

/** The tool's result; whatever goes wrong becomes `{error}`, which a model can read, and nothing internal is told. */
async function callTool(
  ctx: Context,
  tool: McpTool,
  args: Readonly<Record<string, unknown>>,
  requestId: string,
): Promise<object> {
  try {
    if (tool.writes && !mayWrite(ctx)) {
      throw new AppError("forbidden", "This API key may only read; use one with the scope write");
    }
    refuseNul("arguments", args);
    return Object(await tool.call(ctx, args));
  } catch (error) {
    return { error: publicError(ctx, error, requestId).message };
  }
}

/** As text for every client, and as it is for those that read structure. */
function toolResult(result: object): CallToolResult {
  const text = JSON.stringify(result);
  return {
    content: [{ type: "text", text }],
    structuredContent: { ...result },
    ...("error" in result ? { isError: true } : {}),
  };
}
