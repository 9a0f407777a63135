import { createClient } from "@hey-api/openapi-ts";

/** Arguments: an OpenAPI document and the folder for a TypeScript client generated from it. */

const [input, path] = Deno.args;
if (input === undefined || path === undefined) throw new Error("Two arguments: the document and the folder");
await createClient({
  input,
  output: { path, module: { extension: ".ts" } },
  plugins: ["@hey-api/client-fetch"],
  logs: { level: "silent", file: false },
});
