import { z } from "@hono/zod-openapi";
import { requireSdkUser } from "../../src/accounts/access.ts";
import { type Endpoint, endpoint } from "../../src/platform/endpoint.ts";
import { uuid } from "../../src/platform/scalars.ts";
import { serveTestEndpoints } from "./endpoints.ts";
import type { Call, World } from "./world.ts";

/** A phone with a token for one person, and an endpoint for it to call. */

export interface Tokens {
  readonly access_token: string;
  readonly refresh_token: string;
  readonly expires_in: number;
}
export type Problem = { readonly detail: string };

const Seen = z.object({ user_id: uuid, kind: z.string(), app_id: z.string().nullable() }).openapi("Seen");

/** What phones call: tells who was seen. */
const seeing = (method: "get" | "post") =>
  endpoint({
    method,
    path: "/phones/{user_id}",
    operationId: `${method}Phone`,
    tag: "phones",
    summary: "Who is calling",
    auth: "sdk",
    params: z.object({ user_id: uuid }),
    success: { status: 200, description: "Who", schema: Seen },
    errors: ["not_found"],
  }, async (ctx, { params }) => ({
    user_id: await requireSdkUser(ctx, params.user_id),
    kind: ctx.actor.kind,
    app_id: ctx.actor.kind === "sdk" ? ctx.actor.app_id : null,
  }));
export const phoneEndpoints: readonly Endpoint[] = [seeing("get"), seeing("post")];

/** Calls the endpoint for phones with a credential: the status, and what it said. */
export async function phone(world: World, user: string, { key, token, method = "GET" }: Call) {
  await using server = serveTestEndpoints(world.ctx, phoneEndpoints);
  const headers = new Headers();
  if (token) headers.set("authorization", `Bearer ${token}`);
  if (key !== undefined) headers.set("X-Open-Wearables-API-Key", key);
  const response = await fetch(`${server.url}/api/v1/phones/${user}`, { method, headers });
  const body = await response.json();
  return response.ok ? body as z.infer<typeof Seen> : [response.status, body.detail];
}

/** Asks for a phone's tokens, as the developer unless `call` says otherwise. */
export const mint = <T = Tokens>(world: World, user: string, call: Call = {}, status = 200) =>
  world.json<T>(`/users/${user}/token`, { method: "POST", ...call }, status);

/** What a phone hears when its login has ended. */
export const ended = [401, "Authentication required: provide SDK token or API key"];
