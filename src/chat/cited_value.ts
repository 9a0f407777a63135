import { withoutAccents } from "./answer_language.ts";

/** Whether a text quotes a number, and names a test, as answers write them. Pure; texts are without accents. */

/** Sentences, list items and rows of tables. */
export function sentencesOf(text: string): string[] {
  return withoutAccents(text).split(/(?<=[.!?;])\s+|(?<=[。！？；])|\n+/).filter((sentence) => sentence.trim() !== "");
}

/** Finds the number as printed, with a decimal comma, grouped, or rounded to fewer digits, but never to fewer than two. */
export function valuePattern(value: number): RegExp {
  const digits = spellings(value).map((spelling) => RegExp.escape(spelling)).join("|");
  // "3.5-5.1", "2026-03-14" and "1.234" hold other numbers than "5.1", "03" and "1".
  return new RegExp(`(?<![\\d.,/–-])(?:${digits})(?!\\d|[.,]\\d|[/–-]\\d)`);
}

function spellings(value: number): string[] {
  const exact = String(value);
  const decimals = exact.split(".")[1]?.length ?? 0;
  const rounded = Array.from({ length: decimals + 2 }, (_, digits) => value.toFixed(digits))
    .filter((spelling) =>
      spelling.length >= exact.length || spelling.replace(/\D/g, "").replace(/^0+/, "").length >= 2
    );
  const all = [exact, ...rounded].flatMap((spelling) => [spelling, spelling.replace(".", ",")]);
  if (value < 1000) return [...new Set(all)];
  const [whole = ""] = exact.split(".");
  const grouped = [",", ".", " ", "'"].map((mark) => whole.replace(/\B(?=(\d{3})+$)/g, mark));
  return [...new Set([...all, ...grouped])];
}

/** Finds one of the names as whole words; names of one letter name nothing. */
export function namePattern(names: readonly string[]): RegExp {
  const plain = names.map((name) => withoutAccents(name).trim()).filter((name) => name.length >= 2);
  const [han, others] = [true, false].map((wanted) =>
    plain.filter((name) => /\p{Script=Han}/u.test(name) === wanted).map((name) => RegExp.escape(name)).join("|")
  );
  const words = others ? `(?<![\\p{L}\\p{N}])(?:${others})(?![\\p{L}\\p{N}])` : "";
  return new RegExp([words, han].filter((part) => part).join("|") || "(?!)", "u");
}
