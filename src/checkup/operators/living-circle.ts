/**
 * 生活圈设施达标率 (GB 50180-2018 table 3.0.4, appendices B and C): which of the facility types of a level residents have, person by person.
 *
 * - Types, need and service radius: base/facilities/kinds.ts (appendix B is recalled, see there). Levels are additive: the types of the 5-minute circle
 *   are not asked for again at 10 minutes. A type without a radius of its own is held against the walking distance of the level in table 3.0.4: 300, 500, 1,000 m.
 * - Parks must have the level's least size: 0.4 ha (4.0.4, certain), 1 ha and 5 ha (recalled).
 * - `straight`: within the radius as the crow flies, from the border of open spaces. `walk`: moreover within the level's minutes on foot
 *   along the streets at 1 m/s; so it never says more than `straight`.
 * - A type of which the data have not one facility is not judged: none there, or none known, cannot be told apart. It is named in the notes.
 *
 * Value: mean over persons of the share of judged types they have, or share of persons who have all, per cent. What lies outside the built-up
 * area counts for itself only. `lacking`: types that fewer than half of a place's residents have. Types are from registries or a map; quality goes by all
 * facilities together.
 */
import type { Bilingual } from '../../core/bilingual.ts';
import { throwIfCancelled } from '../../core/errors.ts';
import { NoteBook } from '../../core/note.ts';
import type { WorkContext } from '../../core/progress.ts';
import type { FacilityKind } from '../../base/facilities/kinds.ts';
import { FACILITY_KINDS } from '../../base/facilities/kinds.ts';
import type { CityData } from '../city/city-data.ts';
import { listWhere, mapTo } from '../city/map-values.ts';
import { sumInside } from '../city/roll-up.ts';
import { walkS } from '../city/street-access.ts';
import { personsOf } from './access-supply.ts';
import { noStreets } from './coverage-result.ts';
import { findReached } from './facility-reached.ts';
import type { LivingCircleParams } from './living-params.ts';
import { livingCircleSchema } from './living-params.ts';
import type { Missing } from './missing-reasons.ts';
import { missingPopulation, missingReason } from './missing-reasons.ts';
import type { DataNeed, OperatorResult, ResultDetail } from './operator.ts';
import { defineOperator } from './operator.ts';
import { meanOverPersons } from './person-mean.ts';

/** Table 3.0.4: walking distance, m (15 minutes: 800–1,000). Table 4.0.4: least park, m². */
export const LEVELS = { 5: { metres: 300, parkM2: 4000 }, 10: { metres: 500, parkM2: 10_000 }, 15: { metres: 1000, parkM2: 50_000 } } as const;

/** Types of a level. */
export function typesOf(minutes: 5 | 10 | 15, needs: LivingCircleParams['needs']): readonly FacilityKind[] {
  return FACILITY_KINDS.filter(({ circles, need }) => circles.includes(`${minutes}`) && (need === 'must' || (needs === 'all' && need === 'optional')));
}

export interface JudgedType {
  readonly kind: FacilityKind;
  readonly radiusM: number;
  /** By population point: 1 where it is reached. */
  readonly reached: Uint8Array;
}

interface Judged {
  readonly types: readonly JudgedType[];
  readonly unknown: readonly FacilityKind[];
  readonly quality: 'measured' | 'proxy';
}

function judge(city: CityData, { minutes, needs, measure }: LivingCircleParams, { signal }: WorkContext): Judged {
  const types: JudgedType[] = [];
  const unknown: FacilityKind[] = [];
  let [used, registered] = [0, 0];
  for (const kind of typesOf(minutes, needs)) {
    throwIfCancelled(signal);
    // a park is judged by the level it stands for
    const isPark = kind.id === 'park';
    const radiusM = (isPark ? undefined : kind.radius?.metres) ?? LEVELS[minutes].metres;
    const leastM2 = isPark ? LEVELS[minutes].parkM2 : undefined;
    const found = findReached(city, { kind: kind.id, radiusM, ...(leastM2 !== undefined && { leastM2 }), ...(measure === 'walk' && { minutes }) });
    if (found === undefined) unknown.push(kind);
    else {
      types.push({ kind, radiusM, reached: found.reached });
      used += found.count;
      registered += found.registered;
    }
  }
  return { types, unknown, quality: used > 0 && registered >= 0.9 * used ? 'measured' : 'proxy' };
}

function runLivingCircle(city: CityData, params: LivingCircleParams, context: WorkContext): OperatorResult {
  const persons = personsOf(city, params.group);
  if (persons === undefined) return missingPopulation(params.group);
  if (params.measure === 'walk' && walkS(city) === undefined) return noStreets();
  const judged = judge(city, params, context);
  if (judged.types.length === 0) return noTypes(params.minutes);
  const { types } = judged;
  const share = new Float64Array(persons.length);
  for (let p = 0; p < persons.length; p++) {
    let count = 0;
    for (const { reached } of types) count += reached[p];
    share[p] = params.as === 'complete' ? (count === types.length ? 1 : 0) : count / types.length;
  }
  const means = meanOverPersons(city, share, persons, { times: 100 });
  return { ...means, quality: judged.quality, detail: { lacking: listLacking(city, types.map(({ kind, reached }) => ({ word: kind.label, has: reached })), persons), ...unservedOf(share, persons) }, notes: noteUnknown(judged.unknown) };
}

function noTypes(minutes: number): Missing {
  return missingReason('no-data', { zh: `数据中没有${minutes}分钟生活圈的任何一类设施。`, en: `The data have no facility of any type of the ${minutes}-minute living circle.` }, { zh: '设施台账 facilities.csv，或 OSM 文件', en: 'facilities.csv, or an OSM extract' });
}

/** Types that could not be judged, by name. */
export function noteUnknown(kinds: readonly { readonly label: Bilingual }[]): ReturnType<NoteBook['list']> {
  const notes = new NoteBook();
  if (kinds.length > 0) {
    const [zh, en] = [kinds.map(({ label }) => label.zh).join('、'), kinds.map(({ label }) => label.en).join(', ')];
    notes.add('warning', 'checkup/types-not-judged', { zh: `数据中没有以下设施，未计入：${zh}。`, en: `The data have none of these, which are not judged: ${en}.` }, undefined, kinds.length);
  }
  return notes.list();
}

/** Persons who lack something, by point. */
function unservedOf(share: Float64Array, persons: Float32Array): Pick<ResultDetail, 'unserved'> {
  const point = listWhere(share.length, (p) => share[p] < 1 && persons[p] > 0);
  return { unserved: { point, persons: mapTo(Float32Array, point, (p) => persons[p]) } };
}

/** By place the words whose type fewer than half of its residents have. */
export function listLacking(city: CityData, types: readonly { readonly word: Bilingual; readonly has: ArrayLike<number> }[], persons: Float32Array): NonNullable<ResultDetail['lacking']> {
  const members = city.tree.locate(city.snapshot.population.pointE7);
  const all = sumInside(city, members, persons);
  const having = types.map(({ has }) => sumInside(city, members, persons.map((count, p) => count * has[p])));
  const first = new Uint32Array(city.tree.count + 1);
  const word: number[] = [];
  for (let place = 0; place < city.tree.count; place++) {
    if (all[place] > 0) having.forEach((sums, w) => (sums[place] < 0.5 * all[place] ? word.push(w) : 0));
    first[place + 1] = word.length;
  }
  return { words: types.map((type) => type.word), first, word: Uint8Array.from(word) };
}

function needsOf({ minutes, needs, measure, group }: LivingCircleParams): DataNeed[] {
  return ['place', group === 'total' ? 'population' : `population:${group}`, ...typesOf(minutes, needs).map(({ id }): DataNeed => `facility:${id}`), ...(measure === 'walk' ? (['network'] as const) : [])];
}

export const livingCircle = defineOperator({ id: 'living-circle', title: { zh: '生活圈设施达标率', en: 'Living circle attainment' }, params: livingCircleSchema, needs: needsOf, run: runLivingCircle });
