import { z } from "@hono/zod-openapi";
import { type Endpoint, endpoint } from "../../platform/endpoint.ts";
import { shortText, timestamp, uuid } from "../../platform/scalars.ts";
import { requireDeveloperActor, requireManagedDeveloper } from "../access.ts";
import { changeDeveloper, changePassword } from "../developers.ts";
import { login, logout, refresh, revoke } from "../login.ts";
import type { Developer } from "../table.ts";

export const DeveloperRead = z.object({
  id: uuid,
  first_name: z.string().nullable(),
  last_name: z.string().nullable(),
  email: z.string(),
  role: z.enum(["owner", "member"]),
  created_at: timestamp,
  updated_at: timestamp,
}).openapi("DeveloperRead");

export const DeveloperUpdate = z.object({
  first_name: shortText(1, 100).nullish(),
  last_name: shortText(1, 100).nullish(),
  email: z.email().max(255).nullish(),
  password: z.string().min(8).max(1024).nullish(),
}).openapi("DeveloperUpdate", { example: { first_name: "Ada", last_name: "Example" } });

export const TokenResponse = z.object({
  access_token: z.string(),
  token_type: z.literal("bearer"),
  refresh_token: z.string().nullable(),
  expires_in: z.int().nullable(),
}).openapi("TokenResponse", {
  example: { access_token: "eyJhbGciOi…", token_type: "bearer", refresh_token: "rt-…", expires_in: 3600 },
});

const LoginForm = z.object({
  username: z.string().min(1).max(320).openapi({ description: "The developer's e-mail" }),
  password: z.string().min(1).max(1024),
  grant_type: z.string().optional(),
  scope: z.string().optional(),
  client_id: z.string().optional(),
  client_secret: z.string().optional(),
}).openapi("LoginForm", { example: { username: "ada@example.org", password: "correct horse battery" } });

const PasswordChange = z.object({
  current_password: z.string().max(1024),
  new_password: z.string().min(8).max(1024),
  confirm_password: z.string().min(8).max(1024),
}).refine((body) => body.new_password === body.confirm_password, {
  message: "Value error, The confirmation password does not match the new password - " +
    "The confirmation password does not match the new password",
}).openapi("PasswordChange");

const RefreshTokenRequest = z.object({ refresh_token: z.string().min(1).max(200) }).openapi("RefreshTokenRequest", {
  example: { refresh_token: "rt-00000000000000000000000000000000" },
});

const Message = z.object({ message: z.string() }).openapi("Message");

export function readDeveloper(row: Developer): z.input<typeof DeveloperRead> {
  const { id, first_name, last_name, email, role } = row;
  const [created_at, updated_at] = [row.created_at.toISOString(), row.updated_at.toISOString()];
  return { id, first_name, last_name, email, role, created_at, updated_at };
}

export const authRoutes: readonly Endpoint[] = [
  endpoint({
    method: "post",
    path: "/auth/login",
    operationId: "login",
    tag: "auth",
    summary: "Log in with e-mail and password",
    auth: "none",
    body: { kind: "form", schema: LoginForm },
    success: { status: 200, description: "Tokens of a new login", schema: TokenResponse },
    errors: ["unauthenticated", "rate_limited"],
  }, async (ctx, { body }, request) => await login(ctx, body.username, body.password, request.address)),

  endpoint({
    method: "post",
    path: "/auth/logout",
    operationId: "logout",
    tag: "auth",
    summary: "End this login; its tokens stop working",
    auth: "developer",
    success: { status: 200, description: "Logged out", schema: Message },
  }, async (ctx) => {
    await logout(ctx);
    return { message: "Successfully logged out" };
  }),

  endpoint({
    method: "post",
    path: "/auth/change-password",
    operationId: "changePassword",
    tag: "auth",
    summary: "Change the own password; every login ends, this one too",
    auth: "developer",
    body: { kind: "json", schema: PasswordChange },
    success: { status: 200, description: "Password changed", schema: Message },
  }, async (ctx, { body }) => {
    await changePassword(ctx, body.current_password, body.new_password);
    return { message: "Password updated successfully" };
  }),

  endpoint({
    method: "get",
    path: "/auth/me",
    operationId: "getCurrentDeveloperInfo",
    tag: "auth",
    summary: "The developer who is logged in",
    auth: "developer",
    success: { status: 200, description: "The developer", schema: DeveloperRead },
  }, async (ctx) => readDeveloper(await requireManagedDeveloper(ctx, requireDeveloperActor(ctx).developer_id))),

  endpoint({
    method: "patch",
    path: "/auth/me",
    operationId: "updateCurrentDeveloper",
    tag: "auth",
    summary: "Change the own name, e-mail or password",
    auth: "developer",
    body: { kind: "json", schema: DeveloperUpdate },
    success: { status: 200, description: "The changed developer", schema: DeveloperRead },
    errors: ["conflict"],
  }, async (ctx, { body }) => readDeveloper(await changeDeveloper(ctx, requireDeveloperActor(ctx).developer_id, body))),

  endpoint({
    method: "post",
    path: "/token/refresh",
    operationId: "refreshToken",
    tag: "auth",
    summary: "Swap a refresh token for new tokens",
    description: "Each refresh token works once. Using one twice ends the whole login.",
    auth: "none",
    body: { kind: "json", schema: RefreshTokenRequest },
    success: { status: 200, description: "New tokens", schema: TokenResponse },
    errors: ["unauthenticated"],
  }, async (ctx, { body }) => await refresh(ctx, body.refresh_token)),

  endpoint({
    method: "post",
    path: "/token/revoke",
    operationId: "revokeRefreshToken",
    tag: "auth",
    summary: "End the login a refresh token belongs to",
    auth: "none",
    body: { kind: "json", schema: RefreshTokenRequest },
    success: { status: 204, description: "Revoked" },
    errors: ["not_found"],
  }, async (ctx, { body }) => await revoke(ctx, body.refresh_token)),
];
