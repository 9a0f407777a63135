import { AppError } from "./errors.ts";

/** What the product asks of a language model, whoever serves it: `ollama.ts`, or `openai.ts` when that is configured. */

export interface ToolCall {
  /** The server's name for this call, when it gave one; it goes back with the tool's answer. */
  readonly id?: string;
  readonly name: string;
  /** What `call_arguments.ts` read; that file says what stands here for arguments that are no JSON object. */
  readonly arguments: Readonly<Record<string, unknown>>;
}

/** One message as a model sees it. */
export type ModelMessage =
  | { readonly role: "system" | "user"; readonly content: string }
  | { readonly role: "assistant"; readonly content: string; readonly tool_calls?: readonly ToolCall[] }
  | { readonly role: "tool"; readonly tool_name: string; readonly content: string; readonly tool_call_id?: string };

/** A tool as the model is told about it; `parameters` is a JSON Schema. */
export interface ToolDefinition {
  readonly name: string;
  readonly description: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

export interface ChatRequest {
  readonly messages: readonly ModelMessage[];
  /** Empty: the model must answer in words. */
  readonly tools: readonly ToolDefinition[];
  /** Whether the caller wants to see what a reasoning model thinks; by default its thoughts are dropped. */
  readonly thinking?: boolean;
}

/** What an answer consists of, in the order it is produced. `end` comes last and exactly once. */
export type ModelPart =
  | { readonly type: "content"; readonly content: string }
  /** Thoughts of a reasoning model, never part of the answer; only when asked for. */
  | { readonly type: "thinking"; readonly content: string }
  | { readonly type: "tool_call"; readonly call: ToolCall }
  /** `length`: the context was full, the answer stops in the middle. */
  | { readonly type: "end"; readonly reason: "stop" | "length" };

export interface StructuredRequest {
  /** The extraction model when it is not given. */
  readonly model?: string;
  readonly system: string;
  readonly prompt: string;
  /** JSON Schema that the answer must follow; the caller still parses the answer itself. */
  readonly schema: Readonly<Record<string, unknown>>;
  readonly signal: AbortSignal;
}

/** Whether conversations or documents leave the private network with this configuration. */
interface Privacy {
  readonly data_leaves: boolean;
  /** Says what leaves and how to stop it. */
  readonly warning: string | null;
}

export type ChatProvider = "ollama" | "openai" | "openrouter";

/** What an Ollama server says about itself; error texts are written for people. */
export type OllamaStatus =
  & { readonly provider: "ollama"; readonly host: string }
  & (
    | {
      readonly status: "connected";
      readonly chat_model: string;
      readonly extraction_model: string;
      readonly available_models: string[];
      readonly chat_model_available: boolean;
      readonly extraction_model_available: boolean;
      /** Such as `tools` and `thinking`; null when the server does not say. */
      readonly chat_model_capabilities: string[] | null;
    }
    | {
      readonly status: "unreachable";
      readonly chat_model: string;
      readonly extraction_model: string;
      readonly error: string;
    }
    | { readonly status: "error"; readonly error: string }
  );

export type OpenAiStatus =
  & { readonly provider: "openai" | "openrouter"; readonly base_url: string; readonly chat_model: string }
  & (
    | {
      readonly status: "connected";
      /** Null when the server does not list its models. */
      readonly chat_model_available: boolean | null;
    }
    | { readonly status: "unreachable" | "error"; readonly error: string }
  );

/** What `GET /ai/status` tells. */
export type ModelStatus = (OllamaStatus | OpenAiStatus) & Privacy & {
  readonly extraction_provider: Exclude<ChatProvider, "openrouter">;
};

/** How far a download is. `total` and `completed` are bytes of one layer, which `digest` names. */
export interface PullProgress {
  readonly status: string;
  readonly digest?: string;
  readonly total?: number;
  readonly completed?: number;
}

/** One server that runs models. */
export interface ModelServer<Status> {
  /** Never throws and never takes longer than five seconds. */
  status(): Promise<Status>;
  /**
   * The chat model's answer as it is produced. Throws `ModelError`, or `signal`'s reason once that is aborted; leaving
   * the loop early or aborting ends the request, so that the model stops working.
   */
  chat(request: ChatRequest, signal: AbortSignal): AsyncIterable<ModelPart>;
  /** The answer's JSON, at temperature 0. Throws like `chat`; an answer that is not JSON is a `bad_answer`. */
  structured(request: StructuredRequest): Promise<unknown>;
}

export interface OllamaServer extends ModelServer<OllamaStatus> {
  /**
   * Downloads a model; ends when it is there. Throws like `chat`. Ollama joins downloads of the same model, stops one
   * when its last reader leaves, and goes on where it stopped when asked again.
   */
  pull(model: string, signal: AbortSignal): AsyncIterable<PullProgress>;
}

/** The servers of one installation, as `configured_model.ts` puts them together. */
export interface Model extends ModelServer<ModelStatus>, Pick<OllamaServer, "pull"> {
  /** Whether a structured question has a chance of being answered. Like `status`. */
  canExtract(): Promise<boolean>;
  /** What leaves the private network, in words for the start of the process; null when nothing does. */
  privacyWarning(): Promise<string | null>;
}

/**
 * `unreachable`: nobody answers at the address. `model_missing`: the server has no such model. `timed_out`: no token for
 * OLLAMA_TIMEOUT seconds. `refused`: the server says no. `bad_answer`: what came is not an answer, or only half of one.
 */
export type ModelProblem = "unreachable" | "model_missing" | "timed_out" | "refused" | "bad_answer";

/** A model that cannot answer. The message says what to do and holds no address, credential or server text. */
export class ModelError extends AppError {
  constructor(readonly problem: ModelProblem, message: string, cause?: unknown) {
    super("unavailable", message, cause === undefined ? {} : { cause });
  }
}
