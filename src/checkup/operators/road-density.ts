/**
 * road-density: length of city roads ÷ area, km/km² (#35: built-up area; GB/T 51328-2018).
 *
 * 快速路, 主干路, 次干路 and 支路 stand for OSM's classes by convention; service roads, footways, links of junctions and roads that only some may use do not count. The
 * two carriageways of one road count once (city/road-length.ts); a road along a border counts half on either side. By the built-up area only
 * what lies in it counts. Numerator: km. Denominator: km². Quality `proxy`: streets and their classes are mapped.
 */
import { NoteBook } from '../../core/note.ts';
import { roadLength } from '../city/road-length.ts';
import type { RoadDensityParams } from './count-params.ts';
import { roadDensityParams } from './count-params.ts';
import { divide, noteArea } from './divide.ts';
import { defineOperator } from './operator.ts';
import { areaByPlace } from './per-place.ts';
import { missingStreets } from './quantities.ts';

export const roadDensity = defineOperator<RoadDensityParams>({
  id: 'road-density',
  title: { zh: '路网密度', en: 'Road density' },
  params: roadDensityParams,
  needs: ({ per }) => ['place', 'street', ...(per === 'place-area' ? [] : (['land-use', 'population:total'] as const))],
  run(city, { classes, dual, per }) {
    const length = roadLength(city, classes, dual);
    if (length === undefined) return missingStreets();
    const area = areaByPlace(city, per);
    if ('missing' in area) return area;
    const notes = new NoteBook();
    noteArea(city, per, notes);
    if (length.pairedM > 0) {
      const km = (length.pairedM / 1000).toFixed(1);
      notes.add('info', 'checkup/dual-carriageways', { zh: `成对的单向车行道共 ${km} km，按一条道路计长。`, en: `${km} km of carriageways run in pairs; each pair counts as one road.` });
    }
    const metres = per === 'built-up' ? length.builtUp : length.all;
    return divide({ of: { byPlace: metres.map((each) => each / 1000), quality: 'proxy' }, per: { byPlace: area }, unit: 1e6, times: 1, quality: 'proxy' }, notes);
  },
});
