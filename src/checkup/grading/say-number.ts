/** Numbers as the sentences of grades, findings and reports write them. */

/** One for all: `toLocaleString` makes one a call, which was most of grading a city of 10 M. */
const FORMAT = new Intl.NumberFormat('en-US', { maximumFractionDigits: 9 });

/**
 * Whole from 1,000 up, with thousands apart; two decimals down to 1; three figures that count below. So a count is never rounded away
 * from what the table beside it says (15,593, not 15,590), and a share has no more decimals than anyone reads.
 *
 * @param value finite
 */
export function sayNumber(value: number): string {
  const size = Math.abs(value);
  const rounded = size >= 1000 ? Math.round(value) : size >= 1 ? Number(value.toFixed(2)) : Number(value.toPrecision(3));
  return FORMAT.format(rounded);
}
