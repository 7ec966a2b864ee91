import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bd09ToGcj02, bd09ToWgs84, gcj02ToBd09, gcj02ToWgs84, isInShiftedArea, wgs84ToBd09, wgs84ToGcj02 } from './chinese-datum.ts';
import { distanceM } from './measure.ts';

/** Everywhere in the shifted rectangle, half a kilometre and more from its edge, where the shift stops abruptly. */
const inChina = fc.record({ lon: fc.double({ min: 72.02, max: 137.81, noNaN: true }), lat: fc.double({ min: 0.85, max: 55.8, noNaN: true }) });
const anywhere = fc.record({ lon: fc.double({ min: -180, max: 180, noNaN: true }), lat: fc.double({ min: -85, max: 85, noNaN: true }) });

describe('GCJ-02 and BD-09', () => {
  it('agree with the values that other converters publish', () => {
    // The worked examples of the coordtransform packages.
    const [gcjLon, gcjLat] = wgs84ToGcj02(116.404, 39.915);
    expect(gcjLon).toBeCloseTo(116.41024449916938, 10);
    expect(gcjLat).toBeCloseTo(39.91640428150164, 10);
    const [bdLon, bdLat] = gcj02ToBd09(116.404, 39.915);
    expect(bdLon).toBeCloseTo(116.41036949371029, 10);
    expect(bdLat).toBeCloseTo(39.92133699351021, 10);
  });

  it('invert to under a tenth of a millimetre everywhere in China', () => {
    fc.assert(
      fc.property(inChina, ({ lon, lat }) => {
        for (const [there, back] of [[wgs84ToGcj02, gcj02ToWgs84], [wgs84ToBd09, bd09ToWgs84], [gcj02ToBd09, bd09ToGcj02]] as const) {
          const [x, y] = back(...there(lon, lat));
          expect(distanceM(lon, lat, x, y)).toBeLessThan(1e-4);
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('shift by some hundred metres within the rectangle and not at all outside', () => {
    fc.assert(
      fc.property(anywhere, ({ lon, lat }) => {
        const shifted = wgs84ToGcj02(lon, lat);
        if (!isInShiftedArea(lon, lat)) expect([shifted, gcj02ToWgs84(lon, lat), wgs84ToBd09(lon, lat)]).toEqual([[lon, lat], [lon, lat], [lon, lat]]);
        else expect(distanceM(lon, lat, ...shifted)).toBeLessThan(2000);
      }),
      { numRuns: 3000 },
    );
    expect(distanceM(114.3, 30.6, ...wgs84ToGcj02(114.3, 30.6))).toBeGreaterThan(300);
  });
});
