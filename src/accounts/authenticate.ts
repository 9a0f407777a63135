import type { Actor, Context } from "../platform/context.ts";
import type { AuthKind } from "../platform/endpoint.ts";
import { AppError } from "../platform/errors.ts";
import { type AccessClaims, readAccessToken } from "./access_token.ts";
import { findKnownApiKey } from "./known_keys.ts";
import { findLoggedIn, findSdkLogin } from "./queries.ts";

export const apiKeyHeader = "x-open-wearables-api-key";

/** Who sent this request, as far as `kind` needs to know. Messages are the contract's. */
export async function authenticate(ctx: Context, request: Request, kind: AuthKind): Promise<Actor> {
  if (kind === "none") return { kind: "nobody" };
  const token = bearer(request);
  const claims = token === null ? null : await readAccessToken(ctx, token);
  const holder = claims === null ? null : await authenticateToken(ctx, claims, kind);
  if (holder !== null) return holder;
  if (kind === "optional") return { kind: "nobody" };
  if (kind === "developer") {
    throw new AppError(
      "unauthenticated",
      claims?.scope === "sdk" ? "SDK tokens cannot access this endpoint" : "Could not validate credentials",
    );
  }
  const key = request.headers.get(apiKeyHeader);
  if (key === null) {
    const token = kind === "sdk" ? "SDK" : "JWT";
    throw new AppError("unauthenticated", `Authentication required: provide ${token} token or API key`);
  }
  return await authenticateKey(ctx, key);
}

/** Whose token it is, or null when its login has ended. A phone's token is one only where phones call. */
async function authenticateToken(ctx: Context, claims: AccessClaims, kind: AuthKind): Promise<Actor | null> {
  if (claims.scope !== "sdk") {
    const developer = await findLoggedIn(ctx.database, claims.sub, claims.sid);
    if (developer === undefined) return null;
    return { kind: "developer", developer_id: developer.id, role: developer.role, family_id: claims.sid };
  }
  const login = kind === "sdk" ? await findSdkLogin(ctx.database, claims.sub, claims.sid) : undefined;
  return login === undefined ? null : { kind: "sdk", ...login };
}

async function authenticateKey(ctx: Context, key: string): Promise<Actor> {
  const row = await findKnownApiKey(ctx, key.trim());
  if (row === undefined) throw new AppError("unauthenticated", "Invalid or missing API key");
  return { kind: "api_key", api_key_id: row.id, scope: row.scope, user_id: row.user_id };
}

function bearer(request: Request): string | null {
  return /^bearer\s+(\S+)$/i.exec(request.headers.get("authorization") ?? "")?.[1] ?? null;
}
