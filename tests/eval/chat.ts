/**
 * Measures how well questions about a record are answered: `deno task eval:chat [--model NAME] [--base-url URL]
 * [--provider ollama|openai] [--scripted right|wrong|hostile] [--only CATEGORY] [--limit N] [--seconds N] [--json FILE]`.
 *
 * Starts an installation with a Postgres of its own, loads the demo person, asks each question over HTTP, and prints
 * every answer that is not correct, then the counts. What counts as correct stands in judge_answer.ts.
 */
import { parseArgs } from "node:util";
import { type FakeOllama, startOllama } from "../support/ollama.ts";
import { startTestPostgres } from "../support/postgres.ts";
import { openWorld } from "../support/world.ts";
import { explained, scoresAsJson, scoreTable } from "./answer_scores.ts";
import { type Asked, askedAt, askQuestions, poseQuestions, prepareRecord } from "./ask_questions.ts";
import { categories } from "./question.ts";
import { questions } from "./questions_table.ts";
import { scriptedModel, scriptedModels } from "./scripted_models.ts";

const usage = "Usage: deno task eval:chat [--model NAME] [--base-url URL] [--provider ollama|openai] " +
  "[--scripted right|wrong|hostile] [--only CATEGORY] [--limit N] [--seconds N] [--json FILE]";
const print = (line: string) => Deno.stdout.writeSync(new TextEncoder().encode(line + "\n"));

/** Ends the command after what it opened is closed. */
class Stop extends Error {}

const options = readOptions();
try {
  await measure();
} catch (error) {
  if (!(error instanceof Stop)) throw error;
  print(error.message);
  Deno.exit(1);
}
Deno.exit(0);

async function measure(): Promise<void> {
  await using scripted = await startScripted();
  const settings = modelSettings(scripted?.url);
  await using postgres = Deno.env.has("TEST_POSTGRES_URL") ? null : await startTestPostgres();
  if (postgres !== null) {
    Deno.env.set("TEST_POSTGRES_URL", postgres.url);
    // Whoever stops this must not leave a Postgres behind.
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      if (Deno.build.os === "windows" && signal === "SIGTERM") continue;
      Deno.addSignalListener(signal, async () => {
        await postgres[Symbol.asyncDispose]();
        Deno.exit(130);
      });
    }
  }
  await using world = await openWorld(settings, () => askedAt);
  const status = await world.ctx.model.status();
  if (status.status !== "connected") {
    throw new Stop("No model server answers there; start Ollama, or name another server with --base-url");
  }
  const model = status.chat_model;
  if (status.chat_model_available === false) {
    throw new Stop(`The model server has no "${model}"; name one that it has with --model`);
  }
  const chosen = spread(
    questions.filter(({ category }) => [undefined, category].includes(options.only)),
    options.limit,
  );
  print(`Asking ${chosen.length} questions; the demo person's today is ${askedAt.toISOString().slice(0, 10)}`);
  const userId = await prepareRecord(world);
  const asked: Asked[] = [];
  for await (const one of askQuestions(world, userId, await poseQuestions(world, userId, chosen), options.seconds)) {
    asked.push(one);
    if (one.verdict !== "correct") print(explained(one));
  }
  const about = { model: options.scripted === undefined ? model : `scripted: ${options.scripted}` };
  const scores = scoresAsJson(asked, about);
  print(`\n${scoreTable(asked)}\n`);
  print(JSON.stringify(scores));
  if (options.json !== undefined) await Deno.writeTextFile(options.json, JSON.stringify(scores, null, 2) + "\n");
}

/** So many of them at most, from all over the table. */
function spread<Item>(items: readonly Item[], most: number): Item[] {
  const count = Math.min(most, items.length);
  return Array.from({ length: count }, (_, place) => Math.floor(place * items.length / count))
    .flatMap((place) => items[place] ?? []);
}

async function startScripted(): Promise<FakeOllama | null> {
  return options.scripted === undefined ? null : await startOllama(scriptedModel(options.scripted));
}

function modelSettings(scriptedUrl: string | undefined): Record<string, string> {
  if (scriptedUrl !== undefined) return { OLLAMA_HOST: scriptedUrl };
  const common = { ...fromEnvironment(), OLLAMA_TIMEOUT: `${options.seconds}` };
  if (options.provider === "openai") {
    if (options.url === undefined || options.model === undefined) {
      throw new Stop(`--provider openai needs --base-url, up to and with /v1, and --model\n${usage}`);
    }
    return {
      ...common,
      CHAT_PROVIDER: "openai",
      OPENAI_BASE_URL: options.url,
      OPENAI_CHAT_MODEL: options.model,
    };
  }
  return {
    ...common,
    OLLAMA_HOST: options.url ?? "http://localhost:11434",
    ...(options.model === undefined ? {} : { OLLAMA_CHAT_MODEL: options.model }),
  };
}

/** Settings that an answer depends on, as an installation has them. */
function fromEnvironment(): Record<string, string> {
  const names = ["OPENAI_API_KEY", "OLLAMA_CONTEXT_LENGTH", "OLLAMA_KEEP_ALIVE", "CHAT_TEMPERATURE", "CHAT_CORRECTION"];
  return Object.fromEntries(names.flatMap((name) => {
    const value = Deno.env.get(name);
    return value === undefined ? [] : [[name, value]];
  }));
}

function readOptions() {
  const text = { type: "string" } as const;
  const wanted = {
    model: text,
    "base-url": text,
    provider: text,
    scripted: text,
    only: text,
    limit: text,
    seconds: text,
    json: text,
  };
  const values = parsed(wanted);
  const oneOf = <Name extends string>(name: string, value: string | undefined, names: readonly Name[]) => {
    const found = names.find((one) => one === value);
    if (value !== undefined && found === undefined) fail(`--${name} must be one of: ${names.join(", ")}`);
    return found;
  };
  const whole = (name: string, value: string | undefined, otherwise: number) => {
    const number = Number(value ?? otherwise);
    return Number.isInteger(number) && number > 0 && number <= 3_600 ? number : fail(`--${name} must be 1 to 3600`);
  };
  return {
    model: values.model,
    url: values["base-url"],
    provider: oneOf("provider", values.provider, ["ollama", "openai"]) ?? "ollama",
    scripted: oneOf("scripted", values.scripted, scriptedModels),
    only: oneOf("only", values.only, categories),
    limit: whole("limit", values.limit, questions.length),
    seconds: whole("seconds", values.seconds, 300),
    json: values.json,
  };
}

function parsed<Options extends Record<string, { readonly type: "string" }>>(wanted: Options) {
  try {
    return parseArgs({ args: Deno.args, options: wanted }).values as { readonly [Name in keyof Options]?: string };
  } catch {
    return fail(usage);
  }
}

function fail(message: string): never {
  print(message);
  Deno.exit(1);
}
