import { describe, expect, it } from 'vitest';
import { buildChangeClasses, buildClasses, classOf, meets, quantileBreaks } from './classes.ts';

const hundred = Array.from({ length: 101 }, (_, i) => i);

describe('classes by the standard', () => {
  it('parts at the threshold: every value falls on the side that it is on', () => {
    for (const threshold of [{ op: '>=', value: 85 }, { op: '<=', value: 20 }, { op: 'between', value: 30, upper: 60 }, { op: '=', value: 50 }] as const) {
      const classes = buildClasses(hundred, 'up', threshold, 'light');
      expect(classes.by).toBe('standard');
      for (const value of hundred) expect(classOf(classes, value)?.meets, `${value} ${threshold.op} ${threshold.value}`).toBe(meets(threshold, value));
    }
  });

  it('paints the far end of what falls short darkest, on either side', () => {
    const { classes } = buildClasses(hundred, 'up', { op: '>=', value: 85 }, 'light');
    expect(classes.filter(({ meets: good }) => good === false)[0].colour).toBe('#9c3d05');
    const down = buildClasses(hundred, 'down', { op: '<=', value: 20 }, 'light').classes;
    expect(down.at(-1)?.colour).toBe('#9c3d05');
    expect(down[0].colour).toBe('#105ba4');
  });

  it('counts every place once', () => {
    const { classes } = buildClasses(hundred, 'up', { op: 'between', value: 30, upper: 60 }, 'dark');
    expect(classes.reduce((sum, { places }) => sum + places, 0)).toBe(101);
  });
});

describe('classes without a standard', () => {
  it('are of about as many places each', () => {
    const { by, classes } = buildClasses(hundred, 'down', undefined, 'light');
    expect(by).toBe('quantiles');
    expect(classes.map(({ places }) => places)).toEqual([20, 20, 20, 20, 21]);
  });

  it('give a value that many share a class of its own', () => {
    const values = [...Array.from({ length: 60 }, () => 0), ...Array.from({ length: 40 }, (_, i) => i + 1)];
    const { classes } = buildClasses(values, 'down', undefined, 'light');
    expect(classes[0]).toMatchObject({ from: 0, to: 0, places: 60 });
    expect(classes.slice(1).map(({ places }) => places)).toEqual([10, 10, 10, 10]);
    expect(classOf({ by: 'quantiles', classes }, 0)).toBe(classes[0]);
    expect(classOf({ by: 'quantiles', classes }, 1)).toBe(classes[1]);
    expect(classOf({ by: 'quantiles', classes }, 40)).toBe(classes[4]);
  });

  it('are one where all places are alike, and none where there are none', () => {
    expect(buildClasses([3, 3, 3], 'up', undefined, 'light').classes).toHaveLength(1);
    expect(buildClasses([], 'up', undefined, 'light').classes).toEqual([]);
    expect(quantileBreaks([1, 1, 1, 2], 4)).toEqual([2]);
  });
});

describe('changes', () => {
  it('are blue for the better: upwards where more is better, downwards where less is', () => {
    const better = (direction: 'up' | 'down', change: number): boolean | undefined => classOf(buildChangeClasses([-2, -1, 0, 1, 2], direction, 'light'), change)?.meets;
    expect([better('up', 2), better('up', -2), better('down', 2), better('down', -2), better('up', 0)]).toEqual([true, false, false, true, undefined]);
  });
});
