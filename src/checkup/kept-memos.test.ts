/**
 * What outlives a run is what the next one would have made. The whole catalogue is measured on a city and on others that each differ in one thing; whatever two of them keep under the
 * same name must be the same to the bit.
 */
import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { listCatalogue } from './catalogue/list-catalogue.ts';
import { markOutside } from './city/built-up.ts';
import type { CityPlan } from './city/make-city.ts';
import { gridStreets, makeCity } from './city/make-city.ts';
import type { Network } from '../engine/graph/network/network.ts';
import { Fingerprints } from './fingerprints.ts';
import { keptName } from './kept-memos.ts';
import { ASKED_KINDS, MADE_TOWN } from './made-town.ts';
import { measureIndicator } from './measure.ts';

const { facilities } = MADE_TOWN;
const plan: CityPlan = { ...MADE_TOWN, jobs: [{ at: [1500, 500], count: 3000 }], tables: { buildings: MADE_TOWN.tables.buildings, cases: MADE_TOWN.tables.cases } };

const moved = (isMoved: (kind: string) => boolean): CityPlan => ({ ...plan, facilities: facilities.map((one) => (isMoved(one.kind) ? { ...one, at: [990, 490] as const, capacity: 20, landM2: 9000, floorM2: 10 } : one)) });

const OTHERS: Readonly<Record<string, CityPlan>> = {
  'one kindergarten more': { ...plan, facilities: [...facilities, { kind: 'kindergarten', id: 'new', at: [300, 300] as const }] },
  'no kindergarten': { ...plan, facilities: facilities.filter(({ kind }) => kind !== 'kindergarten') },
  'the first kind away, so that all numbers move': { ...plan, facilities: facilities.filter(({ kind }) => kind !== ASKED_KINDS.toSorted()[0]) },
  'another kindergarten': moved((kind) => kind === 'kindergarten'),
  'all others but the kindergarten': moved((kind) => kind !== 'kindergarten'),
  'another resident': { ...plan, residents: [...(plan.residents ?? []), { at: [1700, 200], persons: { total: 900, '65+': 10 } }] },
  'older residents': { ...plan, residents: plan.residents?.map((one) => ({ ...one, persons: { total: 600, '65+': 300 } })) ?? [] },
  'another street': { ...plan, streets: gridStreets([0, 0, 2000, 1000], 200) },
  'other land': { ...plan, landUse: [{ kind: 'residential', box: [0, 0, 900, 900] }, { kind: 'farmland', box: [1000, 0, 2000, 1000] }] },
  'other places': { ...plan, places: plan.places?.map((place) => (place.id === 'c1' ? { ...place, box: [0, 0, 1000, 600] as const } : place)) ?? [] },
  'a place outside': { ...plan, places: plan.places?.map((place) => (place.id === 'c1' ? { ...place, outside: true } : place)) ?? [] },
  'other jobs': { ...plan, jobs: [{ at: [100, 500], count: 4000 }] },
  'other buildings': { ...plan, buildings: [{ box: [10, 10, 90, 90], kind: 'house', storeys: 2 }] },
  'other rows': { ...plan, tables: {} },
  'another year and class': { ...plan, period: 1960, cityClass: 'super-large', cityRank: 'municipality' },
};

/** All that the catalogue makes and a thread would keep, by name. */
async function keptOf(of: CityPlan): Promise<Map<string, unknown>> {
  const bare = makeCity(of);
  const prints = new Fingerprints(bare);
  const kept = new Map<string, unknown>();
  const city = markOutside({
    ...bare,
    memo: (key, build) => {
      const made = bare.memo(key, build);
      const name = keptName(key, (need) => prints.get(need));
      if (name !== undefined) kept.set(name, made);
      return made;
    },
  });
  // each method by itself: the ones behind are otherwise never reached
  for (const indicator of listCatalogue()) for (const method of indicator.methods) await measureIndicator(city, { ...indicator, methods: [method] }, {});
  return kept;
}

/** As text, buffers by a hash of their content; what is no plain data cannot be told the same. */
function textOf(value: unknown): string {
  const seen = new Map<object, number>();
  return JSON.stringify(value, (key, at: unknown) => {
    // a travel graph knows its network, which reads from its own bytes
    if (key === 'network') return textOf((at as Network).bytes);
    if (typeof at === 'function') throw new TypeError('a function is kept, and with it whatever it sees');
    if (typeof at === 'number' && !Number.isFinite(at)) return String(at);
    if (typeof at !== 'object' || at === null) return at;
    const before = seen.get(at);
    if (before !== undefined) return `same as ${before}`;
    seen.set(at, seen.size);
    if (ArrayBuffer.isView(at)) return `${at.constructor.name} ${createHash('sha1').update(new Uint8Array(at.buffer, at.byteOffset, at.byteLength)).digest('hex')}`;
    if (at instanceof Map) return [...at];
    if (at instanceof Set) return [...at];
    const prototype: unknown = Object.getPrototypeOf(at);
    if (!Array.isArray(at) && prototype !== Object.prototype) throw new TypeError(`a ${at.constructor.name} is kept, which may change`);
    return at;
  });
}

it('is the same wherever it has the same name', async () => {
  const whole = await keptOf(plan);
  const texts = new Map([...whole].map(([name, value]) => [name, textOf(value)]));
  const keys = new Set([...whole.keys()].map((name) => name.split(' ')[1].split('/').slice(0, 2).join('/')));
  for (const key of ['streets/travel', 'streets/links', 'access/hierarchy', 'reached/kindergarten', 'built-up/area', 'land-areas/places', 'land-rows/residential']) expect(keys).toContain(key);
  expect(whole.size).toBeGreaterThan(50);
  const differing: string[] = [];
  const same: Record<string, number> = {};
  for (const [what, other] of Object.entries(OTHERS)) {
    for (const [name, value] of await keptOf(other)) {
      const text = texts.get(name);
      if (text === undefined) continue;
      same[what] = (same[what] ?? 0) + 1;
      if (text !== textOf(value)) differing.push(`${what}: ${name}`);
    }
  }
  expect(differing).toEqual([]);
  // what is kept is of use: a kindergarten more leaves nearly all of it as it was
  expect(same['one kindergarten more']).toBeGreaterThan(0.8 * whole.size);
  expect(same['another year and class']).toBe(whole.size);
}, 60_000);
