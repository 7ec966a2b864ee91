import { describe, expect, it } from 'vitest';
import { Random } from '../../core/random.ts';
import type { At } from '../city/make-city.ts';
import { gridStreets, makeCity } from '../city/make-city.ts';
import { jobLinks, populationLinks, travelFor } from '../city/street-access.ts';
import { NoteBook } from '../../core/note.ts';
import { openReach } from './access-reach.ts';
import { openSupply } from './access-supply.ts';
import { meanReached, openSquareReach } from './square-reach.ts';

describe('reach by squares', () => {
  // homes at the crossings of a grid of 250 m, off the borders of the squares: each square is one home
  const random = new Random(5);
  const city = makeCity({
    streets: gridStreets([100, 100, 2100, 2100], 250),
    residents: Array.from({ length: 81 }, (_, i) => ({ at: [100 + 250 * (i % 9), 100 + 250 * Math.floor(i / 9)] as At, persons: 10 + i })),
    jobs: Array.from({ length: 30 }, () => ({ at: [random.integer(100, 2100), 100 + 250 * random.integer(0, 8)] as At, count: random.integer(1, 50) })),
    places: [{ id: 'city', level: 'city', box: [0, 0, 2300, 2300] }],
  });
  const travel = travelFor(city, 'drive', 's');
  const supply = openSupply(city, { of: 'jobs' });
  if (travel === undefined || 'missing' in supply) throw new Error('the city has streets and jobs');
  const limit = 150;
  const persons = Float64Array.from(city.snapshot.population.persons);
  const residents = populationLinks(city, travel);
  const squares = openSquareReach(travel, city.snapshot.population.pointE7, residents, jobLinks(city, travel), limit, 1, {});

  it('is what sweeps give where a square is one home', () => {
    const sweeps = openReach(city, travel, supply, limit, new NoteBook());
    expect(squares.sideM).toBe(250);
    const forward = squares.reach.forward(supply.weight, { limit });
    // ways along one street count here; where streets are one-way the sweeps leave them out
    sweeps.forward(supply.weight, { limit }).forEach((sum, p) => expect(forward[p]).toBeGreaterThanOrEqual(sum));
    expect(forward.some((sum) => sum > 0 && sum < supply.total)).toBe(true);
    const [half, full] = squares.reach.forwardLimits(supply.weight, [limit / 2, limit]);
    expect(full).toEqual(forward);
    half.forEach((sum, p) => expect(sum).toBeLessThanOrEqual(full[p]));
  });

  it('gives out as much as arrives', () => {
    const there = squares.reach.backward(persons, { limit }).reduce((sum, each, j) => sum + each * supply.weight[j], 0);
    const back = squares.reach.forward(supply.weight, { limit }).reduce((sum, each, p) => sum + each * persons[p], 0);
    expect(there).toBeCloseTo(back, 3);
  });

  it('puts homes together until their number is bounded, and changes little', () => {
    const many = openSquareReach(travel, city.snapshot.population.pointE7, residents, jobLinks(city, travel), limit, 1e9, {});
    expect(many.sideM).toBe(250); // 81 squares are fewer than the 500 that are always allowed
    expect(meanReached(travel, residents, limit)).toBeGreaterThan(10);
  });
});
