import { expect, it } from 'vitest';
import { listCatalogue } from './catalogue/list-catalogue.ts';
import { makeCity } from './city/make-city.ts';
import { measureIndicator } from './measure.ts';
import type { Indicator } from './model.ts';

const vacant = listCatalogue().find(({ id }) => id === 'park-floor-vacancy')!;
const zone = (id: string, west: number) => ({ id, level: 'zone' as const, parent: 'c', box: [west, 0, west + 100, 100] as const });
const city = (parks: readonly (readonly [id: string, floor: number, vacantFloor: number])[]) =>
  makeCity({
    places: [{ id: 'c', level: 'city', box: [0, 0, 1000, 1000] }, zone('y1', 0), zone('y2', 200)],
    tables: { parks: parks.map(([park_id, floor, vacant_floor]) => ({ park_id, floor, vacant_floor })) },
  });

async function measure(indicator: Indicator, parks: Parameters<typeof city>[0]) {
  const measured = await measureIndicator(city(parks), indicator, {});
  if ('missing' in measured) return measured.missing.reason.en;
  return { values: [...measured.values.value].filter((value) => !Number.isNaN(value)), notes: (measured.values.notes ?? []).map(({ code, count }) => [code, count]) };
}

it('a share that its register makes more than 100 % is left out and told', async () => {
  expect(await measure(vacant, [['y1', 100, 25], ['y2', 100, 100]])).toMatchObject({ values: expect.arrayContaining([25, 100]) as number[], notes: [] });
  const { values, notes } = (await measure(vacant, [['y1', 100, 25], ['y2', 100, 1200]])) as { values: number[]; notes: unknown[] };
  expect(values).toContain(25);
  expect(values.every((value) => value <= 100)).toBe(true);
  expect(notes).toContainEqual(['checkup/impossible-share', expect.any(Number)]);
});

it('where nothing else is left the indicator is missing and says why', async () => {
  expect(await measure(vacant, [['y1', 100, 1200]])).toContain('contradict each other');
  expect(await measure({ ...vacant, set: 'user' }, [['y1', 100, 1200]])).toMatchObject({ values: expect.arrayContaining([1200]) as number[] });
});
