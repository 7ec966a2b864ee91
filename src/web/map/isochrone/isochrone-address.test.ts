import { describe, expect, it } from 'vitest';
import { parseMinutes, placeAt, readIsochrones, USUAL_CHOICE, writeIsochrones } from './isochrone-address.ts';
import type { IsochroneChoice } from './isochrone-address.ts';

describe('isochrones in the address', () => {
  const choice: IsochroneChoice = { mode: 'bike', minutes: [3, 7.5], speedKmh: 14, places: [[114.300001, 30.6], [114.31, 30.61]], streets: false };

  it('come back as they went', () => {
    const query = writeIsochrones(new URLSearchParams('level=block'), choice);
    expect(query.toString()).toBe('level=block&reach=bike&from=114.300001%2C30.6%3B114.31%2C30.61&min=3%2C7.5&kmh=14&lines=no');
    expect(readIsochrones(query)).toEqual(choice);
    expect(writeIsochrones(query, undefined).toString()).toBe('level=block');
  });

  it('say only what differs from the usual', () => {
    expect(writeIsochrones(new URLSearchParams(), USUAL_CHOICE).toString()).toBe('reach=walk');
    expect(readIsochrones(new URLSearchParams('reach=walk'))).toEqual(USUAL_CHOICE);
  });

  it('are closed, or usual, where the address makes no sense', () => {
    expect(readIsochrones(new URLSearchParams('reach=fly'))).toBeUndefined();
    expect(readIsochrones(new URLSearchParams('reach=walk&min=a&kmh=-3&from=1,2,3;200,0;,5;114,30'))).toEqual({ ...USUAL_CHOICE, places: [[114, 30]] });
  });

  it('take minutes as people write them', () => {
    expect(parseMinutes('15，5、10 5')).toEqual([5, 10, 15]);
    for (const text of ['', '0', '-5', '241', '5;x', '1 2 3 4 5 6 7 8 9']) expect(parseMinutes(text)).toBeUndefined();
  });

  it('hold one place, or several when asked', () => {
    expect(placeAt(choice, [1, 2], false).places).toEqual([[1, 2]]);
    expect(placeAt(choice, [1, 2], true).places).toHaveLength(3);
  });
});
