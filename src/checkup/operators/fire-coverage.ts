/**
 * Share of construction land that fire stations answer for, % (#53).
 *
 * By class: 建标152-2017 gives areas (一级 and 特勤 7 km², 二级 4, 小型 2), not shapes; circles of these areas around the stations, radius √(area/π), stand
 * for them (a proxy of ours). By minutes: land that an engine reaches from the station along the streets in so many minutes, the rule the areas
 * come from; the clock runs on the streets, not between street and station or street and site. Both are values of one indicator by two methods; neither contains the other.
 *
 * An engine drives at the streets' limits without traffic, is not held up at crossings (street-access.ts: ENGINE_TURNS), and keeps to one-way streets and bans of turns: the law frees it from
 * them, medians and gates do not. The time to leave the station is not in the minutes.
 *
 * The class of a station is that of the row of `stations` it came from, or of the nearest such row within 100 m. Numerator and denominator are km², n stations.
 */
import { distanceM } from '../../engine/spatial/measure.ts';
import { throwIfCancelled } from '../../core/errors.ts';
import type { NoteBook } from '../../core/note.ts';
import type { WorkContext } from '../../core/progress.ts';
import type { CityData } from '../city/city-data.ts';
import { listFacilities } from '../city/facility-sets.ts';
import { landRows } from '../city/land-rows.ts';
import { listUnserved, noLand, noStreets, personsOf, qualityOf, reachNotes } from './coverage-result.ts';
import { missingFacilities } from './missing-reasons.ts';
import type { FireCoverageParams } from './coverage-schemas.ts';
import { fireCoverageParams } from './coverage-schemas.ts';
import { coverPersons, reachedPoints } from './cover.ts';
import { coverLand, landValues } from './land-coverage.ts';
import type { OperatorResult } from './operator.ts';
import { defineOperator } from './operator.ts';
import { engineS, populationLinks } from '../city/street-access.ts';

const KIND = 'fire-station';
/** Engines come from the station and drive up to where they are needed; land more than 200 m from any street they may use is not reached (a distance of ours: ten lengths of hose). */
const ENGINES = { way: 'from', freeOffStreetM: 200 } as const;
const SAME_PLACE_M = 100;
const NOWHERE = 0x7fff_ffff;

/** By facility of the kind the class its registry gives it, '' where none does. */
export function stationClasses(city: CityData, numbers: Uint32Array): string[] {
  const table = city.table('stations');
  const { facility } = city.snapshot;
  if (table === undefined) return Array.from(numbers, () => '');
  const classes = table.columns['station_class'] ?? [];
  const ids = table.columns['id'] ?? [];
  const rows = Array.from({ length: table.rowCount }, (_, row) => row).filter((row) => typeof classes[row] === 'string' && classes[row] !== '');
  const byId = new Map(rows.map((row) => [`${KIND}/${String(ids[row])}`, row]));
  return Array.from(numbers, (f) => {
    let best = byId.get(city.snapshot.text(facility.id[f]));
    if (best === undefined) {
      let least = SAME_PLACE_M;
      for (const row of rows) {
        if (table.pointE7[2 * row] === NOWHERE) continue;
        const metres = distanceM(facility.pointE7[2 * f] / 1e7, facility.pointE7[2 * f + 1] / 1e7, table.pointE7[2 * row] / 1e7, table.pointE7[2 * row + 1] / 1e7);
        if (metres <= least) [least, best] = [metres, row];
      }
    }
    return best === undefined ? '' : String(classes[best]);
  });
}

/** Radius of a circle as large as the area a station answers for, metres. */
export function areaRadiusM(km2: number): number {
  return Math.sqrt((km2 * 1e6) / Math.PI);
}

function noteUnknown(notes: NoteBook, unknown: number, km2: number): void {
  if (unknown > 0) notes.add('warning', 'checkup/station-class-unknown', { zh: `部分消防站没有等级，按辖区 ${km2} 平方公里计算。`, en: `Fire stations without a class were taken to answer for ${km2} km².` }, undefined, unknown);
}

function run(city: CityData, { land, byClass, otherwiseKm2, minutes }: FireCoverageParams, { signal }: WorkContext): OperatorResult {
  const rows = landRows(city, land);
  if (rows === undefined) return noLand(land);
  const set = listFacilities(city, { facilities: [KIND], from: 'point' });
  if (set.known === 0) return missingFacilities([KIND]);
  const notes = reachNotes(set, {}, land);
  const travel = minutes === undefined ? undefined : engineS(city);
  if (minutes !== undefined && travel === undefined) return noStreets();
  if (byClass !== undefined) {
    const classes = stationClasses(city, set.number);
    classes.forEach((name, i) => (set.radiusM[i] = areaRadiusM(byClass.find((each) => name.includes(each.class))?.km2 ?? otherwiseKm2)));
    noteUnknown(notes, classes.filter((name) => !byClass.some((each) => name.includes(each.class))).length, otherwiseKm2);
  }
  throwIfCancelled(signal);
  const covered = coverLand(city, land, rows, set, travel, minutes, ENGINES);
  throwIfCancelled(signal);
  const persons = personsOf(city, 'total');
  const reached = persons === undefined ? undefined : travel === undefined ? coverPersons(city, undefined, set, {}) : { covered: reachedPoints(city, travel, set, populationLinks(city, travel), minutes, ENGINES), nearestM: undefined };
  return {
    ...landValues(city, rows, covered, set), quality: qualityOf(set), notes: notes.list(),
    detail: { facilities: set.number, ...(persons !== undefined && reached !== undefined && { unserved: listUnserved(persons, reached.covered), ...(reached.nearestM !== undefined && { nearestM: reached.nearestM }) }) },
  };
}

export const fireCoverage = defineOperator<FireCoverageParams>({
  id: 'fire-coverage',
  title: { zh: '消防站服务覆盖率', en: 'Share of land that fire stations answer for' },
  params: fireCoverageParams,
  needs: ({ minutes }) => ['place', 'land-use', 'population:total', `facility:${KIND}`, ...(minutes === undefined ? (['table:stations'] as const) : (['network'] as const))],
  run,
});
