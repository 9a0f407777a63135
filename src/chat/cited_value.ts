import { withoutAccents } from "./answer_language.ts";

/** Whether a text quotes a number, and names a test, as answers write them. Pure; texts are without accents. */

/** Sentences, list items and rows of tables. */
export function sentencesOf(text: string): string[] {
  return withoutAccents(text).split(/(?<=[.!?;])\s+|(?<=[。！？；])|\n+/).filter((sentence) => sentence.trim() !== "");
}

/** The number as printed, with a decimal comma, grouped, or rounded to fewer digits, but never to fewer than two. */
export function citesValue(text: string, value: number): boolean {
  return spellings(value).some((spelling) => {
    // "3.5-5.1", "2026-03-14" and "1.234" hold other numbers than "5.1", "03" and "1".
    const pattern = new RegExp(`(?<![\\d.,/–-])${RegExp.escape(spelling)}(?!\\d|[.,]\\d|[/–-]\\d)`);
    return pattern.test(text);
  });
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
  const [whole = "", ...rest] = exact.split(".");
  const grouped = [",", ".", " ", "\u202f", "'"].map((mark) => whole.replace(/\B(?=(\d{3})+$)/g, mark));
  return [...new Set([...all, ...grouped.map((group) => rest.length === 0 ? group : group)])];
}

/** One of the names as whole words; names of one letter name nothing. */
export function namesOne(text: string, names: readonly string[]): boolean {
  return names.some((name) => {
    const plain = withoutAccents(name).trim();
    if (plain.length < 2) return false;
    if (/\p{Script=Han}/u.test(plain)) return text.includes(plain);
    return new RegExp(`(?<![\\p{L}\\p{N}])${RegExp.escape(plain)}(?![\\p{L}\\p{N}])`, "u").test(text);
  });
}
