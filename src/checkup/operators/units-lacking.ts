/**
 * units-lacking: communities or blocks that must have a facility and have none (#10–#12, #17, #23, #24).
 *
 * Asked are units with at least `leastPersons` residents (5,000), not those outside the built-up area; smaller ones are left out, or with `small: joint`
 * assessed together with their neighbours (joint-units.ts). A unit has what stands inside it; with `radiusM` also what stands outside where at least `leastShare` %
 * of its residents live within that distance (the manual lets a facility of street level within 5–10 minutes count and prints no share; half is our
 * reading). A facility that is known to be too small does not count; one of unknown size does, and is noted.
 *
 * Value: 1 lacks, 0 has; above the level how many lack. Numerator: lacking. Denominator: asked. Cost: one search among facilities a population
 * point; 16 bytes a point.
 */
import { NoteBook } from '../../core/note.ts';
import type { PlaceLevel } from '../../import/model.ts';
import type { CityData, PlaceTree } from '../city/city-data.ts';
import { placeAbove, rollUp } from '../city/roll-up.ts';
import { flagOf } from './cell-values.ts';
import { facilityNeeds } from './count-needs.ts';
import type { UnitsLackingParams } from './count-params.ts';
import { unitsLackingParams } from './count-params.ts';
import { facilityPoints, facilityQuality, listFacilities } from './facility-range.ts';
import { assessedUnits } from './joint-units.ts';
import { missingFacilities, missingPopulation, missingReason } from './missing-reasons.ts';
import { indexFacilities } from './near-facilities.ts';
import { defineOperator } from './operator.ts';
import { personsByPlace } from './per-place.ts';

/** The unit of a level that holds each place of the tree; −1 where none does. `parent`: by place the one above. */
function unitOf(tree: PlaceTree, level: PlaceLevel, parent: Int32Array = tree.parent): Int32Array {
  return Int32Array.from({ length: tree.count }, (_, place) => {
    let at = place;
    while (at >= 0 && tree.level(at) !== level) at = parent[at];
    return at;
  });
}

/** How many facilities each unit has, by place. */
function countServing(city: CityData, params: UnitsLackingParams, facilities: Uint32Array, persons: Float64Array, unit: Int32Array): Float64Array {
  const { tree, snapshot: { population, meta } } = city;
  const count = new Float64Array(tree.count);
  const home = new Int32Array(city.snapshot.facility.id.length).fill(-1);
  tree.locate(facilityPoints(city, facilities)).leaf.forEach((leaf, i) => {
    home[facilities[i]] = leaf < 0 ? -1 : unit[leaf];
    if (leaf >= 0 && unit[leaf] >= 0) count[unit[leaf]]++;
  });
  const { radiusM } = params;
  const points = population.pointE7.length / 2;
  // residents known by unit only do not say where in it they live
  if (radiusM === undefined || facilities.length === 0 || points === 0) return count;
  const persons0 = meta.groups.indexOf('total') * points;
  const { leaf } = tree.locate(population.pointE7);
  const near = indexFacilities(city, facilities);
  // those who live outside the built-up area are nobody's but their own unit's
  const lived = unitOf(tree, params.level, placeAbove(city));
  const union = new Float64Array(tree.count);
  /** Persons within reach of a facility outside, by unit and facility. */
  const reached = new Map<number, Map<number, number>>();
  let [own, here, any] = [-1, 0, false];
  const visit = (f: number): void => {
    any = true;
    if (home[f] === own) return;
    let of = reached.get(own);
    if (of === undefined) reached.set(own, (of = new Map()));
    of.set(f, (of.get(f) ?? 0) + here);
  };
  for (let p = 0; p < points; p++) {
    own = leaf[p] < 0 ? -1 : lived[leaf[p]];
    here = population.persons[persons0 + p];
    if (own < 0 || here <= 0) continue;
    any = false;
    near.search(population.pointE7[2 * p], population.pointE7[2 * p + 1], radiusM, visit);
    if (any) union[own] += here;
  }
  const enough = params.leastShare / 100;
  for (const [place, of] of reached) for (const sum of of.values()) if (sum >= enough * persons[place]) count[place]++;
  // several that serve half of it only together are as good as one
  for (let place = 0; place < tree.count; place++) if (count[place] === 0 && union[place] > 0 && union[place] >= enough * persons[place]) count[place] = 1;
  return count;
}

/** Facilities that are not known to be too small; how many of those have an unknown size. */
function bigEnough(city: CityData, { leastFloorM2, leastLandM2 }: UnitsLackingParams, facilities: Uint32Array): { facilities: Uint32Array; unknown: number } {
  const { floorM2, landM2 } = city.snapshot.facility;
  const kept = facilities.filter((f) => !(floorM2[f] < (leastFloorM2 ?? 0)) && !(landM2[f] < (leastLandM2 ?? 0)));
  const isUnknown = (f: number): boolean => (leastFloorM2 !== undefined && Number.isNaN(floorM2[f])) || (leastLandM2 !== undefined && Number.isNaN(landM2[f]));
  return { facilities: kept, unknown: kept.filter(isUnknown).length };
}

/** Places built after 2018 by units.csv; undefined where the register does not say. */
function newUnits(city: CityData): Uint8Array | undefined {
  const table = city.table('units');
  const flags = table?.columns['built_after_2018'];
  if (table === undefined || flags === undefined) return undefined;
  const isNew = new Uint8Array(city.tree.count);
  const { place, meta } = city.snapshot;
  const numbers = new Map(Array.from({ length: meta.counts.places }, (_, i) => [city.snapshot.text(place.id[i]), i]));
  flags.forEach((flag, row) => {
    const at = numbers.get(String(table.columns['unit_id']?.[row] ?? ''));
    if (at !== undefined && flagOf(flag) === true) isNew[at] = 1;
  });
  return isNew;
}

/** Whether a unit, with those it is assessed with, has fewer than they need of a list of kinds. */
function lackingOf(city: CityData, params: UnitsLackingParams, kinds: readonly string[], persons: Float64Array, unit: Int32Array, notes: NoteBook): { lacks: (group: readonly number[]) => boolean; used: Uint32Array } {
  const all = listFacilities(city, kinds);
  const { facilities: fit, unknown } = bigEnough(city, params, all);
  if (unknown > 0) notes.add('info', 'checkup/facility-size-unknown', { zh: '规模不明的设施按达标计。', en: 'Facilities of unknown size count as big enough.' }, undefined, unknown);
  const served = countServing(city, params, fit, persons, unit);
  const isNew = params.onlyNew ? newUnits(city) : undefined;
  // sizes are asked of new units only: others may use what is too small for those
  const servedOld = params.onlyNew && fit.length < all.length ? countServing(city, params, all, persons, unit) : served;
  const count = (place: number): number => (params.onlyNew && isNew?.[place] !== 1 ? servedOld[place] : served[place]);
  const total = (group: readonly number[], of: (place: number) => number): number => group.reduce((sum, place) => sum + of(place), 0);
  const needed = (group: readonly number[]): number => (params.personsEach === undefined ? 1 : Math.max(1, Math.ceil(total(group, (place) => persons[place]) / params.personsEach)));
  return { used: params.onlyNew ? all : fit, lacks: (group) => total(group, count) < needed(group) };
}

export const unitsLacking = defineOperator<UnitsLackingParams>({
  id: 'units-lacking',
  title: { zh: '缺少设施的单元数', en: 'Units that lack a facility' },
  params: unitsLackingParams,
  needs: ({ facilities, also, onlyNew }) => ['place', 'population:total', ...facilityNeeds([...facilities, ...also.flat()]), ...(onlyNew ? (['table:units'] as const) : [])],
  run(city, params) {
    const { tree } = city;
    const persons = personsByPlace(city, 'total');
    if (persons === undefined) return missingPopulation('total');
    const units = tree.ofLevel(params.level);
    if (units.length === 0) return missingReason('not-applicable', { zh: '城市没有该层级的空间单元。', en: 'The city has no units of that level.' }, { zh: 'units.csv', en: 'units.csv' });
    const unknown = [params.facilities, ...params.also].find((kinds) => listFacilities(city, kinds).length === 0);
    if (unknown !== undefined) return missingFacilities(unknown);
    const notes = new NoteBook();
    const unit = unitOf(tree, params.level);
    const lists = [params.facilities, ...params.also].map((kinds) => lackingOf(city, params, kinds, persons, unit, notes));
    const [asked, lacking] = [new Float64Array(tree.count), new Float64Array(tree.count)];
    for (const [place, group] of assessedUnits(city, units, persons, params.leastPersons, params.small === 'joint')) {
      asked[place] = 1;
      if (lists.some(({ lacks }) => lacks(group))) lacking[place] = 1;
    }
    const used = Uint32Array.from(new Set(lists.flatMap((list) => [...list.used]))).sort();
    const [numerator, denominator] = [rollUp(city, lacking), rollUp(city, asked)];
    return {
      value: numerator.map((sum, place) => (denominator[place] > 0 ? sum : NaN)), numerator, denominator, n: denominator,
      quality: facilityQuality(city, used), detail: { facilities: used }, notes: notes.list(),
    };
  },
});
