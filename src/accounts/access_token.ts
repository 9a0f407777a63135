import { sign, verify } from "hono/jwt";
import type { Context } from "../platform/context.ts";

/** Short-lived signed tokens (JWT, HS256). The login they belong to is checked at every use, so they can be ended. */

export interface AccessClaims {
  /** Developer id, or user id for the scope `sdk`. */
  readonly sub: string;
  /** The refresh-token family of this login. */
  readonly sid: string;
  readonly scope?: "sdk";
  readonly app_id?: string;
}

export async function signAccessToken(ctx: Context, claims: AccessClaims): Promise<string> {
  const issued = Math.floor(ctx.clock().getTime() / 1000);
  const expires = issued + ctx.config.ACCESS_TOKEN_EXPIRE_MINUTES * 60;
  return await sign({ ...claims, iat: issued, exp: expires }, signingKey(ctx), "HS256");
}

/** The claims of a token we signed and that has not expired; null for anything else. */
export async function readAccessToken(ctx: Context, token: string): Promise<AccessClaims | null> {
  const claims = await verify(token, signingKey(ctx), { alg: "HS256", exp: false, iat: false, nbf: false })
    .catch(() => null);
  if (claims === null || typeof claims.exp !== "number") return null;
  if (claims.exp * 1000 <= ctx.clock().getTime()) return null;
  const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
  if (typeof claims.sub !== "string" || !uuid.test(claims.sub)) return null;
  if (typeof claims.sid !== "string" || !uuid.test(claims.sid)) return null;
  return {
    sub: claims.sub,
    sid: claims.sid,
    ...(claims.scope === "sdk" ? { scope: "sdk" as const } : {}),
    ...(typeof claims.app_id === "string" ? { app_id: claims.app_id } : {}),
  };
}

/** The installation's secret key. */
export function signingKey(ctx: Context): string {
  if (ctx.config.SECRET_KEY === null) throw new Error("SECRET_KEY was not resolved at the start");
  return ctx.config.SECRET_KEY.reveal();
}
