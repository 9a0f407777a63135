/** What the results with a list of records have in common. */

/** The most records in one result: nearly three years of days, and already a long text for a model. */
export const mostRecords = 1_000;

/** The first records, and, when there were more, a remark that says so. */
export function cutRecords<Row>(found: readonly Row[]): { readonly kept: readonly Row[]; readonly remark: object } {
  if (found.length <= mostRecords) return { kept: found, remark: {} };
  const message =
    `Only the first ${mostRecords} records, which the sums are of; ask for a shorter range to see the others`;
  return { kept: found.slice(0, mostRecords), remark: { truncated: true, message } };
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Null for none. */
export function total(values: readonly number[], digits = 9): number | null {
  return values.length === 0 ? null : roundTo(sum(values), digits);
}

/** The mean as a whole number, null for none. */
export function wholeMean(values: readonly number[]): number | null {
  return values.length === 0 ? null : Math.round(sum(values) / values.length);
}

export function roundTo(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
