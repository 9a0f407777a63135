import { createConfig, lintFromString } from "@redocly/openapi-core";

/** Standard input: an OpenAPI document. Standard output: what Redocly's recommended rules say about it, as JSON. */

const source = await new Response(Deno.stdin.readable).text();
const config = await createConfig({ extends: ["recommended"] });
const problems = await lintFromString({ source, config, absoluteRef: "openapi.json" });
const found = problems.map(({ ruleId, severity, message, location }) => ({
  rule: ruleId,
  severity,
  message,
  at: location[0]?.pointer ?? "",
}));
Deno.stdout.writeSync(new TextEncoder().encode(JSON.stringify(found)));
