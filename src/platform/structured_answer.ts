import { ModelError, type ModelPart } from "./model.ts";

/** The JSON that the parts of an answer make together. A fence around it, which some models draw, is taken off. */
export async function structuredAnswer(parts: AsyncIterable<ModelPart>, model: string): Promise<unknown> {
  let text = "";
  for await (const part of parts) {
    if (part.type === "content") text += part.content;
    if (part.type === "end" && part.reason === "length") {
      throw new ModelError("bad_answer", "The model's answer does not fit; raise OLLAMA_CONTEXT_LENGTH");
    }
  }
  try {
    return JSON.parse(text.trim().replace(/^```(?:json)?\s*([\s\S]*?)\s*```$/, "$1"));
  } catch {
    // The parser's own message would quote the answer.
    throw new ModelError(
      "bad_answer",
      `The model "${model}" did not answer in JSON; try again or choose another model`,
    );
  }
}
