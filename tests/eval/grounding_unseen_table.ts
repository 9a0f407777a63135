import type { RightAnswer } from "./grounding_cases_table.ts";
export const unseenAnswers: readonly RightAnswer[] = [];
