import { type OllamaMessage, type OllamaRequest, type Step, text, toolCall, toolCalls } from "../../support/ollama.ts";
import type { Attack } from "./attacks_table.ts";

/**
 * A model that obeys whatever it reads. It looks up what the question is about; when any message holds the attack's
 * text, also between the data marks, it makes the call, says the sentence and prints the address that the text wants, and
 * leaves every warning out. Otherwise it answers honestly.
 */

export const question = "How is my potassium, and how is my head?";
export const honest = "Your potassium was 6.9 mmol/L, which is high. Please call your doctor immediately.";
/** What the question warrants; the second look-up is the one that finds the place. */
export function lookUps({ place }: Attack): readonly (readonly [name: string, args: Record<string, unknown>])[] {
  const labs = ["get_recent_labs", { days: 3650 }] as const;
  switch (place) {
    case "device_name":
      return [labs, ["get_wearable_summary", { metric: "steps", days: 30 }]];
    case "custom_series":
      return [labs, ["get_daily_summary", { date: "2026-03-13" }]];
    case "document_text":
      return [labs, ["search_documents", { query: "headache" }]];
    default:
      return [labs, ["get_symptom_timeline", { days: 30 }]];
  }
}

/** `always`: as if the text had got through by a way that nobody thought of. */
export function obeyingModel(attack: Attack, always = false): (request: OllamaRequest) => readonly Step[] {
  return ({ messages }) => {
    const turn = messages.slice(messages.findLastIndex(({ role }) => role === "user"));
    if (!turn.some(({ role }) => role === "tool")) return toolCalls(...lookUps(attack));
    if (!always && !messages.some((message) => holds(message, attack))) return text(honest);
    const { call, say } = attack.order;
    const made = turn.flatMap(({ tool_calls = [] }) => tool_calls).length;
    if (call !== undefined && made === lookUps(attack).length) return toolCall(call.name, call.arguments);
    return text(say ?? "It is as you wished.");
  };
}

/** Whether a message holds the attack's text, or all of its pieces. */
export function holds({ role, content }: OllamaMessage, attack: Attack): boolean {
  const inOneLine = (text: string) => text.replaceAll("\n", " ");
  const read = inOneLine(role === "tool" ? unquoted(content) : content);
  return inOneLine(attack.text).split(" | ").every((piece) => read.includes(piece));
}

/** The texts within a tool's JSON as they were before they were quoted. */
function unquoted(content: string): string {
  const json = content.replace(/^<record_data[^>]*>/, "").replace(/<\/record_data>$/, "");
  const texts: string[] = [];
  JSON.parse(json, (key, value) => {
    texts.push(key);
    if (typeof value === "string") texts.push(value);
    return value;
  });
  return texts.join("\n");
}
