import { z } from "@hono/zod-openapi";
import type { ErrorCode } from "./errors.ts";
import type { Context } from "./context.ts";

/**
 * One operation of the API: definition and handler together. `http.ts` serves a list of them, `openapi.ts` describes
 * the same list, so that the document cannot say anything else than the server does.
 */

/**
 * `developer`: a person's login. `key`: a login or an API key. `sdk`: a phone's token, a login or an API key.
 * `optional`: anybody, but a login is noticed. `none`: anybody.
 */
export type AuthKind = "none" | "optional" | "developer" | "key" | "sdk";

type Shape = z.ZodObject | z.ZodUndefined;

export interface RequestFacts {
  readonly id: string;
  /** The caller's network address, for rate limits. */
  readonly address: string;
  /** Aborted when the caller has gone. */
  readonly signal: AbortSignal;
  /** The unread body of an endpoint whose `body` is `stream`. */
  readonly raw: Request;
}

export type Body<B extends z.ZodType> =
  | { readonly kind: "json"; readonly schema: B; readonly optional?: boolean; readonly maxBytes?: number }
  | { readonly kind: "form"; readonly schema: B }
  /** Read by the handler from `request.raw`; `schema` only documents it. */
  | { readonly kind: "stream"; readonly contentType: string; readonly schema: B };

export interface Success<R extends z.ZodType> {
  readonly status: 200 | 201 | 202 | 204;
  readonly description: string;
  readonly schema?: R;
  /** For answers that are not JSON, such as `text/event-stream`. */
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Definition<
  P extends Shape,
  Q extends Shape,
  B extends z.ZodType,
  R extends z.ZodType,
  H extends Shape = z.ZodUndefined,
> {
  readonly method: "get" | "post" | "put" | "patch" | "delete";
  /** OpenAPI form, `/users/{user_id}`; below `/api/v1` unless it starts with a slash twice. */
  readonly path: string;
  readonly operationId: string;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  readonly auth: AuthKind;
  /** Whether an API key needs the scope `write`; by default everything but GET does. */
  readonly writes?: boolean;
  readonly params?: P;
  readonly query?: Q;
  /** Request headers that the handler reads. */
  readonly headers?: H;
  readonly body?: Body<B>;
  readonly success: Success<R>;
  /** A second successful status with the same body. */
  readonly alternative?: { readonly status: 200 | 201 | 202; readonly description: string };
  /** What the handler itself can throw, beyond what authentication and validation bring along. */
  readonly errors?: readonly ErrorCode[];
}

export interface Input<P, Q, B, H = unknown> {
  readonly params: P;
  readonly query: Q;
  readonly headers: H;
  readonly body: B;
}

/** A status other than the documented success, or extra headers. */
export class Reply<T> {
  constructor(
    readonly value: T,
    readonly options: { readonly status?: 200 | 201 | 202; readonly headers?: Readonly<Record<string, string>> },
  ) {}
}

export interface Endpoint {
  readonly definition: Definition<Shape, Shape, z.ZodType, z.ZodType, Shape>;
  run(
    ctx: Context,
    input: Input<unknown, unknown, unknown>,
    request: RequestFacts,
  ): Promise<unknown>;
}

/** Ties a definition to its handler; the handler's input and answer are typed by the definition's schemas. */
export function endpoint<
  P extends Shape = z.ZodUndefined,
  Q extends Shape = z.ZodUndefined,
  B extends z.ZodType = z.ZodUndefined,
  R extends z.ZodType = z.ZodUndefined,
  H extends Shape = z.ZodUndefined,
>(
  definition: Definition<P, Q, B, R, H>,
  run: (
    ctx: Context,
    input: Input<z.output<P>, z.output<Q>, z.output<B>, z.output<H>>,
    request: RequestFacts,
  ) => Promise<z.input<R> | Reply<z.input<R>> | Response | void>,
): Endpoint {
  return {
    definition: definition as unknown as Endpoint["definition"],
    run: run as unknown as Endpoint["run"],
  };
}
