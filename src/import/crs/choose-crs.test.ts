import { describe, expect, it } from 'vitest';
import { NoteBook } from '../../core/note.ts';
import type { ImportFacts } from '../model.ts';
import type { ChosenCrs, CrsEvidence } from './choose-crs.ts';
import { chooseCrs } from './choose-crs.ts';
import { findCrs, WGS84 } from './coordinate-system.ts';

function choose(evidence: Omit<CrsEvidence, 'file'>): { chosen: ChosenCrs; codes: string[]; facts: ImportFacts } {
  const notes = new NoteBook();
  const facts: ImportFacts = { seen: {} };
  const chosen = chooseCrs({ file: 'a.csv', ...evidence }, notes, facts);
  return { chosen, codes: notes.list().map((note) => note.code), facts };
}

/** Points of a city in a system's own numbers. */
function points(crs: string, swap = false): number[] {
  const c = Float64Array.of(114.2, 30.5, 114.3, 30.6, 114.4, 30.7);
  findCrs(crs)?.fromWgs84(c);
  return swap ? [c[1], c[0], c[3], c[2], c[5], c[4]] : [...c];
}

describe('chooseCrs', () => {
  it('takes what is stated, then what is declared, then guesses with a note', () => {
    expect(choose({ stated: 'GCJ-02', declared: 'EPSG:4326', sample: points('EPSG:4326') }).facts).toEqual({ seen: {}, crs: 'GCJ-02', crsGuessed: false });
    expect(choose({ declared: 'EPSG:4547', sample: points('EPSG:4547') }).chosen.crs.id).toBe('EPSG:4547');
    const guess = choose({ sample: points('EPSG:4326') });
    expect(guess.facts).toMatchObject({ crs: 'EPSG:4326', crsGuessed: true });
    expect(guess.codes).toEqual(['import/crs-guessed']);
    expect(choose({ sample: points('EPSG:4326'), formatDefault: WGS84 }).codes).toEqual([]);
  });

  it('guesses a Gauss–Krüger zone from the zone number, either way round', () => {
    for (const crs of ['EPSG:4526', 'EPSG:4498']) {
      expect(choose({ sample: points(crs) })).toMatchObject({ chosen: { guessed: true, swapped: false, crs: { id: crs } }, codes: ['import/crs-guessed'] });
      expect(choose({ sample: points(crs, true) }).chosen).toMatchObject({ swapped: true, crs: { id: crs } });
    }
  });

  it('refuses projected numbers without any sign of their system', () => {
    expect(() => choose({ sample: points('EPSG:4547') })).toThrow(expect.objectContaining({ code: 'import/missing-crs', place: expect.objectContaining({ file: 'a.csv' }) }));
    expect(() => choose({ sample: points('EPSG:3857') })).toThrow(expect.objectContaining({ code: 'import/missing-crs' }));
  });

  it('names declarations that the numbers contradict', () => {
    expect(() => choose({ declared: 'EPSG:4326', sample: points('EPSG:4547') })).toThrow(expect.objectContaining({ code: 'import/crs-mismatch' }));
    expect(choose({ declared: 'EPSG:4490', sample: points('EPSG:4526') })).toMatchObject({ chosen: { crs: { id: 'EPSG:4526' } }, codes: ['import/crs-lie'] });
    expect(choose({ declared: 'EPSG:4547', sample: points('EPSG:4326') })).toMatchObject({ chosen: { crs: { id: 'EPSG:4326' } }, codes: ['import/crs-lie'] });
  });

  it('turns axes round where only that makes sense', () => {
    expect(choose({ stated: 'EPSG:4326', sample: points('EPSG:4326', true) })).toMatchObject({ chosen: { swapped: true }, codes: ['import/axes-swapped'] });
    expect(choose({ stated: 'EPSG:4547', sample: points('EPSG:4547', true) })).toMatchObject({ chosen: { swapped: true }, codes: ['import/axes-swapped'] });
    expect(choose({ stated: 'EPSG:4547', sample: points('EPSG:4547') })).toMatchObject({ chosen: { swapped: false }, codes: [] });
    expect(choose({ stated: 'EPSG:4526', sample: points('EPSG:4526') })).toMatchObject({ chosen: { swapped: false }, codes: [] });
  });

  it('is not led astray by a few wild values', () => {
    const sample = [...points('EPSG:4326'), ...points('EPSG:4326'), 0, 0, 999, 999, Number.NaN, 1];
    expect(choose({ sample }).chosen.crs.id).toBe('EPSG:4326');
  });

  it('treats a declared system it does not know as not declared, with a note', () => {
    expect(choose({ declared: 'LOCAL_CS["Wuhan 2000"]', sample: points('EPSG:4326') }).codes).toEqual(['import/unknown-crs', 'import/crs-guessed']);
  });
});
