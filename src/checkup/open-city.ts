/** What was read of the base → the city as operators see it. Runs in the thread that measures. */
import type { Note } from '../core/note.ts';
import { NoteBook } from '../core/note.ts';
import type { Snapshot } from '../base/snapshot/model.ts';
import { viewSnapshot } from '../base/snapshot/view-snapshot.ts';
import type { Network } from '../engine/graph/network/network.ts';
import { openNetwork } from '../engine/graph/network/network.ts';
import type { Attributes, TableContract } from '../import/model.ts';
import { TABLE_CONTRACTS } from '../import/model.ts';
import { buildCityData } from './city/build-city-data.ts';
import type { TableRow } from './city/build-table.ts';
import { buildCityTable } from './city/build-table.ts';
import { markOutside } from './city/built-up.ts';
import type { CityData, CityTable, PlaceTree } from './city/city-data.ts';
import { buildPlaceTree } from './city/place-tree.ts';
import { leaveOutThinMaps } from './city/thin-maps.ts';
import type { TransitRows } from './city/transit-build.ts';
import { buildTransitSchedule } from './city/transit-build.ts';
import type { TransitSchedule } from './city/transit-schedule.ts';
import { Fingerprints } from './fingerprints.ts';
import { keptName } from './kept-memos.ts';
import { KeptParts } from './kept-parts.ts';
import type { CityClass, CityRank } from './model.ts';
import { cityClassOf } from './grading/city-class.ts';
import type { CityInput, InputNames, TableInput } from './read-city-data.ts';
import { NO_NAMES } from './read-city-data.ts';

export interface CitySettings {
  readonly period: number;
  /** Undefined: by the residents counted. */
  readonly cityClass: CityClass | undefined;
  readonly cityRank: CityRank | undefined;
}

/** What a thread needs of CityInput. Names are those of InputNames; without them everything is made anew. */
export type ThreadInput = Pick<CityInput, 'cityId' | 'snapshot' | 'network' | 'tables' | 'transit' | 'coast' | 'fileNames'> & { readonly names?: InputNames };

/** The same without what a thread may have of an earlier run: it says what it lacks. */
export type LightInput = Pick<CityInput, 'cityId' | 'snapshot' | 'coast' | 'fileNames' | 'names'>;

/** Of the parts of an input those that a thread lacked. */
export interface SentParts {
  readonly tables: readonly TableInput[];
  readonly transit: TransitRows | undefined;
  readonly network: Uint8Array<ArrayBuffer> | undefined;
}

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

interface KeptTable {
  readonly table: CityTable;
  readonly notes: readonly Note[];
}

interface KeptSchedule {
  readonly schedule: TransitSchedule | undefined;
  readonly notes: readonly Note[];
}

/** The city, with notes on rows that could not be used. */
export function openCity({ names = NO_NAMES, ...input }: ThreadInput, settings: CitySettings, notes: NoteBook): CityData {
  return new CityOpening({ ...input, names }, settings, new KeptParts(0)).open(input, notes);
}

/** A city while it is opened: what this thread has of it from an earlier run is taken from there, the rest must be sent. */
export class CityOpening {
  readonly #input: LightInput;
  readonly #settings: CitySettings;
  readonly #kept: KeptParts;
  readonly #notes = new NoteBook();
  readonly #snapshot: Snapshot;
  readonly #tree: PlaceTree;
  /** Of places as the base marked them. */
  prints: Fingerprints;
  /** Held, so that what is made meanwhile cannot push it out. */
  readonly #tables = new Map<TableContract, KeptTable>();
  readonly #schedule: KeptSchedule | undefined;
  readonly #network: Network | undefined;

  constructor(input: LightInput, settings: CitySettings, kept: KeptParts) {
    this.#input = input;
    this.#settings = settings;
    this.#kept = kept;
    this.#snapshot = leaveOutThinMaps(viewSnapshot(input.snapshot), this.#notes);
    this.#tree = buildPlaceTree(this.#snapshot);
    this.prints = new Fingerprints({ snapshot: this.#snapshot, tree: this.#tree });
    const find = <Part>(name: string | undefined): Part | undefined => (name === undefined ? undefined : (kept.find(name)?.value as Part | undefined));
    for (const [contract, name] of input.names.tables) {
      const found = find<KeptTable>(this.#tableName(name));
      if (found !== undefined) this.#tables.set(contract, found);
    }
    this.#schedule = find(input.names.transit === undefined ? undefined : this.#transitName(input.names.transit));
    this.#network = find(input.names.network);
  }

  /** Names of the parts that must be sent. */
  get lacking(): string[] {
    const { tables, transit, network } = this.#input.names;
    return [
      ...[...tables].flatMap(([contract, name]) => (this.#tables.has(contract) ? [] : [name])), ...(transit === undefined || this.#schedule !== undefined ? [] : [transit]), ...(network === undefined || this.#network !== undefined ? [] : [network]),
    ];
  }

  /** Rows are of places by where they are and by id. */
  #tableName(name: string): string {
    return `table ${name} ${this.prints.get('place')}`;
  }

  #transitName(name: string): string {
    return `transit ${name} ${this.#settings.period}`;
  }

  /** Each call is a city of its own, which shares what is never changed. */
  open(sent: SentParts, notes: NoteBook): CityData {
    addNotes(notes, this.#notes.list());
    const { cityId } = this.#input;
    const { period, cityClass, cityRank } = this.#settings;
    const tables = this.#openTables(sent.tables, notes);
    const bare = buildCityData({ cityId, period, cityClass: cityClass ?? 'medium', cityRank, snapshot: this.#snapshot, tree: this.#tree, tables, transit: this.#openTransit(sent.transit, notes), network: this.#openNetwork(sent.network), coast: this.#input.coast });
    const city = markOutside(this.#keepMemos(bare));
    noteOutside(city, this.#snapshot.place.outside, notes);
    return cityClass === undefined ? { ...city, cityClass: countedClass(urbanPersons(this.#snapshot, city.tree), notes) } : city;
  }

  #openTables(sent: readonly TableInput[], notes: NoteBook): Map<TableContract, CityTable> {
    const numbers = new Map(Array.from(this.#snapshot.place.id, (id, place) => [this.#snapshot.text(id), place]));
    const rows = new Map(sent.map((table) => [table.contract, table]));
    const tables = new Map<TableContract, CityTable>();
    for (const contract of TABLE_CONTRACTS) {
      const input = rows.get(contract);
      const opened = this.#tables.get(contract) ?? (input === undefined ? undefined : this.#buildTable(input, numbers));
      if (opened === undefined) continue;
      tables.set(contract, opened.table);
      addNotes(notes, opened.notes);
    }
    return tables;
  }

  #buildTable(input: TableInput, numbers: ReadonlyMap<string, number>): KeptTable {
    const notes = new NoteBook();
    const { contract } = input;
    const table = buildCityTable(rowsOf(input), { tree: this.#tree, find: (id) => numbers.get(id) }, { notes, contract, fileName: (batch) => this.#input.fileNames.get(batch) ?? `#${batch}` });
    const built = { table, notes: notes.list() };
    const name = this.#input.names.tables.get(contract);
    if (name !== undefined) this.#kept.keep(this.#tableName(name), built);
    return built;
  }

  #openTransit(rows: TransitRows | undefined, notes: NoteBook): TransitSchedule | undefined {
    let opened = this.#schedule;
    if (opened === undefined && rows !== undefined) {
      const own = new NoteBook();
      opened = { schedule: buildTransitSchedule(rows, this.#settings.period, own), notes: own.list() };
      const name = this.#input.names.transit;
      if (name !== undefined) this.#kept.keep(this.#transitName(name), opened);
    }
    addNotes(notes, opened?.notes ?? []);
    return opened?.schedule;
  }

  #openNetwork(bytes: Uint8Array<ArrayBuffer> | undefined): Network | undefined {
    if (this.#network !== undefined || bytes === undefined) return this.#network;
    const network = openNetwork(bytes);
    const name = this.#input.names.network;
    if (name !== undefined) this.#kept.keep(name, network);
    return network;
  }

  /** The city with what can be kept of its memory taken from and given to the runs around. */
  #keepMemos(city: CityData): CityData {
    const prints = (this.prints = new Fingerprints(city, this.prints));
    return { ...city, memo: (key, build) => city.memo(key, () => this.#recall(keptName(key, (need) => prints.get(need)), build)) };
  }

  #recall<T>(name: string | undefined, build: () => T): T {
    if (name === undefined) return build();
    const found = this.#kept.find(name);
    if (found !== undefined) return found.value as T;
    const made = build();
    this.#kept.keep(name, made);
    return made;
  }
}

/** Notes told before, told again: the same texts, counts and examples. */
function addNotes(notes: NoteBook, told: readonly Note[]): void {
  for (const { level, code, text, count, examples } of told) {
    examples.forEach((example) => notes.add(level, code, text, example));
    if (count > examples.length) notes.add(level, code, text, undefined, count - examples.length);
  }
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
