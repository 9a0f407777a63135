import { z } from "zod";
import { areUnreadable } from "./call_arguments.ts";
import type { Context } from "./context.ts";
import { argumentError } from "./tool_error.ts";

/** Declares what a language model may call, and runs a call with arguments nobody has checked yet. */

export interface Tool {
  readonly name: string;
  readonly description: string;
  /** JSON Schema of the arguments, as function calling wants it. */
  readonly parameters: Record<string, unknown>;
  /** The person is the door's choice; a model cannot choose another. */
  call(ctx: Context, userId: string, args: unknown): Promise<unknown>;
}

export function declareTool<Args extends z.ZodObject>(definition: {
  readonly name: string;
  readonly description: string;
  readonly args: Args;
  readonly run: (ctx: Context, userId: string, args: z.output<Args>) => Promise<unknown>;
}): Tool {
  const { $schema: _, additionalProperties: __, ...schema } = z.toJSONSchema(definition.args, { io: "input" });
  const parameters = withoutLengths(schema);
  return {
    name: definition.name,
    description: definition.description,
    parameters,
    async call(ctx, userId, args) {
      if (areUnreadable(args)) {
        const error = "The arguments are not a JSON object; call the tool again with one";
        return { error, expected: parameters };
      }
      const sent = sentArguments(args);
      const parsed = definition.args.safeParse(sent);
      if (!parsed.success) {
        return { error: argumentError(parsed.error, sent, schema), expected: parameters };
      }
      return await definition.run(ctx, userId, parsed.data);
    },
  };
}

/** A model does not count letters, and each word about them takes room in its context. */
function withoutLengths(schema: Record<string, unknown>): Record<string, unknown> {
  return JSON.parse(
    JSON.stringify(schema, (key, value) => key === "minLength" || key === "maxLength" ? undefined : value),
  );
}

/** Some models send the arguments as JSON text, as one of a list, or none at all. */
function sentArguments(args: unknown): unknown {
  if (args === null || args === undefined || args === "") return {};
  if (Array.isArray(args) && args.length <= 1) return args[0] ?? {};
  if (typeof args !== "string" || !args.trimStart().startsWith("{")) return args;
  try {
    return JSON.parse(args);
  } catch {
    // The text itself is then shown as what came.
    return args;
  }
}

/** Runs the named tool. Whatever goes wrong becomes a result the model can read; nothing internal is told. */
export async function callTool(
  ctx: Context,
  tools: readonly Tool[],
  userId: string,
  name: string,
  args: unknown,
): Promise<unknown> {
  const tool = tools.find((candidate) => candidate.name === name);
  if (tool === undefined) {
    return { error: `Unknown tool: ${name}`, available_tools: tools.map((candidate) => candidate.name) };
  }
  try {
    return await tool.call(ctx, userId, args);
  } catch (error) {
    ctx.capture(error, { tool: tool.name });
    return { error: `The tool ${tool.name} failed; answer without it or try other arguments` };
  }
}
