import { describe, expect, it } from 'vitest';
import { densityBreaks, ordinaryShare } from './density-breaks.ts';

describe('classes of density', () => {
  it('are the known ones for all persons and for groups that are no ages', () => {
    const all = [500, 2000, 5000, 10_000, 20_000, 40_000];
    expect(densityBreaks('total')).toEqual(all);
    expect(densityBreaks('households')).toEqual(all);
    expect(densityBreaks('69-65')).toEqual(all);
  });

  it('follow the share that the chosen ages ordinarily have', () => {
    expect(densityBreaks('65+')).toEqual([100, 400, 1000, 2000, 4000, 8000]);
    expect(densityBreaks('65-69/f')).toEqual([15, 50, 150, 250, 500, 1000]);
    expect(densityBreaks('0-2')).toEqual([20, 80, 200, 400, 800, 1500]);
  });

  it('rise for every group, so that a map can step through them', () => {
    const groups = Array.from({ length: 100 }, (_, age) => [`${age}-${age}`, `${age}-${age + 4}/m`, `${age}+`]).flat();
    for (const group of groups) {
      const breaks = densityBreaks(group);
      expect(breaks, group).toHaveLength(6);
      for (let i = 1; i < 6; i++) expect(breaks[i], group).toBeGreaterThan(breaks[i - 1]);
    }
  });

  it('share out all persons over the bands of a census, both sexes alike', () => {
    const bands = [...Array.from({ length: 16 }, (_, i) => `${5 * i}-${5 * i + 4}`), '80+'];
    const sum = (ofSex: string): number => bands.reduce((total, band) => total + ordinaryShare(band + ofSex), 0);
    expect(sum('')).toBeCloseTo(1, 12);
    expect(sum('/f') + sum('/m')).toBeCloseTo(1, 12);
  });
});
