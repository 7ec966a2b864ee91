/**
 * case-spots: spots where cases pile up, from the platform's own tables (#47: severe ponding points), per place.
 *
 * Cases of the period that meet the conditions are joined where they lie within `withinM` of one another (single linkage); a spot is a group of at least
 * `leastCases` cases on at least `leastDays` different days. It belongs to the place that holds its middle. A case without a position is noted and left out.
 * Quality `proxy`: the official count is the water authority's. n: cases. Cost: n log n; 24 bytes a case.
 */
import { NoteBook } from '../../core/note.ts';
import type { CityData } from '../city/city-data.ts';
import { sumInside } from '../city/roll-up.ts';
import { NOWHERE_E7 } from '../city/build-table.ts';
import { CASE_TIMES, listCases } from './case-rows.ts';
import type { CaseSpotsParams } from './count-params.ts';
import { caseSpotsParams } from './count-params.ts';
import { conditionNeeds } from './count-needs.ts';
import type { Missing } from './missing-reasons.ts';
import { joinNear } from './join-near.ts';
import { defineOperator } from './operator.ts';

interface Found {
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly day: readonly string[];
}

/** Cases of all sources that are there; missing where none is. */
function gather(city: CityData, sources: CaseSpotsParams['sources'], notes: NoteBook): Found | Missing {
  const [x, y, day] = [[] as number[], [] as number[], [] as string[]];
  let lacking: Missing | undefined;
  let isThere = false;
  let nowhere = 0;
  for (const { table: contract, where } of sources) {
    const cases = listCases(city, contract, where, [], notes);
    if ('missing' in cases) {
      lacking ??= cases;
      continue;
    }
    isThere = true;
    for (const row of cases.row) {
      if (cases.table.pointE7[2 * row] === NOWHERE_E7) nowhere++;
      else {
        x.push(cases.table.pointE7[2 * row] / 1e7);
        y.push(cases.table.pointE7[2 * row + 1] / 1e7);
        day.push(String(cases.table.columns[CASE_TIMES[contract].came][row]).slice(0, 10));
      }
    }
  }
  if (nowhere > 0) notes.add('warning', 'checkup/case-nowhere', { zh: '没有坐标的案件未计入。', en: 'Cases without coordinates were left out.' }, undefined, nowhere);
  return !isThere && lacking !== undefined ? lacking : { x, y, day };
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

export const caseSpots = defineOperator<CaseSpotsParams>({
  id: 'case-spots',
  title: { zh: '案件聚集点', en: 'Spots where cases pile up' },
  params: caseSpotsParams,
  needs: ({ sources }) => ['place', 'settings', ...sources.flatMap(({ table, where }) => [`table:${table}` as const, ...conditionNeeds(where)])],
  run(city, { sources, withinM, leastCases, leastDays }) {
    const notes = new NoteBook();
    const found = gather(city, sources, notes);
    if ('missing' in found) return found;
    const { x, y, day } = found;
    const groups = new Map<number, number[]>();
    joinNear(x, y, withinM).forEach((group, p) => {
      const members = groups.get(group);
      if (members === undefined) groups.set(group, [p]);
      else members.push(p);
    });
    const spots = [...groups.values()].filter((members) => members.length >= leastCases && new Set(members.map((p) => day[p])).size >= leastDays);
    const middles = spots.map((members): [number, number] => [mean(members.map((p) => x[p])), mean(members.map((p) => y[p]))]).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    const points = Int32Array.from(middles.flat(), (degrees) => Math.round(degrees * 1e7));
    const all = Int32Array.from(x.flatMap((lon, p) => [lon, y[p]]), (degrees) => Math.round(degrees * 1e7));
    const { tree } = city;
    const numerator = sumInside(city, tree.locate(points), new Float64Array(middles.length).fill(1));
    return { value: numerator, numerator, n: sumInside(city, tree.locate(all), new Float64Array(x.length).fill(1)), quality: 'proxy', detail: { points }, notes: notes.list() };
  },
});
