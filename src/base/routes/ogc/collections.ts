/** The collections of the service: which layers of which cities they are, and their rows as GeoJSON features. */
import { ChengmaiError } from '../../../core/errors.ts';
import type { Geometry } from '../../../engine/spatial/geometry.ts';
import { toGeoJson } from '../../../engine/spatial/geometry.ts';
import { PLACE_LEVEL_TITLES } from '../../level-titles.ts';
import type { PageQuery } from '../../browse/conditions.ts';
import { countRows } from '../../browse/conditions.ts';
import type { FacilityAt } from '../../browse/facilities.ts';
import { getFacility, listFacilities } from '../../browse/facilities.ts';
import { getFeature, listFeatures } from '../../browse/features.ts';
import type { PlaceWhole } from '../../browse/places.ts';
import { getPlace, listPlacePage } from '../../browse/places.ts';
import type { Feature } from '../../model.ts';
import { listCities } from '../../store/cities.ts';
import { firstZoom, ruleOf } from '../../tiles/generalise.ts';
import type { CurrentCity } from '../current-city.ts';
import { sortLayers } from '../layer-routes.ts';
import type { OpenBase } from '../route-parts.ts';
import type { CollectionFacts } from './documents.ts';

/** One collection, found: its city as it is now, and what of it. */
export interface Collection extends CollectionFacts {
  readonly current: CurrentCity;
  readonly table: 'feature' | 'place' | 'facility';
  /** The layer of a feature collection, the level of a place collection. */
  readonly part: string;
  /** How many features it has. */
  readonly size: number;
  /** Source-layer of the tiles. */
  readonly sourceLayer: string;
  readonly minZoom: number;
}

const PLACE_PREFIX = 'place-';

function titled(current: CurrentCity, zh: string, en: string): string {
  const { name } = current.city;
  return name.zh === name.en ? `${name.en}: ${en} · ${zh}` : `${name.zh}${zh} · ${name.en}: ${en}`;
}

async function collectionsOf(open: OpenBase, current: CurrentCity): Promise<Collection[]> {
  const found: Collection[] = [];
  for (const { layer, kinds } of sortLayers(await open.layerCounts(current))) {
    if (layer === 'population') continue;
    const count = kinds.reduce((sum, entry) => sum + entry.count, 0);
    const base = { current, box: current.city.box, sourceLayer: layer };
    const make = (part: string, zh: string, en: string, size: number, minZoom: number): void => {
      const table = layer === 'place' || layer === 'facility' ? layer : 'feature';
      const suffix = layer === 'place' ? `${PLACE_PREFIX}${part}` : layer;
      found.push({ ...base, table, part, size, minZoom, id: `${current.cityId}.${suffix}`, title: titled(current, zh, en), description: `${size} ${table === 'feature' ? 'features' : table === 'place' ? 'places' : 'facilities'}, revision ${current.revision}` });
    };
    if (layer === 'place') {
      for (const { kind, count: size } of kinds) {
        const title = PLACE_LEVEL_TITLES[kind] ?? { zh: kind, en: kind };
        make(kind, title.zh, title.en, size, Math.min(firstZoom('place', [kind]), 18));
      }
    } else {
      const own = layer.startsWith('custom:') ? layer.slice('custom:'.length) : undefined;
      const { title } = ruleOf(layer);
      make(layer, own ?? title.zh, own ?? title.en, count, firstZoom(layer, kinds.map(({ kind }) => kind)));
    }
  }
  return found;
}

/** Collections of all cities that hold anything. */
export async function listCollections(open: OpenBase): Promise<Collection[]> {
  const found: Collection[] = [];
  for (const city of await listCities(open.base.database)) {
    if (city.revision > 0) found.push(...(await collectionsOf(open, await open.cities.recent(city.cityId, city.revision))));
  }
  return found;
}

/** @throws ChengmaiError not-found `base/no-collection` */
export async function getCollection(open: OpenBase, id: string): Promise<Collection> {
  const cityId = id.slice(0, Math.max(0, id.indexOf('.')));
  const current = await open.cities.recent(cityId).catch((error: unknown) => {
    if (error instanceof ChengmaiError && error.kind === 'not-found') return undefined;
    throw error;
  });
  const found = current === undefined ? undefined : (await collectionsOf(open, current)).find((one) => one.id === id);
  if (found !== undefined) return found;
  throw new ChengmaiError('not-found', 'base/no-collection', {
    zh: `没有数据集“${id}”；名称为“城市.图层”，见 /ogc/collections。`,
    en: `There is no collection "${id}"; a name is "city.layer", listed at /ogc/collections.`,
  }, { value: id });
}

export interface GeoJsonFeature {
  type: 'Feature';
  id: string;
  geometry: ReturnType<typeof toGeoJson> | null;
  properties: Record<string, unknown>;
}

function geoJsonOf(id: string, geometry: Geometry | undefined, properties: Record<string, unknown>): GeoJsonFeature {
  return { type: 'Feature', id, geometry: geometry === undefined ? null : toGeoJson(geometry), properties };
}

function featureJson(feature: Feature): GeoJsonFeature {
  return geoJsonOf(`${feature.batchId}-${feature.featureId}`, feature.geometry, {
    ...feature.attributes,
    kind: feature.kind,
    name: feature.name ?? null,
    nameEn: feature.nameEn ?? null,
    sourceId: feature.sourceId,
    batch: feature.batchId,
  });
}

function placeJson(place: PlaceWhole): GeoJsonFeature {
  return geoJsonOf(place.placeId, place.geometry, {
    ...place.attributes,
    level: place.level,
    name: place.name.zh,
    nameEn: place.name.en,
    parentId: place.parentId ?? null,
    population: place.population ?? null,
    households: place.households ?? null,
    areaM2: place.areaM2,
    derived: place.derived,
    outsideBuiltUp: place.outsideBuiltUp,
    batch: place.batchId,
  });
}

function facilityJson(facility: FacilityAt): GeoJsonFeature {
  return geoJsonOf(facility.facilityId, facility.geometry, {
    ...facility.attributes,
    kind: facility.kind,
    name: facility.name ?? null,
    capacity: facility.capacity ?? null,
    floorM2: facility.floorM2 ?? null,
    landM2: facility.landM2 ?? null,
    quality: facility.quality,
    batch: facility.batchId,
  });
}

export async function listItems(open: OpenBase, { current, table, part }: Collection, query: PageQuery): Promise<GeoJsonFeature[]> {
  const { database } = open.base;
  if (table === 'feature') return (await listFeatures(database, current, part, query)).map(featureJson);
  if (table === 'place') return (await listPlacePage(database, current, part, query)).map(placeJson);
  return (await listFacilities(database, current, query)).map(facilityJson);
}

/** How many features a query meets in all; the same for every page, so counted once a revision. */
export function countItems(open: OpenBase, collection: Collection, { box, kind, name }: PageQuery): Promise<number | undefined> {
  const { current, table, part, size } = collection;
  if (box === undefined && kind === undefined && name === undefined) return Promise.resolve(size);
  const column = table === 'feature' ? 'layer' : table === 'place' ? 'level' : undefined;
  return open.count(`${collection.id}/${current.version}/${JSON.stringify([box, kind, name])}`, () =>
    countRows(open.base.database, current, table, column, part, { box, kind, name }),
  );
}

function noItem(collection: Collection, id: string): ChengmaiError {
  return new ChengmaiError('not-found', 'base/no-item', {
    zh: `数据集“${collection.id}”没有要素“${id}”；文件可能已被替换，请重新查询数据集。`,
    en: `The collection "${collection.id}" has no item "${id}"; its file may have been replaced, so ask the collection for its items again.`,
  }, { value: id });
}

/** @throws ChengmaiError not-found */
export async function getItem(open: OpenBase, collection: Collection, id: string): Promise<GeoJsonFeature> {
  const { database } = open.base;
  const { current, table, part } = collection;
  if (table === 'facility') return facilityJson(await getFacility(database, current, id));
  if (table === 'place') {
    const place = await getPlace(database, current, id);
    if (place.level !== part) throw noItem(collection, id);
    return placeJson(place);
  }
  const match = /^(\d{1,9})-(\d{1,10})$/.exec(id);
  if (match === null || Number(match[2]) >= 2 ** 31) throw noItem(collection, id);
  const feature = await getFeature(database, current, Number(match[1]), Number(match[2]));
  if (feature.layer !== part) throw noItem(collection, id);
  return featureJson(feature);
}
