import { describeError } from "./errors.ts";
import { StartFailure } from "./failure.ts";

/** How a command ends: exit 0, or one clear line on standard error and exit 1. */

export function writeLine(line: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(line + "\n"));
}

export async function runCommand(command: () => Promise<void>): Promise<never> {
  try {
    await command();
    Deno.exit(0);
  } catch (error) {
    const line = error instanceof StartFailure
      ? error.message
      : `Unexpected failure: ${JSON.stringify(describeError(error))}`;
    Deno.stderr.writeSync(new TextEncoder().encode(line + "\n"));
    Deno.exit(1);
  }
}
