import type { z } from "zod";
import { type SettingName, settings } from "./config_table.ts";

/** What the process was told, checked once at the start. Names are those of the environment variables. */
export type Config = {
  readonly [Name in SettingName]:
    | z.output<(typeof settings)[Name]["schema"]>
    | ((typeof settings)[Name] extends { fallback: string } ? never : null);
};

export type ConfigResult = { readonly config: Config } | { readonly problems: readonly string[] };

/**
 * Reads every setting from `environment`. Empty means absent, as in a `.env` file with nothing behind the `=`.
 * All problems are reported at once, one line each, naming the setting and the mend but never its value.
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): ConfigResult {
  const config: Record<string, unknown> = {};
  const problems: string[] = [];
  for (const [name, setting] of Object.entries(settings)) {
    const given = valueOf(name, setting.openRouterName, environment) ?? setting.fallback;
    if (given === null) {
      config[name] = null;
      continue;
    }
    const parsed = setting.schema.safeParse(given);
    if (parsed.success) config[name] = parsed.data;
    else problems.push(`${name} ${parsed.error.issues[0]?.message ?? "is not valid"}`);
  }
  if ((config.ADMIN_EMAIL === null) !== (config.ADMIN_PASSWORD === null)) {
    problems.push("ADMIN_EMAIL and ADMIN_PASSWORD must be set together, or neither");
  }
  problems.push(...modelServerProblems(config));
  return problems.length > 0 ? { problems } : { config: config as Config };
}

function valueOf(
  name: string,
  openRouterName: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const openRouter = environment.CHAT_PROVIDER?.trim() === "openrouter";
  const known = openRouter && name === "OPENAI_BASE_URL" ? "https://openrouter.ai/api/v1" : undefined;
  const other = openRouter && openRouterName !== undefined ? environment[openRouterName] : undefined;
  return [environment[name], other, known].find((value) => value?.trim());
}

/** A model server that is half configured; an error of its own setting is told already. */
function modelServerProblems(config: Readonly<Record<string, unknown>>): string[] {
  const chosen = ["CHAT_PROVIDER", "EXTRACTION_PROVIDER"].filter((name) =>
    config[name] === "openai" || config[name] === "openrouter"
  );
  if (chosen.length === 0) return [];
  const model = chosen.includes("CHAT_PROVIDER") || config.OPENAI_EXTRACTION_MODEL === null
    ? "OPENAI_CHAT_MODEL"
    : "OPENAI_EXTRACTION_MODEL";
  return ["OPENAI_BASE_URL", model].filter((name) => config[name] === null)
    .map((name) => `${name} must be set, because ${chosen[0]} is ${config[chosen[0] ?? ""]}`);
}

/** The text of `.env.example`: every setting with its meaning and default, commented out. */
export function environmentExample(): string {
  const lines = ["# Copy to .env and uncomment what you change. Generated from src/platform/config_table.ts."];
  let group = "";
  for (const [name, setting] of Object.entries(settings)) {
    if (setting.group !== group) {
      group = setting.group;
      lines.push("", `# --- ${group} ---`);
    }
    lines.push("", `# ${setting.describe}`, `# ${name}=${setting.fallback ?? ""}`);
  }
  return lines.join("\n") + "\n";
}

/** The README's table of settings, in Markdown. */
export function environmentTable(): string {
  const rows = Object.entries(settings).map(([name, setting]) =>
    `| \`${name}\` | ${setting.fallback ? `\`${setting.fallback}\`` : "–"} | ${setting.describe} |`
  );
  return ["| variable | default | meaning |", "| --- | --- | --- |", ...rows].join("\n") + "\n";
}
