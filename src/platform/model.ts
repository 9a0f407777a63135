import { AppError } from "./errors.ts";

/** What the product asks of a language model, whoever serves it. `ollama.ts` is the one server behind it. */

export interface ToolCall {
  readonly name: string;
  readonly arguments: Readonly<Record<string, unknown>>;
}

/** One message as a model sees it. */
export type ModelMessage =
  | { readonly role: "system" | "user"; readonly content: string }
  | { readonly role: "assistant"; readonly content: string; readonly tool_calls?: readonly ToolCall[] }
  | { readonly role: "tool"; readonly tool_name: string; readonly content: string };

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
}

/** What an answer consists of, in the order it is produced. `end` comes last and exactly once. */
export type ModelPart =
  | { readonly type: "content"; readonly content: string }
  | { readonly type: "tool_call"; readonly call: ToolCall }
  /** `length`: the context was full, the answer stops in the middle. */
  | { readonly type: "end"; readonly reason: "stop" | "length" };

export interface StructuredRequest {
  readonly model: string;
  readonly system: string;
  readonly prompt: string;
  /** JSON Schema that the answer must follow; the caller still parses the answer itself. */
  readonly schema: Readonly<Record<string, unknown>>;
  readonly signal: AbortSignal;
}

/** What `GET /ai/status` tells; error texts are written for people. */
export type ModelStatus =
  & { readonly provider: "ollama"; readonly host: string }
  & (
    | {
      readonly status: "connected";
      readonly chat_model: string;
      readonly extraction_model: string;
      readonly available_models: string[];
      readonly chat_model_available: boolean;
      readonly extraction_model_available: boolean;
    }
    | {
      readonly status: "unreachable";
      readonly chat_model: string;
      readonly extraction_model: string;
      readonly error: string;
    }
    | { readonly status: "error"; readonly error: string }
  );

export interface Model {
  /** Never throws and never takes longer than five seconds. */
  status(): Promise<ModelStatus>;
  /**
   * The chat model's answer as it is produced. Throws `ModelError`, or `signal`'s reason once that is aborted; leaving
   * the loop early or aborting ends the request, so that the model stops working.
   */
  chat(request: ChatRequest, signal: AbortSignal): AsyncIterable<ModelPart>;
  /** The answer's JSON, at temperature 0. Throws like `chat`; an answer that is not JSON is a `bad_answer`. */
  structured(request: StructuredRequest): Promise<unknown>;
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
