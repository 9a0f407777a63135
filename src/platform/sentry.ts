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
  });
  return {
    capture(error, extra) {
      const described = describeError(error);
      log("error", "error", { ...extra, ...described });
      Sentry.captureEvent({
        level: "error",
        exception: {
          values: [{
            type: String(described.error),
            value: String(described.code ?? described.error),
            stacktrace: { frames: frames(described.at) },
          }],
        },
        fingerprint: [String(described.error), String(described.code ?? ""), String(firstPlace(described.at))],
        extra: { ...extra },
      });
    },
    close: async () => {
      await Sentry.close(2_000);
    },
  };
}

async function done(): Promise<void> {}

function firstPlace(at: unknown): string {
  return Array.isArray(at) ? String(at[0] ?? "") : "";
}

/** Sentry wants the outermost call first. */
function frames(at: unknown): { filename: string; function: string; lineno: number; colno: number }[] {
  if (!Array.isArray(at)) return [];
  return at.flatMap((line: string) => {
    const match = /^at (?:(.*?) \()?(.*?):(\d+):(\d+)\)?$/.exec(line);
    return match === null ? [] : [{
      function: match[1] ?? "?",
      filename: match[2] ?? "?",
      lineno: Number(match[3]),
      colno: Number(match[4]),
    }];
  }).reverse();
}
