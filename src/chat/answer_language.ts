import { commonWords, type Language, languages } from "./language_table.ts";

/** Which of nine languages a text is written in. Pure. */

const words = languages.flatMap((language) =>
  language === "zh" ? [] : [[language, new Set(commonWords[language].split(" "))] as const]
);
/** A single word is no evidence: "in" and "a" are of many languages. */
const leastHits = 2;

/** The language of the first text that shows one; English where none does. */
export function languageOf(...texts: readonly string[]): Language {
  for (const text of texts) {
    const found = shownLanguage(text);
    if (found !== null) return found;
  }
  return "en";
}

function shownLanguage(text: string): Language | null {
  const plain = withoutAccents(text);
  const han = plain.match(/\p{Script=Han}/gu)?.length ?? 0;
  const said = plain.match(/\p{Script=Latin}+/gu) ?? [];
  // A Chinese sentence may name a test and its unit in Latin letters.
  if (han > 0 && han * 2 >= said.length) return "zh";
  const scores = words.map(([language, common]) => ({
    language,
    hits: said.filter((word) => common.has(word)).length,
  }));
  const [best, next] = scores.toSorted((a, b) => b.hits - a.hits);
  return best === undefined || best.hits < leastHits || best.hits === next?.hits ? null : best.language;
}

/** Small letters without accents, Turkish ones included; the words of the tables are written so. */
export function withoutAccents(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("ı", "i").replaceAll("ß", "ss")
    .replaceAll("’", "'");
}
