import { z } from "zod";
import { boundUser } from "../accounts/access.ts";
import { listUsers } from "../accounts/queries.ts";
import { declareTool } from "../platform/tool.ts";
import { optionalTextArgument, wholeNumberArgument } from "../platform/tool_arguments.ts";
import { type McpTool, shownUser } from "./mcp_tool.ts";

/** Whom this caller can see. A key that is bound to one person shows that person only. */

const listed = declareTool({
  name: "get_users",
  description: "The people whose records can be asked about. Call it first: the other tools want the id.",
  args: z.object({
    search: optionalTextArgument(200, "Part of a name or e-mail"),
    limit: wholeNumberArgument(1, 100, 10, "How many at most, 10 when omitted; total counts all"),
  }),
  async run(ctx, _userId, { search, limit }) {
    const { items, total } = await listUsers(ctx.database, {
      only_user_id: boundUser(ctx.actor),
      search,
      sort_by: "created_at",
      sort_order: "desc",
      limit,
      offset: 0,
    });
    return { users: items.map((user) => ({ ...shownUser(user), email: user.email })), total };
  },
});

export const getUsers: McpTool = {
  name: listed.name,
  description: listed.description,
  inputSchema: { ...listed.parameters, type: "object" },
  writes: false,
  // The predecessors' programs read the list also from a failure.
  async call(ctx, args) {
    const result = Object(await listed.call(ctx, "", args));
    return "error" in result ? { ...result, users: [], total: 0 } : result;
  },
};
