import { formWords, hintWords, linkingWords, methodWords, sameWords, specimenWords } from "./analyte_name_table.ts";

/** One form for the many prints of a test's name. */

const greek: Readonly<Record<string, string>> = {
  α: "alpha",
  β: "beta",
  γ: "gamma",
  δ: "delta",
  κ: "kappa",
  λ: "lambda",
  μ: "u",
  ß: "ss",
  ø: "o",
  æ: "ae",
  œ: "oe",
  ı: "i",
};

/** What a name says about the unit: "Neutrophils %", "Neutrophil count", "Lymphocytes absolute". */
export type NameHint = "fraction" | "count" | "absolute";

export interface NameForm {
  /** Without what says no more than the unit does, in printed order. */
  readonly words: readonly string[];
  readonly hint: NameHint | null;
  /** "a/b", "a to b ratio": the order of the words matters. */
  readonly isRatio: boolean;
}

const hints = new Map(hintWords.map(([word, hint]) => [fold(word), hint]));
const qualifiers = new Map(
  Object.entries(sameWords).flatMap(([meant, words]) => [...wordSet(words)].map((word) => [word, meant] as const)),
);
const forms = wordSet(formWords);
const affixes = new Set([...wordSet(linkingWords), ...wordSet(methodWords), ...wordSet(specimenWords)]);

/** "Gesamtbilirubin", "Serumeisen". */
const compound = /(?<=^(?:gesamt|serum))(?=\p{L}{4})/u;
const sensitive =
  /\b(?:high[ -]sensitiv(?:e|ity)|highly sensitive|alta sensibilidade?|haute sensibilite|alta sensibilita|yuksek duyarli(?:kli)?|hoog ?gevoelig)\b/g;
const abbreviation = /(?<![\p{L}\d])(?:\p{L}\.){2,}(?:\p{L}(?!\p{L}))?/gu;
const wordPattern = /\p{Script=Han}+|[\p{L}]+|\d+|[%#/]/gu;
const ratioWords =
  /^(?:ratio|quotient|quozient[ei]|cociente|rapport|rapporto|razao|relacion|oran|orani|verhaltnis|relacao|比值)$/;

/** "H.D.L. Cholestérol" → "hdl", "cholesterol"; "25-OH-Vitamin D3" → "25", "oh", "vitamin", "d", "3". */
export function readName(text: string): NameForm {
  const plain = withoutPhrases(fold(text));
  let hint: NameHint | null = null;
  let isRatio = false;
  const words: string[] = [];
  for (const word of plain.match(wordPattern) ?? []) {
    const said = hints.get(word);
    if (said !== undefined) {
      hint ??= said;
    } else if (word === "/" || ratioWords.test(word)) {
      isRatio = isRatio || words.length > 0 || word !== "/";
    } else {
      const [stem, more] = handName(word);
      hint ??= more;
      for (const part of stem.length > 8 ? stem.split(compound) : [stem]) {
        const bare = part.length > 8 ? part.replace(/zahl(?:en)?$/, "") : part;
        if (bare !== part) hint ??= "count";
        const one = singular(bare);
        if (one !== "") words.push(qualifiers.get(one) ?? one);
      }
    }
  }
  return { words, hint, isRatio };
}

/** "à jeun", "high sensitivity", "H.D.L." */
function withoutPhrases(text: string): string {
  const said = /jeun|ayunas|digiuno|jejum/.test(text)
    ? text.replace(/\b(?:a|en|em|in) (?=jeun|ayunas|digiuno|jejum)/g, "")
    : text;
  const short = /[sg]e|duyar/.test(said) ? said.replace(sensitive, " hs ") : said;
  return short.includes(".") ? short.replace(abbreviation, (letters) => `${letters.replaceAll(".", "")} `) : short;
}

/** Chinese names carry "absolute" and "percent" without a blank. */
function handName(word: string): readonly [string, NameHint | null] {
  if (!/\p{Script=Han}/u.test(word)) return [word, null];
  const bare = word.replace(/(?:绝对值|绝对数|计数)$/u, "");
  if (bare !== word) return [bare, word.endsWith("计数") ? "count" : "absolute"];
  const share = word.replace(/(?:百分比|百分率|百分数)$/u, "");
  return share === word ? [word, null] : [share, "fraction"];
}

/** Words together, in order: "ca125" for "CA 125" and "Ca-125". */
export function orderedKey({ words, isRatio }: NameForm): string {
  return `${isRatio ? "/" : ""}${words.join("")}`;
}

/** Words in any order; of a ratio in their own. */
export function looseKey({ words, isRatio }: NameForm): string {
  return isRatio ? `/${words.join(" ")}` : [...new Set(words)].sort().join(" ");
}

/** Without specimen, method and small words: they are evidence at most. Null when nothing is left or nothing was. */
export function withoutAffixes(form: NameForm): NameForm | null {
  const words = form.words.filter((word) => !isAffix(word));
  return words.length === 0 || words.length === form.words.length ? null : { ...form, words };
}

/**
 * The component of a name as LOINC and records made from it write it: "Bilirubin.total [Mass/volume] in Serum or Plasma
 * by Test strip".
 */
export function componentOf(name: string): string {
  const plain = name.replace(/\p{Cf}/gu, "").replace(/\s*\[[^\]]*\]\s*(?=(?:in|of|by)\s|$)/gi, " ");
  const method = /\s+by\s+(.*)$/i.exec(plain);
  if (method !== null && /sensitiv|phoresis|fasting|hour|post|pre/i.test(method[1] ?? "")) return name;
  return plain.slice(0, method?.index).replace(systems, "").replace(/\.(?=\p{L}{3})/gu, " ").trim();
}

const systems =
  /\s+(?:in|of)\s+(?:(?:serum|plasma|urine|(?:arterial |venous |capillary |mixed venous )?blood|stool|cerebral spinal fluid|body fluid|urine sediment|24 hour urine|platelet poor plasma)(?:,? or |, )?)+$/i;

/** Without words such as "total" or "fasting", which a test of one kind only does not need. */
export function withoutForms(form: NameForm): NameForm | null {
  const words = form.words.filter((word) => !forms.has(word) && !isAffix(word));
  return words.length === 0 || words.length === form.words.length ? null : { ...form, words };
}

export function isAffix(word: string): boolean {
  return affixes.has(word);
}

/**
 * Case, accents, Greek letters and both spellings of umlauts are one: "Östradiol", "Oestradiol" and "OSTRADIOL";
 * "Haemoglobin", "Hämoglobin" and a recognised "Hamoglobin".
 */
export function fold(text: string): string {
  const plain = /^[\x20-\x7e]*$/.test(text) ? text.toLowerCase() : foldLetters(text);
  return /[aou]e/.test(plain) ? plain.replace(/ae/g, "a").replace(/oe/g, "o").replace(/ue/g, "u") : plain;
}

function foldLetters(text: string): string {
  return text.normalize("NFKC").replace(/\p{Cf}/gu, "").toLowerCase()
    .replace(/[αβγδκλμßøæœı]/g, (letter) => greek[letter] ?? letter)
    .normalize("NFKD").replace(/\p{M}/gu, "");
}

function wordSet(words: string): ReadonlySet<string> {
  return new Set(words.split(" ").map((word) => singular(fold(word))));
}

/** Of long words only: "DHEAS" is not more than one DHEA. */
function singular(word: string): string {
  return word === "cells" || word.length >= 6 && /[^sui]s$/.test(word) ? word.slice(0, -1) : word;
}

/**
 * How a word sounds in most of the languages: "Amylase", "Amilaz" and "Amilasa" are one, "Phosphat" and "Fosfato".
 * For misspellings; too coarse for short words.
 */
export function soundOf(words: readonly string[]): string {
  return words.map((word) =>
    word.replace(/ph/g, "f").replace(/th/g, "t").replace(/rh/g, "r").replace(/[cq]/g, "k").replace(/y/g, "i")
      .replace(/z/g, "s").replace(/x/g, "ks").replace(/(.)\1+/g, "$1").replace(/(?<=.{4})[aeo]$/, "")
  ).join(" ");
}
