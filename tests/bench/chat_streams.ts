import { join } from "node:path";
import { checkout, emptyFolder, freePort, startProgram } from "../support/process.ts";
import type { Figure } from "./main.ts";

/**
 * How long the first words of an answer take beyond what the model itself takes, alone and beside 300 answers that are
 * streamed at the same time, ten tokens a second each.
 */

const streams = 300;
const probes = 40;
/** More than a run of this benchmark reads. */
const tokens = 10_000;

export async function benchChatStreams(): Promise<Figure[]> {
  const folder = await emptyFolder();
  await using model = await startModel();
  await using program = await startProgram(folder, { ACCESS_LOG_LEVEL: "off", OLLAMA_HOST: model.url });
  await program.ready();
  const key = /sk-[0-9a-f]{32}/.exec(program.output().out)?.[0] ?? "";
  const headers = { "X-Open-Wearables-API-Key": key, "content-type": "application/json" };
  const post = async (path: string, body: unknown, signal?: AbortSignal) => {
    const init = { method: "POST", headers, body: JSON.stringify(body), ...(signal === undefined ? {} : { signal }) };
    const response = await fetch(`${program.url}/api/v1${path}`, init);
    if (!response.ok) throw new Error(`${path} was answered with ${response.status}`);
    return response;
  };
  const openSession = async () => (await (await post("/chat/sessions", { user_id: user.id })).json()).id as string;
  const user = await (await post("/users", {})).json();

  const direct = () =>
    firstPiece(() =>
      fetch(`${model.url}/api/chat`, {
        method: "POST",
        body: JSON.stringify({ model: "qwen2.5:14b", messages: [{ role: "user", content: "Short" }], stream: true }),
      }), '"content":" word"');
  const ours = async () => {
    const session = await openSession();
    return await firstPiece(() => post(`/chat/sessions/${session}/messages`, { content: "Short" }), '"type":"content"');
  };
  for (let warmUp = 0; warmUp < 10; warmUp++) await Promise.all([direct(), ours()]);
  const alone = await compare(direct, ours);

  const leaving = new AbortController();
  const read = { frames: 0, ended: 0 };
  await Promise.all(Array.from({ length: streams }, async () => {
    const session = await openSession();
    const response = await post(`/chat/sessions/${session}/messages`, { content: "Count" }, leaving.signal);
    drain(response, read);
  }));
  const before = { frames: read.frames, at: performance.now() };
  const beside = await compare(direct, ours);
  const perSecond = (read.frames - before.frames) / (performance.now() - before.at) * 1000;
  const ended = read.ended;
  leaving.abort();
  if (ended > 0) throw new Error(`${ended} of ${streams} streams ended early`);
  const rows = (where: string, { our, their }: Compared): Figure[] => [
    {
      what: `first words of an answer, ${where}, median`,
      value: median(our),
      unit: "ms",
      baseline: { what: "the model itself", value: median(their) },
    },
    { what: `overhead on the first words, ${where}, median`, value: median(our) - median(their), unit: "ms" },
  ];
  return [
    ...rows("alone", alone),
    ...rows(`beside ${streams} streams`, beside),
    {
      what: `frames read from ${streams} streams at once`,
      value: perSecond,
      unit: "frames/s",
      baseline: { what: "tokens of the model", value: streams * 10 },
    },
  ];
}

interface Compared {
  readonly our: number[];
  readonly their: number[];
}

/** By turns, because the machine is not the same all the time. */
async function compare(direct: () => Promise<number>, ours: () => Promise<number>): Promise<Compared> {
  const compared: Compared = { our: [], their: [] };
  for (let probe = 0; probe < probes; probe++) {
    compared.their.push(await direct());
    compared.our.push(await ours());
  }
  return compared;
}

/** Milliseconds from the request to the piece of the answer that contains `wanted`; the rest is read, too. */
async function firstPiece(ask: () => Promise<Response>, wanted: string): Promise<number> {
  const started = performance.now();
  let [text, first] = ["", NaN];
  for await (const piece of (await ask()).body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += piece;
    if (Number.isNaN(first) && text.includes(wanted)) first = performance.now() - started;
  }
  if (Number.isNaN(first)) throw new Error("An answer came without words");
  return first;
}

async function drain(response: Response, read: { frames: number; ended: number }): Promise<void> {
  const decoder = new TextDecoder();
  try {
    for await (const piece of response.body ?? []) read.frames += decoder.decode(piece).split("\n\n").length - 1;
    read.ended++;
  } catch {
    // Left at the end of the measurement.
  }
}

async function startModel(): Promise<AsyncDisposable & { readonly url: string }> {
  const port = await freePort();
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--allow-net", join(checkout, "tests/bench/model_server.ts"), String(port), String(tokens)],
    stdout: "null",
    stderr: "inherit",
  }).spawn();
  const url = `http://127.0.0.1:${port}`;
  for (let attempt = 0; attempt < 200; attempt++) {
    const response = await fetch(`${url}/api/version`).catch(() => null);
    await response?.body?.cancel();
    if (response !== null) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    url,
    async [Symbol.asyncDispose]() {
      child.kill("SIGTERM");
      await child.status;
    },
  };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}
