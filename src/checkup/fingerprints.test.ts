/** What changes a need's fingerprint, and what must not. */
import { describe, expect, it } from 'vitest';
import type { CityPlan } from './city/make-city.ts';
import { gridStreets, makeCity } from './city/make-city.ts';
import { Fingerprints } from './fingerprints.ts';
import type { DataNeed } from './operators/operator.ts';

const plan: CityPlan = {
  places: [{ id: 'city', level: 'city', box: [0, 0, 1000, 1000] }, { id: 'a', level: 'community', parent: 'city', box: [0, 0, 500, 1000] }],
  residents: [{ at: [100, 100], persons: { total: 30, '65+': 4 } }],
  facilities: [{ kind: 'clinic', id: 'c', name: '卫生站', at: [10, 10] }, { kind: 'park', id: 'p', box: [0, 0, 100, 100] }, { kind: 'school', id: 's', at: [50, 50], entrances: [[60, 60]] }],
  landUse: [{ kind: 'residential', box: [0, 0, 500, 500] }],
  buildings: [{ box: [10, 10, 20, 20], kind: 'apartments' }],
  jobs: [{ at: [1, 1], count: 5 }],
  streets: gridStreets([0, 0, 1000, 1000], 500),
  tables: { hotline: [{ id: 'h1', category1: '噪声' }] },
};
const NEEDS: readonly DataNeed[] = [
  'place', 'population', 'population:total', 'population:65+', 'land-use', 'building', 'street', 'network', 'job', 'transit', 'settings',
  'facility:clinic', 'facility:kindergarten', 'facility:park', 'facility:school', 'table:hotline', 'table:cases',
];

function changed(other: CityPlan): DataNeed[] {
  const [before, after] = [new Fingerprints(makeCity(plan)), new Fingerprints(makeCity(other))];
  return NEEDS.filter((need) => before.get(need) !== after.get(need));
}

describe('fingerprints', () => {
  it('are the same for the same city, whatever the order of its facilities', () => {
    expect(changed({ ...plan, facilities: plan.facilities?.toReversed() ?? [] })).toEqual([]);
  });

  it('of a new facility: its kind alone, though the numbers of those after it and of all later texts move', () => {
    const facilities = [...(plan.facilities ?? []), { kind: 'kindergarten', id: 'k', name: '幼儿园', at: [20, 20] as const }];
    expect(changed({ ...plan, facilities })).toEqual(['facility:kindergarten']);
  });

  it('of an entrance, a resident, a street, a row, a year', () => {
    const facilities = plan.facilities?.map((facility) => (facility.id === 's' ? { ...facility, entrances: [[61, 60] as const] } : facility)) ?? [];
    expect(changed({ ...plan, facilities })).toEqual(['facility:school']);
    expect(changed({ ...plan, residents: [{ at: [100, 100], persons: { total: 30, '65+': 5 } }] })).toEqual(['population', 'population:65+']);
    expect(changed({ ...plan, streets: gridStreets([0, 0, 1000, 1000], 500, 'footway') })).toEqual(['street', 'network']);
    expect(changed({ ...plan, tables: { hotline: [{ id: 'h1', category1: '停车' }] } })).toEqual(['table:hotline']);
    expect(changed({ ...plan, period: 2024 })).toEqual(['settings']);
    // what a value is made from; class and rank pick the thresholds it is held against
    expect(changed({ ...plan, cityClass: 'super-large', cityRank: 'municipality' })).toEqual([]);
    expect(changed({ ...plan, places: plan.places?.map((place) => (place.id === 'a' ? { ...place, outside: true } : place)) ?? [] })).toEqual(['place']);
  });
});
