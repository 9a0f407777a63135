import type { ChatEvent } from "./event.ts";
import type { MessageMetadata, StoredToolCall } from "./table.ts";

/** What the assistant has said and looked up so far in a turn, in the form it is shown and stored. */
export class Said {
  text = "";
  readonly calls: StoredToolCall[] = [];
  #newRound = false;
  /** Calls heard of whose results were not. */
  readonly #asked: Extract<ChatEvent, { type: "tool_call" }>[] = [];

  /** The next round's words start a new paragraph. */
  startRound(): void {
    this.#newRound = true;
  }

  /** Takes the model's next words and gives them as they are to be shown: the pieces shown add up to `text`. */
  add(content: string): string {
    const gap = this.#newRound && this.text.trim() !== "" && !this.text.endsWith("\n\n") ? "\n\n" : "";
    this.#newRound = false;
    const shown = gap + storable(content);
    this.text += shown;
    return shown;
  }

  /** Takes what a turn told, as it was stored. */
  hear(event: ChatEvent): void {
    if (event.type === "content") this.text += event.content;
    if (event.type === "tool_call") this.#asked.push(event);
    if (event.type === "tool_result") {
      const index = this.#asked.findIndex(({ name }) => name === event.name);
      const [call] = index < 0 ? [] : this.#asked.splice(index, 1);
      if (call !== undefined) this.calls.push({ tool: call.name, arguments: call.arguments, result: event.result });
    }
  }

  metadata(ending: Omit<MessageMetadata, "tool_calls">): MessageMetadata {
    return { ...ending, tool_calls: this.calls };
  }
}

/** Text, or text anywhere within a value, without what Postgres cannot hold: NUL and halves of characters. */
export function storable<T>(value: T): T {
  if (typeof value === "string") return value.replaceAll("\u0000", "").toWellFormed() as T;
  if (Array.isArray(value)) return value.map(storable) as T;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [storable(key), storable(item)])) as T;
}
