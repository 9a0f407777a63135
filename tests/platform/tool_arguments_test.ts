import assert from "node:assert/strict";
import { z } from "zod";
import type { Context } from "../../src/platform/context.ts";
import { declareTool } from "../../src/platform/tool.ts";
import {
  choiceArgument,
  optionalTextArgument,
  textArgument,
  wholeNumberArgument,
} from "../../src/platform/tool_arguments.ts";

/** Arguments as models send them, and what a model is told that cannot be understood. */

const echo = declareTool({
  name: "echo",
  description: "Gives its arguments back",
  args: z.object({
    metric: textArgument(20, "The metric"),
    kind: optionalTextArgument(20, "The kind"),
    days: wholeNumberArgument(1, 400, 30, "How many days back"),
    months: wholeNumberArgument(1, 24, 12, "How many months back", "months"),
    order: choiceArgument(["highest", "lowest"], "Which end", { max: "highest", min: "lowest" }),
  }),
  run: (_ctx, _userId, args) => Promise.resolve(args),
});

// It looks at neither the context nor the person.
const call = async (args: unknown) => await echo.call({} as Context, "", args) as Record<string, unknown>;

Deno.test("numbers as text, periods in words, lists of one, blanks and unknown arguments are understood", async () => {
  const read = async (args: Record<string, unknown>) => {
    const { metric, kind, days, months, order } = await call({ metric: "steps", ...args });
    return [metric, kind, days, months, order];
  };
  const usual = ["steps", undefined, 30, 12, "highest"];
  assert.deepEqual(await read({}), usual);
  for (const nothing of [null, "", "null", " None ", []]) {
    assert.deepEqual(await read({ kind: nothing, days: nothing, months: nothing, order: nothing, extra: 1 }), usual);
  }
  for (
    const [days, count] of [["30", 30], ["7.0", 7], [14, 14], [[90], 90], ["last week", 7], ["2 weeks", 14]]
      .concat([["a month", 30], ["past 3 months", 90], ["Last 10 days", 10], ["1 year", 365]]) as [unknown, number][]
  ) assert.equal((await read({ days }))[2], count, `${days}`);
  assert.deepEqual((await read({ months: "1 year", order: "MAX" })).slice(3), [12, "highest"]);
  assert.deepEqual((await read({ metric: [" weight "], order: "min" })).filter(Boolean), ["weight", 30, 12, "lowest"]);
  assert.equal((await call('{"metric":"steps","days":3}')).days, 3);
  assert.equal((await call([{ metric: "steps" }])).metric, "steps");
});

Deno.test("what is not understood is one sentence with the name, what came and what would be right", async () => {
  const error = async (args: unknown) => (await call(args)).error;
  assert.equal(
    await error({ metric: "steps", days: "soon" }),
    'Invalid arguments: days must be a whole number from 1 to 400 (How many days back), not "soon"',
  );
  assert.equal(
    await error({ metric_name: "steps" }),
    "Invalid arguments: metric is missing; it must be one text of 1 to 20 characters (The metric); there is no argument " +
      "metric_name, only metric, kind, days, months, order",
  );
  assert.match(
    String(await error({ metric: "steps", order: "sideways" })),
    /order must be one of "highest", "lowest" /,
  );
  assert.match(
    String(await error({ metric: ["steps", "sleep"] })),
    /metric must be one text .* not \["steps","sleep"\]$/,
  );
  assert.match(String(await error({ metric: "a\u0000b" })), /^Invalid arguments: metric must not contain NUL/);
  assert.match(String(await error("steps")), /^Invalid arguments: they must be one object with metric, .*not "steps"$/);
  assert.match(String(await error('{"metric":')), /they must be one object/);
  for (const days of [0, 401, 1.5, true, {}, "1e3", "-5", "99999999999", [1, 2]]) {
    assert.match(String(await error({ metric: "steps", days })), /days must be a whole number from 1 to 400/);
  }
  const long = String(await error({ metric: "x".repeat(5000) }));
  assert.ok(long.length < 250, `${long.length} characters`);
});
