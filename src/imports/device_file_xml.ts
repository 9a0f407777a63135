import { SaxesParser } from "saxes";
import { ImportFailure } from "./import_failure.ts";

/**
 * Reads the XML of a track file as it streams by. Entities are never expanded: a document that declares any is refused,
 * because no device writes one.
 */

export interface XmlReader {
  /** Names without their prefix, as exporters choose prefixes freely. `path` ends with the element itself. */
  open?(path: readonly string[], attributes: Readonly<Record<string, string>>): void;
  /** `text` is the element's own, trimmed. */
  close(path: readonly string[], text: string): void;
}

const deepest = 64;
const longestText = 64 * 1024;

/** False when the document breaks off or is malformed; what was whole before was handed over. */
export async function readXml(chunks: AsyncIterable<Uint8Array>, reader: XmlReader): Promise<boolean> {
  const parser = new SaxesParser();
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const path: string[] = [];
  const texts: string[] = [];
  let whole = true;
  const addText = (text: string) => {
    const place = texts.length - 1;
    const sum = (texts[place] ?? "") + text;
    if (sum.length > longestText) throw new ImportFailure("The file holds a text that is too long; export it again");
    if (place >= 0) texts[place] = sum;
  };
  parser.on("doctype", () => {
    throw new ImportFailure("The file declares a document type, which no device does; export it again");
  });
  parser.on("opentag", ({ name, attributes }) => {
    if (path.length >= deepest) throw new ImportFailure("The file's elements are nested too deep; export it again");
    path.push(localName(name));
    texts.push("");
    reader.open?.(path, attributes as Record<string, string>);
  });
  parser.on("text", addText);
  parser.on("cdata", addText);
  parser.on("closetag", () => {
    reader.close(path, (texts.pop() ?? "").trim());
    path.pop();
  });
  // After an error nothing that follows can be trusted; what the reader itself throws is another matter.
  parser.on("error", () => {
    whole = false;
    throw new MalformedXml();
  });
  try {
    for await (const chunk of chunks) parser.write(decoded(decoder, chunk));
    parser.write(decoded(decoder)).close();
  } catch (error) {
    if (!(error instanceof MalformedXml)) throw error;
    whole = false;
  }
  return whole;
}

class MalformedXml extends Error {}

function decoded(decoder: TextDecoder, chunk?: Uint8Array): string {
  try {
    return decoder.decode(chunk, { stream: chunk !== undefined });
  } catch {
    throw new MalformedXml();
  }
}

function localName(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}
