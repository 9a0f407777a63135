import { z } from "zod";
import { requireUser } from "../accounts/access.ts";
import { declareTool, type Tool } from "../platform/tool.ts";
import { textArgument, wholeNumberArgument } from "../platform/tool_arguments.ts";
import { searchDocuments } from "./search_documents.ts";

const searchDocumentsTool = declareTool({
  name: "search_documents",
  description: "Search for words in the text of this person's uploaded documents (reports, letters): document, date, " +
    "page and what is printed around them. Misspelt words are found, too. For values of a laboratory test use " +
    "get_lab_trend.",
  args: z.object({
    query: textArgument(200, 'One to three words, such as "thyroid nodule" or "ferritin"'),
    count: wholeNumberArgument(1, 10, 5, "How many pages", "entries"),
  }),
  run: async (ctx, userId, { query, count }) =>
    await searchDocuments(ctx, await requireUser(ctx, userId), query, count),
});

export const documentTools: readonly Tool[] = [searchDocumentsTool];
