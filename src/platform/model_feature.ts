import { ModelError } from "./model.ts";

/** What some models or servers cannot do, found out by asking. */
export type ModelFeature = "tools" | "thinking" | "temperature" | "json_schema" | "json_object";

/** The server says that it cannot do this. Nothing was answered yet: the same request may be sent without it. */
export class FeatureRefused extends ModelError {
  constructor(readonly feature: ModelFeature, message: string) {
    super("refused", message);
  }
}

/** A model can be replaced under its name, so what it cannot do is believed for so long only. */
const believedMs = 10 * 60_000;

/** Remembers what models refused, so that each is asked in vain only now and then. */
export class RefusedFeatures {
  readonly #until = new Map<string, number>();

  has(model: string, feature: ModelFeature): boolean {
    return (this.#until.get(`${feature} ${model}`) ?? 0) > performance.now();
  }

  add(model: string, feature: ModelFeature): void {
    this.#until.set(`${feature} ${model}`, performance.now() + believedMs);
  }
}

/**
 * The parts of `ask`'s answer, asked again without each feature that is refused. `ask` looks into `refused` to see what
 * to leave out; a feature that is refused twice, or in the middle of an answer, is an error.
 */
export async function* withoutRefused<Part>(
  refused: RefusedFeatures,
  model: string,
  ask: () => AsyncIterable<Part>,
): AsyncGenerator<Part, void, undefined> {
  const before = new Set<ModelFeature>();
  let begun = false;
  while (true) {
    try {
      for await (const part of ask()) {
        begun = true;
        yield part;
      }
      return;
    } catch (error) {
      if (!(error instanceof FeatureRefused) || begun || before.has(error.feature)) throw error;
      before.add(error.feature);
      refused.add(model, error.feature);
    }
  }
}
