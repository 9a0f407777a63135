import { OpenAPIHono, z } from "@hono/zod-openapi";
import type { AuthKind, Body, Endpoint, Success } from "./endpoint.ts";
import type { ErrorCode } from "./errors.ts";
import { fullPath, statusOf } from "./http.ts";

/** Describes endpoints as an OpenAPI 3.1 document. Nothing is written twice: it is built from what `http.ts` serves. */

const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.string(),
  request_id: z.string(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
}).openapi("Problem", {
  description: "RFC 9457 problem details. `detail` is written for people; `errors` names every place in the input.",
  example: {
    type: "about:blank",
    title: "Bad Request",
    status: 400,
    detail: "Field required",
    code: "invalid_input",
    request_id: "3f1c9a52-7f0e-4c61-9a54-2f6b1d0c8e11",
    errors: [{ path: "body.severity", message: "Field required" }],
  },
});

const errorDescriptions: Readonly<Record<ErrorCode, string>> = {
  invalid_input: "The input is not valid",
  unauthenticated: "No valid credential",
  forbidden: "The credential does not allow this",
  not_found: "It does not exist, or not for this credential",
  method_not_allowed: "The path exists, the method does not",
  conflict: "It contradicts what is stored",
  too_large: "The body is too large",
  unsupported_media_type: "The content is of a type that is not supported",
  unprocessable: "The input is well-formed but cannot be processed",
  rate_limited: "Too many attempts; wait as long as Retry-After says",
  internal: "Internal error",
  unavailable: "Something this needs is not available now",
};

export interface ApiDescription {
  readonly title: string;
  readonly version: string;
  readonly tags: readonly { readonly name: string; readonly description: string }[];
}

const keyHeader = z.object({
  "X-Open-Wearables-API-Key": z.string().optional().openapi({ description: "API key, as an alternative to a login" }),
});

/** The credentials that an operation takes, each instead of the others; an empty one stands for none. */
const securityOf: Readonly<Record<AuthKind, Record<string, never[]>[]>> = {
  none: [],
  optional: [{ OAuth2PasswordBearer: [] }, {}],
  developer: [{ OAuth2PasswordBearer: [] }],
  key: [{ OAuth2PasswordBearer: [] }, { ApiKey: [] }],
  sdk: [{ SdkToken: [] }, { OAuth2PasswordBearer: [] }, { ApiKey: [] }],
};

export function describeApi(endpoints: readonly Endpoint[], about: ApiDescription): Record<string, unknown> {
  const app = new OpenAPIHono();
  const registry = app.openAPIRegistry;
  registry.registerComponent("securitySchemes", "OAuth2PasswordBearer", {
    type: "oauth2",
    flows: { password: { tokenUrl: "/api/v1/auth/login", scopes: {} } },
  });
  registry.registerComponent("securitySchemes", "ApiKey", {
    type: "apiKey",
    in: "header",
    name: "X-Open-Wearables-API-Key",
  });
  if (endpoints.some(({ definition }) => definition.auth === "sdk")) {
    registry.registerComponent("securitySchemes", "SdkToken", {
      type: "http",
      scheme: "bearer",
      bearerFormat: "JWT",
      description: "A phone's token for one person, from `POST /users/{user_id}/token` or an invitation code",
    });
  }
  for (const { definition } of endpoints) {
    const { params, query, headers, auth } = definition;
    const described = describedHeaders(headers, auth);
    registry.registerPath({
      method: definition.method,
      path: fullPath(definition.path),
      operationId: definition.operationId,
      tags: [definition.tag],
      summary: definition.summary,
      ...(definition.description === undefined ? {} : { description: definition.description }),
      security: securityOf[auth],
      request: {
        ...(params === undefined ? {} : { params: params as z.ZodObject }),
        ...(query === undefined ? {} : { query: query as z.ZodObject }),
        ...(described === undefined ? {} : { headers: described }),
        ...(definition.body === undefined ? {} : { body: describeBody(definition.body) }),
      },
      responses: {
        [definition.success.status]: describeSuccess(definition.success),
        ...(definition.alternative === undefined
          ? {}
          : { [definition.alternative.status]: describeSuccess({ ...definition.success, ...definition.alternative }) }),
        ...Object.fromEntries(
          [...documentedErrors(definition)].map((code) => [statusOf[code], {
            description: errorDescriptions[code],
            content: { "application/problem+json": { schema: Problem } },
          }]),
        ),
      },
    });
  }
  return app.getOpenAPI31Document({
    openapi: "3.1.0",
    info: {
      title: about.title,
      version: about.version,
      description: "A self-hosted health record: laboratory reports, symptoms and wearables, with a local assistant.",
      license: { name: "MIT", url: "https://opensource.org/license/mit" },
    },
    servers: [{ url: "/" }],
    tags: [...about.tags],
  }) as unknown as Record<string, unknown>;
}

/** Every error an operation can answer with: its own, and those its credential and input bring along. */
function documentedErrors(definition: Endpoint["definition"]): Set<ErrorCode> {
  const codes = new Set<ErrorCode>();
  if (definition.params ?? definition.query ?? definition.headers ?? definition.body) codes.add("invalid_input");
  if (definition.auth !== "none" && definition.auth !== "optional") codes.add("unauthenticated");
  const writes = definition.writes ?? definition.method !== "get";
  // A key may lack the scope; a phone's token may be another person's.
  if ((definition.auth === "key" && writes) || definition.auth === "sdk") codes.add("forbidden");
  if (definition.body !== undefined) {
    codes.add("too_large");
    codes.add("unsupported_media_type");
  }
  for (const code of definition.errors ?? []) codes.add(code);
  return codes;
}

/** The endpoint's own headers and the credential's. */
function describedHeaders(own: z.ZodType | undefined, auth: AuthKind): z.ZodObject | undefined {
  const shape = own instanceof z.ZodObject ? own.shape : {};
  const all = { ...shape, ...(auth === "key" || auth === "sdk" ? keyHeader.shape : {}) };
  return Object.keys(all).length === 0 ? undefined : z.object(all);
}

function describeBody(body: Body<z.ZodType>) {
  const contentType = body.kind === "json"
    ? "application/json"
    : body.kind === "form"
    ? "application/x-www-form-urlencoded"
    : body.contentType;
  return { required: !(body.kind === "json" && body.optional), content: { [contentType]: { schema: body.schema } } };
}

function describeSuccess(success: Success<z.ZodType>) {
  const headers = success.headers === undefined ? {} : {
    headers: z.object(Object.fromEntries(
      Object.entries(success.headers).map((
        [name, text],
      ) => [name, z.string().optional().openapi({ description: text })]),
    )),
  };
  if (success.status === 204) return { description: success.description };
  return {
    description: success.description,
    ...headers,
    content: { [success.contentType ?? "application/json"]: { schema: success.schema ?? z.string() } },
  };
}
