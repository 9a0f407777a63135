import assert from "node:assert/strict";
import { join } from "node:path";
import { type Config, environmentExample, environmentTable, readConfig } from "../../src/platform/config.ts";
import { settings } from "../../src/platform/config_table.ts";
import { createLog } from "../../src/platform/log.ts";
import { Secret } from "../../src/platform/secret.ts";

const root = join(import.meta.dirname ?? "", "../..");

function read(environment: Record<string, string>): Config {
  const result = readConfig(environment);
  assert.ok("config" in result, JSON.stringify(result));
  return result.config;
}

function problems(environment: Record<string, string>): readonly string[] {
  const result = readConfig(environment);
  assert.ok("problems" in result, "it should not be valid");
  return result.problems;
}

Deno.test("nothing needs to be set, and empty means absent", () => {
  const plain = read({});
  assert.deepEqual(
    [plain.API_PORT, plain.API_HOST, plain.DATABASE_URL, plain.SECRET_KEY, plain.CORS_ORIGINS, plain.TRUST_PROXY],
    [8000, "127.0.0.1", null, null, [], false],
  );
  const empty = Object.fromEntries(Object.keys(settings).map((name, index) => [name, index % 2 === 0 ? "" : "  "]));
  assert.deepEqual(read(empty), plain);
});

Deno.test("every problem is told at once, each naming its setting and the mend but not the value", () => {
  const secret = "hunter2";
  const found = problems({
    API_PORT: secret,
    ACCESS_LOG_LEVEL: secret,
    CORS_ALLOW_ALL: secret,
    CORS_ORIGINS: secret,
    DATABASE_URL: secret,
    SECRET_KEY: secret,
    ADMIN_EMAIL: secret,
    OLLAMA_HOST: secret,
    MAX_UPLOAD_SIZE_MB: "0",
    WORKER_CONCURRENCY: "65",
    ENVIRONMENT: secret,
  });
  assert.deepEqual([...found].sort(), [
    "ACCESS_LOG_LEVEL must be all, errors or off",
    "ADMIN_EMAIL and ADMIN_PASSWORD must be set together, or neither",
    "ADMIN_EMAIL must be an e-mail address",
    "API_PORT must be a whole number from 0 to 65535",
    'CORS_ALLOW_ALL must be "true" or "false"',
    "CORS_ORIGINS must be a comma-separated list of origins such as https://example.org",
    "DATABASE_URL must look like postgres://user:password@host:5432/name",
    "ENVIRONMENT must be local, test, staging or production",
    "MAX_UPLOAD_SIZE_MB must be at least 1",
    "OLLAMA_HOST must be an http:// or https:// address",
    "SECRET_KEY must have at least 32 characters",
    "WORKER_CONCURRENCY must be at most 64",
  ]);
  assert.ok(!found.join().includes(secret));
});

Deno.test("values are understood as people write them", () => {
  const config = read({
    API_PORT: " 9000 ",
    CORS_ORIGINS: '["https://a.example", "http://localhost:3000"]',
    OLLAMA_HOST: "http://ollama:11434/",
    TRUST_PROXY: "true",
    SENTRY_DSN: "http://0123456789abcdef@127.0.0.1:9000/1",
    DATABASE_URL: "postgresql://user:p%40ss@[::1]:5432/name?sslmode=require",
  });
  assert.deepEqual(
    [config.API_PORT, config.CORS_ORIGINS, config.OLLAMA_HOST, config.TRUST_PROXY, config.SENTRY_DSN],
    [
      9000,
      ["https://a.example", "http://localhost:3000"],
      "http://ollama:11434",
      true,
      "http://0123456789abcdef@127.0.0.1:9000/1",
    ],
  );
  assert.equal(config.DATABASE_URL?.reveal(), "postgresql://user:p%40ss@[::1]:5432/name?sslmode=require");
  assert.deepEqual(read({ CORS_ORIGINS: "https://a.example,https://b.example" }).CORS_ORIGINS, [
    "https://a.example",
    "https://b.example",
  ]);
});

Deno.test("a server of OpenAI's protocol is off until it is chosen, and must then be whole", () => {
  const half = { OPENAI_API_KEY: "sk-abc", OPENROUTER_API_KEY: "sk-or" };
  assert.deepEqual([read(half).CHAT_PROVIDER, read(half).OPENAI_BASE_URL], ["ollama", null]);
  assert.deepEqual(problems({ ...half, CHAT_PROVIDER: "openai" }), [
    "OPENAI_BASE_URL must be set, because CHAT_PROVIDER is openai",
    "OPENAI_CHAT_MODEL must be set, because CHAT_PROVIDER is openai",
  ]);
  const base = { OPENAI_BASE_URL: "http://gpu.lan:8080/v1/" };
  assert.deepEqual(problems({ ...base, EXTRACTION_PROVIDER: "openai" }), [
    "OPENAI_CHAT_MODEL must be set, because EXTRACTION_PROVIDER is openai",
  ]);
  const reader = read({ ...base, EXTRACTION_PROVIDER: "openai", OPENAI_EXTRACTION_MODEL: "reader" });
  assert.deepEqual([reader.OPENAI_BASE_URL, reader.OPENAI_API_KEY], ["http://gpu.lan:8080/v1", null]);
  for (const address of ["https://ada:s3cret@x.example/v1", "https://x.example/v1?key=s3cret", "ftp://x.example"]) {
    const [problem] = problems({ CHAT_PROVIDER: "openai", OPENAI_CHAT_MODEL: "m", OPENAI_BASE_URL: address });
    assert.match(problem ?? "", /^OPENAI_BASE_URL must/);
    assert.doesNotMatch(problem ?? "", /s3cret/);
  }
});

Deno.test("the contract's names of OpenRouter's settings count when it is chosen, and only then", () => {
  const names = { OPENROUTER_API_KEY: "sk-or", OPENROUTER_MODEL: "google/gemini-2.0-flash-exp:free" };
  const chosen = read({ ...names, CHAT_PROVIDER: "openrouter" });
  assert.deepEqual(
    [chosen.OPENAI_BASE_URL, chosen.OPENAI_API_KEY?.reveal(), chosen.OPENAI_CHAT_MODEL],
    ["https://openrouter.ai/api/v1", "sk-or", "google/gemini-2.0-flash-exp:free"],
  );
  const both = { ...names, OPENAI_API_KEY: "sk-own", OPENROUTER_BASE_URL: "http://127.0.0.1:1/v1" };
  const own = read({ ...both, CHAT_PROVIDER: "openrouter" });
  assert.deepEqual([own.OPENAI_API_KEY?.reveal(), own.OPENAI_BASE_URL], ["sk-own", "http://127.0.0.1:1/v1"]);
  assert.equal(read(names).OPENAI_API_KEY, null);
});

Deno.test("temperature and keep-alive are understood as Ollama writes them", () => {
  assert.equal(read({ CHAT_TEMPERATURE: "0.25" }).CHAT_TEMPERATURE, 0.25);
  for (const value of ["-1", "2.1", "warm", "1e1"]) {
    assert.equal(problems({ CHAT_TEMPERATURE: value }).length, 1, value);
  }
  for (const [value, expected] of [["300", 300], ["-1", -1], ["30m", "30m"], ["1h30m", "1h30m"]] as const) {
    assert.equal(read({ OLLAMA_KEEP_ALIVE: value }).OLLAMA_KEEP_ALIVE, expected);
  }
  for (const value of ["5 minutes", "m", "1.5"]) assert.equal(problems({ OLLAMA_KEEP_ALIVE: value }).length, 1, value);
});

Deno.test("secrets do not print, wherever they end up", () => {
  const value = "hunter2".repeat(6);
  const config = read({
    SECRET_KEY: value,
    ADMIN_EMAIL: "ada@example.org",
    ADMIN_PASSWORD: value,
    DATABASE_URL: `postgres://user:${value}@localhost/name`,
    OPENAI_API_KEY: value,
  });
  assert.equal(config.SECRET_KEY?.reveal(), value);
  const lines: string[] = [];
  for (const format of ["json", "text"] as const) {
    createLog((line) => lines.push(line), format, () => new Date())("info", "config", { ...config, config });
  }
  const printed = [
    JSON.stringify(config),
    `${config.SECRET_KEY} ${config.DATABASE_URL} ${config.ADMIN_PASSWORD}`,
    "" + config.SECRET_KEY,
    String([config.SECRET_KEY]),
    Deno.inspect(config, { depth: 9, showHidden: true }),
    Deno.inspect(config.SECRET_KEY),
    JSON.stringify(structuredClone({ ...new Secret(value) })),
    JSON.stringify(Object.entries(config)),
    ...lines,
  ];
  for (const text of printed) assert.ok(!text.includes("hunter2"), text);
  assert.match(printed[0] ?? "", /"SECRET_KEY":"\[secret\]"/);
  // Whatever is told to sign, protect or let in is kept so.
  for (const [name, { schema }] of Object.entries(settings)) {
    if (!/SECRET|PASSWORD$|_KEY$|DATABASE_URL/.test(name)) continue;
    const parsed = schema.safeParse(name === "DATABASE_URL" ? "postgres://x@y/z" : value);
    assert.ok(parsed.data instanceof Secret, name);
  }
});

Deno.test(".env.example is current, and valid with every line uncommented", async () => {
  const example = environmentExample();
  assert.equal(await Deno.readTextFile(join(root, ".env.example")), example, "src/commands.ts env prints it anew");
  const given = Object.fromEntries(
    [...example.matchAll(/^# ([A-Z_]+)=(.*)$/gm)].map((match) => [match[1] ?? "", match[2] ?? ""]),
  );
  assert.deepEqual(Object.keys(given), Object.keys(settings));
  assert.deepEqual(read(given), read({}));
});

Deno.test("the table of settings names each with its default and meaning", () => {
  const lines = environmentTable().trimEnd().split("\n");
  assert.equal(lines.length, Object.keys(settings).length + 2);
  for (const [name, setting] of Object.entries(settings)) {
    assert.ok(lines.some((line) => line.includes(`\`${name}\``) && line.includes(setting.describe)), name);
  }
});
