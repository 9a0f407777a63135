import { createParser } from "eventsource-parser";
import { z } from "zod";
import { callArguments } from "./call_arguments.ts";
import type { ModelPart, ToolCall } from "./model.ts";
import type { GuardedResponse } from "./model_fetch.ts";
import { brokenOff, hung, knownError, notOpenAi, unreadable, withheld } from "./openai_errors.ts";

/** Reads an answer of OpenAI's protocol, streamed or whole, into parts. */

/** Longest event or whole answer, in characters. */
const maxLength = 4 * 1024 * 1024;
/** Longest arguments of one call, and most calls of one answer; more is a model gone wrong. */
const maxArguments = 256 * 1024;
const maxCalls = 64;
/** A model that does not stop is stopped after so many characters, thoughts included. */
const maxAnswer = 400_000;

const CallPiece = z.object({
  index: z.number().int().nullish(),
  id: z.string().nullish(),
  function: z.object({ name: z.string().nullish(), arguments: z.unknown().optional() }).nullish(),
});

const Said = z.object({
  content: z.string().nullish(),
  /** What a reasoning model thinks: DeepSeek, vLLM and llama.cpp use the first name, OpenRouter and Ollama the other. */
  reasoning_content: z.string().nullish(),
  reasoning: z.string().nullish(),
  refusal: z.string().nullish(),
  tool_calls: z.array(CallPiece).nullish(),
});

const Chunk = z.object({
  error: z.unknown().optional(),
  choices: z.array(z.object({
    delta: Said.nullish(),
    message: Said.nullish(),
    finish_reason: z.string().nullish(),
  })).nullish(),
});

/** `idleMs`: comments keep a connection alive, but a server that sends nothing else for ten times as long is hung. */
export async function* readAnswer(
  { response, chunks }: GuardedResponse,
  model: string,
  idleMs: number,
): AsyncGenerator<ModelPart, void, undefined> {
  const type = response.headers.get("content-type") ?? "";
  const answer = new Answer(model);
  if (type.includes("application/json")) {
    yield* answer.add(await wholeText(chunks()));
    return yield* answer.end(true);
  }
  if (!type.includes("text/event-stream")) {
    for await (const _ of chunks()) break;
    throw notOpenAi();
  }
  let closed = false;
  for await (const data of readEvents(chunks(), idleMs * 10)) {
    closed = data === "[DONE]";
    if (closed) break;
    yield* answer.add(data);
    // What may follow are figures about the use of tokens.
    if (answer.finished) break;
  }
  yield* answer.end(closed);
}

async function* readEvents(chunks: AsyncIterable<string>, mostMs: number): AsyncGenerator<string, void, undefined> {
  let ready: string[] = [];
  let tooLong = false;
  let last = performance.now();
  const parser = createParser({
    onEvent: ({ data }) => void ready.push(data),
    onError: ({ type }) => tooLong ||= type === "max-buffer-size-exceeded",
    maxBufferSize: maxLength,
  });
  const events = () => {
    const found = ready;
    ready = [];
    if (found.length > 0) last = performance.now();
    return found;
  };
  for await (const chunk of chunks) {
    parser.feed(chunk);
    yield* events();
    if (tooLong) throw unreadable();
    if (performance.now() - last > mostMs) throw hung(mostMs);
  }
  // Some servers end without the blank line that belongs to the last event.
  parser.feed("\n\n");
  yield* events();
}

async function wholeText(chunks: AsyncIterable<string>): Promise<string> {
  let text = "";
  for await (const chunk of chunks) {
    text += chunk;
    if (text.length > maxLength) throw unreadable();
  }
  return text;
}

interface OpenCall {
  readonly key: string;
  id: string | undefined;
  name: string;
  written: string;
  given: unknown;
}

/** One answer as it comes together: words at once, calls when they are complete. */
class Answer {
  finished = false;
  readonly #model: string;
  readonly #calls: OpenCall[] = [];
  #reason: string | undefined;
  #begun = false;
  #length = 0;

  constructor(model: string) {
    this.#model = model;
  }

  *add(data: string): Generator<ModelPart> {
    const chunk = readChunk(data);
    if (chunk.error !== undefined && chunk.error !== null) {
      throw knownError(JSON.stringify(chunk.error), this.#model) ?? brokenOff();
    }
    const [choice] = chunk.choices ?? [];
    const said = choice?.delta ?? choice?.message;
    const thinking = said?.reasoning_content || said?.reasoning;
    if (thinking) yield { type: "thinking", content: thinking };
    const content = said?.content || said?.refusal;
    if (content) yield { type: "content", content };
    for (const piece of said?.tool_calls ?? []) this.#addCall(piece);
    this.#length += (thinking || "").length + (content || "").length;
    if (this.#length > maxAnswer) this.#finish("length");
    this.#begun ||= choice !== undefined;
    if (choice?.finish_reason) this.#finish(choice.finish_reason);
  }

  #finish(reason: string): void {
    this.#reason = reason;
    this.finished = true;
  }

  /** The calls and the end. `closed`: the server said that nothing follows, which is enough without a reason. */
  *end(closed: boolean): Generator<ModelPart> {
    const whole = this.finished || (closed && this.#begun);
    if (!whole || this.#reason === "error") throw brokenOff();
    if (this.#reason === "content_filter") throw withheld();
    for (const call of this.#calls) yield { type: "tool_call", call: complete(call) };
    yield { type: "end", reason: this.#reason === "length" ? "length" : "stop" };
  }

  /** Pieces belong together by index; where servers leave that out or repeat it, a new id begins a new call. */
  #addCall({ index, id, function: said }: z.output<typeof CallPiece>): void {
    const key = index === null || index === undefined ? undefined : String(index);
    const known = key === undefined ? this.#calls.at(-1) : this.#calls.findLast((call) => call.key === key);
    const isNew = known === undefined || (id && known.id !== undefined && id !== known.id) ||
      (key === undefined && !id && said?.name);
    const call: OpenCall = isNew ? { key: key ?? "", id: undefined, name: "", written: "", given: undefined } : known;
    if (isNew) this.#calls.push(call);
    if (id) call.id = id;
    if (said?.name) call.name = said.name;
    if (typeof said?.arguments === "string") call.written += said.arguments;
    else if (said?.arguments !== undefined && said.arguments !== null) call.given = said.arguments;
    if (this.#calls.length > maxCalls || call.written.length > maxArguments) throw unreadable();
  }
}

function complete({ id, name, written, given }: OpenCall): ToolCall {
  return { ...(id === undefined ? {} : { id }), name, arguments: callArguments(given ?? written) };
}

function readChunk(data: string): z.output<typeof Chunk> {
  try {
    const parsed = Chunk.safeParse(JSON.parse(data));
    if (parsed.success) return parsed.data;
  } catch {
    // Falls through: the parser's own message would quote the answer.
  }
  throw unreadable();
}
