import { parseEnv } from "node:util";
import { type Config, readConfig } from "./config.ts";
import { StartFailure } from "./failure.ts";

/** The settings of the environment over those of `.env` in the working directory. */
export async function loadConfig(): Promise<Config> {
  const file = await Deno.readTextFile(".env").catch((error) => {
    if (error instanceof Deno.errors.NotFound) return "";
    throw new StartFailure(".env cannot be read; make it readable for this user");
  });
  const result = readConfig({ ...parseEnv(file), ...Deno.env.toObject() });
  if ("config" in result) return result.config;
  throw new StartFailure(`Configuration is not valid: ${result.problems.join("; ")}`);
}
