/**
 * The number as `text` prints it, trailing zeros included, for a column that keeps them: 5.4 in "5,40 mg/L" is "5.40".
 * A number that the text does not print stays as it is.
 */
export function printedDigits(value: number | null | undefined, text: string | null | undefined): string | null {
  if (value === null || value === undefined) return null;
  const plain = String(value);
  if (!/^-?\d+(\.\d+)?$/.test(plain)) return plain;
  let longest = plain;
  for (const [digits] of (text ?? "").matchAll(/\d+(?:[.,'’\u00a0\u202f ]\d+)*/g)) {
    const decimals = /[.,](\d+)$/.exec(digits)?.[1]?.length ?? 0;
    const fixed: string = decimals > 0 && decimals <= 15 ? value.toFixed(decimals) : plain;
    const same = fixed.replace(/\D/g, "").replace(/^0+/, "") === digits.replace(/\D/g, "").replace(/^0+/, "");
    if (same && Number(fixed) === value && fixed.length > longest.length) longest = fixed;
  }
  return longest;
}
