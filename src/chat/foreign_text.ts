import { type InstructionSign, readsLikeInstruction } from "./instruction.ts";

/**
 * Text that others wrote (notes, titles, names of tests, units, devices and series) as a tool's result carries it. What
 * reads like an order to the assistant is withheld before a model sees it: a small model obeys whoever speaks last.
 * Numbers, dates and everything that reads like a record pass untouched. Pure.
 */

export const withheldText = "[text withheld: it reads like an instruction]";

export interface Withheld {
  readonly result: unknown;
  /** How many texts were replaced, wholly or in part. */
  readonly withheld: number;
}

type Judge = (text: string) => InstructionSign | null;

/**
 * The result with every such text replaced by a fixed mark, keys of objects included; of several lines only those that
 * give the order. An order that is spread over the texts of one list is found, one that is spread over several entries
 * is not. `toolNames` are the calls that exist.
 */
export function withholdInstructions(result: unknown, toolNames: readonly string[]): Withheld {
  const judged = new Map<string, InstructionSign | null>();
  const judge: Judge = (text) => {
    const known = judged.get(text);
    if (known !== undefined) return known;
    const found = readsLikeInstruction(text, toolNames);
    judged.set(text, found);
    return found;
  };
  let withheld = 0;
  const replace = () => {
    withheld++;
    return withheldText;
  };
  const replaceIn = (text: string, how: Judge) => {
    const kept = withoutOrders(text, how);
    if (kept !== text) withheld++;
    return kept;
  };
  const walk = (node: unknown): unknown => {
    // A list of the tools there are is our own answer to a wrong name.
    if (typeof node === "string") return toolNames.includes(node) ? node : replaceIn(node, judge);
    if (Array.isArray(node)) return isSplit(node, judge, toolNames) ? node.map(() => replace()) : node.map(walk);
    if (typeof node !== "object" || node === null) return node;
    return Object.fromEntries(
      Object.entries(node).map(([key, value]) => {
        // Our own error may name the tool that failed.
        if (key === "error" && typeof value === "string") {
          return [key, replaceIn(value, (text) => readsLikeInstruction(text, []))];
        }
        if (judge(key) === null) return [key, walk(value)];
        replace();
        // Two withheld keys of one object stay two.
        return [withheld === 1 ? withheldText : `${withheldText} ${withheld}`, walk(value)];
      }),
    );
  };
  return { result: walk(result), withheld };
}

/** Shorter rests tell nothing. */
const fewestLetters = 8;
const sentenceEnd = /[.!?;:。！？；…]["')\]”»]*\s*$/;

/**
 * The text itself when it gives no order; else its lines up to the sentence that does, and the lines behind. What looks
 * like the machinery of a conversation, or hides its letters, is no slip within a report: such a text goes as a whole.
 */
function withoutOrders(text: string, judge: Judge): string {
  const sign = judge(text);
  if (sign === null) return text;
  const lines = text.split("\n");
  const signs = lines.map(judge);
  if (!isPlain(sign) || !signs.some(isPlain)) return withheldText;
  let isOpen = false;
  const kept = lines.flatMap((line, index) => {
    if (signs[index] === null) {
      // The beginning of a sentence that goes on as an order.
      const next = lines[index + 1] ?? "";
      if (isPlain(signs[index + 1] ?? null) && /^\s*\p{Ll}/u.test(next) && !sentenceEnd.test(line)) return [];
      // A sentence that was broken into lines goes on until it ends; a line with a value is none of it.
      isOpen = isOpen && (/^\s*\p{Ll}/u.test(line) || !/\d/.test(line));
      const isPart = isOpen;
      isOpen = isOpen && !sentenceEnd.test(line);
      return isPart ? [] : [line];
    }
    isOpen = !sentenceEnd.test(line);
    const before = leadingSentences(line, judge);
    return [before === "" ? withheldText : `${before} ${withheldText}`];
  });
  const rest = kept.join("\n");
  const letters = rest.replaceAll(withheldText, "").match(/[\p{L}\p{N}]/gu)?.length ?? 0;
  return letters < fewestLetters || judge(rest) !== null ? withheldText : rest;
}

function isPlain(sign: InstructionSign | null): boolean {
  return sign === "order" || sign === "tool";
}

/** Those before the first that gives an order, alone or with the one behind it. */
function leadingSentences(line: string, judge: Judge): string {
  const sentences = line.split(/(?<=[.!?;])\s+|(?<=[。！？；])/);
  const isOrder = (from: number, to: number) => judge(sentences.slice(from, to).join(" ")) !== null;
  const first = sentences.findIndex((_, at) =>
    isOrder(at, at + 1) || (!isOrder(at + 1, at + 2) && isOrder(at, at + 2))
  );
  return first <= 0 ? "" : sentences.slice(0, first).join(" ");
}

/** An order in pieces, as in the triggers "ignore all" and "previous instructions". */
function isSplit(list: readonly unknown[], judge: Judge, toolNames: readonly string[]): boolean {
  if (list.length < 2 || !list.every((item) => typeof item === "string")) return false;
  const texts = list.filter((text) => !toolNames.includes(text));
  return texts.every((text) => judge(text) === null) && judge(texts.join(" ")) !== null;
}
