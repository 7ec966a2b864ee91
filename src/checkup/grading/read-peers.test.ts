import { expect, it } from 'vitest';
import { listCatalogue } from '../catalogue/list-catalogue.ts';
import { makeCity } from '../city/make-city.ts';
import { gradeRun } from '../grade-run.ts';
import type { Indicator } from '../model.ts';
import { noteUnknownIndicators } from './indicator-words.ts';
import { isPossible } from './possible-values.ts';
import { readPeers } from './read-peers.ts';

const find = (id: string): Indicator => listCatalogue().find((one) => one.id === id)!;
const parks = find('park-coverage');
const roads = find('road-density');

function table(rows: readonly (readonly [peer: string | null, id: string | number, year: number | null, value: number | string | null])[]) {
  return {
    rowCount: rows.length,
    columns: { peer: rows.map(([peer]) => peer), indicator_id: rows.map(([, id]) => id), year: rows.map(([, , year]) => year), value: rows.map(([, , , value]) => value) },
  };
}

it('the latest year up to the one that is checked counts, under the id, the number or the name', () => {
  const { values, notes } = readPeers(table([['B', 'park-coverage', 2024, 70], ['A', 25, 2023, 60], ['A', '#25', 2025, 80], ['A', parks.name.zh, 2024, 75], ['C', '25', 2026, 99]]), [parks, roads], 2025);
  expect(values.get('park-coverage')?.map(({ peer, year, value }) => [peer, year, value])).toEqual([['A', 2025, 80], ['B', 2024, 70]]);
  expect(values.has('road-density')).toBe(false);
  expect(notes.map(({ code, count }) => [code, count])).toEqual([['checkup/peer-later', 1]]);
});

it('what cannot be is noted and not compared with; of a row that comes twice the first counts', () => {
  const { values, notes } = readPeers(table([
    ['A', 'road-density', 2025, 8], ['A', 'road-density', 2025, 9], ['B', 'road-density', 2025, -5], ['C', 'road-density', 2025, 1e308], ['D', 'park-coverage', 2025, 130], ['E', 'nonsense', 2025, 1], [null, 'road-density', 2025, 1], ['F', 'road-density', 2025, 'many'],
  ]), [parks, roads], 2025);
  expect([...values].map(([id, peers]) => [id, peers.map(({ value }) => value)])).toEqual([['road-density', [8]]]);
  expect(Object.fromEntries(notes.map(({ code, count }) => [code, count]))).toEqual({ 'checkup/peer-twice': 1, 'checkup/peer-impossible': 3, 'checkup/peer-unknown-indicator': 1, 'checkup/peer-incomplete': 2 });
});

it('a city is graded against the peers of its file', () => {
  const places = [{ id: 'c', level: 'city' as const, box: [0, 0, 1000, 1000] as const }];
  const indicator: Indicator = { ...roads, thresholds: [] };
  const value = Float64Array.of(7);
  const rows = [5, 6, 8, 10].map((each, i) => ({ peer: `P${i}`, indicator_id: 'road-density', year: 2025, value: each }));
  const grade = (tables: Record<string, typeof rows>) => {
    const request = { previous: undefined, peers: {}, ownThresholds: {} };
    return gradeRun(makeCity({ period: 2025, places, tables }), [{ indicator, values: { value, quality: 'measured' } }], request);
  };
  expect(grade({}).indicators[0].grade).toBeUndefined();
  // the middle of 5, 6, 8, 10 is 7
  expect(grade({ peers: rows }).indicators[0]).toMatchObject({ grade: 'good', steps: [{ by: 'peers', text: { en: 'better than 2 of 4 peer cities' } }] });
  expect(grade({ peers: [...rows, { peer: 'Q', indicator_id: 'x', year: 2025, value: 1 }] }).notes.map(({ code }) => code)).toEqual(['checkup/peer-unknown-indicator']);
});

it('shares lie within 0–100 and counts are no less than 0; ratios and a user’s own units may be anything that a number can say', () => {
  const [share, count] = [parks, find('dangerous-bridges')];
  expect([100, 0, 100.01, -1, NaN, Infinity].map((value) => isPossible(value, share))).toEqual([true, true, false, false, false, false]);
  expect([0, -1, 1e13].map((value) => isPossible(value, count))).toEqual([true, false, false]);
  expect(isPossible(-1, { ...count, unit: { zh: '比值', en: 'ratio' } })).toBe(true);
  expect(isPossible(250, { ...share, set: 'user' })).toBe(true);
});

it('a figure that no indicator asks for is told; what other operators read is asked for', () => {
  const cells = ['30', '＃30', '生活污水集中收集率', 'sewage-collection-rate', 'no-such', 999, null, 'built-up-area'];
  const notes = noteUnknownIndicators({ columns: { indicator_id: cells } }, listCatalogue());
  const told = notes.flatMap(({ examples }) => examples.map(({ value }) => value));
  expect(notes.map(({ code }) => code)).toEqual(['checkup/unknown-indicator']);
  expect(told).toContain('no-such');
  expect(told).toContain('999');
  expect(told).not.toContain('30');
});
