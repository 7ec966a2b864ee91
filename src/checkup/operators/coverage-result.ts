/** What the operators of coverage have in common when they answer: why there is no value, how good it is, and what a reader must know. */
import type { Bilingual } from '../../core/bilingual.ts';
import { NoteBook } from '../../core/note.ts';
import type { CityData } from '../city/city-data.ts';
import type { FacilitySet } from '../city/facility-sets.ts';
import { mapTo } from '../city/map-values.ts';
import type { MissingReason } from '../model.ts';
import type { LandKind } from './coverage-schemas.ts';
import type { DataNeed, OperatorResult, PlaceValues, ResultDetail } from './operator.ts';
import type { Measure, ReachParams } from './reach-params.ts';

/** What comes from registries for nine tenths is measured, not a proxy. */
const REGISTERED_SHARE = 0.9;

const missing = (reason: Bilingual, supply: Bilingual): { missing: MissingReason } => ({ missing: { kind: 'no-data', reason, supply } });

export function noLand(land: LandKind): OperatorResult {
  return land === 'residential'
    ? missing({ zh: '数据中没有居住用地。', en: 'The data have no residential land.' }, { zh: '用地图层（用地性质为居住）或含有 landuse=residential 的 OpenStreetMap 数据。', en: 'A land-use layer with residential land, or OpenStreetMap data with landuse=residential.' })
    : missing({ zh: '数据中没有城市建设用地。', en: 'The data have no construction land.' }, { zh: '用地图层（城市建设用地）或含有用地的 OpenStreetMap 数据。', en: 'A land-use layer with construction land, or OpenStreetMap data with land use.' });
}

export function noStreets(): OperatorResult {
  return missing({ zh: '数据中没有道路，无法沿路网计算。', en: 'The data have no streets to measure along.' }, { zh: '含有道路的 OpenStreetMap 数据（.osm.pbf）。', en: 'OpenStreetMap data with streets (.osm.pbf).' });
}

/** What facilities, their reach and the measure need. */
export function reachNeeds(facilities: readonly string[], measure: Measure): DataNeed[] {
  return ['place', ...facilities.map((kind): DataNeed => `facility:${kind}`), ...(measure === 'straight' ? [] : (['network'] as const))];
}

/** Persons of a group by population point; undefined where the data do not have the group, or nobody is in it. */
export function personsOf({ snapshot: { meta, population } }: CityData, group: string): Float32Array | undefined {
  const g = meta.groups.indexOf(group);
  if (g < 0) return undefined;
  const points = meta.counts.points;
  const persons = population.persons.subarray(g * points, (g + 1) * points);
  return persons.some((count) => count > 0) ? persons : undefined;
}

/** Where none counts, it is those that are known and too small that tell. */
export function qualityOf({ number, registered, known, knownRegistered }: FacilitySet): PlaceValues['quality'] {
  const [part, whole] = number.length > 0 ? [registered, number.length] : [knownRegistered, known];
  return whole > 0 && part >= REGISTERED_SHARE * whole ? 'measured' : 'proxy';
}

/** Notes on the facilities of a set, and on land where it comes from a map. */
export function reachNotes(set: FacilitySet, { tiers, leastM2 }: Partial<Pick<ReachParams, 'tiers' | 'leastM2'>>, land?: LandKind): NoteBook {
  const notes = new NoteBook();
  if (set.unsized > 0) {
    notes.add('warning', 'checkup/facility-size-unknown', {
      zh: tiers === undefined ? '部分设施没有面积，未按最小面积筛除。' : '部分设施没有面积，不能按面积确定服务半径。',
      en: tiers === undefined ? 'Some facilities have no known size and were kept whatever the least size.' : 'Some facilities have no known size to tell their radius by.',
    }, undefined, set.unsized);
  }
  const circles = set.circleM.filter((metres) => metres > 0).length;
  if (circles > 0) notes.add('info', 'checkup/ground-as-circle', { zh: '部分场地只有位置和面积、没有边界，按同面积的圆计算边界。', en: 'Some grounds have a place and a size but no border; a circle of that size stands for it.' }, undefined, circles);
  if (set.huge > 0) {
    notes.add('info', 'checkup/radius-not-printed', { zh: '10 公顷及以上的场地，标准未给出服务半径，按参数中的最大一档计算。', en: 'For grounds of 10 ha and more the standard prints no radius; the largest tier of the parameters was taken.' }, undefined, set.huge);
  }
  if (leastM2 !== undefined || tiers !== undefined) {
    const left = set.known - set.number.length;
    if (left > 0) notes.add('info', 'checkup/facility-too-small', { zh: '面积不足的设施未计入。', en: 'Facilities that are too small do not count.' }, undefined, left);
  }
  const proxies = set.number.length - set.registered;
  if (proxies > 0) notes.add('info', 'checkup/facilities-of-map', { zh: '部分设施来自地图而非登记表，可能不全。', en: 'Some of the facilities come from a map, not from a registry, and may be incomplete.' }, undefined, proxies);
  if (land !== undefined) notes.add('info', 'checkup/land-of-map', { zh: '用地来自地图的用地图层，不是规划或调查用地。', en: 'Land use is that of the map, not of a plan or a survey.' });
  return notes;
}

/** Per cent by place, NaN where there is nothing to be covered. */
export function shares(numerator: Float64Array, denominator: Float64Array): Float64Array {
  return numerator.map((part, place) => (denominator[place] > 0 ? Math.min(100, (100 * part) / denominator[place]) : NaN));
}

/** Population points with persons of a group that are not covered, as detail. */
export function listUnserved(persons: Float32Array, covered: Uint8Array): NonNullable<ResultDetail['unserved']> {
  const point: number[] = [];
  for (let p = 0; p < persons.length; p++) if (persons[p] > 0 && covered[p] === 0) point.push(p);
  return { point: Uint32Array.from(point), persons: mapTo(Float32Array, point, (p) => persons[p]) };
}

/** How many of a set's facilities lie in each place. */
export function countFacilities(city: CityData, set: FacilitySet, sumUp: (city: CityData, members: ReturnType<CityData['tree']['locate']>, weights: ArrayLike<number>) => Float64Array): Float64Array {
  const members = city.tree.locate(city.snapshot.facility.pointE7);
  const weights = new Uint8Array(city.snapshot.meta.counts.facilities);
  for (const f of set.number) weights[f] = 1;
  return sumUp(city, members, weights);
}
