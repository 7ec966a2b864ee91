/** An answer as the map draws it: every feature with its colour, and the places on top. */
import type { AreaProperties, IsochroneAnswer } from '../../../base/network/reach/isochrone-api.ts';
import type { GeoJsonGeometry } from '../../../engine/spatial/geometry.ts';
import type { Shade } from '../../shell/appearance.tsx';
import { isochroneColours } from './isochrone-colours.ts';

export interface DrawnFeature {
  readonly type: 'Feature';
  readonly properties: { readonly type: 'area' | 'streets' | 'place'; readonly colour: string };
  readonly geometry: GeoJsonGeometry;
}

export interface DrawnFeatures {
  readonly type: 'FeatureCollection';
  readonly features: DrawnFeature[];
}

export const NOTHING_DRAWN: DrawnFeatures = { type: 'FeatureCollection', features: [] };

/** What was counted within each limit, the smallest first. */
export function listBands(answer: IsochroneAnswer): AreaProperties[] {
  return answer.features.flatMap(({ properties }) => (properties.type === 'area' ? [properties] : [])).sort((a, b) => limitOf(a) - limitOf(b));
}

export function limitOf({ minutes, metres }: Pick<AreaProperties, 'minutes' | 'metres'>): number {
  return minutes ?? metres ?? 0;
}

export function drawFeatures(answer: IsochroneAnswer, shade: Shade, streets: boolean): DrawnFeatures {
  const limits = listBands(answer).map(limitOf);
  const colours = isochroneColours(limits.length, shade);
  const shown = answer.features.filter(({ properties }) => streets || properties.type !== 'streets');
  return {
    type: 'FeatureCollection',
    features: [
      ...shown.map(({ properties, geometry }): DrawnFeature => ({ type: 'Feature', properties: { type: properties.type, colour: colours[limits.indexOf(limitOf(properties))] }, geometry })),
      ...answer.places.map(({ lon, lat }): DrawnFeature => ({ type: 'Feature', properties: { type: 'place', colour: colours[0] }, geometry: { type: 'Point', coordinates: [lon, lat] } })),
    ],
  };
}
