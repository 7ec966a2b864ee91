import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, expect, it } from 'vitest';
import { writeIndicators } from './department-tables.ts';
import { buildPlan, CITY_UNIT } from './plan.ts';

const dir = mkdtempSync(join(tmpdir(), 'chengmai-statistics-'));
afterAll(() => rmSync(dir, { recursive: true }));

const COUNTED = ['31', '39', '40', '41', '47', '50', '51'];

it.each([[300_000, 1], [300_000, 7], [1_200_000, 2]])('%d persons, seed %d: districts make up their city in every year of every statistic', (persons, seed) => {
  writeIndicators(dir, buildPlan(persons, seed));
  const rows = parse<Record<string, string>>(readFileSync(join(dir, 'indicators_dept.csv')), { columns: true }).filter((row) => row.unit_id !== '990199' && row.value !== '待核' && row.indicator_id !== '13');
  const groups = new Map<string, typeof rows>();
  for (const row of rows) groups.set(`${row.indicator_id}/${row.year}`, [...(groups.get(`${row.indicator_id}/${row.year}`) ?? []), row]);
  expect(groups.size).toBe(23 * 5);
  for (const [name, group] of groups) {
    const city = group.find(({ unit_id: unit }) => unit === CITY_UNIT)!;
    const districts = group.filter((row) => row !== city);
    const sum = (column: string): number => districts.reduce((total, row) => total + Number(row[column]), 0);
    expect(districts.length, name).toBeGreaterThan(2);
    if (COUNTED.includes(city.indicator_id)) expect(sum('value'), name).toBe(Number(city.value));
    else if (city.denominator !== '') expect([sum('numerator'), sum('denominator')], name).toEqual([Number(city.numerator), Number(city.denominator)]);
    const values = districts.map(({ value }) => Number(value));
    if (!COUNTED.includes(city.indicator_id)) expect(Math.min(...values) <= Number(city.value) && Number(city.value) <= Math.max(...values), `${name}: ${city.value} of ${values.join(', ')}`).toBe(true);
    for (const { numerator, denominator, value } of group) if (denominator !== '') expect(Math.abs(Number(value) - (100 * Number(numerator)) / Number(denominator)), name).toBeLessThan(0.006);
  }
});
