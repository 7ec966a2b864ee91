/** Units, cut or imported, as rows of `place`: id, parent, name, persons, area. */
import type { Bilingual } from '../../core/bilingual.ts';
import { buildPolygonIndex, pointInside } from '../../engine/spatial/containment.ts';
import type { Geometry } from '../../engine/spatial/geometry.ts';
import { areaM2 } from '../../engine/spatial/measure.ts';
import type { AttributeValue, PlaceLevel } from '../../import/model.ts';
import { cellAt, cellPolygon, listCells, resolutionFor } from '../places/cells.ts';
import type { CutResult, CutUnit } from '../places/cut-units.ts';
import type { NamedSpot } from '../places/name-units.ts';
import { composeName, findUnitNames, numberUnits } from '../places/name-units.ts';
import type { PopulationPoints } from './derive-population.ts';
import type { AdminArea, CityExtent } from './find-extent.ts';
import type { ImportedArea, ImportedPlace } from './imported-places.ts';
import { isImportedArea } from './imported-places.ts';
import type { UnitAt } from './person-sums.ts';
import { personAttributes, sumPersons, unitIn } from './person-sums.ts';
import type { PopulationSource } from './population-sources.ts';

export interface PlaceRow {
  placeId: string;
  level: PlaceLevel;
  parentId: string | undefined;
  name: Bilingual;
  derived: boolean;
  population: number | undefined;
  households: number | undefined;
  areaM2: number | undefined;
  attributes: Record<string, AttributeValue>;
  geometry: Geometry | undefined;
}

const TITLES = {
  district: { zh: '城区', en: 'District' },
  block: { zh: '街区', en: 'Block' },
  community: { zh: '小区', en: 'Community' },
} as const;
export type CutLevel = keyof typeof TITLES;

/** What lies outside the built-up area: it closes the partition of its parent and is no block or community. */
const OUTSIDE = { zh: '乡村及未建设地区', en: 'Countryside and undeveloped land' } as const;

/** Land and persons of the built-up area in a unit. */
function builtUpAttributes(units: readonly CutUnit[], known: boolean): Record<string, number> {
  const land = units.reduce((sum, unit) => sum + unit.builtUpM2, 0);
  const persons = units.reduce((sum, unit) => sum + unit.builtUpPersons, 0);
  return { built_up_land_m2: Math.round(land), ...(known && { built_up_population: Math.round(persons * 1000) / 1000 }) };
}

/** The one row of level city: as the file drew it, else as it was cut. */
export function buildCityRow(extent: CityExtent, cityId: string, cut: CutResult | undefined, points: PopulationPoints): PlaceRow {
  const asDrawn = extent.basis === 'place' || cut === undefined;
  const sums = sumPersons(1, unitIn([extent.geometry]), points);
  return {
    placeId: cityId,
    level: 'city',
    parentId: undefined,
    name: extent.name ?? { zh: '全市', en: 'City' },
    derived: extent.derived,
    population: sums.get('total')?.[0],
    households: undefined,
    areaM2: asDrawn ? areaM2(extent.geometry) : cut.city.areaM2,
    attributes: { basis: extent.basis, ...(cut !== undefined && { land_m2: Math.round(cut.city.landM2), ...builtUpAttributes([cut.city], points.persons.has('total')) }), ...personAttributes(sums, 0) },
    geometry: asDrawn ? extent.geometry : cut.city.geometry,
  };
}

/** Districts that are administrative areas of the map; their ids go to `ids`, by unit. */
export function addAdminRows(rows: PlaceRow[], units: readonly CutUnit[], areas: readonly AdminArea[], ids: string[], cityId: string, unitAt: UnitAt, points: PopulationPoints): void {
  const sums = sumPersons(units.length, unitAt, points);
  units.forEach((unit, i) => {
    const area = areas[unit.imported];
    // what the districts leave over has no name of its own and is no district
    if (area === undefined) return;
    ids[i] = area.sourceId;
    rows.push({
      placeId: area.sourceId, level: 'district', parentId: cityId, name: { zh: area.name, en: area.nameEn ?? area.name }, derived: false,
      population: sums.get('total')?.[i], households: undefined, areaM2: unit.areaM2,
      attributes: { admin_level: area.level, land_m2: Math.round(unit.landM2), ...builtUpAttributes([unit], points.persons.has('total')), ...personAttributes(sums, i) }, geometry: unit.geometry,
    });
  });
}

/** Ids of the imported units that cut units are, by unit; what they leave over keeps none. */
export function mapImported(units: readonly CutUnit[], sources: readonly ImportedPlace[], ids: string[]): void {
  units.forEach((unit, i) => {
    if (unit.imported >= 0) ids[i] = sources[unit.imported].placeId;
  });
}

/** The parent of an imported unit: that of its largest piece. */
export function parentFor(units: readonly CutUnit[], imported: number, parentOf: (unit: CutUnit) => string): string | undefined {
  let best: CutUnit | undefined;
  for (const unit of units) if (unit.imported === imported && (best === undefined || unit.areaM2 > best.areaM2)) best = unit;
  return best === undefined ? undefined : parentOf(best);
}

/** Units of a level that a file brought, with its own figures where it has them, else the sums of what lies in them. */
export function addImportedRows(rows: PlaceRow[], level: PlaceLevel, sources: readonly ImportedArea[], units: readonly CutUnit[], parentOf: (i: number) => string, points: PopulationPoints): void {
  if (sources.length === 0) return;
  const sums = sumPersons(sources.length, unitIn(sources.map((place) => place.geometry)), points);
  const pieces = new Map<number, CutUnit[]>();
  for (const unit of units) if (unit.imported >= 0) pieces.set(unit.imported, [...(pieces.get(unit.imported) ?? []), unit]);
  sources.forEach((place, i) => {
    rows.push({
      placeId: place.placeId, level, parentId: place.parentId ?? parentOf(i), name: place.name, derived: false,
      population: place.population ?? sums.get('total')?.[i], households: place.households, areaM2: areaM2(place.geometry),
      attributes: { ...place.attributes, ...builtUpAttributes(pieces.get(i) ?? [], points.persons.has('total')), ...personAttributes(sums, i) }, geometry: place.geometry,
    });
  });
}

/**
 * Units of a level that were cut: numbered in reading order, named after what lies in or along them. What is left outside the
 * built-up area is numbered by itself and marked `outside_built_up`. Ids go to `ids`, by unit.
 */
export function addDerivedRows(
  rows: PlaceRow[],
  level: CutLevel,
  units: readonly CutUnit[],
  parentOf: (unit: CutUnit) => string,
  ids: string[],
  unitAt: UnitAt,
  spots: readonly NamedSpot[],
  lines: Parameters<typeof findUnitNames>[3],
  points: PopulationPoints,
  known: boolean,
): void {
  if (units.length === 0) return;
  const numbers = units.map(() => 0);
  for (const outside of [false, true]) {
    const list = units.flatMap((unit, i) => (unit.outside === outside ? [i] : []));
    numberUnits(list.map((i) => units[i].geometry)).forEach((number, k) => (numbers[list[k]] = number));
  }
  const lone = units.filter((unit) => unit.outside).length === 1;
  const namesAbove = new Map(rows.map((row) => [row.placeId, row]));
  const names = findUnitNames(units.length, unitAt, spots, lines);
  const sums = sumPersons(units.length, unitAt, points);
  units.forEach((unit, i) => {
    ids[i] = unit.outside ? `${level}-outside-${numbers[i]}` : `${level}-${numbers[i]}`;
    const size = unit.outside || level !== 'community' || !known ? undefined : unit.persons > 12_000 ? 'large' : unit.persons < 5000 ? 'small' : undefined;
    rows.push({
      placeId: ids[i], level, parentId: parentOf(unit), name: unit.outside ? nameOutside(namesAbove.get(parentOf(unit)), lone) : composeName(TITLES[level], numbers[i], names[i]), derived: true,
      population: known ? unit.persons : undefined, households: undefined, areaM2: unit.areaM2,
      attributes: { land_m2: Math.round(unit.landM2), ...(unit.outside && { outside_built_up: true }), ...(!unit.outside && level === 'community' && { basis: known ? 'persons' : 'area' }), ...(size !== undefined && { size }), ...personAttributes(sums, i) },
      geometry: unit.geometry,
    });
  });
}

/** After the unit above where there is more than one; one within another has its name. */
function nameOutside(above: PlaceRow | undefined, lone: boolean): Bilingual {
  if (above?.attributes['outside_built_up'] === true) return above.name;
  return lone || above === undefined ? OUTSIDE : { zh: `${above.name.zh}${OUTSIDE.zh}`, en: `${OUTSIDE.en} · ${above.name.en}` };
}

/** Buildings, zones and cells of files, and units without a shape: as they came, under the unit they name or lie in. */
export function addOtherLevels(rows: PlaceRow[], imported: readonly ImportedPlace[], cityId: string, points: PopulationPoints): void {
  const communities = rows.filter((row) => row.level === 'community' && row.geometry !== undefined);
  const index = buildPolygonIndex(communities.map((row) => row.geometry as Geometry));
  const done = new Set(rows.map((row) => row.placeId));
  const others = imported.filter((place) => !done.has(place.placeId));
  const areas = others.filter((place) => place.level !== 'building').filter(isImportedArea);
  const sums = sumPersons(areas.length, unitIn(areas.map((place) => place.geometry)), points);
  const numberOf = new Map(areas.map((place, i) => [place.placeId, i]));
  for (const place of others) {
    const home = place.level === 'building' && place.geometry !== undefined ? index.findFirst(...pointInside(place.geometry)) : -1;
    const number = numberOf.get(place.placeId);
    rows.push({
      placeId: place.placeId, level: place.level, parentId: place.parentId ?? (home >= 0 ? communities[home].placeId : place.level === 'city' ? undefined : cityId),
      name: place.name, derived: false, population: place.population ?? (number === undefined ? undefined : sums.get('total')?.[number]), households: place.households,
      areaM2: place.geometry === undefined ? undefined : areaM2(place.geometry),
      attributes: { ...place.attributes, ...(number !== undefined && personAttributes(sums, number)) }, geometry: place.geometry,
    });
  }
}

/** The H3 grid over the city, unless a file brought cells of its own. */
export function addCells(rows: PlaceRow[], { extent, sources, points }: { readonly extent: CityExtent; readonly sources: readonly PopulationSource[]; readonly points: PopulationPoints }, cityId: string, imported: boolean): void {
  if (imported) return;
  const resolution = sources.find((source) => source.h3Resolution !== undefined)?.h3Resolution ?? resolutionFor(areaM2(extent.geometry));
  const cells = listCells(extent.geometry, resolution);
  const numbers = new Map(cells.map((id, i) => [id, i]));
  const sums = sumPersons(cells.length, (lon, lat) => numbers.get(cellAt(lon, lat, resolution)) ?? -1, points);
  const total = sums.get('total');
  cells.forEach((id, i) => {
    const geometry = cellPolygon(id);
    rows.push({
      placeId: id, level: 'cell', parentId: cityId, name: { zh: id, en: id }, derived: true, population: total?.[i], households: undefined,
      areaM2: areaM2(geometry), attributes: { resolution, ...personAttributes(sums, i) }, geometry,
    });
  });
}
