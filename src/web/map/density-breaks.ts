/** Upper bounds of the density classes of all persons, per km²; the same for every city so that cities compare. */
const BREAKS_OF_ALL = [500, 2_000, 5_000, 10_000, 20_000, 40_000] as const;

const GROUP = /^(\d{1,3})(?:-(\d{1,3})|(\+))(\/[fm])?$/;

/** Everybody lives to here … */
const FULL_UNTIL = 60;
/** … and, evenly fewer from year to year, to here. Puts 19 % at 65 and over, 5 % at 65–69, 4 % below 3: near what Chinese cities count. */
const LAST_AGE = 100;

/** Years lived from birth to an age in that stylised life. */
function yearsUntil(age: number): number {
  const late = Math.min(Math.max(age - FULL_UNTIL, 0), LAST_AGE - FULL_UNTIL);
  return Math.min(age, FULL_UNTIL) + late - late ** 2 / (2 * (LAST_AGE - FULL_UNTIL));
}

/** The share of all persons that an age group has in an ordinary city; 1 for groups that are no ages. */
export function ordinaryShare(group: string): number {
  const match = GROUP.exec(group);
  if (match === null) return 1;
  const from = Number(match[1]);
  const to = match[3] === '+' ? LAST_AGE : Number(match[2]) + 1;
  const years = yearsUntil(to) - yearsUntil(from);
  if (!(years > 0)) return 1;
  return (years / yearsUntil(LAST_AGE)) * (match[4] === undefined ? 1 : 0.5);
}

const ROUND = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10];

/** The nearest number that reads well: one or two digits. */
function rounded(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const digits = value / power;
  return ROUND.reduce((best, candidate) => (Math.abs(candidate - digits) < Math.abs(best - digits) ? candidate : best)) * power;
}

/**
 * Upper bounds of the density classes of a group, persons per km², ascending. A group's classes are those of all persons by its
 * ordinary share: a quarter dense with the old stands out as one dense with people does, and cities still compare.
 */
export function densityBreaks(group: string): readonly number[] {
  const share = ordinaryShare(group);
  return share === 1 ? BREAKS_OF_ALL : BREAKS_OF_ALL.map((limit) => rounded(limit * share));
}
