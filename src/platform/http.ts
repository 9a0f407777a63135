import { z } from "@hono/zod-openapi";
import { type Context as HonoContext, Hono } from "hono";
import { cors } from "hono/cors";
import { secureHeaders } from "hono/secure-headers";
import { type Actor, as, type Context } from "./context.ts";
import { type AuthKind, type Endpoint, type Input, Reply, type RequestFacts } from "./endpoint.ts";
import { AppError, databaseIsAway, describeError, type ErrorCode, sqlState } from "./errors.ts";
import { readBody } from "./http_body.ts";
import { invalidInput, refuseNul } from "./validation.ts";

/**
 * Serves endpoints over HTTP: authentication, validation, problem bodies, one log line a request.
 *
 * The only file that knows which status belongs to an error code.
 */

export const statusOf: Readonly<Record<ErrorCode, number>> = {
  invalid_input: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  too_large: 413,
  unsupported_media_type: 415,
  unprocessable: 422,
  rate_limited: 429,
  internal: 500,
  unavailable: 503,
};

const titles: Readonly<Record<number, string>> = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  409: "Conflict",
  413: "Content Too Large",
  415: "Unsupported Media Type",
  422: "Unprocessable Content",
  429: "Too Many Requests",
  500: "Internal Server Error",
  503: "Service Unavailable",
};

export type Authenticate = (ctx: Context, request: Request, kind: AuthKind) => Promise<Actor>;

/** What the server that accepted the connection knows about the caller. */
export interface ConnectionFacts {
  readonly remoteAddress?: string;
}

type HonoEnvironment = { Bindings: ConnectionFacts; Variables: { facts: RequestFacts; actor: Actor } };
export type HttpApp = Hono<HonoEnvironment>;

/** `/users/{user_id}` below `/api/v1`; a path that starts with two slashes stays at the root. */
export function fullPath(path: string): string {
  return path.startsWith("//") ? path.slice(1) : `/api/v1${path}`;
}

/** Builds the app that answers `endpoints`; anything else gets a problem body too. */
export function serveEndpoints(ctx: Context, endpoints: readonly Endpoint[], authenticate: Authenticate): HttpApp {
  const app: HttpApp = new Hono<HonoEnvironment>();
  app.use("*", (c, next) => requestLine(ctx, c, next));
  app.use("*", secureHeaders({ strictTransportSecurity: false, contentSecurityPolicy: { defaultSrc: ["'none'"] } }));
  if (ctx.config.CORS_ALLOW_ALL) app.use("*", cors({ origin: "*" }));
  else if (ctx.config.CORS_ORIGINS.length > 0) {
    app.use("*", cors({ origin: [...ctx.config.CORS_ORIGINS], credentials: true, exposeHeaders: ["X-Next-Cursor"] }));
  }
  const register = (endpoint: Endpoint) => {
    const { path, endings } = routeOf(endpoint);
    app.on(endpoint.definition.method.toUpperCase(), path, async (c) => {
      try {
        const actor = await authenticate(as(ctx, { kind: "nobody" }), c.req.raw, endpoint.definition.auth);
        c.set("actor", actor);
        requireScope(actor, endpoint);
        const params = withoutEndings(c.req.param(), endings);
        const input = await readInput(endpoint, params, new URL(c.req.url), c.req.raw);
        return respond(ctx, endpoint, await endpoint.run(as(ctx, actor), input, c.get("facts")));
      } catch (error) {
        // Hono hands on only errors; anything else would end up on the console and answer in plain text.
        throw error instanceof Error ? error : new TypeError("Something was thrown that is not an error");
      }
    });
  };
  const literal = endpoints.filter((endpoint) => !hasParams(endpoint));
  literal.forEach(register);
  // "/labs/test-names" must not be taken for "/labs/{lab_id}" when the method is a wrong one.
  for (const path of new Set(literal.map(pathOf))) app.all(path, (c) => c.notFound());
  endpoints.filter(hasParams).forEach(register);
  const methods = allowedMethods(endpoints);
  app.notFound((c) => {
    const allowed = methods(c.req.path);
    const error = allowed.length > 0
      ? new AppError("method_not_allowed", "Method Not Allowed")
      : new AppError("not_found", "Not Found");
    const response = problem(error, c.get("facts").id);
    if (allowed.length > 0) response.headers.set("allow", allowed.join(", "));
    return response;
  });
  app.onError((error, c) => problem(publicError(ctx, error, c.get("facts").id), c.get("facts").id));
  return app;
}

/** The path as the router wants it, and what stands behind a parameter in the same segment: `{n}.png`. */
function routeOf(endpoint: Endpoint): { readonly path: string; readonly endings: ReadonlyMap<string, string> } {
  const endings = new Map<string, string>();
  const path = pathOf(endpoint).replace(/\{(\w+)\}(\.\w+)?/g, (_, name: string, ending: string | undefined) => {
    if (ending === undefined) return `:${name}`;
    endings.set(name, ending);
    return `:${name}{[^/]+\\${ending}}`;
  });
  return { path, endings };
}

function withoutEndings(params: Record<string, string>, endings: ReadonlyMap<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(params).map((
      [name, value],
    ) => [name, value.slice(0, value.length - (endings.get(name) ?? "").length)]),
  );
}

function requireScope(actor: Actor, endpoint: Endpoint): void {
  const writes = endpoint.definition.writes ?? endpoint.definition.method !== "get";
  if (writes && actor.kind === "api_key" && actor.scope === "read") {
    throw new AppError("forbidden", "This API key may only read; use one with the scope write");
  }
}

async function readInput(
  endpoint: Endpoint,
  rawParams: Record<string, string>,
  url: URL,
  request: Request,
): Promise<Input<unknown, unknown, unknown>> {
  const { params, query, headers, body } = endpoint.definition;
  const rawQuery = readQuery(query, url);
  const rawHeaders = readHeaders(headers, request);
  refuseNul("path", rawParams);
  refuseNul("query", rawQuery);
  const parsedParams = params?.safeParse(rawParams);
  if (parsedParams?.success === false) throw invalidInput("path", parsedParams.error, rawParams);
  const parsedQuery = query?.safeParse(rawQuery);
  if (parsedQuery?.success === false) throw invalidInput("query", parsedQuery.error, rawQuery);
  const parsedHeaders = headers?.safeParse(rawHeaders);
  if (parsedHeaders?.success === false) throw invalidInput("header", parsedHeaders.error, rawHeaders);
  return {
    params: parsedParams?.data,
    query: parsedQuery?.data,
    headers: parsedHeaders?.data,
    body: await readBody(request, body),
  };
}

/** The headers that are declared, by the names under which they are. */
function readHeaders(headers: z.ZodType | undefined, request: Request): Record<string, string> {
  const names = headers instanceof z.ZodObject ? Object.keys(headers.shape) : [];
  return Object.fromEntries(names.flatMap((name) => {
    const value = request.headers.get(name);
    return value === null ? [] : [[name, value]];
  }));
}

/** Of a parameter that is given twice the first counts, unless it is declared as a list. */
function readQuery(query: z.ZodType | undefined, url: URL): Record<string, string | string[]> {
  const read: Record<string, string | string[]> = {};
  for (const [name, value] of url.searchParams) {
    const known = read[name];
    if (Array.isArray(known)) known.push(value);
    else if (known === undefined) read[name] = isList(query, name) ? [value] : value;
  }
  return read;
}

function isList(query: z.ZodType | undefined, name: string): boolean {
  let schema: z.core.$ZodType | undefined = query instanceof z.ZodObject ? query.shape[name] : undefined;
  while (schema instanceof z.ZodDefault || schema instanceof z.ZodOptional) schema = schema.unwrap();
  return schema instanceof z.ZodArray;
}

function respond(ctx: Context, endpoint: Endpoint, value: unknown): Response {
  if (value instanceof Response) return value;
  const reply = value instanceof Reply ? value : new Reply(value, {});
  const status = reply.options.status ?? endpoint.definition.success.status;
  if (status as number === 204) return new Response(null, { status: 204 });
  // Under test every answer is held against its documented shape.
  if (ctx.config.ENVIRONMENT === "test") endpoint.definition.success.schema?.parse(reply.value);
  return Response.json(reply.value ?? null, { status, headers: reply.options.headers ?? {} });
}

/** An error as the caller may see it; what is unknown is reported and answered with the request's id only. */
export function publicError(ctx: Context, error: unknown, requestId: string): AppError {
  if (error instanceof AppError) return error;
  // Class 22 is "data exception": a number, date or text that the column cannot hold.
  if (sqlState(error)?.startsWith("22")) {
    return new AppError("invalid_input", "A value is outside the range that can be stored");
  }
  // A row it refers to was deleted, or made by somebody else, in the same moment.
  if (["23503", "23505"].includes(sqlState(error) ?? "")) {
    return new AppError("conflict", "It contradicts what was stored in the same moment; try again");
  }
  ctx.capture(error, { request_id: requestId });
  if (databaseIsAway(error)) return new AppError("unavailable", "The database cannot be reached; try again later");
  return new AppError("internal", `Internal error; quote request ${requestId} when you report it`);
}

/** RFC 9457 body. `detail` is the string that the predecessors sent. */
export function problem(error: AppError, requestId: string): Response {
  const status = statusOf[error.code];
  const headers: Record<string, string> = { "content-type": "application/problem+json" };
  if (status === 401) headers["www-authenticate"] = "Bearer";
  if (error.retryAfterSeconds !== undefined) headers["retry-after"] = String(error.retryAfterSeconds);
  const body = {
    type: "about:blank",
    title: titles[status] ?? "Error",
    status,
    detail: error.message,
    code: error.code,
    request_id: requestId,
    ...(error.issues.length > 0 ? { errors: error.issues } : {}),
  };
  return new Response(JSON.stringify(body), { status, headers });
}

function pathOf(endpoint: Endpoint): string {
  return fullPath(endpoint.definition.path);
}

function hasParams(endpoint: Endpoint): boolean {
  return endpoint.definition.path.includes("{");
}

/** The methods a path answers; a literal path is only itself. */
function allowedMethods(endpoints: readonly Endpoint[]): (path: string) => string[] {
  const patterns = endpoints.map((endpoint) => ({
    method: endpoint.definition.method.toUpperCase(),
    literal: pathOf(endpoint),
    pattern: new RegExp(`^${pathOf(endpoint).replaceAll(".", "\\.").replace(/\{\w+\}/g, "[^/]+")}$`),
  }));
  return (path) => {
    const literal = patterns.filter((candidate) => candidate.literal === path);
    const found = literal.length > 0 ? literal : patterns.filter(({ pattern }) => pattern.test(path));
    return found.map(({ method }) => method);
  };
}

/** Which credential it was; of a phone its login, because lines of the log name no person. */
function actorId(actor: Actor | undefined): string | undefined {
  switch (actor?.kind) {
    case "developer":
      return actor.developer_id;
    case "api_key":
      return actor.api_key_id;
    case "sdk":
      return actor.family_id;
    default:
      return undefined;
  }
}

/** Gives the request an id, then writes its one line: route, never the path's values or the query. */
async function requestLine(
  ctx: Context,
  c: HonoContext<HonoEnvironment>,
  next: () => Promise<void>,
): Promise<void> {
  const started = performance.now();
  const sent = c.req.header("x-request-id") ?? "";
  const id = /^[\w-]{8,64}$/.test(sent) ? sent : crypto.randomUUID();
  const forwarded = ctx.config.TRUST_PROXY ? c.req.header("x-forwarded-for")?.split(",").at(-1)?.trim() : undefined;
  const address = forwarded ?? (c.env as ConnectionFacts | undefined)?.remoteAddress ?? "unknown";
  c.set("facts", { id, address, signal: c.req.raw.signal, raw: c.req.raw });
  await next();
  c.res.headers.set("x-request-id", id);
  const level = ctx.config.ACCESS_LOG_LEVEL;
  if (level === "off" || (level === "errors" && c.res.status < 400)) return;
  const actor = c.get("actor");
  ctx.log(c.res.status >= 500 ? "error" : "info", "request", {
    request_id: id,
    method: c.req.method,
    route: c.req.routePath,
    status: c.res.status,
    duration_ms: Math.round((performance.now() - started) * 10) / 10,
    actor: actor?.kind,
    actor_id: actorId(actor),
    ...(c.error && !(c.error instanceof AppError) ? describeError(c.error) : {}),
  });
}
