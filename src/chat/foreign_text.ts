import { readsLikeInstruction } from "./instruction.ts";

/**
 * Text that others wrote (notes, titles, names of tests, units, devices and series) as a tool's result carries it. What
 * reads like an order to the assistant is withheld before a model sees it: a small model obeys whoever speaks last.
 * Numbers, dates and everything that reads like a record pass untouched. Pure.
 */

export const withheldText = "[text withheld: it reads like an instruction]";

export interface Withheld {
  readonly result: unknown;
  /** How many texts were replaced. */
  readonly withheld: number;
}

/**
 * The result with every such text replaced by a fixed mark, keys of objects included. An order that is spread over the
 * texts of one list is found, one that is spread over several entries is not. `toolNames` are the calls that exist.
 */
export function withholdInstructions(result: unknown, toolNames: readonly string[]): Withheld {
  const judged = new Map<string, boolean>();
  const isOrder = (text: string) => {
    const known = judged.get(text);
    if (known !== undefined) return known;
    const found = readsLikeInstruction(text, toolNames) !== null;
    judged.set(text, found);
    return found;
  };
  let withheld = 0;
  const replace = () => {
    withheld++;
    return withheldText;
  };
  const walk = (node: unknown): unknown => {
    // A list of the tools there are is our own answer to a wrong name.
    if (typeof node === "string") return !toolNames.includes(node) && isOrder(node) ? replace() : node;
    if (Array.isArray(node)) return isSplit(node, isOrder, toolNames) ? node.map(() => replace()) : node.map(walk);
    if (typeof node !== "object" || node === null) return node;
    return Object.fromEntries(
      Object.entries(node).map(([key, value]) => {
        // Our own error may name the tool that failed.
        if (key === "error" && typeof value === "string") {
          return [key, readsLikeInstruction(value, []) === null ? value : replace()];
        }
        if (!isOrder(key)) return [key, walk(value)];
        replace();
        // Two withheld keys of one object stay two.
        return [withheld === 1 ? withheldText : `${withheldText} ${withheld}`, walk(value)];
      }),
    );
  };
  return { result: walk(result), withheld };
}

/** An order in pieces, as in the triggers "ignore all" and "previous instructions". */
function isSplit(list: readonly unknown[], isOrder: (text: string) => boolean, toolNames: readonly string[]): boolean {
  if (list.length < 2 || !list.every((item) => typeof item === "string")) return false;
  const texts = list.filter((text) => !toolNames.includes(text));
  return !texts.some(isOrder) && isOrder(texts.join(" "));
}
