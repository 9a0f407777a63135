import { z } from "zod";
import { boundUser, requireUserRow } from "../accounts/access.ts";
import { listUsers } from "../accounts/queries.ts";
import type { User } from "../accounts/table.ts";
import type { Context } from "../platform/context.ts";
import { AppError } from "../platform/errors.ts";
import type { Tool } from "../platform/tool.ts";

/** What a program may call over MCP: the tools of the record, each with the person as one more argument. */

export interface McpTool {
  readonly name: string;
  readonly description: string;
  /** JSON Schema of the arguments. */
  readonly inputSchema: { readonly type: "object"; readonly [key: string]: unknown };
  /** Whether it changes the record; an API key that may only read does not see it. */
  readonly writes: boolean;
  /** Gives the result, `{error}` for what the caller can mend, or throws. */
  call(ctx: Context, args: Readonly<Record<string, unknown>>): Promise<unknown>;
}

/** The person as the predecessors' results name them. */
export function shownUser({ id, first_name, last_name }: User) {
  return { id, first_name, last_name };
}

interface PersonRules {
  readonly writes?: boolean;
  /** Whether the schema demands `user_id`, as the predecessors' do. A missing one is forgiven all the same. */
  readonly requiresUserId?: boolean;
}

/** The tool with `user_id`. Where the caller can see one person only, it may be left out. */
export function personTool(tool: Tool, { writes = false, requiresUserId = false }: PersonRules = {}): McpTool {
  const properties = { user_id: userIdSchema(requiresUserId), ...Object(tool.parameters.properties) };
  const required = [...(requiresUserId ? ["user_id"] : []), ...requiredOf(tool)];
  return {
    name: tool.name,
    description: tool.description,
    inputSchema: { ...tool.parameters, type: "object", properties, required },
    writes,
    async call(ctx, { user_id, ...args }) {
      const found = await askedPerson(ctx, user_id);
      return "error" in found ? found : await tool.call(ctx, found.user_id, args);
    },
  };
}

function userIdSchema(required: boolean) {
  const description = "The person's id, from get_users" + (required ? "" : "; may be omitted where there is only one");
  return { type: "string", description };
}

function requiredOf({ parameters }: Tool): string[] {
  return Array.isArray(parameters.required) ? parameters.required.map(String) : [];
}

type AskedPerson = { readonly user_id: string } | { readonly error: string; readonly details?: string };

/** The person that is meant. A stranger's id and one that nobody has are answered alike. */
async function askedPerson(ctx: Context, asked: unknown): Promise<AskedPerson> {
  if (asked === undefined || asked === null || asked === "") return await onlyPerson(ctx);
  const id = z.uuid().toLowerCase().safeParse(asked);
  if (!id.success) return unknownPerson(String(asked).slice(0, 100), "user_id should be a valid UUID");
  try {
    return { user_id: (await requireUserRow(ctx, id.data)).id };
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") return unknownPerson(id.data, error.message);
    throw error;
  }
}

function unknownPerson(id: string, details: string): AskedPerson {
  return { error: `User not found: ${id}`, details };
}

async function onlyPerson(ctx: Context): Promise<AskedPerson> {
  const only_user_id = boundUser(ctx.actor);
  if (only_user_id !== null) return { user_id: only_user_id };
  const order = { sort_by: "created_at", sort_order: "desc" } as const;
  const { items, total } = await listUsers(ctx.database, { only_user_id, ...order, limit: 1, offset: 0 });
  const [user] = items;
  if (user === undefined) return { error: "There is no user yet; create one with POST /api/v1/users" };
  return total === 1 ? { user_id: user.id } : { error: `user_id is required: there are ${total} users; see get_users` };
}
