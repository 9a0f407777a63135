import { chatTools } from "./chat/tools.ts";
import { documentTools } from "./documents/tools.ts";
import { labTools } from "./labs/tools.ts";
import type { Tool } from "./platform/tool.ts";
import { symptomTools } from "./symptoms/tools.ts";

/** Everything a language model may call, in the order it is offered. */
export const tools: readonly Tool[] = [...labTools, ...symptomTools, ...documentTools, ...chatTools];
