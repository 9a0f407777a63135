import type { Config } from "./config.ts";
import type { Database } from "./database.ts";
import type { Log } from "./log.ts";
import type { Model } from "./model.ts";
import type { Listen } from "./notifications.ts";

/**
 * Everything a verb may use of the world, handed in by whoever opened the door (HTTP, task, tool, test).
 */

export type Scope = "read" | "write";

/** Who is calling. `system` is a background job or the start-up code. */
export type Actor =
  | { readonly kind: "nobody" }
  | { readonly kind: "system" }
  | {
    readonly kind: "developer";
    readonly developer_id: string;
    readonly role: "owner" | "member";
    readonly family_id: string;
  }
  | {
    readonly kind: "api_key";
    readonly api_key_id: string;
    readonly scope: Scope;
    /** The one person this key is bound to, or null for everybody's data. */
    readonly user_id: string | null;
  }
  | {
    /** A phone that syncs one person's data, with a token that was handed out for that person. */
    readonly kind: "sdk";
    readonly user_id: string;
    /** What handed the token out: `app_…`, `admin:<developer>` or `invite:<developer>`. */
    readonly app_id: string | null;
    readonly family_id: string;
  };

/** Logs and reports an error that was swallowed on purpose; `extra` holds ids and counts only. */
export type Capture = (error: unknown, extra: Readonly<Record<string, string | number | boolean | null>>) => void;

export interface Context {
  readonly config: Config;
  readonly database: Database;
  /** Hears what the database announces. */
  readonly listen: Listen;
  readonly clock: () => Date;
  readonly fetch: typeof fetch;
  readonly model: Model;
  /** Lets work go on after its request was answered; it deals with its own errors. */
  readonly background: (work: Promise<void>) => void;
  readonly log: Log;
  readonly capture: Capture;
  readonly actor: Actor;
  /** Aborted when the process is asked to stop: streams end, long waits give up. */
  readonly stopping: AbortSignal;
}

/** The same world seen by another actor. */
export function as(ctx: Context, actor: Actor): Context {
  return { ...ctx, actor };
}
