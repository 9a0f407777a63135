import { z } from "zod";
import { Secret } from "./secret.ts";

/**
 * Every setting: its shape, default, and the words `.env.example` and the README print about it.
 *
 * A setting that is not here does not exist; `config.ts` reads this table and nothing else.
 */

const text = z.string().trim().min(1);
const whole = (min: number, max: number) =>
  z.string().trim().regex(/^\d+$/, `must be a whole number from ${min} to ${max}`).transform(Number).pipe(
    z.number().min(min, `must be at least ${min}`).max(max, `must be at most ${max}`),
  );
const decimal = (min: number, max: number) =>
  z.string().trim().regex(/^\d+(\.\d+)?$/, `must be a number from ${min} to ${max}`).transform(Number).pipe(
    z.number().min(min, `must be at least ${min}`).max(max, `must be at most ${max}`),
  );
/** As Ollama understands it: a number without a unit is seconds, and must be sent as a number. */
const keepAlive = z.string().trim().regex(
  /^(-?\d+|(-?\d+(\.\d+)?(ms|s|m|h))+)$/,
  "must be seconds or a duration such as 30m; 0 unloads at once, -1 keeps for ever",
).transform((value) => /^-?\d+$/.test(value) ? Number(value) : value);
const flag = z.enum(["true", "false"], { error: 'must be "true" or "false"' }).transform((value) => value === "true");
const httpUrl = z.url({ protocol: /^https?$/, error: "must be an http:// or https:// address" })
  .transform((value) => value.replace(/\/+$/, ""));
const apiUrl = httpUrl.refine((value) => {
  const { username, password, search, hash } = new URL(value);
  return username + password + search + hash === "";
}, "must hold no login, query or fragment; a key belongs into OPENAI_API_KEY");
const list = z.string().transform((value) =>
  value.replace(/^\[|\]$/g, "").split(",").map((item) => item.trim().replace(/^["']|["']$/g, "")).filter(Boolean)
);
const origins = list.pipe(z.array(
  z.string().regex(
    /^https?:\/\/[^/\s]+$/,
    "must be a comma-separated list of origins such as https://example.org",
  ),
));
const postgresUrl = z.string().trim().regex(
  /^postgres(ql)?:\/\/./,
  "must look like postgres://user:password@host:5432/name",
).transform((value) => new Secret(value));

interface Setting<T> {
  readonly group: string;
  readonly describe: string;
  readonly schema: z.ZodType<T, string>;
  /** What is used when the variable is absent, written as it would be in `.env`; null leaves the setting out. */
  readonly fallback: string | null;
  /** The contract's name of the same setting; read only when CHAT_PROVIDER is openrouter. */
  readonly openRouterName?: string;
}

function setting<T>(
  group: string,
  schema: z.ZodType<T, string>,
  fallback: string,
  describe: string,
): Setting<T> & { readonly fallback: string } {
  return { group, schema, fallback, describe };
}

function optional<T>(
  group: string,
  schema: z.ZodType<T, string>,
  describe: string,
  openRouterName?: string,
): Setting<T> & { fallback: null } {
  return { group, schema, fallback: null, describe, ...(openRouterName === undefined ? {} : { openRouterName }) };
}

export const settings = {
  ENVIRONMENT: setting(
    "server",
    z.enum(["local", "test", "staging", "production"], { error: "must be local, test, staging or production" }),
    "local",
    "Where this runs; reported to Sentry",
  ),
  API_NAME: setting("server", text, "Anamnesis", "Title of the OpenAPI document"),
  API_HOST: setting(
    "server",
    text,
    "127.0.0.1",
    "Address to listen on; 0.0.0.0 lets phones and other machines in your network reach the API",
  ),
  API_PORT: setting("server", whole(0, 65535), "8000", "Port to listen on"),
  CORS_ORIGINS: setting(
    "server",
    origins,
    "",
    "Browser origins that may call the API with credentials, separated by commas",
  ),
  CORS_ALLOW_ALL: setting("server", flag, "false", "Let any origin call the API, without credentials"),
  TRUST_PROXY: setting(
    "server",
    flag,
    "false",
    "Take the caller's address from X-Forwarded-For; only behind a proxy that sets it",
  ),
  ACCESS_LOG_LEVEL: setting(
    "server",
    z.enum(["all", "errors", "off"], { error: "must be all, errors or off" }),
    "all",
    "Which requests are logged",
  ),

  DATABASE_URL: optional(
    "database",
    postgresUrl,
    "Postgres 15 or newer; without it an embedded Postgres 18 runs under DATA_DIR",
  ),
  DATABASE_POOL_SIZE: setting("database", whole(2, 200), "10", "Connections the API and the worker share"),
  DATA_DIR: setting(
    "database",
    text,
    ".data",
    "Embedded database and generated secrets; it belongs in your backup",
  ),

  SECRET_KEY: optional(
    "accounts",
    z.string().min(32, "must have at least 32 characters").transform((value) => new Secret(value)),
    "Signs access tokens; created once under DATA_DIR when not set",
  ),
  ACCESS_TOKEN_EXPIRE_MINUTES: setting("accounts", whole(1, 1440), "60", "Lifetime of an access token"),
  REFRESH_TOKEN_EXPIRE_DAYS: setting("accounts", whole(1, 365), "30", "Lifetime of a refresh token"),
  MIN_PASSWORD_LENGTH: setting("accounts", whole(8, 128), "8", "Shortest password accepted"),
  LOGIN_ATTEMPTS: setting("accounts", whole(1, 1000), "10", "Failed logins per account and 15 minutes"),
  ADMIN_EMAIL: optional(
    "accounts",
    z.email("must be an e-mail address"),
    "E-mail of the first developer; invented and printed once when not set",
  ),
  ADMIN_PASSWORD: optional(
    "accounts",
    z.string().min(8, "must have at least 8 characters").transform((value) => new Secret(value)),
    "Password of the first developer; invented and printed once when not set",
  ),

  MAX_UPLOAD_SIZE_MB: setting("documents", whole(1, 1024), "50", "Largest document"),
  DOCUMENT_MAX_PAGES: setting("documents", whole(1, 2000), "500", "Most pages read of one document"),
  DOCLING_URL: optional("documents", httpUrl, "docling-serve; without it documents are read by the embedded reader"),
  DOCLING_TIMEOUT: setting("documents", whole(1, 3600), "300", "Seconds to wait for docling-serve"),

  MAX_IMPORT_SIZE_MB: setting(
    "imports",
    whole(1, 1_048_576),
    "8192",
    "Largest file with measurements, such as the export of Apple Health",
  ),
  MAX_PUSH_SIZE_MB: setting("imports", whole(1, 100), "64", "Largest batch that a phone sends at once"),
  RAW_PAYLOAD_DAYS: setting(
    "imports",
    whole(1, 3650),
    "30",
    "Days for which what phones sent is kept word for word",
  ),

  CHAT_PROVIDER: setting(
    "model",
    z.enum(["ollama", "openai", "openrouter"], { error: "must be ollama, openai or openrouter" }),
    "ollama",
    "Who runs the model that answers questions: Ollama, or a server that speaks OpenAI's protocol; openrouter is one",
  ),
  EXTRACTION_PROVIDER: setting(
    "model",
    z.enum(["ollama", "openai"], { error: "must be ollama or openai" }),
    "ollama",
    "Who runs the model that reads laboratory reports; openai means the server at OPENAI_BASE_URL",
  ),
  CHAT_CORRECTION: setting(
    "model",
    flag,
    "false",
    "Whether an answer with numbers that the record does not support goes back to the model once; its words then come " +
      "after the check, not one by one",
  ),
  CHAT_TEMPERATURE: optional(
    "model",
    decimal(0, 2),
    "How freely the chat model chooses its words; the model's own default when not set",
  ),
  OLLAMA_HOST: setting("model", httpUrl, "http://localhost:11434", "Ollama server"),
  OLLAMA_CHAT_MODEL: setting(
    "model",
    text,
    "qwen2.5:14b",
    "Model that answers questions; one that supports tools answers faster and better",
  ),
  OLLAMA_EXTRACTION_MODEL: setting("model", text, "qwen2.5:14b", "Model that reads laboratory reports"),
  OLLAMA_TIMEOUT: setting(
    "model",
    whole(1, 3600),
    "120",
    "Seconds without a token before a model counts as hung, whoever runs it",
  ),
  OLLAMA_CONTEXT_LENGTH: setting(
    "model",
    whole(1024, 1048576),
    "8192",
    "Context window of the chat model in tokens; asked of Ollama, and the room conversations are fitted to",
  ),
  OLLAMA_EXTRACTION_CONTEXT_LENGTH: optional(
    "model",
    whole(1024, 1048576),
    "Context window of the extraction model; OLLAMA_CONTEXT_LENGTH when not set",
  ),
  OLLAMA_KEEP_ALIVE: optional(
    "model",
    keepAlive,
    "How long Ollama keeps a model loaded after an answer, such as 30m; Ollama's own default when not set",
  ),
  OPENAI_BASE_URL: optional(
    "model",
    apiUrl,
    "Address of a server that speaks OpenAI's protocol, up to and with /v1",
    "OPENROUTER_BASE_URL",
  ),
  OPENAI_API_KEY: optional(
    "model",
    text.transform((value) => new Secret(value)),
    "Key for that server; many local ones need none",
    "OPENROUTER_API_KEY",
  ),
  OPENAI_CHAT_MODEL: optional("model", text, "Model of that server that answers questions", "OPENROUTER_MODEL"),
  OPENAI_EXTRACTION_MODEL: optional(
    "model",
    text,
    "Model of that server that reads laboratory reports; OPENAI_CHAT_MODEL when not set",
  ),

  WORKER_CONCURRENCY: setting("worker", whole(1, 64), "4", "Jobs that run at the same time"),

  SENTRY_DSN: optional("errors", httpUrl, "Report errors to Sentry; off when not set. Nothing about a person is sent"),
  SENTRY_ENV: optional("errors", text, "Environment named in Sentry; ENVIRONMENT when not set"),

  ANAMNESIS_URL: setting("mcp", httpUrl, "http://localhost:8000", "Where `deno task mcp` finds the API"),
  ANAMNESIS_API_KEY: optional(
    "mcp",
    z.string().trim().regex(/^[\x21-\x7e]+$/, "must be an API key").transform((value) => new Secret(value)),
    "The API key with which `deno task mcp` asks it",
  ),
} as const;

export type SettingName = keyof typeof settings;
