// @ts-types="@modelcontextprotocol/sdk/client/streamableHttp"
import { StreamableHTTPClientTransport, StreamableHTTPError } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport";
// @ts-types="@modelcontextprotocol/sdk/types"
import {
  ErrorCode,
  isInitializeRequest,
  isJSONRPCRequest,
  isJSONRPCResultResponse,
  type JSONRPCMessage,
} from "@modelcontextprotocol/sdk/types.js";

/**
 * Carries MCP between a program that speaks it over its own pipe and the API. It knows no tool: what may be seen and
 * done is decided where the API key is.
 */

export interface BridgeOptions {
  readonly url: string;
  readonly apiKey: string;
  /** A line for whoever looks at the program's log; never a message's content. */
  readonly note: (line: string) => void;
}

export interface Bridge {
  /** Resolves when the program's end can be read no further, such as after a message that is too large. */
  readonly broken: Promise<void>;
  /** Waits until everything that was asked is answered, then closes both ends. */
  close(): Promise<void>;
}

export async function openBridge(local: Transport, { url, apiKey, note }: BridgeOptions): Promise<Bridge> {
  const remote = new StreamableHTTPClientTransport(new URL(`${url}/mcp`), {
    requestInit: { headers: { "X-Open-Wearables-API-Key": apiKey } },
  });
  const underWay = new Set<Promise<void>>();
  const initializing = new Set<string | number>();

  const forward = async (message: JSONRPCMessage) => {
    if (isInitializeRequest(message) && isJSONRPCRequest(message)) initializing.add(message.id);
    try {
      await remote.send(message);
    } catch (error) {
      const reason = failure(error, url);
      note(reason);
      if (!isJSONRPCRequest(message)) return;
      await local.send({ jsonrpc: "2.0", id: message.id, error: { code: ErrorCode.InternalError, message: reason } });
    }
  };
  local.onmessage = (message) => {
    const done = forward(message).finally(() => underWay.delete(done));
    underWay.add(done);
  };
  local.onerror = () => note("A line on standard input is no JSON-RPC message and was left out");
  remote.onmessage = (message) => {
    // From then on each request names the version that was agreed on.
    if (isJSONRPCResultResponse(message) && initializing.delete(message.id)) {
      const { protocolVersion } = message.result;
      if (typeof protocolVersion === "string") remote.setProtocolVersion(protocolVersion);
    }
    const done = local.send(message).finally(() => underWay.delete(done));
    underWay.add(done);
  };
  const broken = new Promise<void>((resolve) => local.onclose = resolve);
  await remote.start();
  await local.start();
  return {
    broken,
    async close() {
      while (underWay.size > 0) await Promise.allSettled(underWay);
      await remote.close();
      await local.close();
    },
  };
}

/** What to do about it; the library's own messages quote what the server answered. */
function failure(error: unknown, url: string): string {
  if (!(error instanceof StreamableHTTPError)) {
    return `Cannot reach Anamnesis at ${url}; start it, or correct ANAMNESIS_URL`;
  }
  switch (error.code) {
    case 401:
      return "Anamnesis refuses ANAMNESIS_API_KEY; set a key that is valid";
    case 413:
      return "The message is too large; send large documents to POST /api/v1/documents/upload";
    default:
      return `Anamnesis at ${url} answered with status ${error.code ?? "unknown"}`;
  }
}
