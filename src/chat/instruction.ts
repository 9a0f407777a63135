import { addressPatterns, markPatterns, orderPatterns } from "./instruction_words_table.ts";
import { unmasked } from "./unmasked_text.ts";

/** Whether a text of the record reads like an order to an assistant. Pure. */

/** What gave it away; for tests and figures, never for the model. */
export type InstructionSign = "mark" | "tool" | "order" | "disguise";

/**
 * Null for ordinary text. `toolNames` are the calls that exist: a note has no reason to name one. Numbers, dates and
 * single short words are never orders.
 */
export function readsLikeInstruction(text: string, toolNames: readonly string[]): InstructionSign | null {
  if (text.length < 6 || !/\p{L}/u.test(text)) return null;
  if (isDisguised(text)) return "disguise";
  for (const reading of unmasked(text)) {
    if (markPatterns.some((pattern) => pattern.test(reading))) return "mark";
    if (toolNames.some((name) => namesTool(reading, name))) return "tool";
    if ([...orderPatterns, ...addressPatterns].some((pattern) => pattern.test(reading))) return "order";
  }
  return null;
}

/** Letters that only a machine sees, words mixed from two alphabets, letters one by one. */
function isDisguised(text: string): boolean {
  if (/[\u{e0000}-\u{e007f}\u202d\u202e]/u.test(text)) return true;
  if ((text.match(/(?<=\p{L})[\u00ad\u200b-\u200d\u2060\ufeff](?=\p{L})/gu)?.length ?? 0) >= 3) return true;
  const mixed = text.match(/\p{Script=Latin}\p{Script=Cyrillic}|\p{Script=Cyrillic}\p{Script=Latin}/gu)?.length ?? 0;
  return mixed >= 2 || /(?:(?<![\p{L}\p{N}])\p{Script=Latin}[ ._*|-]{1,3}){11}\p{Script=Latin}(?!\p{L})/u.test(text);
}

const callWords =
  /\b(?:call|use|run|invoke|execute|rufe?|benutze|llama|ejecuta|usa|appelle|execute|utilise|chiama|esegui|chame|execute|roep|gebruik|cagir|calistir)\b|调用|执行|使用/;

/** "get_recent_labs", "getRecentLabs", "get-recent-labs"; with blanks only where somebody is told to call it. */
export function namesTool(reading: string, name: string): boolean {
  const words = name.toLowerCase().split("_");
  if (words.length < 2) return false;
  const letters = words.map((word) => RegExp.escape(word));
  if (new RegExp(`(?<![a-z])${letters.join("[_.\\-]?")}(?![a-z])`).test(reading)) return true;
  return new RegExp(`(?<![a-z])${letters.join("[\\s_.\\-]+")}(?![a-z])`).test(reading) && callWords.test(reading);
}
