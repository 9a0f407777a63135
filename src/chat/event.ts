import type { Grounding } from "./grounding.ts";
import type { Interruption } from "./table.ts";

/** What a turn tells its readers: one frame each, in the order it happened. `done` or `error` comes last. */
export type ChatEvent =
  | { readonly type: "content"; readonly content: string }
  /** What a model thinks before it answers; only where it was asked for. */
  | { readonly type: "thinking"; readonly content: string }
  | { readonly type: "tool_call"; readonly name: string; readonly arguments: Readonly<Record<string, unknown>> }
  /** `result` is JSON text. */
  | { readonly type: "tool_result"; readonly name: string; readonly result: string }
  | {
    readonly type: "done";
    readonly grounding?: Grounding;
    readonly corrected?: true;
    readonly interrupted?: Interruption;
  }
  | { readonly type: "error"; readonly error: string };

export function isLast(event: ChatEvent): boolean {
  return event.type === "done" || event.type === "error";
}
