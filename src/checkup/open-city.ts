/** What was read of the base → the city as operators see it. Runs in the thread that measures. */
import type { NoteBook } from '../core/note.ts';
import { viewSnapshot } from '../base/snapshot/view-snapshot.ts';
import { openNetwork } from '../engine/graph/network/network.ts';
import type { Attributes, TableContract } from '../import/model.ts';
import { buildCityData } from './city/build-city-data.ts';
import type { TableRow } from './city/build-table.ts';
import { buildCityTable } from './city/build-table.ts';
import { markOutside } from './city/built-up.ts';
import type { CityData, CityTable } from './city/city-data.ts';
import { buildPlaceTree } from './city/place-tree.ts';
import { leaveOutThinMaps } from './city/thin-maps.ts';
import { buildTransitSchedule } from './city/transit-build.ts';
import type { CityClass, CityRank } from './model.ts';
import { cityClassOf } from './grading/city-class.ts';
import type { CityInput, TableInput } from './read-city-data.ts';

export interface CitySettings {
  readonly period: number;
  /** Undefined: by the residents counted. */
  readonly cityClass: CityClass | undefined;
  readonly cityRank: CityRank | undefined;
}

/** What a thread needs of CityInput. */
export type ThreadInput = Pick<CityInput, 'cityId' | 'snapshot' | 'network' | 'tables' | 'transit' | 'fileNames'>;

/** A table's rows with their values parsed. */
export function rowsOf({ batchId, row, key, values, lonLat }: TableInput): TableRow[] {
  return batchId.map((batch, i) => ({
    batchId: batch, row: row[i], key: key[i] ?? undefined, values: JSON.parse(values[i]) as Attributes,
    lon: Number.isNaN(lonLat[2 * i]) ? undefined : lonLat[2 * i], lat: Number.isNaN(lonLat[2 * i + 1]) ? undefined : lonLat[2 * i + 1],
  }));
}

/** Residents of the units that are not outside the built-up area: 城区 of the classes of 国发〔2014〕51号. */
function urbanPersons(snapshot: CityData['snapshot'], tree: CityData['tree']): number {
  const group = snapshot.meta.groups.indexOf('total');
  if (group < 0) return NaN;
  const { points } = snapshot.meta.counts;
  const { leaf } = tree.locate(snapshot.population.pointE7);
  let sum = 0;
  for (let p = 0; p < points; p++) if (leaf[p] >= 0 && tree.outside[leaf[p]] === 0) sum += snapshot.population.persons[group * points + p];
  return sum;
}

/** The city, with notes on rows that could not be used. */
export function openCity(input: ThreadInput, settings: CitySettings, notes: NoteBook): CityData {
  const snapshot = leaveOutThinMaps(viewSnapshot(input.snapshot), notes);
  const tree = buildPlaceTree(snapshot);
  const numbers = new Map(Array.from(snapshot.place.id, (id, place) => [snapshot.text(id), place]));
  const tables = new Map<TableContract, CityTable>();
  for (const table of input.tables) {
    tables.set(table.contract, buildCityTable(rowsOf(table), { tree, find: (id) => numbers.get(id) }, { notes, contract: table.contract, fileName: (batch) => input.fileNames.get(batch) ?? `#${batch}` }));
  }
  const city = markOutside(buildCityData({
    cityId: input.cityId, period: settings.period, cityClass: settings.cityClass ?? 'medium', cityRank: settings.cityRank,
    snapshot, tree, tables, transit: input.transit === undefined ? undefined : buildTransitSchedule(input.transit, settings.period, notes), network: input.network === undefined ? undefined : openNetwork(input.network),
  }));
  noteOutside(city, snapshot.place.outside, notes);
  return settings.cityClass === undefined ? { ...city, cityClass: countedClass(urbanPersons(snapshot, city.tree), notes) } : city;
}

function noteOutside({ tree }: CityData, before: Uint8Array, notes: NoteBook): void {
  const count = tree.outside.reduce((sum, mark, place) => sum + (mark === 1 && before[place] === 0 ? 1 : 0), 0);
  if (count === 0) return;
  notes.add('info', 'checkup/units-outside', {
    zh: '空间单元以农田、林地、水面为主，位于建成区以外：有指标值，不评级，不计入建成区。', en: 'Units are mostly open country: outside the built-up area, they have values but no grades, and do not count as city.',
  }, undefined, count);
}

function countedClass(persons: number, notes: NoteBook): CityClass {
  if (!Number.isNaN(persons)) return cityClassOf(persons);
  notes.add('warning', 'checkup/class-unknown', {
    zh: '没有人口数据，城市规模按中等城市计；可在体检设置中指定。',
    en: 'There is no population, so the city counts as a medium one; its class can be set in the check-up’s settings.',
  });
  return 'medium';
}
