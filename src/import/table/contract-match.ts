/** Which contract a table follows, and which of its columns is which. */
import type { AttributeValue } from '../model.ts';
import { plainName } from '../features/column-names.ts';
import type { Contract } from './contracts.ts';
import { CONTRACTS } from './contracts.ts';

/** Contract column → the file's column. */
export type ColumnMatch = ReadonlyMap<string, string>;

type Values = Readonly<Record<string, AttributeValue>>;

/** The file's columns by contract column: what is mapped by hand, then by name; each column of the file serves once. */
export function matchColumns(contract: Contract, columns: readonly string[], mapped: Readonly<Record<string, string>>): ColumnMatch {
  const match = new Map<string, string>();
  const taken = new Set<string>();
  const take = (name: string, column: string | undefined): void => {
    if (column === undefined || match.has(name) || taken.has(column)) return;
    match.set(name, column);
    taken.add(column);
  };
  for (const { name } of contract.columns) if (columns.includes(mapped[name])) take(name, mapped[name]);
  const byName = new Map<string, string>();
  for (const column of columns) {
    const plain = plainName(column);
    if (plain !== '' && !byName.has(plain)) byName.set(plain, column);
  }
  for (const { name } of contract.columns) take(name, byName.get(plainName(name)));
  for (const { name, also } of contract.columns) {
    for (const synonym of also) take(name, byName.get(plainName(synonym)));
  }
  return match;
}

function markValuesFit(contract: Contract, match: ColumnMatch, sample: readonly Values[]): boolean {
  if (contract.markValues === undefined) return true;
  const column = match.get(contract.marks[0]);
  const texts = sample.map((row) => (column === undefined ? null : row[column])).filter((value) => value !== null && value !== undefined && value !== '');
  const fitting = texts.filter((value) => contract.markValues?.test(String(value))).length;
  return texts.length > 0 && fitting >= 0.8 * texts.length;
}

/** Keys that are the name of a column in one contract only: `fac_id`, `bldg_id`, `task_id` … */
const OWN_KEYS: ReadonlySet<string> = new Set(CONTRACTS.flatMap(({ key }) => (key !== undefined && key !== 'id' && key !== 'code' && CONTRACTS.filter(({ columns }) => columns.some(({ name }) => name === key)).length === 1 ? [key] : [])));

/** A file that calls its key as one contract alone does needs one mark more to follow it: registers with few columns are registers too. */
function neededMarks({ key, needed }: Contract, match: ColumnMatch): number {
  return key !== undefined && OWN_KEYS.has(key) && match.get(key) === key ? 1 : needed;
}

export interface ContractMatch {
  readonly contract: Contract;
  readonly match: ColumnMatch;
}

/**
 * The contract that a table follows: all required columns and enough of its marks are there. Of several the one that
 * accounts for most columns of the file, by name first.
 */
export function findContract(columns: readonly string[], sample: readonly Values[], mapped: Readonly<Record<string, string>>): ContractMatch | undefined {
  let best: (ContractMatch & { score: number }) | undefined;
  for (const contract of CONTRACTS) {
    const match = matchColumns(contract, columns, mapped);
    const marks = contract.marks.filter((name) => match.has(name)).length;
    const complete = contract.columns.every((column) => !column.required || match.has(column.name));
    if (!complete || marks < neededMarks(contract, match) || !markValuesFit(contract, match, sample)) continue;
    const ownNames = contract.columns.filter(({ name }) => match.has(name) && plainName(match.get(name) ?? '') === plainName(name)).length;
    const score = match.size + ownNames;
    if (best === undefined || score > best.score) best = { contract, match, score };
  }
  return best;
}
