import { z } from "@hono/zod-openapi";
import { type Endpoint, endpoint } from "../../platform/endpoint.ts";
import { timestamp, uuid } from "../../platform/scalars.ts";
import { createInvitationCode, redeemInvitationCode } from "../invitation_codes.ts";
import { createUserToken } from "../sdk_tokens.ts";
import { TokenResponse } from "./auth.ts";

const SDKTokenRequest = z.object({
  app_id: z.string().max(64).nullish(),
  app_secret: z.string().max(200).nullish(),
}).openapi("SDKTokenRequest", { example: { app_id: "app_…", app_secret: "secret_…" } });

const UserInvitationCodeRead = z.object({
  id: uuid,
  code: z.string().openapi({ description: "Shown this once", example: "K7QM2XWA" }),
  user_id: uuid,
  expires_at: timestamp,
  created_at: timestamp,
}).openapi("UserInvitationCodeRead");

const UserInvitationCodeRedeem = z.object({
  code: z.string().trim().toUpperCase().regex(/^[A-Z2-9]{8}$/, "String should match pattern '^[A-Z2-9]{8}$'"),
}).openapi("UserInvitationCodeRedeem", { example: { code: "K7QM2XWA" } });

const InvitationCodeRedeemResponse = TokenResponse.extend({ user_id: uuid }).openapi("InvitationCodeRedeemResponse", {
  example: {
    access_token: "eyJhbGciOi…",
    token_type: "bearer",
    refresh_token: "rt-…",
    expires_in: 3600,
    user_id: "3f1c9a52-7f0e-4c61-9a54-2f6b1d0c8e11",
  },
});

const params = z.object({ user_id: uuid });

export const tokenRoutes: readonly Endpoint[] = [
  endpoint({
    method: "post",
    path: "/users/{user_id}/token",
    operationId: "createUserToken",
    tag: "sdk tokens",
    summary: "Tokens for a phone that syncs this person's data",
    description: "Asked for by a developer who is logged in, or by an application with its credentials in the body.",
    auth: "optional",
    params,
    body: { kind: "json", schema: SDKTokenRequest, optional: true },
    success: { status: 200, description: "Tokens for this person only", schema: TokenResponse },
    errors: ["unauthenticated", "not_found"],
  }, async (ctx, { params, body }) => await createUserToken(ctx, params.user_id, body)),

  endpoint({
    method: "post",
    path: "/users/{user_id}/invitation-code",
    operationId: "generateInvitationCode",
    tag: "sdk tokens",
    summary: "A code with which this person connects their phone",
    description: "It works once, for seven days. The person's earlier code stops working.",
    auth: "developer",
    params,
    success: { status: 201, description: "The code", schema: UserInvitationCodeRead },
    errors: ["not_found"],
  }, async (ctx, { params }) => {
    const { row, code } = await createInvitationCode(ctx, params.user_id);
    const [expires_at, created_at] = [row.expires_at.toISOString(), row.created_at.toISOString()];
    return { id: row.id, code, user_id: row.user_id, expires_at, created_at };
  }),

  endpoint({
    method: "post",
    path: "/invitation-code/redeem",
    operationId: "redeemInvitationCode",
    tag: "sdk tokens",
    summary: "Swap an invitation code for tokens",
    description: "Lower case is read as upper case. Unknown, used, replaced and expired codes answer alike.",
    auth: "none",
    body: { kind: "json", schema: UserInvitationCodeRedeem },
    success: { status: 200, description: "Tokens for the person", schema: InvitationCodeRedeemResponse },
    errors: ["not_found", "rate_limited"],
  }, async (ctx, { body }, request) => await redeemInvitationCode(ctx, body.code, request.address)),
];
