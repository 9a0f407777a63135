/** Units inside a row: with their brackets, and those that no list of units can hold. */
import { unitLength } from "./printed_unit.ts";

export interface UnitPlace {
  readonly start: number;
  readonly end: number;
  /** Where reading goes on: behind a bracket around the unit. */
  readonly next: number;
}

/** The unit that stands at a place of a row; `opens` says that a cell begins there. */
export function unitAt(text: string, at: number, afterNumber: boolean, opens: boolean): UnitPlace | null {
  const bracket = /[([]/.test(text[at] ?? "") ? 1 : 0;
  const length = Math.max(
    unitLength(text, at + bracket, afterNumber),
    quotientLength(text, at + bracket, afterNumber),
    afterNumber ? sticky(TORN, text, at + bracket) : 0,
  );
  if (length === 0) return null;
  const end = at + bracket + length + sticky(KIND_OF_UNIT, text, at + bracket + length);
  if (bracket === 1) {
    const closes = /^[)\]]/.test(text.slice(end));
    return closes ? { start: at + 1, end, next: end + 1 } : null;
  }
  const rest = text.slice(end);
  // A unit ends its word; "mg-" or "g.P" do not.
  if (!/^(?:[\s)\],;:([<>≥≤*]|\.(?:\s|$)|$)/.test(rest)) return null;
  // At the start of a cell a short word is a unit only when nothing but a range or bracket follows in that cell.
  if (opens && !afterNumber && /^ [\p{L}]/u.test(rest)) return null;
  return { start: at, end, next: end };
}

/** Nobody knows every unit, but words divided by a volume, mass or time are one: "milhões/mm³", "mm/uur". */
const QUOTIENT =
  /\p{L}{1,10}\.? ?\/ ?(?:[µμmdcn]?[lLg]|mm ?[³3]|[µμ]l|dL|mL|HPF|LPF|field|champ|campo|1 ?(?:ª|a|ère|re|st|\^)? ?h(?:ora|eure|our|r)?|h|uur|heure|hora|ora|saat|Std\.?|min)(?![\p{L}\d])/uy;

/** Recognised pictures tear the prefix off its unit: "m mol/L". */
const TORN = /[mµμunp] (?:mol|g|I?U|UI|[Ee]q)\/(?:d?[lL]|m[lL])(?![\p{L}\d])/uy;

/** D-dimers are given in units of two kinds. */
const KIND_OF_UNIT = / (?:FEU|DDU)(?![\p{L}\d])/uy;

function quotientLength(text: string, at: number, afterNumber: boolean): number {
  const length = sticky(QUOTIENT, text, at);
  // Away from a number it must be a cell of its own.
  const alone = at > 0 && /[\t([]/.test(text[at - 1] ?? "") && /^[)\]]?(?:\t|$)/.test(text.slice(at + length));
  return afterNumber || alone ? length : 0;
}

function sticky(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0].length ?? 0;
}
