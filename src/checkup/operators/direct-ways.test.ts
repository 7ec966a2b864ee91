/** Many homes and doors on one street without a crossing: ways between them pass no node of the graph. The twin is the plain sum along the street, pair by pair. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { listFacilities } from '../city/facility-sets.ts';
import { makeCity } from '../city/make-city.ts';
import { doorLinks, populationLinks, walkMm } from '../city/street-access.ts';
import { metresPerDegree } from '../../engine/spatial/measure.ts';
import { FacilitySearch, residentLists } from './access-pairs.ts';
import { countAlongStreets } from './reach-counts.ts';
import { reachAlongStreets } from './street-reach.ts';

/** Made-up cities lie at the equator. */
const METRES = metresPerDegree(0);

it('are found for all of them, whoever asks', () => {
  const spot = fc.integer({ min: 0, max: 3000 });
  fc.assert(fc.property(fc.uniqueArray(spot, { minLength: 1, maxLength: 25 }), fc.uniqueArray(spot, { minLength: 1, maxLength: 12 }), fc.integer({ min: 100, max: 1200 }), (homes, shops, metres) => {
    const city = makeCity({
      places: [{ id: 'city', level: 'city', box: [-100, -100, 3200, 100] }], streets: [{ line: [[0, 0], [1000, 0], [2000, 0], [3000, 0]] }],
      residents: homes.map((x) => ({ at: [x, 10], persons: 5 })), facilities: shops.map((x) => ({ kind: 'market', at: [x, -10] })),
    });
    const travel = walkMm(city)!;
    const links = populationLinks(city, travel);
    const doors = doorLinks(city, travel, 'market');
    const set = listFacilities(city, { facilities: ['market'], from: 'auto' });
    const limit = 1000 * metres;
    // by number in the snapshot, which has an order of its own
    const { population, facility } = city.snapshot;
    const way = (p: number, f: number): number => (Math.abs(population.pointE7[2 * p] - facility.pointE7[2 * f]) / 1e7) * METRES.lon + 20;
    // a metre of doubt at the limit: off the street is walked, and both ends are rounded
    const sure = homes.flatMap((_, p) => shops.map((__, f) => way(p, f))).every((m) => Math.abs(m - metres) > 1);
    if (!sure) return;
    const counts = countAlongStreets(city, travel, set, links, new Float64Array(shops.length).fill(limit));
    expect(Array.from(counts)).toEqual(homes.map((_, p) => shops.filter((__, f) => way(p, f) <= metres).length));
    const nearest = reachAlongStreets(city, travel, set, links, { way: 'to', limit: new Float64Array(shops.length).fill(limit) });
    homes.forEach((_, p) => {
      const least = Math.min(...shops.map((__, f) => way(p, f)));
      if (least <= metres) expect(Math.abs(nearest[p] / 1000 - least)).toBeLessThan(0.5);
      else expect(nearest[p]).toBeGreaterThan(limit);
    });
    const search = new FacilitySearch(travel, links, residentLists(city, travel), { count: shops.length, links: doors.links, doorEnds: Uint32Array.from(shops, (_, i) => i + 1) }, limit);
    shops.forEach((_, i) => {
      search.run(i);
      const found = Array.from(search.point.subarray(0, search.count)).sort((a, b) => a - b);
      expect(found).toEqual(homes.map((__, p) => p).filter((p) => way(p, doors.facility[i]) <= metres));
    });
  }), { numRuns: 60 });
});
