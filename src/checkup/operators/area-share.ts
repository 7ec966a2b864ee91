/**
 * area-share: how much of a place's ground is land of some kinds, under buildings, or the ground of some facilities, % (建筑密度, green share).
 *
 * Land and the ground of facilities are cut by borders, overlaps once; a building's footprint counts where its centre lies. Facilities that are points have
 * no ground here and are noted. Quality `proxy`: all of it is mapped. Cost: one scan of the land.
 */
import { NoteBook } from '../../core/note.ts';
import { scanUnion } from '../../engine/spatial/scan-rows.ts';
import type { CityData } from '../city/city-data.ts';
import { isFilled } from '../city/facility-sets.ts';
import { coverByPlace } from '../city/land-areas.ts';
import type { AreaShareParams } from './count-params.ts';
import { areaShareParams } from './count-params.ts';
import { facilityNeeds, perNeeds } from './count-needs.ts';
import { divide, noteArea } from './divide.ts';
import { listFacilities } from './facility-range.ts';
import type { Missing } from './missing-reasons.ts';
import { missingFacilities } from './missing-reasons.ts';
import { defineOperator } from './operator.ts';
import type { Within } from './per-place.ts';
import { perByPlace, withinOf } from './per-place.ts';
import type { Amount } from './quantities.ts';
import { measureQuantity } from './quantities.ts';

function groundOf(city: CityData, kinds: readonly string[], notes: NoteBook, within: Within): Amount | Missing {
  const facilities = listFacilities(city, kinds);
  if (facilities.length === 0) return missingFacilities(kinds);
  const areas = facilities.filter((f) => isFilled(city, f));
  if (areas.length < facilities.length) notes.add('info', 'checkup/facility-without-ground', { zh: '只有点位、没有范围的设施未计入面积。', en: 'Facilities known as points only count with no ground.' }, undefined, facilities.length - areas.length);
  return { byPlace: coverByPlace(city, (frame) => scanUnion(frame, city.snapshot.facility.shapes, areas), within), quality: 'proxy', detail: { facilities: areas } };
}

function amountOf(city: CityData, of: AreaShareParams['of'], notes: NoteBook, within: Within): Amount | Missing {
  if ('land' in of) return measureQuantity(city, { kind: 'land', land: of.land }, notes, within);
  return 'buildings' in of ? measureQuantity(city, { kind: 'buildings', measure: 'footprint-m2' }, notes, within) : groundOf(city, of.facilities, notes, within);
}

export const areaShare = defineOperator<AreaShareParams>({
  id: 'area-share',
  title: { zh: '面积占比', en: 'Share of an area' },
  params: areaShareParams,
  needs: ({ of, per }) => ['place', ...('land' in of ? (['land-use'] as const) : 'buildings' in of ? (['building', 'population:total'] as const) : facilityNeeds(of.facilities)), ...perNeeds(per)],
  run(city, { of, per }) {
    const notes = new NoteBook();
    const amount = amountOf(city, of, notes, withinOf(city, per));
    if ('missing' in amount) return amount;
    const area = perByPlace(city, { by: per, group: 'total' });
    if ('missing' in area) return area;
    noteArea(city, per, notes);
    return divide({ of: amount, per: { byPlace: area }, unit: 1, times: 100, quality: 'proxy' }, notes);
  },
});
