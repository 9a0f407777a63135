import type { ModelPart } from "./model.ts";

/**
 * Keeps a reasoning model's thoughts out of its answer. Servers that know the model send thoughts apart; others leave
 * `<think>…</think>` at the beginning of the answer, cut into pieces wherever a token ends.
 *
 * Tags count only before the first word of the answer, so that an answer may speak about tags. A closing tag whose
 * opening tag was part of the prompt comes too late: what stood before it has been sent already.
 */

const opening = /^<(think|thinking)>/;
const openings = ["<think>", "<thinking>"];

/** The same parts with thoughts marked as such, or without them when nobody `wants` them. */
export async function* separateThoughts(
  parts: AsyncIterable<ModelPart>,
  wanted: boolean,
): AsyncGenerator<ModelPart, void, undefined> {
  const splitter = new ThoughtSplitter();
  const shown = (part: ModelPart) => wanted || part.type !== "thinking";
  for await (const part of parts) {
    const ready = part.type === "content" ? splitter.add(part.content) : part.type === "thinking" ? [part] : [
      // Whatever is held back belongs before a call or the end.
      ...splitter.rest(),
      part,
    ];
    for (const found of ready) if (shown(found)) yield found;
  }
}

class ThoughtSplitter {
  #state: "before" | "thought" | "answer" = "before";
  #closing = "";
  #held = "";

  /** What is certain after this piece. */
  add(piece: string): ModelPart[] {
    if (this.#state === "answer") return [{ type: "content", content: piece }];
    this.#held += piece;
    return this.#state === "before" ? this.#begin() : this.#think();
  }

  /** What was held back, when nothing follows. */
  rest(): ModelPart[] {
    const type = this.#state === "thought" ? "thinking" : "content";
    const content = this.#held;
    this.#held = "";
    return content.trim() === "" ? [] : [{ type, content }];
  }

  #begin(): ModelPart[] {
    const text = this.#held.trimStart();
    const tag = opening.exec(text)?.[0];
    if (tag !== undefined) {
      this.#state = "thought";
      this.#closing = tag.replace("<", "</");
      this.#held = text.slice(tag.length);
      return this.#think();
    }
    if (openings.some((candidate) => candidate.startsWith(text))) return [];
    this.#state = "answer";
    this.#held = text;
    return this.rest();
  }

  #think(): ModelPart[] {
    const end = this.#held.indexOf(this.#closing);
    if (end < 0) {
      const certain = this.#held.length - beginningAtEnd(this.#held, this.#closing);
      const content = this.#held.slice(0, certain);
      this.#held = this.#held.slice(certain);
      return content === "" ? [] : [{ type: "thinking", content }];
    }
    const content = this.#held.slice(0, end);
    this.#held = this.#held.slice(end + this.#closing.length);
    this.#state = "before";
    return [...(content === "" ? [] : [{ type: "thinking", content } as const]), ...this.#begin()];
  }
}

/** How many of the last characters of `text` may be the beginning of `tag`. */
function beginningAtEnd(text: string, tag: string): number {
  for (let length = Math.min(tag.length - 1, text.length); length > 0; length--) {
    if (text.endsWith(tag.slice(0, length))) return length;
  }
  return 0;
}
