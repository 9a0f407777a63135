/** The laboratory as the head of a page prints it; null where nothing there is surely its name. */
import { foldCase } from "./printed_flag.ts";
import type { Row } from "./report_layout.ts";

/** Rows from the top in which a letterhead stands. */
const HEAD_ROWS = 5;
const KIND =
  /\b(?:laborator\w*|(?:\p{L}{3,}|fach|zentral)?labor(?:medizin\w*|gemeinschaft|praxis|verbund)?|laboratuvar\w*|laboratoire|labs?|labo|\p{L}{2,}lab|mvz|diagnosti\w*|patholog\w*|patologia|biolabor|bioreseau|biogroup|hospitals?|ospedale|ziekenhuis|spital|landesklinikum|universitatsklinikum|poliambulatorio|nhs|praxis(?:gemeinschaft)?|gemeinschaftspraxis|tip merkezi|hopital|hastane\w*|krankenhaus|klinik\w*|clinic\w*|clinique|clinica|institut\w*|centre|centro|medical)\b|医院|检验(?:所|中心)|医学/u;
/** What is printed there besides: titles of the report, labels, departments of the reader. */
const TITLE =
  /^(?:(?:your |my |recent )?lab(?:oratory)?(?: test)? (?:report|results?)|labor(?:befund|bericht|werte)|(?:final|patient|test|medical) report|befund\w*|compte[- ]rendu.*|informe.*|referto.*|laudo.*|resultad\w*.*|uitslag\w*|.*raporu|.*报告单?|report status.*|client.*|patient.*|page .*)$/;

export function laboratoryOf(rows: readonly Row[]): string | null {
  const names = rows.slice(0, HEAD_ROWS).flatMap((row) => row.text.split("\t")).map(nameIn).filter((name) =>
    name !== null
  );
  const different = [...new Set(names.map(foldCase))];
  // Two candidates are sender and receiver, and nothing says which is which.
  return different.length === 1 || (names.length > 0 && names[0] === nameIn(rows[0]?.text.split("\t")[0] ?? ""))
    ? names[0] ?? null
    : null;
}

function nameIn(cell: string): string | null {
  // "Labor Dr. Muster, Ringstraße 5, 1010 Wien": the address goes.
  // "某某医院检验报告单": the kind of the paper follows the name without a blank.
  const name = cell.replace(/\s*[·|–—].*$|\s-\s.*$|,(?=.*\d).*$|(?<=医院|中心)\s?[^医]*报告单?(?:[（(].*)?$/u, "")
    .trim();
  if (name.length < 4 || name.length > 80 || /[:@;]|\d{3}/.test(name)) return null;
  const folded = foldCase(name);
  return KIND.test(folded) && !TITLE.test(folded) && name.split(" ").length <= 9 ? name : null;
}
