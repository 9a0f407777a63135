/** Structured log lines: one JSON object a line, or `key=value` words for a terminal. */

export type LogLevel = "debug" | "info" | "warn" | "error";

export type Log = (level: LogLevel, event: string, fields?: Readonly<Record<string, unknown>>) => void;

/**
 * A log that writes through `write`. Fields must be about the machine (durations, counts, ids, codes), never about
 * a person's health: nothing here can tell the difference.
 */
export function createLog(write: (line: string) => void, format: "json" | "text", clock: () => Date): Log {
  return (level, event, fields = {}) => {
    const time = clock().toISOString();
    write(format === "json" ? JSON.stringify({ time, level, event, ...fields }) : textLine(time, level, event, fields));
  };
}

function textLine(time: string, level: LogLevel, event: string, fields: Readonly<Record<string, unknown>>): string {
  const words = Object.entries(fields)
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([key, value]) => `${key}=${typeof value === "string" && !/\s/.test(value) ? value : JSON.stringify(value)}`);
  return [time.slice(11, 23), level.padEnd(5), event, ...words].join(" ");
}
