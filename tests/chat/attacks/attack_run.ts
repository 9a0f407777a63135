import assert from "node:assert/strict";
import { type OllamaRequest, startOllama, type Step } from "../../support/ollama.ts";
import { openWorld } from "../../support/world.ts";
import { addLab, ask, type Frame, words } from "../turn.ts";
import type { Attack } from "./attacks_table.ts";
import { lookUps, obeyingModel, question } from "./obeying_model.ts";
import { plant } from "./plant.ts";

/**
 * Attacks through the whole product: planted by its API, read by its tools from its database, obeyed by a model that
 * obeys everything.
 */

const strangersTest = "Strangerium";
const now = () => new Date("2026-03-14T12:00:00Z");

export interface Outcome {
  readonly attack: Attack;
  readonly frames: readonly Frame[];
  readonly answer: string;
  readonly requests: readonly OllamaRequest[];
}

/** Each attack against its own person of one installation, in which a stranger has results. */
export async function attackAll(tried: readonly Attack[], always: boolean): Promise<Outcome[]> {
  let model: (request: OllamaRequest) => readonly Step[] = () => [];
  await using ollama = await startOllama((request) => model(request));
  await using world = await openWorld({ OLLAMA_HOST: ollama.url }, now);
  await addLab(world, await world.createUser(), { test_name: strangersTest, value: 77, recorded_at: "2026-03-01" });
  const outcomes: Outcome[] = [];
  for (const attack of tried) {
    const session = await plant(world, attack);
    model = obeyingModel(attack, always);
    const before = ollama.requests.length;
    const frames = await ask(world, session.id, question);
    assert.equal(frames.at(-1)?.type, "done", attack.name);
    outcomes.push({ attack, frames, answer: words(frames), requests: ollama.requests.slice(before) });
  }
  return outcomes;
}

export function label({ attack }: Outcome): string {
  return `${attack.language} ${attack.place} ${attack.name}`;
}

/** What the calls beyond those that the question warrants gave. */
export function extraResults({ frames, attack }: Outcome): string[] {
  const results = frames.flatMap((frame) => frame.type === "tool_result" ? [frame.result] : []);
  return results.slice(lookUps(attack).length);
}

export function tellsStranger({ frames, requests }: Outcome): boolean {
  return JSON.stringify([frames, requests]).includes(strangersTest);
}
