/** How a cell is cut into lots: its zone's plan, turned, and the free lots filled by the sub-district's programme. */
import type { Random } from '../core/random.ts';
import type { Deficit } from './deficits.ts';
import { listDeficits } from './deficits.ts';
import type { Cell } from './plan.ts';
import type { Zone } from './zones.ts';
import { ZONES } from './zones.ts';

/** Lattice place of the old plan's south-west corner. */
export interface MapOrigin {
  readonly mapColumn: number;
  readonly mapRow: number;
}

/** Turns and mirrors a square plan: three bits of `how`. */
function turnPlan(plan: readonly string[], how: number): string[] {
  let rows = [...plan];
  if (how & 1) rows = rows.map((line) => [...line].reverse().join(''));
  if (how & 2) rows = rows.reverse();
  if (how & 4) rows = rows.map((_, i) => rows.map((line) => line[i]).join(''));
  return rows;
}

/** Lots that must lie far from cells with a deficit, lest a neighbour relieve it. */
const AVERSE_LOTS: readonly (readonly [Deficit, string])[] = [['no-kindergarten', 'k'], ['no-services', 'm']];

/** Plans are turned at random, but next to a cell that must lack something so that their own of it lies far from there. */
export function choosePlan(zone: Zone, x: number, y: number, random: Random): string[] {
  const rule = ZONES[zone];
  const plan = random.pick(rule.plans);
  if (isRadial(x, y) && rule.radialPlan !== undefined) return [...rule.radialPlan];
  if (!rule.turns) return [...plan];
  const chosen = random.integer(0, 7);
  for (const [deficit, letter] of AVERSE_LOTS) {
    if (listDeficits(x, y).includes(deficit)) continue;
    const towards: [number, number] = [0, 0];
    for (const [dx, dy] of AROUND) {
      if (!listDeficits(x + dx, y + dy).includes(deficit)) continue;
      towards[0] += dx;
      towards[1] += dy;
    }
    if (towards[0] === 0 && towards[1] === 0) continue;
    const turned = Array.from({ length: 8 }, (_, how) => turnPlan(plan, how));
    return turned.reduce((best, rows) => (reachOfLot(rows, letter, towards) < reachOfLot(best, letter, towards) ? rows : best));
  }
  return turnPlan(plan, chosen);
}

/** Two avenues lead out of the old plan's middle, to the north-east and to the south-west, across the lattice. */
function isRadial(x: number, y: number): boolean {
  return (x - y === 3 && x >= 6) || (x === y && x < 3);
}

const AROUND = [[1, 0], [-1, 0], [0, 1], [0, -1], [1, 1], [1, -1], [-1, 1], [-1, -1]] as const;

/** How far a lot lies towards a direction; -Infinity where the plan has none. */
function reachOfLot(rows: readonly string[], letter: string, [dx, dy]: readonly [number, number]): number {
  let reach = -Infinity;
  rows.forEach((line, r) => [...line].forEach((lot, c) => {
    if (lot === letter) reach = Math.max(reach, ((c + 0.5) / line.length) * dx + (1 - (r + 0.5) / rows.length) * dy);
  }));
  return reach;
}

/** What a sub-district must have, in the order in which its free lots are given out; see LOTS in facilities.ts. */
const PROGRAMME = ['j', 'h', 'c', 'b', 'f', 't', 'j', 'e', 'p'] as const;

export function fillProgramme(cells: readonly Cell[], origin: MapOrigin): void {
  const wanted: string[] = PROGRAMME.filter((letter) => !(letter === 'f' && cells.some((cell) => cell.deficits.has('no-fire-station'))));
  // cells in or beside the quarters that must lack a school come last and get none
  const order = cells
    .map((cell, index) => ({ cell, index, near: isNearSchoolless(cell, origin) }))
    .sort((a, b) => Number(a.near) - Number(b.near) || ((a.index * 4 + 4) % 9) - ((b.index * 4 + 4) % 9));
  for (const { cell, near } of order) {
    const lots = cell.lots as string[];
    const taken: string[] = [];
    for (let r = 0; r < lots.length; r++) {
      lots[r] = lots[r].replaceAll('*', () => {
        const next = wanted.findIndex((letter) => !(letter === 'j' && near) && letter !== taken[0]);
        const letter = next < 0 ? 'g' : wanted.splice(next, 1)[0];
        taken.push(letter);
        return letter;
      });
      if (cell.deficits.has('no-park')) lots[r] = lots[r].replaceAll(/[pg]/g, '-');
    }
  }
}

function isNearSchoolless(cell: Cell, origin: MapOrigin): boolean {
  const x = cell.column - origin.mapColumn;
  const y = cell.row - origin.mapRow;
  for (let dy = -1; dy <= 1; dy++) {
    for (let dx = -1; dx <= 1; dx++) if (listDeficits(x + dx, y + dy).includes('no-middle-school')) return true;
  }
  return false;
}
