/**
 * case-roads: roads that cases of certain kinds lie on (#26: roads with disorderly parking), per place.
 *
 * A case belongs to the nearest street within `withinM`. Streets of one name are one road in each place that has them; a street without a name is its
 * own. A road counts where it has at least `leastCases` cases of the period in the whole city, and in each place where one of these lies; a road through
 * two blocks is one road of their district. Cases without a position, or far from any street, are noted and left out. Quality `measured`: what counts comes
 * from the case table; which road it is, from the map. n: cases. Cost: a look around each case.
 */
import { NoteBook } from '../../core/note.ts';
import { buildGridIndex } from '../../engine/spatial/grid-index.ts';
import { metresPerDegree } from '../../engine/spatial/measure.ts';
import { NOWHERE_E7 } from '../city/build-table.ts';
import type { CityData } from '../city/city-data.ts';
import { placeAbove } from '../city/roll-up.ts';
import type { StreetPieces } from '../city/street-pieces.ts';
import { cutStreets } from '../city/street-pieces.ts';
import { listWays } from '../city/street-tags.ts';
import { listCases } from './case-rows.ts';
import type { CaseRoadsParams } from './count-params.ts';
import { caseRoadsParams } from './count-params.ts';
import { conditionNeeds } from './count-needs.ts';
import { defineOperator } from './operator.ts';
import { missingStreets } from './quantities.ts';

/** Half the longest piece: how far its middle may lie beyond the radius. */
const HALF_PIECE_M = 13;

/** Metres from a point (degrees) to a piece of a street. */
function toPiece({ lon, lat, east, north, lengthM }: StreetPieces, i: number, x: number, y: number): number {
  const degree = metresPerDegree(lat[i]);
  const [dx, dy] = [(x - lon[i]) * degree.lon, (y - lat[i]) * degree.lat];
  const along = Math.max(-lengthM[i] / 2, Math.min(lengthM[i] / 2, dx * east[i] + dy * north[i]));
  return Math.hypot(dx - along * east[i], dy - along * north[i]);
}

/** Finds the way nearest to a point; −1 where none is near. */
function nearestWay(pieces: StreetPieces, withinM: number): (x: number, y: number) => number {
  const index = buildGridIndex(pieces.lon, pieces.lat);
  return (x, y) => {
    const degree = metresPerDegree(y);
    const [dx, dy] = [(withinM + HALF_PIECE_M) / degree.lon, (withinM + HALF_PIECE_M) / degree.lat];
    let [best, bestM] = [-1, withinM];
    index.search(x - dx, y - dy, x + dx, y + dy, (i) => {
      const metres = toPiece(pieces, i, x, y);
      // of two equally near the one that comes first in the snapshot, whatever the order of the search
      if (metres < bestM || (metres === bestM && pieces.way[i] < best)) [best, bestM] = [pieces.way[i], metres];
    });
    return best;
  };
}

/** Texts of names are 1 and above, so that ways without one are told apart from them. */
function roadOf({ snapshot: { street } }: CityData, way: number): number {
  return street.wayName[way] === 0 ? -1 - way : street.wayName[way];
}

export const caseRoads = defineOperator<CaseRoadsParams>({
  id: 'case-roads',
  title: { zh: '有案件的道路数', en: 'Roads with cases' },
  params: caseRoadsParams,
  needs: ({ table, where }) => ['place', 'street', 'settings', `table:${table}`, ...conditionNeeds(where)],
  run(city, { table: contract, where, withinM, leastCases, classes }) {
    const { tree, snapshot: { street } } = city;
    if (street.wayEnds.length === 0) return missingStreets();
    const notes = new NoteBook();
    const cases = listCases(city, contract, where, [], notes);
    if ('missing' in cases) return cases;
    const { pointE7 } = cases.table;
    const find = nearestWay(cutStreets(city, listWays(city, classes)), withinM);
    const { leaf } = tree.locate(pointE7);
    const perRoad = new Map<number, number[]>();
    let [nowhere, far] = [0, 0];
    for (const row of cases.row) {
      if (pointE7[2 * row] === NOWHERE_E7) {
        nowhere++;
        continue;
      }
      const way = find(pointE7[2 * row] / 1e7, pointE7[2 * row + 1] / 1e7);
      if (way < 0) far++;
      else {
        const road = roadOf(city, way);
        const rows = perRoad.get(road);
        if (rows === undefined) perRoad.set(road, [row]);
        else rows.push(row);
      }
    }
    if (nowhere > 0) notes.add('warning', 'checkup/case-nowhere', { zh: '没有坐标的案件未计入。', en: 'Cases without coordinates were left out.' }, { file: `${contract}.csv` }, nowhere);
    if (far > 0) notes.add('info', 'checkup/case-off-road', { zh: `附近 ${withinM} m 内没有道路的案件未计入。`, en: `Cases with no street within ${withinM} m were left out.` }, { file: `${contract}.csv` }, far);
    const [value, n] = [new Float64Array(tree.count), new Float64Array(tree.count)];
    const above = placeAbove(city);
    const counted: number[] = [];
    for (const rows of perRoad.values()) {
      if (rows.length < leastCases) continue;
      const places = new Set<number>();
      for (const row of rows) {
        for (let place = leaf[row]; place >= 0; place = above[place]) {
          places.add(place);
          n[place]++;
        }
      }
      for (const place of places) value[place]++;
      counted.push(...rows);
    }
    return { value, numerator: value, n, quality: 'measured', detail: { rows: { table: contract, row: Uint32Array.from(counted).sort() } }, notes: notes.list() };
  },
});
