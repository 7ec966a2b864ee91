/**
 * SDG 11.7.1: open public space and streets in per cent of the built-up area.
 *
 * Open public space: the union of parks, squares and playgrounds that are open to all, by their polygons; one known as a point only is left out and
 * noted. Streets: length of each class that everybody may use × an assumed width, since maps rarely have widths: the widths below are assumptions of ours,
 * so the share of streets is an estimate and the whole a `proxy`. What of a street leads through a park counts twice.
 */
import { NoteBook } from '../../core/note.ts';
import { scanUnion } from '../../engine/spatial/scan-rows.ts';
import { builtUpOf } from '../city/built-up.ts';
import type { CityData } from '../city/city-data.ts';
import { isFilled } from '../city/facility-sets.ts';
import { coverByPlace } from '../city/land-areas.ts';
import { roadLength } from '../city/road-length.ts';
import { facilitiesOf } from './access-supply.ts';
import { missingFacilities } from './missing-reasons.ts';
import { noStreets } from './coverage-result.ts';
import type { OpenSpaceShareParams } from './living-params.ts';
import { openSpaceShareSchema } from './living-params.ts';
import type { Missing } from './missing-reasons.ts';
import type { OperatorResult } from './operator.ts';
import { defineOperator } from './operator.ts';

const KINDS = ['park', 'square', 'playground'];

/** Assumed width of one carriageway with its footways, m. */
export const STREET_WIDTHS_M: readonly { readonly classes: readonly string[]; readonly widthM: number }[] = [
  { classes: ['motorway', 'trunk'], widthM: 14 },
  { classes: ['primary'], widthM: 20 },
  { classes: ['secondary'], widthM: 16 },
  { classes: ['tertiary'], widthM: 12 },
  { classes: ['unclassified', 'residential', 'road'], widthM: 9 },
  { classes: ['living_street', 'pedestrian', 'motorway_link', 'trunk_link', 'primary_link', 'secondary_link', 'tertiary_link'], widthM: 6 },
  { classes: ['cycleway', 'footway', 'path', 'steps'], widthM: 2 },
];

function streetM2(city: CityData): Float64Array | undefined {
  let sums: Float64Array | undefined;
  for (const { classes, widthM } of STREET_WIDTHS_M) {
    const length = roadLength(city, classes, 'each');
    if (length === undefined) return undefined;
    sums = length.builtUp.map((metres, place) => (sums?.[place] ?? 0) + metres * widthM);
  }
  return sums;
}

function openM2(city: CityData, notes: NoteBook): Float64Array | Missing {
  const all = facilitiesOf(city, KINDS);
  if (all.length === 0) return missingFacilities(KINDS);
  const drawn = all.filter((f) => isFilled(city, f));
  if (drawn.length < all.length) notes.add('warning', 'checkup/open-space-points', { zh: '只有点位、没有边界的公共空间未计入面积。', en: 'Open spaces known as points only have no area and are left out.' }, undefined, all.length - drawn.length);
  return coverByPlace(city, (frame) => scanUnion(frame, city.snapshot.facility.shapes, drawn), builtUpOf(city).inside);
}

function runShare(city: CityData, { streets, openSpace }: OpenSpaceShareParams): OperatorResult {
  const notes = new NoteBook();
  const built = builtUpOf(city).m2;
  const numerator = new Float64Array(city.tree.count);
  if (openSpace) {
    const open = openM2(city, notes);
    if ('missing' in open) return open;
    open.forEach((m2, place) => (numerator[place] += m2));
  }
  if (streets) {
    const land = streetM2(city);
    if (land === undefined) return noStreets();
    land.forEach((m2, place) => (numerator[place] += m2));
    notes.add('info', 'checkup/assumed-widths', { zh: '街道面积按各等级的假定宽度估算。', en: 'Street land is estimated with assumed widths by class.' });
  }
  return { value: numerator.map((m2, place) => (built[place] > 0 ? Math.min(100, (100 * m2) / built[place]) : NaN)), numerator, denominator: built, quality: 'proxy', notes: notes.list() };
}

export const openSpaceShare = defineOperator({
  id: 'open-space-share', title: { zh: '公共空间用地占比', en: 'Open public space and streets' }, params: openSpaceShareSchema,
  needs: ({ streets, openSpace }) => ['place', 'population', 'land-use', ...(openSpace ? KINDS.map((kind) => `facility:${kind}` as const) : []), ...(streets ? (['street'] as const) : [])],
  run: (city, params) => runShare(city, params),
});
