/**
 * street-length: length of streets with certain tags: km, share of what is looked at, or km per km² of built-up area (#18 walkways below standard, cycle lanes,
 * lit streets, tree-lined streets).
 *
 * `asked` leaves out streets of which the map says nothing: without it an untagged street counts as one without the trait. Carriageways count each.
 * Numerator: km with the tags. Denominator: km looked at, or km². Quality `proxy`: tags are mapped.
 */
import { NoteBook } from '../../core/note.ts';
import type { CityData } from '../city/city-data.ts';
import { builtUpOf } from '../city/built-up.ts';
import { besidePieces, cutStreets, halves } from '../city/street-pieces.ts';
import { listWays, streetTags } from '../city/street-tags.ts';
import type { StreetLengthParams } from './count-params.ts';
import { streetLengthParams } from './count-params.ts';
import { noteBuiltUp } from './divide.ts';
import { missingReason } from './missing-reasons.ts';
import { defineOperator } from './operator.ts';
import { sumWithin, withinOf } from './per-place.ts';
import { missingStreets } from './quantities.ts';

/** Whether a way has all tags of one of the alternatives. */
function hasTags(city: CityData, alternatives: StreetLengthParams['tags'], way: number): boolean {
  const tags = streetTags(city);
  return alternatives.some((alternative) => Object.entries(alternative).every(([key, values]) => {
    const value = tags.get(way, key);
    return value !== '' && (values.includes('*') || value.split(';').some((each) => values.includes(each.trim())));
  }));
}

export const streetLength = defineOperator<StreetLengthParams>({
  id: 'street-length',
  title: { zh: '道路长度', en: 'Length of streets' },
  params: streetLengthParams,
  needs: ({ value }) => ['place', 'street', ...(value === 'density' ? (['land-use', 'population:total'] as const) : [])],
  run(city, { classes, tags: alternatives, asked, value }) {
    if (city.snapshot.street.wayEnds.length === 0) return missingStreets();
    const tags = streetTags(city);
    const ways = listWays(city, classes);
    const looked = asked.length === 0 ? ways : ways.filter((way) => asked.some((key) => tags.get(way, key) !== ''));
    if (looked.length === 0) {
      return missingReason('no-data', asked.length === 0 ? { zh: `地图中没有所指等级的道路（OSM highway=${classes.join('、')}）。`, en: `The map has no street of the classes asked for (OSM highway=${classes.join(', ')}).` } : { zh: `地图中没有道路带有标签 ${asked.join('、')}。`, en: `No street of the map has the tags ${asked.join(', ')}.` }, { zh: '补充 OSM 道路标签，或部门指标', en: 'tags of streets in OSM, or department statistics' });
    }
    const pieces = cutStreets(city, looked);
    const has = new Map(Array.from(looked, (way) => [way, hasTags(city, alternatives, way)]));
    const within = withinOf(city, value === 'density' ? 'built-up' : undefined);
    const members = city.tree.locate(besidePieces(pieces));
    const km = pieces.lengthM.map((metres) => metres / 1000);
    const all = sumWithin(city, members, halves(km), within);
    const numerator = sumWithin(city, members, halves(km.map((each, i) => (has.get(pieces.way[i]) === true ? each : 0))), within);
    const notes = new NoteBook();
    if (looked.length < ways.length) notes.add('info', 'checkup/street-tags-unknown', { zh: `没有标签 ${asked.join('、')} 的道路未计入。`, en: `Streets without the tags ${asked.join(', ')} were left out.` }, undefined, ways.length - looked.length);
    if (value === 'density') noteBuiltUp(city, notes);
    const denominator = value === 'density' ? builtUpOf(city).m2.map((m2) => m2 / 1e6) : all;
    const of = (sum: number, place: number): number => (all[place] === 0 && value !== 'density' ? NaN : value === 'km' ? sum : denominator[place] > 0 ? ((value === 'share' ? 100 : 1) * sum) / denominator[place] : NaN);
    return { value: numerator.map(of), numerator, denominator, quality: 'proxy', notes: notes.list() };
  },
});
