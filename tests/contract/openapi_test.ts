import assert from "node:assert/strict";
import { readOperations } from "../support/operations.ts";
import { runTool } from "../support/client.ts";
import { assertSnapshot } from "../support/snapshot.ts";
import { openWorld } from "../support/world.ts";

async function openapi(): Promise<Record<string, unknown>> {
  await using world = await openWorld();
  return await world.json("//openapi.json", { token: null });
}

Deno.test("openapi.json is the committed snapshot", async () => {
  await assertSnapshot("openapi.json", JSON.stringify(await openapi(), null, 2) + "\n");
});

Deno.test("Redocly's recommended rules find nothing", async () => {
  const document = await openapi();
  const output = await runTool("lint_openapi.ts", [], JSON.stringify(document));
  const problems: { rule: string; at: string }[] = JSON.parse(output);
  // An operation for everybody that takes no input cannot be called wrongly.
  const unmistakable = readOperations(document)
    .filter((operation) => operation.public && operation.parameters.length === 0 && operation.body === null)
    .map((operation) => `#/paths/${operation.path.replaceAll("/", "~1")}/${operation.method.toLowerCase()}/responses`);
  // The id of a result is a UUID, and never "trends".
  const unambiguous = /^#\/paths\/~1api~1v1~1labs~1\{lab_id\}~1(?:confirm|reject)$/;
  const real = problems.filter(({ rule, at }) =>
    (rule !== "operation-4xx-response" || !unmistakable.includes(at)) &&
    (rule !== "no-ambiguous-paths" || !unambiguous.test(at))
  );
  assert.deepEqual(real, []);
});

Deno.test("every operation has what generated clients are named and documented by", async () => {
  const document = await openapi();
  const operations = readOperations(document);
  const ids = operations.map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length, "an operationId is used twice");
  for (const id of ids) assert.match(id, /^[a-z][a-zA-Z0-9]*$/);

  const tags = (document.tags as { name: string }[]).map(({ name }) => name);
  type Content = Record<
    string,
    { schema: { $ref?: string; items?: { $ref?: string }; type?: string; format?: string } }
  >;
  type Described = {
    tags: string[];
    summary?: string;
    requestBody?: { content: Content };
    responses: Record<string, { description: string; content?: Content }>;
  };
  for (const [path, methods] of Object.entries(document.paths as Record<string, Record<string, Described>>)) {
    for (const [method, operation] of Object.entries(methods)) {
      const name = `${method} ${path}`;
      assert.ok(operation.summary && !operation.summary.endsWith("."), `${name}: summary`);
      assert.ok(operation.tags.length === 1 && tags.includes(operation.tags[0] ?? ""), `${name}: one declared tag`);
      const contents = [operation.requestBody, ...Object.values(operation.responses)].map((part) =>
        part?.content ?? {}
      );
      for (const { schema } of contents.flatMap((content) => Object.values(content))) {
        const named = schema.$ref !== undefined || schema.items?.$ref !== undefined || schema.type !== "object";
        assert.ok(named, `${name}: an object without a component schema`);
      }
      for (const [status, { description, content }] of Object.entries(operation.responses)) {
        assert.ok(description, `${name} ${status}: description`);
        if (Number(status) >= 400) assert.ok(content?.["application/problem+json"], `${name} ${status}: problem`);
      }
    }
  }
});

Deno.test("the operations for everybody are these and no others", async () => {
  const open = readOperations(await openapi()).filter((operation) => operation.public).map(({ id }) => id);
  assert.deepEqual(open, [
    ...["root", "live", "ready", "login", "refreshToken", "revokeRefreshToken"],
    // Checks the application's credentials in its body, or a login when there is one.
    "createUserToken",
    "redeemInvitationCode",
    // What providers deliver, the same for everybody.
    "getCoverage",
  ]);
});

Deno.test("/docs shows the document with nothing from elsewhere", async () => {
  await using world = await openWorld();
  const page = await world.call("//docs", { token: null });
  const html = await page.text();
  assert.equal(page.status, 200);
  assert.match(page.headers.get("content-security-policy") ?? "", /default-src 'none'/);
  assert.doesNotMatch(html, /https?:\/\//);
  const files = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1] ?? "");
  assert.ok(files.length >= 3);
  for (const file of files) {
    const response = await world.call(`/${file}`, { token: null });
    assert.equal(response.status, 200, file);
    assert.ok((await response.text()).length > 20, file);
  }
  for (const other of ["//docs/package.json", "//docs/..%2fpackage.json", "//docs/absolute-path.js"]) {
    await world.json(other, { token: null }, 404);
  }
});
