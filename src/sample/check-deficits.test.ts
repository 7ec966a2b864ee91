import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkDeficits } from './check-deficits.ts';
import { buildPlan } from './plan.ts';
import type { StreetCheck } from './street-check.ts';

interface Expected {
  readonly persons: number;
  readonly seed: number;
  readonly findings: readonly { id: string; unitIds: string[]; measured: Record<string, number> }[];
}

const expected = JSON.parse(readFileSync(new URL('expected-findings.json', import.meta.url), 'utf8')) as Expected;
const readme = readFileSync(new URL('README.md', import.meta.url), 'utf8');

function expectConnected(streets: StreetCheck): void {
  const driving = streets.countStronglyConnected();
  expect(driving.connected).toBe(driving.nodes);
  const walking = streets.countWalkable();
  expect(walking.connected).toBe(walking.nodes);
}

describe('the planted deficits', () => {
  it('are in the default city exactly as expected-findings.json and README.md say', async () => {
    const { proofs, persons, streets } = await checkDeficits(buildPlan(expected.persons, expected.seed));
    expect(proofs.map(({ id, unitIds, measured }) => ({ id, unitIds, measured }))).toEqual(expected.findings.map(({ id, unitIds, measured }) => ({ id, unitIds, measured })));
    expect(proofs.filter((proof) => !proof.holds)).toEqual([]);
    expect(persons).toBe(expected.persons);
    expectConnected(streets);
    for (const { id, unitIds, measured } of proofs) {
      const row = readme.split('\n').find((line) => line.startsWith(`| ${id} `)) ?? '';
      expect(row, `README.md has no row for ${id}`).not.toBe('');
      for (const [what, value] of Object.entries(measured)) if (what !== 'headwayS' && value > 50) expect(row).toContain(value.toLocaleString('en'));
      if (unitIds.length <= 5) for (const unit of unitIds) expect(row).toContain(unit);
    }
  });

  it.each([2, 20_250_601])('are there with seed %i too', async (seed) => {
    const { proofs } = await checkDeficits(buildPlan(300_000, seed));
    expect(proofs.filter((proof) => !proof.holds)).toEqual([]);
  });
});

describe('the streets', () => {
  it('of a grown city can all be reached from one another, driving by the one-way rules and on foot', async () => {
    const { streets } = await checkDeficits(buildPlan(700_000, 5));
    expectConnected(streets);
  });
});
