/** Department statistics (the health-check indicators that only departments know), industrial parks. */
import { join } from 'node:path';
import { Random } from '../core/random.ts';
import type { BuiltCell } from './cell.ts';
import type { CityPlan } from './plan.ts';
import { CITY_UNIT } from './plan.ts';
import { parkId } from './registries.ts';
import { CsvWriter } from './write-csv.ts';

export const DEPARTMENT_COLUMNS = {
  indicators_dept: ['indicator_id', 'unit_id', 'year', 'value', 'numerator', 'denominator', 'source'],
  parks: ['park_id', 'land_ha', 'floor', 'vacant_floor', 'invest', 'tax', 'output', 'jobs', 'resident_workers', 'approved_date'],
} as const;

/** Statistics come out by the year: the last is the one that is checked up. */
const YEARS = [2021, 2022, 2023, 2024, 2025] as const;

/**
 * indicator number (standards §1.3), values of the city in 2021–2025, the denominator per 10,000 persons where it is a
 * ratio of two counts, the department. What the policy texts ask for by a year (policy-texts.ts) is held against these: some rise fast enough, some do not.
 */
const STATISTICS: readonly { id: number; values: readonly [number, number, number, number, number]; per10k?: number; source: string }[] = [
  { id: 30, values: [57.8, 60.9, 63.2, 66.8, 69.1], per10k: 16, source: '水务局' },
  { id: 31, values: [4, 3, 2, 1, 1], source: '生态环境局' },
  { id: 34, values: [0.14, 0.14, 0.15, 0.16, 0.17], source: '文旅局' },
  { id: 36, values: [55.5, 68, 78, 88.5, 94.2], per10k: 22, source: '住建局' },
  { id: 37, values: [80, 86, 91, 95, 100], per10k: 2, source: '自然资源局' },
  { id: 38, values: [21.6, 20, 18, 17, 15.5], per10k: 2, source: '自然资源局' },
  { id: 39, values: [1, 2, 1, 0, 0], source: '文旅局' },
  { id: 40, values: [1, 0, 0, 0, 0], source: '自然资源局' },
  { id: 41, values: [2, 2, 3, 2, 4], source: '文旅局' },
  { id: 42, values: [27, 26.1, 25.8, 24.9, 24.1], source: '公安局交警支队' },
  { id: 43, values: [5.1, 8, 9.8, 11.2, 12.6], source: '交通运输局' },
  { id: 44, values: [4, 6.1, 8.4, 11.5, 13.1], per10k: 60, source: '住建局' },
  { id: 45, values: [22, 28, 35, 42, 51], per10k: 4, source: '更新办' },
  { id: 46, values: [1.5, 1.3, 1.2, 0.8, 0.9], source: '住建局' },
  { id: 47, values: [9, 7, 6, 4, 3], source: '水务局' },
  { id: 48, values: [0.006, 0.006, 0.007, 0.008, 0.009], source: '水务局' },
  { id: 49, values: [46, 50, 49, 54, 56], per10k: 3, source: '水务局' },
  { id: 50, values: [0, 0, 0, 1, 2], source: '发改委' },
  { id: 51, values: [3, 2, 2, 1, 1], source: '市政处' },
  { id: 52, values: [18, 31, 48, 66, 81], per10k: 11, source: '住建局' },
  { id: 55, values: [4.5, 6.8, 9, 12.5, 14.2], per10k: 20, source: '住建局' },
  { id: 56, values: [45, 55, 62, 71, 80], per10k: 2, source: '住建局' },
  { id: 58, values: [6, 11, 18, 24, 31], source: '自然资源局' },
];

const COUNTED: readonly number[] = [31, 39, 40, 41, 47, 50, 51];

/** How far a district lies from the city: a few per cent for good, a little more or less each year. Weighed by persons they come out as 1. */
function districtFactors(plan: CityPlan, id: number, year: number, persons: readonly number[]): number[] {
  const lasting = new Random(plan.seed * 1000 + id * 10);
  const passing = new Random(plan.seed * 1000 + id * 10 + year);
  const factors = persons.map(() => lasting.between(0.92, 1.08) * passing.between(0.99, 1.01));
  const total = persons.reduce((sum, count) => sum + count, 0);
  const mean = factors.reduce((sum, factor, i) => sum + factor * persons[i], 0) / total;
  return factors.map((factor) => factor / mean);
}

/** Whole numbers in the proportion of `weights` that come to `total`, none above its `most`; what is left over goes to the largest remainders. */
function apportion(total: number, weights: readonly number[], most: readonly number[]): number[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  const shares = weights.map((weight, i) => Math.min(most[i], sum === 0 ? 0 : (total * weight) / sum));
  const parts = shares.map(Math.floor);
  const order = shares.map((share, i) => ({ i, rest: share - Math.floor(share) })).sort((a, b) => b.rest - a.rest || a.i - b.i);
  for (let left = total - parts.reduce((a, b) => a + b, 0); left > 0; ) {
    const before = left;
    for (const { i } of order) {
      if (left === 0 || parts[i] >= most[i]) continue;
      parts[i]++;
      left--;
    }
    if (left === before) break;
  }
  return parts;
}

const inPercent = (numerator: number, denominator: number): number => Math.round((numerator / denominator) * 10_000) / 100;

/** A row of the city and one of each district: counts add up, a printed ratio follows from its printed counts. */
function writeStatistic(csv: CsvWriter, plan: CityPlan, { id, values, per10k, source }: (typeof STATISTICS)[number]): void {
  const persons = plan.districts.map((district) => district.blocks.flatMap((block) => block.cells).reduce((sum, cell) => sum + cell.persons, 0));
  YEARS.forEach((year, index) => {
    const value = values[index];
    const factors = districtFactors(plan, id, year, persons);
    if (per10k === undefined) {
      const parts = COUNTED.includes(id) ? apportion(value, persons, persons) : factors.map((factor) => Number((value * factor).toPrecision(3)));
      [value, ...parts].forEach((part, i) => csv.add([id, i === 0 ? CITY_UNIT : plan.districts[i - 1].unitId, year, part, undefined, undefined, source]));
      return;
    }
    const denominators = persons.map((count) => Math.max(1, Math.round((count / 10_000) * per10k)));
    const whole = denominators.reduce((a, b) => a + b, 0);
    const numerator = Math.round((whole * value) / 100);
    const parts = apportion(numerator, denominators.map((count, i) => count * factors[i]), denominators);
    csv.add([id, CITY_UNIT, year, inPercent(numerator, whole), numerator, whole, source]);
    plan.districts.forEach((district, i) => csv.add([id, district.unitId, year, inPercent(parts[i], denominators[i]), parts[i], denominators[i], source]));
  });
}

export function writeIndicators(dir: string, plan: CityPlan): number {
  const csv = new CsvWriter(join(dir, 'indicators_dept.csv'), DEPARTMENT_COLUMNS.indicators_dept);
  for (const statistic of STATISTICS) writeStatistic(csv, plan, statistic);
  for (const [index, year] of YEARS.entries()) {
    for (const district of plan.districts) csv.add([13, district.unitId, year, 540 - 60 * index, undefined, undefined, '教育局']);
  }
  // wrong on purpose: a unit nobody knows, a value that is no number
  csv.add([30, '990199', 2025, 71.5, undefined, undefined, '水务局']);
  csv.add([55, CITY_UNIT, 2025, '待核', undefined, undefined, '住建局']);
  csv.close();
  return csv.rows;
}

/** One park for each sub-district with industry, summed cell by cell. */
export class IndustrialParks {
  readonly #cells = new Map<string, { count: number; residents: number; served: boolean }>();
  readonly #jobs = new Map<string, number>();

  add(built: BuiltCell): void {
    if (built.cell.zone !== 'industry') return;
    const key = built.cell.block.unitId;
    const known = this.#cells.get(key) ?? { count: 0, residents: 0, served: true };
    known.count++;
    known.residents += built.cell.persons;
    known.served &&= !built.cell.deficits.has('no-services');
    this.#cells.set(key, known);
  }

  write(dir: string, seed: number): number {
    const csv = new CsvWriter(join(dir, 'parks.csv'), DEPARTMENT_COLUMNS.parks);
    for (const [unit, { count, residents, served }] of this.#cells) {
      const random = new Random(seed + Number(unit));
      const land = count * 49;
      const floor = Math.round(land * 10_000 * random.between(0.6, 0.9));
      const perCell = random.integer(2600, 3400);
      const jobs = count * perCell;
      this.#jobs.set(unit, perCell);
      csv.add([parkId({ unitId: unit }), land, floor, Math.round(floor * (served ? 0.08 : 0.31)), land * random.integer(2200, 3600), land * random.integer(90, 160), land * random.integer(1800, 3000), jobs, Math.round(residents * 0.8), `${random.integer(2004, 2014)}-06-18`]);
    }
    csv.close();
    return csv.rows;
  }

  /** Jobs of one community of a park, by its sub-district, once the parks are written. */
  jobsInCell(unitId: string): number {
    return this.#jobs.get(unitId) ?? 0;
  }
}
