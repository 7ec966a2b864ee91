/**
 * The planted deficits of coverage (src/sample/README.md) are found on the real sample city, read back through imports: a school (D01, D02), a fire station
 * (D06) and a park (D07) that are lacking, and the river without a bridge (D11). Each place stands out from all that are lived in like it.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runImport } from '../../src/base/run.ts';
import type { CityData } from '../../src/checkup/city/city-data.ts';
import { openCity } from '../../src/checkup/open-city.ts';
import { fireCoverage } from '../../src/checkup/operators/fire-coverage.ts';
import { landCoverage } from '../../src/checkup/operators/land-coverage.ts';
import { networkDetour } from '../../src/checkup/operators/network-detour.ts';
import type { Operator, PlaceValues } from '../../src/checkup/operators/operator.ts';
import { personCoverage } from '../../src/checkup/operators/person-coverage.ts';
import { PARK_TIERS } from '../../src/checkup/operators/size-tiers.ts';
import { readCityInput } from '../../src/checkup/read-city-data.ts';
import { NoteBook } from '../../src/core/note.ts';
import { openFile } from '../../src/import/byte-source.ts';
import type { PlaceLevel } from '../../src/import/model.ts';
import { writeSampleCity } from '../../src/sample/write-city.ts';
import type { TestBase } from './open-test-base.ts';
import { TEST_BASES } from './open-test-base.ts';

const FILES = ['shifan.osm.pbf', 'units.csv', 'facilities.csv', 'stations.csv', 'pop_total_shifan.tif'];

describe.each(TEST_BASES)('planted deficits of coverage on the $kind base', ({ open }) => {
  let opened: TestBase;
  let folder: string;
  let city: CityData;
  beforeAll(async () => {
    opened = await open();
    folder = await mkdtemp(join(tmpdir(), 'chengmai-coverage-'));
    await writeSampleCity(folder, { persons: 300_000, seed: 1 });
    const files = await Promise.all(FILES.map((name) => openFile(join(folder, name))));
    try {
      await runImport(opened.base, { cityId: 'shifan', files: files.map((source) => ({ source, options: {} })), who: 'test', strict: true });
    } finally {
      for (const file of files) await file.close();
    }
    const input = await readCityInput(opened.base, 'shifan', new Set(['table:stations']));
    city = openCity(input, { period: 2025, cityClass: undefined, cityRank: undefined }, new NoteBook());
  });
  afterAll(async () => {
    await opened.remove();
    await rm(folder, { recursive: true });
  });

  async function measure(operator: Operator, params: Record<string, unknown>): Promise<PlaceValues> {
    const result = await operator.run(city, operator.params.parse(params), {});
    if ('missing' in result) throw new Error(result.missing.reason.en);
    return result;
  }

  /** Places of a level with at least so many persons, by id with their value, the least first. */
  function ranked({ value }: PlaceValues, level: PlaceLevel, leastPersons: number): { id: string; value: number }[] {
    const { snapshot, tree } = city;
    const total = snapshot.meta.groups.indexOf('total');
    const persons = tree.sum(tree.locate(snapshot.population.pointE7), snapshot.population.persons.subarray(total * snapshot.meta.counts.points, (total + 1) * snapshot.meta.counts.points));
    return [...tree.ofLevel(level)].filter((place) => persons[place] >= leastPersons).map((place) => ({ id: snapshot.text(snapshot.place.id[place]), value: value[place] })).sort((a, b) => a.value - b.value);
  }

  test('D01: one community of 9,200 persons without a kindergarten within 500 m', async () => {
    const places = ranked(await measure(personCoverage, { facilities: ['kindergarten'], radiusM: 500 }), 'community', 5000);
    expect(places[0]).toEqual({ id: '990101004006', value: 0 });
    expect(places[1].value).toBeGreaterThan(30);
  });

  test('D02: two blocks without a junior secondary school within 1,000 m', async () => {
    const places = ranked(await measure(landCoverage, { land: 'residential', facilities: ['junior-secondary-school'], radiusM: 1000 }), 'block', 20_000);
    expect(places.slice(0, 2).map(({ id }) => id).sort()).toEqual(['990103003', '990103004']);
    expect(places[1].value).toBe(0);
    expect(places[2].value).toBeGreaterThan(50);
  });

  test('D06: a block without a fire station, by areas of classes and by minutes', async () => {
    const byClass = [{ class: '特勤', km2: 7 }, { class: '一级', km2: 7 }, { class: '二级', km2: 4 }, { class: '小型', km2: 2 }];
    const result = await measure(fireCoverage, { byClass });
    const places = ranked(result, 'block', 20_000);
    expect(places[0].id).toBe('990103003');
    expect(places[0].value).toBeLessThan(0.5 * places[1].value);
    // every station is in the register with its class
    expect(result.quality).toBe('measured');
    expect(result.notes?.some(({ code }) => code === 'checkup/station-class-unknown')).toBe(false);
    expect(ranked(await measure(fireCoverage, { minutes: 5 }), 'block', 20_000)[0].id).toBe('990103003');
  });

  test('D07: a block without a park', async () => {
    const places = ranked(await measure(landCoverage, { land: 'residential', facilities: ['park'], tiers: PARK_TIERS }), 'block', 20_000);
    expect(places[0].id).toBe('990101003');
    expect(places[0].value).toBeLessThan(25);
    expect(places[1].value).toBeGreaterThan(75);
  });

  test('D11: four communities on both banks, cut off from neighbours they see', async () => {
    const places = ranked(await measure(networkDetour, { statistic: 'share-over' }), 'community', 5000).reverse();
    expect(places.slice(0, 4).map(({ id }) => id).sort()).toEqual(['990101003007', '990101003008', '990101004001', '990101004002']);
  });

  test('along the streets nothing is covered that the straight line does not cover', async () => {
    for (const [operator, params] of [
      [landCoverage, { land: 'residential', facilities: ['park'], tiers: PARK_TIERS }], [landCoverage, { land: 'construction', facilities: ['bus-stop'], radiusM: 500 }],
      [personCoverage, { facilities: ['kindergarten'], radiusM: 500 }], [personCoverage, { facilities: ['park', 'square'], radiusM: 400 }],
    ] as const) {
      const straight = await measure(operator, params);
      for (const by of ['walk', 'bike', 'drive']) {
        const streets = await measure(operator, { ...params, measure: by });
        streets.value.forEach((value, place) => expect(Number.isNaN(value) || value <= straight.value[place]).toBe(true));
      }
    }
  });
});
