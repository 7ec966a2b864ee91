/**
 * How much of something each place has: persons, jobs, facilities, buildings, land, rows of a registry, streets. What ratios and densities are made of.
 *
 * Buildings count where their centre lies, facilities where their point does; land and ground are cut by borders. Units: m², m, persons, pieces.
 */
import { NoteBook } from '../../core/note.ts';
import type { CityData } from '../city/city-data.ts';
import { builtUpOf } from '../city/built-up.ts';
import { landAreas } from '../city/land-areas.ts';
import { mapTo } from '../city/map-values.ts';
import { roadLength } from '../city/road-length.ts';
import { insideM2 } from '../city/roll-up.ts';
import type { Quality } from '../model.ts';
import { countRows } from './count-rows.ts';
import type { Quantity } from './count-params.ts';
import { facilityPoints, facilityQuality, listFacilities, measureFacilities, withinSize } from './facility-range.ts';
import type { Missing } from './missing-reasons.ts';
import { missingFacilities, missingPopulation, missingReason, missingSizes } from './missing-reasons.ts';
import type { ResultDetail } from './operator.ts';
import type { Within } from './per-place.ts';
import { jobsByPlace, missingLand, personsByPlace, sumWithin } from './per-place.ts';
import { sumColumns } from './sum-columns.ts';
import { noteThinBuildings, noteThinLand } from './thin-map.ts';

export interface Amount {
  readonly byPlace: Float64Array;
  /** How many things were looked at, by place. */
  readonly n?: Float64Array;
  readonly quality: Exclude<Quality, 'missing'>;
  readonly detail?: ResultDetail;
}

type Of<K extends Quantity['kind']> = Extract<Quantity, { kind: K }>;

/** `within`: only what lies in the built-up area. Notes go to `notes`. */
export function measureQuantity(city: CityData, quantity: Quantity, notes: NoteBook, within?: Within): Amount | Missing {
  switch (quantity.kind) {
    case 'persons': {
      const byPlace = personsByPlace(city, quantity.group, quantity.withoutOutside ? builtUpOf(city).inside : within);
      return byPlace === undefined ? missingPopulation(quantity.group) : { byPlace, quality: 'measured' };
    }
    case 'jobs': {
      const byPlace = jobsByPlace(city, within);
      return byPlace === undefined ? missingReason('no-data', { zh: '没有就业岗位数据。', en: 'There are no jobs.' }, { zh: '含 jobs 的表，或 parks.csv', en: 'a table with jobs, or parks.csv' }) : { byPlace, quality: 'measured' };
    }
    case 'facilities': return measureFacilityAmount(city, quantity, notes, within);
    case 'buildings': return measureBuildings(city, quantity, notes, within);
    case 'area': return { byPlace: quantity.area === 'built-up' ? builtUpOf(city).m2 : insideM2(city), quality: 'measured' };
    case 'land': {
      const byPlace = landAreas(city, quantity.land, within);
      noteThinLand(city, notes);
      return byPlace === undefined ? missingLand() : { byPlace, quality: 'proxy' };
    }
    case 'registry': return measureRegistry(city, quantity, notes, within);
    case 'streets': {
      const length = roadLength(city, quantity.classes, quantity.dual);
      return length === undefined ? missingStreets() : { byPlace: within === undefined ? length.all : length.builtUp, quality: 'proxy' };
    }
  }
}

export function missingStreets(): Missing {
  return missingReason('no-data', { zh: '没有道路数据。', en: 'There are no streets.' }, { zh: '含道路的 OSM 文件', en: 'an OSM file with streets' });
}

function measureFacilityAmount(city: CityData, { facilities: kinds, measure, leastM2, belowM2, estimateFloor }: Of<'facilities'>, notes: NoteBook, within: Within): Amount | Missing {
  const known = listFacilities(city, kinds);
  if (known.length === 0) return missingFacilities(kinds);
  const facilities = withinSize(city, known, { leastM2, belowM2 }, notes);
  const amounts = measureFacilities(city, facilities, measure, notes, estimateFloor);
  if (measure !== 'count' && facilities.length > 0 && amounts.every((amount) => amount === 0)) {
    return missingSizes(kinds, ({ 'floor-m2': 'floor', 'land-m2': 'land', capacity: 'capacity' } as const)[measure]);
  }
  const members = city.tree.locate(facilityPoints(city, facilities));
  return {
    byPlace: sumWithin(city, members, amounts, within), n: sumWithin(city, members, new Float64Array(facilities.length).fill(1), within),
    quality: estimateFloor && notes.list().some(({ code }) => code === 'checkup/facility-floor-estimated') ? 'proxy' : facilityQuality(city, facilities), detail: { facilities },
  };
}

function measureBuildings(city: CityData, { measure, residential }: Of<'buildings'>, notes: NoteBook, within: Within): Amount | Missing {
  const { building } = city.snapshot;
  if (building.footprintM2.length === 0) return missingReason('no-data', { zh: '没有建筑数据。', en: 'There are no buildings.' }, { zh: '含建筑的 OSM 文件或建筑图层', en: 'an OSM file with buildings, or a layer of buildings' });
  noteThinBuildings(city, notes);
  const counts = mapTo(Float64Array, building.residential, (home) => (residential === undefined || (home === 1) === residential ? 1 : 0));
  let unknown = 0;
  const weights = counts.map((one, b) => {
    if (one === 0 || measure === 'count') return one;
    if (measure === 'footprint-m2') return building.footprintM2[b];
    if (building.storeys[b] > 0) return building.footprintM2[b] * building.storeys[b];
    unknown++;
    return 0;
  });
  if (unknown > 0) notes.add('warning', 'checkup/storeys-unknown', { zh: '层数不明的建筑未计入建筑面积。', en: 'Buildings of unknown storeys count with no floor.' }, undefined, unknown);
  const members = city.tree.locate(building.centreE7);
  return { byPlace: sumWithin(city, members, weights, within), n: sumWithin(city, members, counts, within), quality: 'proxy' };
}

function measureRegistry(city: CityData, { table, column, where }: Of<'registry'>, notes: NoteBook, within: Within): Amount | Missing {
  if (column === undefined) {
    const counted = countRows(city, { table, where, within });
    if ('missing' in counted) return counted;
    copyNotes(counted.notes, notes);
    return { byPlace: counted.yes, n: counted.looked, quality: 'measured', detail: { rows: { table, row: counted.rows } } };
  }
  const summed = sumColumns(city, table, [[{ column, times: 1 }]], where, within);
  if ('missing' in summed) return summed;
  copyNotes(summed.notes, notes);
  return { byPlace: summed.sums[0], n: summed.rows, quality: 'measured', detail: { rows: { table, row: summed.row } } };
}

function copyNotes(from: NoteBook, to: NoteBook): void {
  for (const { level, code, text, count, examples } of from.list()) to.add(level, code, text, examples[0], count);
}

/** The worse of two qualities: reported says less than measured, a proxy less than either. */
export function worseQuality(...qualities: readonly Exclude<Quality, 'missing'>[]): Exclude<Quality, 'missing'> {
  return qualities.includes('proxy') ? 'proxy' : qualities.includes('reported') ? 'reported' : 'measured';
}
