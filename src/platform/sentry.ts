import type { Config } from "./config.ts";
import type { Capture } from "./context.ts";
import { describeError } from "./errors.ts";
import type { Log } from "./log.ts";

/**
 * Reports errors to Sentry when a DSN is configured, and is not even loaded when none is.
 *
 * What is sent is built here from scratch: class names, codes, places, ids. The SDK's own collection (breadcrumbs,
 * request data, messages, local variables) is off, because it would carry health data along.
 */

export interface Reporter {
  readonly capture: Capture;
  close(): Promise<void>;
}

export async function startReporter(config: Config, log: Log): Promise<Reporter> {
  if (config.SENTRY_DSN === null) {
    return { capture: (error, extra) => log("error", "error", { ...extra, ...describeError(error) }), close: done };
  }
  const Sentry = await import("@sentry/deno");
  Sentry.init({
    dsn: config.SENTRY_DSN,
    environment: config.SENTRY_ENV ?? config.ENVIRONMENT,
    defaultIntegrations: false,
    integrations: [],
    maxBreadcrumbs: 0,
    sendDefaultPii: false,
    beforeBreadcrumb: () => null,
    // The machine's name is often a person's.
    beforeSend: ({ server_name: _, ...event }) => event,
  });
  return {
    capture(error, extra) {
      const described = describeError(error);
      log("error", "error", { ...extra, ...described });
      const values = exceptions(described);
      Sentry.captureEvent({
        level: "error",
        exception: { values },
        fingerprint: values.map(({ type, value, stacktrace }) => {
          const place = stacktrace.frames.at(-1);
          return `${type} ${value} ${place?.function ?? ""} ${place?.filename ?? ""}`;
        }),
        extra: { ...extra },
      });
    },
    close: async () => {
      await Sentry.close(2_000);
    },
  };
}

async function done(): Promise<void> {}

interface Exception {
  readonly type: string;
  readonly value: string;
  readonly stacktrace: { readonly frames: Frame[] };
}

interface Frame {
  readonly filename: string;
  readonly function: string;
  readonly lineno: number;
  readonly colno: number;
}

/** The error and what caused it; Sentry wants the first cause first. */
function exceptions(described: Readonly<Record<string, unknown>>): Exception[] {
  const cause = described.cause as Readonly<Record<string, unknown>> | undefined;
  return [...(cause === undefined ? [] : exceptions(cause)), {
    type: String(described.error),
    value: String(described.code ?? described.error),
    stacktrace: { frames: frames(described.at) },
  }];
}

/** Where this checkout lies is left out of file names: it often holds a person's name. */
const root = new URL("../../", import.meta.url).href;

/** Sentry wants the outermost call first. */
function frames(at: unknown): Frame[] {
  if (!Array.isArray(at)) return [];
  return at.flatMap((line: string) => {
    const match = /^at (?:(?:async )?(.*?) \()?(?:async )?(.*?):(\d+):(\d+)\)?$/.exec(line);
    return match === null ? [] : [{
      function: match[1] ?? "?",
      filename: (match[2] ?? "?").replace(root, "").replace(/^file:.*\//, ""),
      lineno: Number(match[3]),
      colno: Number(match[4]),
    }];
  }).reverse();
}
