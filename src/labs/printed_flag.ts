/** What laboratories print beside a value to say that it is unusual, in one vocabulary: H L HH LL N A CRIT R S I. */

const MARKS: Readonly<Record<string, string>> = {
  "+": "H",
  "++": "HH",
  "+++": "HH",
  "-": "L",
  "--": "LL",
  "---": "LL",
  "−": "L",
  "–": "L",
  "−−": "LL",
  "↑": "H",
  "↑↑": "HH",
  "↓": "L",
  "↓↓": "LL",
  "⬆": "H",
  "⬇": "L",
  "▲▲": "HH",
  "▼▼": "LL",
  "▲": "H",
  "▼": "L",
  "△": "H",
  "▽": "L",
  "⇑": "H",
  "⇓": "L",
  "*": "A",
  "**": "A",
  "<": "L",
  ">": "H",
  "<<": "LL",
  ">>": "HH",
  "!": "A",
  "!!": "A",
  "#": "A",
  H: "H",
  HH: "HH",
  L: "L",
  LL: "LL",
  N: "N",
  A: "A",
  R: "R",
  S: "S",
  I: "I",
  HI: "H",
  LO: "L",
  C: "CRIT",
  CRIT: "CRIT",
  "H*": "HH",
  "L*": "LL",
  "*H": "H",
  "*L": "L",
  "+H": "H",
  "-L": "L",
  "*C": "CRIT",
  "*HH": "HH",
  "*LL": "LL",
  "*A": "A",
};

/** Letters that mark only in a column of marks: Turkish "yüksek" and "düşük". */
const COLUMN_MARKS: Readonly<Record<string, string>> = { Y: "H", D: "L" };

const PHRASES: readonly (readonly [RegExp, string])[] = [
  [/^(?:(?:critical(?:ly)?|alert)(?: (?:high|low))?|critico|critique|kritisch|panic|panik)$/, "CRIT"],
  [/^(?:very high|sehr hoch|tres haut|tres eleve|muy alto|molto alto|above high critical limit)$/, "HH"],
  [/^(?:very low|sehr niedrig|tres bas|muy bajo|molto basso|below low critical limit)$/, "LL"],
  [
    /^(?:(?:abnormally |anormalement )?(?:high|haut|eleve|above)|above (?:high )?(?:reference|normal)(?: (?:limit|range))?)$/,
    "H",
  ],
  [
    /^(?:above range|out of range high|hoch|erhoht|alto|alta|elevado|elevato|aumentado|verhoogd|hoog|yuksek|augmente|superieur|偏高|高)$/,
    "H",
  ],
  [/^haut, (?:croissant|decroissant|stable)$/, "H"],
  [/^bas, (?:croissant|decroissant|stable)$/, "L"],
  [
    /^(?:(?:abnormally |anormalement )?(?:low|bas|below)|below (?:low )?(?:reference|normal)(?: (?:limit|range))?)$/,
    "L",
  ],
  [
    /^(?:below range|out of range low|niedrig|erniedrigt|bajo|baja|disminuido|basso|ridotto|baixo|verlaagd|laag|dusuk|diminue|inferieur|偏低|低)$/,
    "L",
  ],
  [/^(?:normal|normale?s?|norm|within (?:normal|reference) (?:limits|range)|in range|unauffallig|正常)$/, "N"],
  [/^(?:abnormal|anormal|auffallig|pathologisch|anomalo|out of range|异常)$/, "A"],
  [/^(?:resistant|resistente|resistent|resistent)$/, "R"],
  [/^(?:sensible?|sensitive|susceptible|empfindlich|sensibel)$/, "S"],
  [/^(?:intermediate|intermediaire|intermediar|intermedio)$/, "I"],
];

/** The normalised flag a piece of print stands for, or null when it is not one. */
export function readFlag(text: string): string | null {
  const bare = text.trim().replace(/^[([{]\s*|\s*[)\]}.]$/g, "");
  if (bare.length === 0 || bare.length > 40) return null;
  const mark = MARKS[/^([↑↓▲▼⬆⬇]) \1$/.test(bare) ? bare.replace(" ", "") : bare];
  if (mark !== undefined) return mark;
  const folded = foldCase(bare);
  if (!/^[\p{Ll}\p{Script=Han}]/u.test(folded) || folded.length < 1) return null;
  // A lone small letter is a unit or a footnote, never a flag.
  if (/^[a-z]{1,2}$/.test(folded)) return null;
  return PHRASES.find(([pattern]) => pattern.test(folded))?.[1] ?? null;
}

/** As `readFlag`, of what stands in a column of marks. */
export function readColumnFlag(text: string): string | null {
  return readFlag(text) ?? COLUMN_MARKS[text.trim()] ?? null;
}

/** Lower case without accents: how printed words are compared with a vocabulary. */
export function foldCase(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/ı/g, "i").replace(/ß/g, "ss").trim();
}
