/** Imported and derived units → the assembled `place` rows of a city. */
import { ChengmaiError } from '../../core/errors.ts';
import type { NoteBook } from '../../core/note.ts';
import type { WorkContext } from '../../core/progress.ts';
import { TaskPool, siblingModule } from '../../engine/pool/task-pool.ts';
import { containsPoint, pointInside } from '../../engine/spatial/containment.ts';
import { areaM2 } from '../../engine/spatial/measure.ts';
import type { PlaceLevel } from '../../import/model.ts';
import type { Database } from '../database.ts';
import type { CutResult, CutUnit } from '../places/cut-units.ts';
import { locateUnits } from '../places/cut-units.ts';
import { copyBoolean, copyGeometry, copyJson, copyLine, copyNumber, copyText } from '../store/copy-text.ts';
import type { PopulationPoints } from './derive-population.ts';
import type { AdminArea, CityExtent } from './find-extent.ts';
import type { ImportedArea, ImportedPlace } from './imported-places.ts';
import { isImportedArea } from './imported-places.ts';
import type { UnitAt } from './person-sums.ts';
import type { CutLevel, PlaceRow } from './place-rows.ts';
import { addAdminRows, addCells, addDerivedRows, addImportedRows, addOtherLevels, buildCityRow, mapImported, parentFor } from './place-rows.ts';
import { noteBuiltUp } from './note-built-up.ts';
import type { PopulationSource } from './population-sources.ts';
import { readBarriers } from './read-barriers.ts';
import { readEvidence } from './read-evidence.ts';
import { readPlaceNames } from './read-place-names.ts';
import type { DeriveScope, StreetLines } from './street-lines.ts';
import { listNamedLines } from './street-lines.ts';
import { copyInPieces } from './write-rows.ts';
import type { CutInput } from '../places/cut-input.ts';

export interface PlaceInputs {
  readonly extent: CityExtent;
  readonly admin: readonly AdminArea[];
  readonly imported: readonly ImportedPlace[];
  readonly streets: StreetLines;
  readonly points: PopulationPoints;
  readonly sources: readonly PopulationSource[];
}

/**
 * Writes the places of all levels into the derived batch; returns rows written by `place/<level>`.
 *
 * @throws ChengmaiError of kind `cancelled`, or as cutUnits does
 */
export async function derivePlaces(
  database: Database,
  scope: DeriveScope & { readonly derivedBatchId: number },
  inputs: PlaceInputs,
  notes: NoteBook,
  context: WorkContext,
): Promise<Record<string, number>> {
  const { extent, imported, points } = inputs;
  const importedOf = (level: PlaceLevel): ImportedArea[] => imported.filter((place) => place.level === level).filter(isImportedArea);
  const adminDistricts = importedOf('district').length === 0 ? chooseDistricts(inputs.admin, extent) : [];
  const districts = importedOf('district').map((place) => place.geometry);
  const { barriers, water } = await readBarriers(database, scope, inputs.streets);
  const total = points.persons.get('total');
  const cut = await cutWhereSmallEnough({
    city: extent.geometry,
    districts: districts.length > 0 ? districts : adminDistricts.map((area) => area.geometry),
    blocks: importedOf('block').map((place) => place.geometry),
    communities: importedOf('community').map((place) => place.geometry),
    barriers,
    water,
    population: total === undefined ? undefined : { lon: points.lon, lat: points.lat, persons: pad(total, points.lon.length) },
    evidence: await readEvidence(database, scope, inputs.streets),
  }, notes);

  const rows: PlaceRow[] = [];
  const cityId = extent.placeId ?? 'city';
  const cityRow = buildCityRow(extent, cityId, cut, points);
  rows.push(cityRow);
  if (total !== undefined) noteOutside(total, cityRow.population ?? 0, notes);
  const ids: Record<CutLevel, string[]> = { district: [], block: [], community: [] };
  const spots = await readPlaceNames(database, scope);
  const named = listNamedLines(inputs.streets);
  const cuttable = cut !== undefined && (barriers.length > 0 || imported.some((place) => place.level === 'block' || place.level === 'community'));
  const { districts: cutDistricts, blocks, communities } = cut ?? NOTHING_CUT;
  const chain: [CutLevel, readonly CutUnit[], CutLevel | undefined][] = [['district', cutDistricts, undefined], ['block', cuttable ? blocks : [], cutDistricts.length > 0 ? 'district' : undefined], ['community', cuttable ? communities : [], 'block']];
  for (const [level, units, above] of chain) {
    const parentOf = (unit: CutUnit): string => (above === undefined ? undefined : ids[above][unit.parent]) || cityId;
    const sources = importedOf(level);
    const unitAt: UnitAt = (lon, lat) => (cut === undefined ? -1 : locateUnits(cut.locator, lon, lat)[level]);
    ids[level] = units.map(() => '');
    if (level === 'district' && adminDistricts.length > 0) addAdminRows(rows, units, adminDistricts, ids.district, cityId, unitAt, points);
    else if (sources.length > 0) mapImported(units, sources, ids[level]);
    else addDerivedRows(rows, level, units, parentOf, ids[level], unitAt, spots, named, points, total !== undefined);
    addImportedRows(rows, level, sources, units, (i) => parentFor(units, i, parentOf) ?? cityId, points);
  }
  if (cut !== undefined && cuttable) noteBuiltUp(cut, total !== undefined, notes);
  if (cut !== undefined && !cuttable) {
    notes.add('warning', 'derive/no-streets', {
      zh: '没有道路、铁路或水系，无法划分街区与小区；结果以城市与 H3 网格为单元。',
      en: 'There are no streets, railways or water to cut blocks and communities along; results are for the city and the H3 grid.',
    });
  }
  if (total === undefined && cuttable && importedOf('community').length === 0) {
    notes.add('info', 'derive/communities-by-area', {
      zh: '没有总人口数据，小区按用地面积（15–40 公顷）划分，未按 5000–12000 人核定。',
      en: 'Nobody knows how many people live where, so communities were cut by area (15–40 ha) and not to 5,000–12,000 persons.',
    });
  }
  addOtherLevels(rows, imported, cityId, points);
  addCells(rows, inputs, cityId, importedOf('cell').length > 0);
  await writePlaces(database, scope, rows, context);
  const kept: Record<string, number> = {};
  for (const { level } of rows) kept[`place/${level}`] = (kept[`place/${level}`] ?? 0) + 1;
  return kept;
}

/** Files often reach beyond the city's outline: who is left out of its units must be said. */
function noteOutside(total: Float64Array, inside: number, notes: NoteBook): void {
  const all = total.reduce((sum, persons) => sum + persons, 0);
  const outside = Math.round(all - inside);
  if (outside < 1) return;
  notes.add('info', 'derive/persons-outside', {
    zh: `文件中的 ${Math.round(all)} 人里有 ${outside} 人在城市范围之外，不计入城市及其单元；要计入请导入更大的边界。`,
    en: `Of the ${Math.round(all)} persons in the files ${outside} live outside the city's outline and are not counted in it or its units; import a wider boundary to include them.`,
  });
}

const DISTRICT_COVERAGE = 0.8;

/** Areas of the one administrative level below the city that covers most of it, where that is most. */
function chooseDistricts(admin: readonly AdminArea[], extent: CityExtent): AdminArea[] {
  const cityArea = areaM2(extent.geometry);
  let best: AdminArea[] = [];
  let bestCoverage = DISTRICT_COVERAGE;
  for (const level of [...new Set(admin.map((area) => area.level))].sort((a, b) => a - b)) {
    if (extent.adminLevel !== undefined && level <= extent.adminLevel) continue;
    const areas = admin.filter((area) => area.level === level && containsPoint(extent.geometry, ...pointInside(area.geometry)));
    const coverage = areas.reduce((sum, area) => sum + areaM2(area.geometry), 0) / cityArea;
    if (areas.length < 2 || coverage < bestCoverage || coverage > 1.2) continue;
    best = areas;
    bestCoverage = coverage * 1.05;
  }
  return best;
}

/** Points came after the group's last one was numbered: the rest have nobody of it. */
function pad(persons: Float64Array, length: number): Float64Array {
  if (persons.length === length) return persons;
  const padded = new Float64Array(length);
  padded.set(persons);
  return padded;
}

/** From so many lines on the cut, which takes seconds, goes to a thread, so that the server answers meanwhile. */
const THREAD_LINES = 2000;

const NOTHING_CUT: Pick<CutResult, 'districts' | 'blocks' | 'communities'> = { districts: [], blocks: [], communities: [] };

/** Undefined, with a note, for a prefecture wider than the network's grid: its figures are for it as a whole and the H3 grid. */
async function cutWhereSmallEnough(input: CutInput, notes: NoteBook): Promise<CutResult | undefined> {
  try {
    return await cutAside(input);
  } catch (error) {
    if (!(error instanceof ChengmaiError) || error.code !== 'base/city-too-large') throw error;
    notes.add('warning', 'derive/city-too-large', {
      zh: `${error.text.zh}未划分街区与小区，结果以城市与 H3 网格为单元。`,
      en: `${error.text.en} No blocks and communities were cut; results are for the city and the H3 grid.`,
    });
    return undefined;
  }
}

async function cutAside(input: CutInput): Promise<CutResult> {
  const pool = new TaskPool<CutInput, CutResult>({ module: siblingModule(import.meta.url, 'cut-task'), task: 'cutCity', threads: input.barriers.length < THREAD_LINES ? 0 : 1 });
  try {
    return await pool.run(input);
  } finally {
    await pool.close();
  }
}

async function writePlaces(database: Database, { cityId, derivedBatchId }: { cityId: string; derivedBatchId: number }, rows: readonly PlaceRow[], context: WorkContext): Promise<void> {
  const columns = ['city_id', 'batch_id', 'place_id', 'level', 'parent_id', 'name', 'derived', 'population', 'households', 'area_m2', 'attributes', 'geom'];
  function* lines(): Generator<string> {
    for (const row of rows) {
      yield copyLine([
        cityId, String(derivedBatchId), copyText(row.placeId), row.level, copyText(row.parentId), copyJson(row.name), copyBoolean(row.derived), copyNumber(row.population),
        copyNumber(row.households), copyNumber(row.areaM2), copyJson(row.attributes), copyGeometry(row.geometry),
      ]);
    }
  }
  await copyInPieces(database, 'place', columns, lines(), context);
}
