import { describe, expect, it } from 'vitest';
import type { IsochroneAnswer } from '../../../base/network/reach/isochrone-api.ts';
import { drawFeatures, listBands } from './isochrone-features.ts';
import { toCsvText, toGeoJsonText } from './isochrone-files.ts';

const area = (minutes: number, total: number, facilities: Record<string, number>): IsochroneAnswer['features'][number] => ({
  type: 'Feature',
  properties: { type: 'area', minutes, areaM2: 100 * minutes, streetsM: 10 * minutes, persons: { '65+': 1, total }, jobs: null, facilities },
  geometry: { type: 'MultiPolygon', coordinates: [] },
});
const answer: IsochroneAnswer = {
  type: 'FeatureCollection', mode: 'walk', speedKmh: 3.6, unit: 'minutes', network: 'k',
  features: [area(10, 30, { clinic: 1, school: 2 }), area(5, 20, { school: 1 }), { type: 'Feature', properties: { type: 'streets', minutes: 5 }, geometry: { type: 'MultiLineString', coordinates: [] } }],
  places: [{ lon: 114.3, lat: 30.6, offNetworkM: 4 }],
};
const words = {
  item: 'Item', id: 'Id', area: 'Area', streets: 'Streets', jobs: 'Jobs',
  limit: (limit: number) => `${limit} min`, group: (group: string) => (group === 'total' ? 'All, "of" them' : group), kind: (kind: string) => (kind === 'clinic' ? '=clinic' : kind),
};

describe('isochrones as files', () => {
  it('are a table with a column for each limit, the commonest kind of facility first', () => {
    expect(toCsvText(answer, words)).toBe(
      ['\uFEFFItem,Id,5 min,10 min', 'Area,area_m2,500,1000', 'Streets,streets_m,50,100', '"All, ""of"" them",persons/total,20,30', '65+,persons/65+,1,1', "school,facility/school,1,2", "'=clinic,facility/clinic,0,1", ''].join('\r\n'),
    );
  });

  it('say jobs only where they are known', () => {
    const known = { ...answer, features: [area(5, 1, {})].map((feature) => ({ ...feature, properties: { ...feature.properties, jobs: 7 } as typeof feature.properties })) };
    expect(toCsvText(known, words)).toContain('Jobs,jobs,7');
    expect(toCsvText(answer, words)).not.toContain('Jobs');
  });

  it('are GeoJSON with their places', () => {
    const { features } = JSON.parse(toGeoJsonText(answer)) as { features: { geometry: { type: string; coordinates: unknown } }[] };
    expect(features.map(({ geometry }) => geometry.type)).toEqual(['MultiPolygon', 'MultiPolygon', 'MultiLineString', 'Point']);
    expect(features[3].geometry.coordinates).toEqual([114.3, 30.6]);
  });
});

describe('isochrones as drawn', () => {
  it('have one colour a limit, whatever the order, and leave the streets out when asked', () => {
    expect(listBands(answer).map(({ minutes }) => minutes)).toEqual([5, 10]);
    const drawn = drawFeatures(answer, 'light', true).features.map(({ properties }) => properties);
    expect(drawn.map(({ type }) => type)).toEqual(['area', 'area', 'streets', 'place']);
    expect(drawn[1].colour).toBe(drawn[2].colour);
    expect(drawn[0].colour).not.toBe(drawn[1].colour);
    expect(drawFeatures(answer, 'dark', false).features.map(({ properties }) => properties.type)).toEqual(['area', 'area', 'place']);
  });
});
