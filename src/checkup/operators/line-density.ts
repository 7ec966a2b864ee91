/**
 * line-density: km of roads that lines of public transport run on ÷ area, km/km². A road counts once however many lines run on it: the definition of the catalogue, 有公交线路通过的道路长度, is
 * that of 公交线网密度 (length of road centre lines with bus lines ÷ area), not the sum of the lines' lengths.
 *
 * Lines are the shapes of the timetable's routes that run on the day; a route without shapes goes along the fastest way between consecutive stops, a
 * guess that is noted and makes the value a `proxy`. Lines are laid on the map's roads (streets-under-lines.ts); the two carriageways of one road count once, a road along a border
 * half on either side. Streets without a line of the map that only buses may use count where they are tagged so.
 */
import { z } from 'zod';
import { NoteBook } from '../../core/note.ts';
import { linkPoints } from '../../engine/graph/travel/link-points.ts';
import { PathFinder } from '../../engine/graph/search/shortest-path.ts';
import { metresPerDegree } from '../../engine/spatial/measure.ts';
import { findPairs } from '../city/road-length.ts';
import { travelFor } from '../city/street-access.ts';
import type { CityData } from '../city/city-data.ts';
import { listWhere, mapTo } from '../city/map-values.ts';
import type { StreetPieces } from '../city/street-pieces.ts';
import { besidePieces, cutStreets, halves } from '../city/street-pieces.ts';
import { listWays, streetTags } from '../city/street-tags.ts';
import { MODE_BITS } from '../city/transit-build.ts';
import type { TransitSchedule } from '../city/transit-schedule.ts';
import { ROAD_CLASSES } from './count-params.ts';
import { noteArea } from './divide.ts';
import { missingReason } from './missing-reasons.ts';
import type { OperatorResult, ResultDetail } from './operator.ts';
import { defineOperator } from './operator.ts';
import { areaByPlace, sumWithin, withinOf } from './per-place.ts';
import { missingStreets } from './quantities.ts';
import { streetsUnderLines } from './streets-under-lines.ts';

const MODES = ['bus', 'tram', 'ferry', 'metro', 'rail'] as const;

const lineDensitySchema = z.strictObject({
  modes: z.array(z.enum(MODES)).min(1).default(['bus']).describe('Lines that count'),
  classes: z.array(z.string().min(1)).min(1).default([...ROAD_CLASSES, 'busway', 'pedestrian', 'road']).describe('Classes of streets that lines can run on (OSM’s highway); beside them every street tagged for buses'),
  day: z.enum(['weekday', 'saturday', 'sunday']).default('weekday').describe('Lines that run on an ordinary day of this kind'),
  per: z.enum(['place-area', 'built-up', 'construction-land']).default('place-area').describe('Area that the length is divided by'),
});
type LineDensityParams = z.infer<typeof lineDensitySchema>;

/** A bus takes no longer between two stops, s of driving. */
const MOST_BETWEEN_S = 3600;
/** Of lines so much of which has no street beside it, %, the streets are too few. */
const STRAY_PERCENT = 20;

/** Streets that lines can run on: those of the classes, and those that are kept for buses whatever their class and access. */
function listRoads(city: CityData, classes: readonly string[]): Uint32Array {
  const tags = streetTags(city);
  const isForBuses = (way: number): boolean => ['bus', 'psv'].some((key) => ['yes', 'designated'].includes(tags.get(way, key)));
  const usual = new Set(listWays(city, classes));
  return listWhere(city.snapshot.street.wayEnds.length, (way) => usual.has(way) || (isForBuses(way) && tags.get(way, 'area') !== 'yes'));
}

/** Routes of the modes that have a departure on the day. */
function runningRoutes({ days, routeModes }: TransitSchedule, { modes, day }: LineDensityParams): Set<number> {
  const wanted = modes.reduce((bits, mode) => bits | MODE_BITS[mode], 0);
  const running = new Set<number>();
  for (const { kind, route } of days) if (kind === day) for (const number of route) if (routeModes === undefined || (routeModes[number] & wanted) !== 0) running.add(number);
  return running;
}

interface Drawn {
  readonly lines: readonly Int32Array[];
  /** Stretches between stops that were routed, and those with no way. */
  readonly routed: number;
  readonly lost: number;
}

function drawLines(city: CityData, transit: TransitSchedule, running: ReadonlySet<number>): Drawn {
  const lines: Int32Array[] = [];
  const steps = new Map<string, Int32Array>();
  transit.lines?.ends.forEach((end, l, ends) => {
    if (transit.lines === undefined || !running.has(transit.lines.route[l])) return;
    const line = transit.lines.verticesE7.subarray(l === 0 ? 0 : 2 * ends[l - 1], 2 * end);
    if (transit.lines.byStops[l] === 0) lines.push(line);
    else for (let v = 2; v < line.length; v += 2) steps.set(line.subarray(v - 2, v + 2).join(), line.subarray(v - 2, v + 2));
  });
  const travel = steps.size === 0 ? undefined : travelFor(city, 'drive', 's');
  if (travel === undefined) return { lines, routed: 0, lost: steps.size };
  const list = [...steps.values()];
  const links = linkPoints(travel, Float64Array.from(list.flatMap((step) => [...step]), (value) => value / 1e7));
  const finder = new PathFinder(travel);
  let lost = 0;
  list.forEach((_, k) => {
    const path = finder.find(links, 2 * k, links, 2 * k + 1, MOST_BETWEEN_S);
    if (path === undefined) lost++;
    else lines.push(path.e7);
  });
  return { lines, routed: list.length - lost, lost };
}

/** The pieces that count, those of a way that follow one another as one line. */
function drawCovered({ way, lon, lat, east, north, lengthM, count }: StreetPieces, covered: Uint8Array): ResultDetail['lines'] {
  const vertices: number[] = [];
  const ends: number[] = [];
  const put = (i: number, ahead: number): void => {
    const degree = metresPerDegree(lat[i]);
    vertices.push(Math.round((lon[i] + (ahead * east[i] * lengthM[i]) / degree.lon) * 1e7), Math.round((lat[i] + (ahead * north[i] * lengthM[i]) / degree.lat) * 1e7));
  };
  for (let i = 0; i < count; i++) {
    if (covered[i] === 0) continue;
    if (i === 0 || covered[i - 1] === 0 || way[i - 1] !== way[i]) put(i, -0.5);
    put(i, 0.5);
    if (i + 1 === count || covered[i + 1] === 0 || way[i + 1] !== way[i]) ends.push(vertices.length / 2);
  }
  return { verticesE7: Int32Array.from(vertices), ends: Uint32Array.from(ends) };
}

function runDensity(city: CityData, params: LineDensityParams): OperatorResult {
  const { transit, snapshot: { street } } = city;
  if (street.wayEnds.length === 0) return missingStreets();
  if (transit === undefined) return missingReason('no-data', { zh: '没有公交时刻表。', en: 'There is no timetable.' }, { zh: 'GTFS 文件（zip）', en: 'a GTFS file (zip)' });
  const drawn = drawLines(city, transit, runningRoutes(transit, params));
  if (drawn.lines.length === 0) return missingReason('no-data', { zh: '时刻表当日没有可绘出走向的公交线路。', en: 'On that day no line of the timetable runs whose way is known.' }, { zh: '含 shapes.txt 的 GTFS 文件', en: 'a GTFS file with shapes.txt' });
  const area = areaByPlace(city, params.per);
  if ('missing' in area) return area;
  const pieces = cutStreets(city, listRoads(city, params.classes));
  const paired = findPairs(city, pieces);
  const isSameRoad = (piece: number, other: number): boolean => {
    const [a, b] = [pieces.way[piece], pieces.way[other]];
    return street.wayKind[a] === street.wayKind[b] && (street.wayName[a] === 0 || street.wayName[b] === 0 || street.wayName[a] === street.wayName[b]);
  };
  const { covered, lineM, strayM } = streetsUnderLines(pieces, paired, drawn.lines, isSameRoad);
  const metres = mapTo(Float64Array, pieces.lengthM, (length, i) => (covered[i] === 0 ? 0 : paired[i] === 1 ? length / 2 : length));
  const numerator = sumWithin(city, city.tree.locate(besidePieces(pieces)), halves(metres), withinOf(city, params.per)).map((sum) => sum / 1000);
  const denominator = area.map((m2) => m2 / 1e6);
  const notes = new NoteBook();
  noteArea(city, params.per, notes);
  const stray = (100 * strayM) / lineM;
  notes.add(stray > STRAY_PERCENT ? 'warning' : 'info', 'checkup/lines-on-streets', { zh: `线路走向共 ${(lineM / 1000).toFixed(1)} 公里（重叠部分计一次），其中 ${stray.toFixed(1)}% 附近没有可通行的道路，未计入。`, en: `Lines run ${(lineM / 1000).toFixed(1)} km (what is drawn alike counts once); ${stray.toFixed(1)} % of it has no such street beside it and is left out.` });
  if (drawn.routed > 0) notes.add('warning', 'checkup/lines-by-stops', { zh: `时刻表没有线路走向（shapes.txt）的部分，按相邻站点间最快的行车路线推定，共 ${drawn.routed} 段。`, en: `Where the timetable has no shapes, lines take the fastest way from stop to stop: ${drawn.routed} stretches.` });
  if (drawn.lost > 0) notes.add('warning', 'checkup/lines-without-way', { zh: '相邻站点之间没有行车路线，未计入。', en: 'Between some consecutive stops there is no way to drive; they are left out.' }, undefined, drawn.lost);
  return {
    value: numerator.map((km, place) => (denominator[place] > 0 ? km / denominator[place] : NaN)), numerator, denominator,
    quality: drawn.routed + drawn.lost > 0 || stray > STRAY_PERCENT ? 'proxy' : 'measured', detail: { lines: drawCovered(pieces, covered) }, notes: notes.list(),
  };
}

export const lineDensity = defineOperator<LineDensityParams>({
  id: 'line-density',
  title: { zh: '公交线网密度', en: 'Density of roads with public transport' },
  params: lineDensitySchema,
  needs: ({ per }) => ['place', 'street', 'network', 'transit', 'settings', ...(per === 'place-area' ? [] : (['land-use', 'population:total'] as const))],
  run: (city, params) => runDensity(city, params),
});
