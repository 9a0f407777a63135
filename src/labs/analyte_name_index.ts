import type { Analyte } from "./analyte.ts";
import { analytes, namesOf } from "./analyte_catalogue.ts";
import {
  looseKey,
  type NameForm,
  orderedKey,
  readName,
  soundOf,
  withoutAffixes,
  withoutForms,
} from "./analyte_name.ts";

/** The catalogue's names, looked up in every form. Built at the first question, in some tenths of a second. */

/** A name of the catalogue that was found. */
export interface NameHit {
  readonly analyte: Analyte;
  /** 1 for the same words in the same order, less for any looser form. */
  readonly closeness: number;
}

interface IndexedName {
  readonly analyte: Analyte;
  readonly words: readonly string[];
  readonly trigrams: number;
}

interface NameIndex {
  readonly exact: ReadonlyMap<string, readonly Analyte[]>;
  readonly ordered: ReadonlyMap<string, readonly NameHit[]>;
  readonly loose: ReadonlyMap<string, readonly NameHit[]>;
  readonly forms: readonly (readonly [Analyte, NameForm])[];
  readonly words: ReadonlyMap<Analyte, ReadonlySet<string>>;
}

/** For names that are none of the catalogue's; most are never asked for. */
interface SimilarIndex {
  readonly sounds: ReadonlyMap<string, readonly NameHit[]>;
  readonly names: readonly IndexedName[];
  /** Positions in `names`. */
  readonly byTrigram: ReadonlyMap<string, readonly number[]>;
  /** Trigrams that each of `names` has in common with a question; all 0 between two questions. */
  readonly shared: Uint16Array;
}

const reducedCloseness = 0.95;
const formlessCloseness = 0.9;
const looseCloseness = 0.97;
/** Shorter words sound like too many others. */
const leastSound = 5;

let index: NameIndex | undefined;
let similar: SimilarIndex | undefined;

function nameIndex(): NameIndex {
  index ??= buildIndex();
  return index;
}

function similarIndex(): SimilarIndex {
  similar ??= buildSimilar(nameIndex());
  return similar;
}

function buildIndex(): NameIndex {
  const exact = new Map<string, Analyte[]>();
  const ordered = new Map<string, NameHit[]>();
  const loose = new Map<string, NameHit[]>();
  const forms: (readonly [Analyte, NameForm])[] = [];
  const words = new Map<Analyte, Set<string>>();
  for (const analyte of analytes) {
    const own = new Set<string>();
    for (const name of namesOf(analyte)) {
      push(exact, exactKey(name), analyte);
      const full = readName(name);
      forms.push([analyte, full]);
      for (const word of full.words) own.add(word);
      addForm(full, analyte, 1);
      addForm(withoutAffixes(full), analyte, reducedCloseness);
      addForm(withoutForms(full), analyte, formlessCloseness);
    }
    words.set(analyte, own);
  }
  return { exact, ordered, loose, forms, words };

  function addForm(form: NameForm | null, analyte: Analyte, closeness: number): void {
    if (form === null || form.words.length === 0) return;
    addHit(ordered, orderedKey(form), { analyte, closeness });
    addHit(loose, looseKey(form), { analyte, closeness: closeness * looseCloseness });
  }
}

function buildSimilar({ forms }: NameIndex): SimilarIndex {
  const sounds = new Map<string, NameHit[]>();
  const names: IndexedName[] = [];
  const byTrigram = new Map<string, number[]>();
  const seen = new Set<string>();
  for (const [analyte, full] of forms) {
    const letters = orderedKey(full);
    const key = `${analyte.id} ${letters}`;
    if (letters === "" || seen.has(key)) continue;
    seen.add(key);
    for (const [form, closeness] of [[full, 1], [withoutAffixes(full), reducedCloseness]] as const) {
      const sound = form === null || form.isRatio ? "" : soundOf(form.words);
      if (sound.length >= leastSound) addHit(sounds, sound, { analyte, closeness });
    }
    const trigrams = trigramsOf(letters);
    for (const trigram of trigrams) push(byTrigram, trigram, names.length);
    names.push({ analyte, words: full.words, trigrams: trigrams.size });
  }
  return { sounds, names, byTrigram, shared: new Uint16Array(names.length) };
}

/** True for a name of the catalogue, as printed or with its words in another order. */
export function isKnownName(name: string): boolean {
  return hitsOfPrint(name).length > 0 || hitsOfForm(readName(name)).length > 0;
}

/** Tests with exactly this printed name. */
export function hitsOfPrint(name: string): readonly Analyte[] {
  return nameIndex().exact.get(exactKey(name)) ?? [];
}

/** Tests with these words, in order or in any. */
export function hitsOfForm(form: NameForm): readonly NameHit[] {
  if (form.words.length === 0) return [];
  const { ordered, loose } = nameIndex();
  return [...ordered.get(orderedKey(form)) ?? [], ...loose.get(looseKey(form)) ?? []];
}

/** Tests with a name that sounds the same. */
export function hitsOfSound(form: NameForm): readonly NameHit[] {
  return form.isRatio ? [] : similarIndex().sounds.get(soundOf(form.words)) ?? [];
}

/** Whether every word is one of the test's names' words, or begins one: "Prothrombinz." */
export function areWordsOf(words: readonly string[], analyte: Analyte): boolean {
  const own = nameIndex().words.get(analyte) ?? new Set<string>();
  return words.every((word) =>
    own.has(word) || word.length >= 4 && own.values().some((known) => known.startsWith(word))
  );
}

export interface SimilarName {
  readonly analyte: Analyte;
  readonly words: readonly string[];
  /** Dice's coefficient of trigrams, 0 to 1. */
  readonly likeness: number;
}

/** The names most like this one, at most one a test, best first. */
export function similarNames(form: NameForm, least: number, limit: number): readonly SimilarName[] {
  const { names, byTrigram, shared } = similarIndex();
  const wanted = trigramsOf(orderedKey(form));
  const touched: number[] = [];
  for (const trigram of wanted) {
    for (const position of byTrigram.get(trigram) ?? []) {
      const count = shared[position] ?? 0;
      if (count === 0) touched.push(position);
      shared[position] = count + 1;
    }
  }
  const best = new Map<Analyte, SimilarName>();
  for (const position of touched) {
    const [name, count = 0] = [names[position], shared[position]];
    shared[position] = 0;
    if (name === undefined) continue;
    const likeness = 2 * count / (wanted.size + name.trigrams);
    if (likeness < least || likeness <= (best.get(name.analyte)?.likeness ?? 0)) continue;
    best.set(name.analyte, { analyte: name.analyte, words: name.words, likeness });
  }
  return [...best.values()].sort((a, b) => b.likeness - a.likeness).slice(0, limit);
}

function trigramsOf(letters: string): Set<string> {
  const padded = `  ${letters} `;
  return new Set(Array.from({ length: padded.length - 2 }, (_, at) => padded.slice(at, at + 3)));
}

function exactKey(name: string): string {
  return name.normalize("NFC").replace(/\s+/g, " ").trim();
}

/** Each test once, by its closest name. */
function addHit(map: Map<string, NameHit[]>, key: string, hit: NameHit): void {
  const hits = map.get(key);
  const at = hits?.findIndex(({ analyte }) => analyte === hit.analyte) ?? -1;
  if (hits === undefined) map.set(key, [hit]);
  else if (at < 0) hits.push(hit);
  else if ((hits[at]?.closeness ?? 0) < hit.closeness) hits[at] = hit;
}

function push<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const values = map.get(key);
  if (values === undefined) map.set(key, [value]);
  else values.push(value);
}
