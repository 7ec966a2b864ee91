/**
 * The rows that tiles are made of, and the tiles themselves, remembered per revision.
 *
 * Zooms 14 and deeper are cut from *blocks*: all rows of one z14 tile, read in one statement and kept decoded, so that the
 * 21 tiles of z14–16 below it cost one read. Shallower tiles read their own rows, filtered by kind and size in SQL. Both
 * caches are bounded by bytes. A revision never changes, so nothing is ever invalidated; old revisions age out.
 */
import type { Database } from './database.ts';
import type { Box } from '../engine/spatial/geometry.ts';
import { LruCache } from './lru-cache.ts';
import { OVERVIEW_CONDITION } from './migrations/0002-overview-index.ts';
import { DERIVED_BATCH } from './store/revisions.ts';
import { buildTile, sortForDrawing } from './tiles/build-tile.ts';
import type { TileAddress, TileFeature, TileProperty } from './tiles/build-tile.ts';
import type { KindFilter, LayerRule } from './tiles/generalise.ts';
import { CUSTOM_ATTRIBUTES_FROM, kindsAt, kindZoom, LAYER_RULES, minAreaM2, ruleOf } from './tiles/generalise.ts';
import { MAX_ZOOM, metresPerPixel, tileBox } from './tiles/mercator.ts';
import { labelShape, parseShape } from './tiles/shape.ts';

/** A revision as tiles see it. `version` names its content for good, across deletion and renewed creation of a city. */
export interface TileRevision {
  readonly cityId: string;
  readonly revision: number;
  readonly batches: readonly number[];
  readonly version: string;
}

/** What of a tile is wanted: some layers, and of them one kind; everything where absent. */
export interface TileChoice {
  readonly layers?: readonly string[] | undefined;
  readonly kind?: string | undefined;
}

export function choiceKey({ layers, kind }: TileChoice): string {
  return `${layers?.join(',') ?? ''}:${kind ?? ''}`;
}

const BLOCK_ZOOM = 14;
/** Up to here the overview index holds all that is drawn. */
const OVERVIEW_ZOOM = 11;
const TILE_CACHE_BYTES = 64 * 1024 * 1024;
const BLOCK_CACHE_BYTES = 192 * 1024 * 1024;
/** A row costs about this much beside its vertices: object, properties, strings. */
const ROW_BYTES = 400;
/** No tile draws more rows than this; where a layer of the user's own holds more, the rest is left out. */
const MAX_ROWS = 150_000;
const CUSTOM_ATTRIBUTES_KEPT = 30;
const SEPARATOR = '\u001f';

interface TileRow {
  readonly source: 'feature' | 'place' | 'facility' | 'population';
  readonly batchId: number;
  readonly id: number;
  readonly key: string | null;
  readonly layer: string;
  readonly kind: string;
  readonly name: string | null;
  readonly nameEn: string | null;
  readonly size: number;
  readonly extra: string | null;
  readonly wkb: Uint8Array;
}

/** Columns as JSON lists and the geometries as one run of bytes. */
interface PackedRows {
  batches: string | null;
  ids: string;
  keys: string;
  layers: string;
  kinds: string;
  names: string;
  names_en: string;
  sizes: string;
  extras: string;
  lengths: string;
  wkb: string;
}

/**
 * The rows of a statement as one row of columns: 1,600 rows of eleven values each take the embedded base 24 ms to hand over,
 * as columns 9 ms.
 */
function packed(rowsSql: string): string {
  const list = (column: string, name: string): string => `array_to_json(array_agg(${column}))::text as ${name}`;
  const columns = [
    list('batch_id', 'batches'), list('id', 'ids'), list('key', 'keys'), list('layer', 'layers'), list('kind', 'kinds'), list('name', 'names'),
    list('name_en', 'names_en'), list('size', 'sizes'), list('extra', 'extras'), list('octet_length(wkb)', 'lengths'),
    `encode(string_agg(wkb, ''::bytea), 'base64') as wkb`,
  ];
  return `with hit as (${rowsSql}), shape as (select *, ST_AsBinary(geom) as wkb from hit) select ${columns.join(', ')} from shape`;
}

const SOURCES: Readonly<Record<string, TileRow['source']>> = { place: 'place', facility: 'facility', population: 'population' };

function unpack({ batches, ...rest }: PackedRows): TileRow[] {
  if (batches === null) return [];
  const list = <Value>(text: string): Value[] => JSON.parse(text) as Value[];
  const [ids, keys, layers, kinds] = [list<number>(rest.ids), list<string | null>(rest.keys), list<string>(rest.layers), list<string>(rest.kinds)];
  const [names, namesEn, sizes, extras] = [list<string | null>(rest.names), list<string | null>(rest.names_en), list<number>(rest.sizes), list<string | null>(rest.extras)];
  const bytes = Buffer.from(rest.wkb, 'base64');
  let start = 0;
  const lengths = list<number>(rest.lengths);
  return list<number>(batches).map((batchId, i) => {
    const wkb = bytes.subarray(start, (start += lengths[i]));
    const layer = layers[i];
    return { source: SOURCES[layer] ?? 'feature', batchId, id: ids[i], key: keys[i], layer, kind: kinds[i], name: names[i], nameEn: namesEn[i], size: sizes[i], extra: extras[i], wkb };
  });
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function kindCondition(filter: KindFilter, column: string): string | undefined {
  if (filter === 'all') return undefined;
  if (filter === 'none') return 'false';
  if ('only' in filter) return `${column} in (${filter.only.map(literal).join(', ')})`;
  return `${column} not in (${filter.except.map(literal).join(', ')})`;
}

/** Large enough, or of a sort whose size does not matter: a kind with a zoom of its own, a line. */
function sizeCondition(rule: LayerRule, least: number): string {
  const named = Object.keys(rule.kinds);
  const parts = [`size >= ${least.toFixed(1)}`];
  if (named.length > 0) parts.push(`kind in (${named.map(literal).join(', ')})`);
  if (rule.holdsLines === true) parts.push('ST_Dimension(geom) < 2');
  return `(${parts.join(' or ')})`;
}

/** Which rows of `feature` a zoom draws, as SQL. The size limits are literals: a zoom and a latitude give few of them. */
export function featureCondition(z: number, metres: number, layers: readonly string[] | undefined): string {
  const clauses: string[] = [];
  const known = Object.entries(LAYER_RULES).filter(([, rule]) => rule.group === 'feature');
  for (const [layer, rule] of known) {
    const kinds = kindsAt(layer, z);
    if (kinds === 'none' || (layers !== undefined && !layers.includes(layer))) continue;
    const byKind = kindCondition(kinds, 'kind');
    const least = minAreaM2(layer, z, metres);
    clauses.push([`layer = ${literal(layer)}`, byKind, least === 0 ? undefined : sizeCondition(rule, least)].filter((part) => part !== undefined).join(' and '));
  }
  if (kindsAt('custom:', z) !== 'none') {
    const least = minAreaM2('custom:', z, metres);
    const wanted = layers?.filter((layer) => layer.startsWith('custom:'));
    if (wanted === undefined || wanted.length > 0) {
      const which = wanted === undefined ? `layer like 'custom:%'` : `layer in (${wanted.map(literal).join(', ')})`;
      clauses.push(least === 0 ? which : `${which} and ${sizeCondition(ruleOf('custom:'), least)}`);
    }
  }
  return clauses.length === 0 ? 'false' : clauses.map((clause) => `(${clause})`).join(' or ');
}

/** The attributes a style needs, joined in one text per row: cheaper to send and read than a column or a JSON tree each. */
function extraColumn(z: number): string {
  const cases = Object.entries(LAYER_RULES)
    .filter(([, rule]) => rule.extra.some(([, , from]) => from <= z))
    .map(([layer, rule]) => {
      const parts = rule.extra.map(([, attribute]) => `coalesce(attributes->>${literal(attribute)}, '')`);
      return `when ${literal(layer)} then ${parts.join(` || '${SEPARATOR}' || `)}`;
    });
  const custom = z >= CUSTOM_ATTRIBUTES_FROM ? `else case when layer like 'custom:%' then attributes::text end` : '';
  return cases.length === 0 && custom === '' ? 'null::text' : `case layer ${cases.join(' ')} ${custom} end`;
}

const ENVELOPE = 'ST_MakeEnvelope($3, $4, $5, $6, 4326)';

/** Undefined where the zoom draws none of the layers. */
function tileSql(z: number, metres: number, layers: readonly string[] | undefined, population: PopulationFacts): string | undefined {
  const wanted = (layer: string): boolean => layers === undefined || layers.includes(layer);
  const parts: string[] = [];
  const features = featureCondition(z, metres, layers);
  if (features !== 'false') {
    parts.push(`select batch_id, feature_id as id, null::text as key, layer, kind, name, name_en, size, ${extraColumn(z)} as extra, geom
      from feature where city_id = $1 and batch_id = any($2) and geom && ${ENVELOPE} and (${features})${z <= OVERVIEW_ZOOM ? ` and ${OVERVIEW_CONDITION}` : ''}`);
  }
  const levels = kindCondition(kindsAt('place', z), 'level') ?? 'true';
  if (wanted('place') && levels !== 'false') {
    parts.push(placeSql(`level <> 'cell' and ${levels}`, population));
  }
  if (wanted('facility') && kindsAt('facility', z) !== 'none') {
    parts.push(`select batch_id, 0 as id, facility_id as key, 'facility' as layer, kind, name, null::text as name_en, coalesce(land_m2, 0)::real as size, quality as extra, geom
      from facility where city_id = $1 and batch_id = ${DERIVED_BATCH} and geom && ${ENVELOPE}`);
  }
  if (wanted('population') && kindsAt('population', z) !== 'none') parts.push(populationSql(z, population));
  const asked = parts.filter((part) => part !== '');
  return asked.length === 0 ? undefined : `${asked.join('\nunion all\n')}\nlimit ${MAX_ROWS}`;
}

/** Persons of the drawn group in a place: where no file gives all persons, derived places count the groups they know. */
function placePersons({ group }: PopulationFacts): string {
  return group === undefined || group === 'total' ? 'population' : `coalesce(population, (attributes->>${literal(`persons:${group}`)})::double precision)`;
}

function placeSql(levels: string, population: PopulationFacts): string {
  return `select batch_id, 0 as id, place_id as key, 'place' as layer, level as kind, name->>'zh' as name, name->>'en' as name_en,
      coalesce(area_m2, 0)::real as size,
      coalesce(${placePersons(population)}::text, '') || case when attributes->'outside_built_up' = 'true' then ' outside' else '' end as extra, geom
    from place where city_id = $1 and batch_id = ${DERIVED_BATCH} and geom && ${ENVELOPE} and ${levels}`;
}

/** What tiles must know of a revision's population: whether there are cells, and the group that is drawn. */
interface PopulationFacts {
  readonly cells: boolean;
  readonly group: string | undefined;
}

const POINTS_FROM = 14;

function populationSql(z: number, facts: PopulationFacts): string {
  const { cells, group } = facts;
  if (z >= POINTS_FROM && group !== undefined) {
    return `select batch_id, point_id as id, source_id as key, 'population' as layer, basis as kind, null::text as name, null::text as name_en,
        0::real as size, persons::text as extra, geom
      from population_point where city_id = $1 and batch_id = ${DERIVED_BATCH} and geom && ${ENVELOPE} and population_group = ${literal(group)} and persons > 0`;
  }
  if (!cells) return '';
  return `select batch_id, 0 as id, place_id as key, 'population' as layer, 'cell' as kind, null::text as name, null::text as name_en,
      0::real as size, ${placePersons(facts)}::text as extra, geom
    from place where city_id = $1 and batch_id = ${DERIVED_BATCH} and geom && ${ENVELOPE} and level = 'cell' and ${placePersons(facts)} > 0`;
}

function extraProperties(row: TileRow): TileProperty[] {
  if (row.source === 'place') {
    const [persons, outside] = (row.extra ?? '').split(' ');
    const properties: TileProperty[] = [['areaM2', Math.round(row.size), 0]];
    if (persons !== '') properties.push(['population', Math.round(Number(persons)), 0]);
    if (outside !== undefined) properties.push(['outside', 1, 0]);
    return properties;
  }
  if (row.extra === null || row.extra === '') return [];
  if (row.source === 'facility') return [['quality', row.extra, 0]];
  if (row.source === 'population') return [['persons', Math.round(Number(row.extra) * 100) / 100, 0]];
  if (row.layer.startsWith('custom:')) return customProperties(row.extra);
  const values = row.extra.split(SEPARATOR);
  const properties: TileProperty[] = [];
  ruleOf(row.layer).extra.forEach(([property, , from], i) => {
    const text = values[i];
    if (text !== undefined && text !== '') properties.push([property, numberOr(text), from]);
  });
  return properties;
}

/** Numbers as numbers, so that a style can compute with them; text (`3;4`, `12 m`) as it is. */
function numberOr(text: string): string | number {
  return /^-?\d{1,12}(\.\d{1,6})?$/.test(text) ? Number(text) : text;
}

function customProperties(json: string): TileProperty[] {
  const entries = Object.entries(JSON.parse(json) as Record<string, unknown>);
  const properties: TileProperty[] = [];
  for (const [key, value] of entries.slice(0, CUSTOM_ATTRIBUTES_KEPT)) {
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') properties.push([key, value, CUSTOM_ATTRIBUTES_FROM]);
  }
  return properties;
}

const NAMED_ID: Record<TileRow['source'], string> = { feature: 'feature', place: 'place', facility: 'facility', population: 'cell' };

function toFeature(row: TileRow): TileFeature {
  const rule = ruleOf(row.layer);
  const shape = parseShape(row.wkb);
  const properties: TileProperty[] = row.layer.startsWith('custom:') ? extraProperties(row) : [];
  const own = row.source === 'feature';
  if (own) properties.push(['batch', row.batchId, 0], ['feature', row.id, 0]);
  else if (row.key !== null) properties.push([NAMED_ID[row.source], row.key, 0]);
  properties.push(['kind', row.kind, 0]);
  if (row.name !== null) properties.push(['name', row.name, rule.nameFrom ?? 0]);
  if (row.nameEn !== null) properties.push(['nameEn', row.nameEn, rule.nameFrom ?? 0]);
  if (!row.layer.startsWith('custom:')) properties.push(...extraProperties(row));
  return {
    layer: row.layer,
    kind: row.kind,
    id: own ? row.batchId * 4294967296 + row.id : undefined,
    shape: rule.asPoint === true ? labelShape(shape) : shape,
    size: row.size,
    properties,
  };
}

function sizeOf(features: readonly TileFeature[]): number {
  let bytes = 0;
  for (const { shape } of features) bytes += ROW_BYTES + shape.xy.byteLength;
  return bytes;
}

export class TileStore {
  readonly #database: Database;
  readonly #tiles = new LruCache<Uint8Array<ArrayBuffer>>(TILE_CACHE_BYTES, (tile) => tile.length + 200);
  readonly #rows = new LruCache<TileFeature[]>(BLOCK_CACHE_BYTES, sizeOf);
  readonly #population = new LruCache<PopulationFacts>(10_000, () => 1);

  constructor(database: Database) {
    this.#database = database;
  }

  /** MVT bytes of a tile of a revision. */
  tile(revision: TileRevision, address: TileAddress, choice: TileChoice = {}): Promise<Uint8Array<ArrayBuffer>> {
    const { z, x, y } = address;
    return this.#tiles.get(`${revision.cityId}/${revision.version}/${z}/${x}/${y}/${choiceKey(choice)}`, async () => {
      const features = await this.#featuresOf(revision, address, choice);
      return buildTile(features.filter(({ layer, kind }) => choice.layers?.includes(layer) !== false && (choice.kind === undefined || choice.kind === kind)), address);
    });
  }

  #featuresOf(revision: TileRevision, address: TileAddress, { layers, kind }: TileChoice): Promise<TileFeature[]> {
    if (kind === 'cell') return this.#readCells(revision, address);
    if (address.z < BLOCK_ZOOM) return this.#read(revision, address, address.z, layers);
    const up = 2 ** (address.z - BLOCK_ZOOM);
    const block = { z: BLOCK_ZOOM, x: Math.floor(address.x / up), y: Math.floor(address.y / up) };
    // a block holds every layer: the next request may ask for others
    return this.#rows.get(`${revision.cityId}/${revision.version}/${block.x}/${block.y}`, () => this.#read(revision, block, MAX_ZOOM, undefined));
  }

  async #read(revision: TileRevision, { z, x, y }: TileAddress, zoom: number, layers: readonly string[] | undefined): Promise<TileFeature[]> {
    const facts = await this.#populationOf(revision);
    const box: Box = tileBox(z, x, y);
    const sql = tileSql(zoom, metresPerPixel(zoom, Math.floor((y + 0.5) * 2 ** (zoom - z))), layers, facts);
    if (sql === undefined) return [];
    const [rows] = await this.#database.query<PackedRows>(packed(sql), [revision.cityId, revision.batches, ...box]);
    return sortForDrawing(unpack(rows).map(toFeature));
  }

  /** Grid cells as places: asked for by name only, since every other tile shows them as population. */
  async #readCells(revision: TileRevision, { z, x, y }: TileAddress): Promise<TileFeature[]> {
    if (kindZoom('place', 'cell') > z) return [];
    const [rows] = await this.#database.query<PackedRows>(packed(placeSql(`level = 'cell'`, await this.#populationOf(revision))), [revision.cityId, revision.batches, ...tileBox(z, x, y)]);
    return unpack(rows).map(toFeature);
  }

  #populationOf(revision: TileRevision): Promise<PopulationFacts> {
    return this.#population.get(`${revision.cityId}/${revision.version}`, async () => {
      const rows = await this.#database.query<{ cells: boolean; population_group: string | null }>(
        `select exists (select from place where city_id = $1 and batch_id = ${DERIVED_BATCH} and level = 'cell') as cells,
          (select population_group from population_point where city_id = $1 and batch_id = ${DERIVED_BATCH}
           group by 1 order by population_group = 'total' desc, sum(persons) desc limit 1) as population_group`,
        [revision.cityId, revision.batches],
      );
      return { cells: rows[0].cells, group: rows[0].population_group ?? undefined };
    });
  }
}

