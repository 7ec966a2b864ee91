/**
 * Metro lines and bus routes as paths on the lattice, with their stops and timetables. GTFS and OSM both draw on this.
 *
 * Metro: the lines 5 columns and 4 rows into the old plan, repeated every 9 in larger cities, a station every 1.4 km
 * and at the railway station. Buses: along every main street that has a bridge where it meets the river; two stops an
 * edge. The industrial park that lacks services has one route only, an hour apart, on working days.
 */
import { buildPairName } from './names.ts';
import { hasHorizontal, hasVertical } from './lattice.ts';
import type { CityPlan } from './plan.ts';
import { hasBridge, mod } from './plan.ts';

const METRO_COLUMN = 5;
const METRO_ROW = 4;
const METRO_EVERY = 9;

export interface MetroStation {
  readonly id: string;
  readonly name: string;
  readonly u: number;
  readonly v: number;
}

export interface MetroLine {
  readonly id: string;
  readonly name: string;
  readonly nameEn: string;
  readonly colour: string;
  readonly stations: readonly MetroStation[];
  /** Lattice points along the track from end to end. */
  readonly track: readonly (readonly [number, number])[];
}

export interface BusStop {
  readonly id: string;
  readonly name: string;
  readonly u: number;
  readonly v: number;
}

export interface BusRoute {
  readonly id: string;
  readonly name: string;
  /** Stops of the outward and of the return direction. */
  readonly stops: readonly [readonly BusStop[], readonly BusStop[]];
  readonly service: 'regular' | 'industrial' | 'night';
  /** Edges of the way: [vertical?, column, row] from the lower end. */
  readonly edges: readonly (readonly [boolean, number, number])[];
}

export interface TransitPlan {
  readonly metro: readonly MetroLine[];
  readonly buses: readonly BusRoute[];
}

const COLOURS = ['E4002B', '0033A0', '00843D', 'FFA300', '6F2DA8', '00A3AD', 'A65523', '8A8D8F', 'E56DB1', '006A4D'];

export function buildTransitPlan(plan: CityPlan): TransitPlan {
  return { metro: listMetro(plan), buses: listBuses(plan) };
}

function stationName(plan: CityPlan, u: number, v: number): string {
  if (v === plan.railRow && u === plan.mapColumn + METRO_COLUMN) return '示范火车站';
  const vertical = plan.vertical[u].name.zh.replace(/快速路$/, '路');
  return plan.horizontal[v].kind === 'river' ? `${vertical}江心` : `${vertical.replace(/(路|大道)$/, '')}${plan.horizontal[v].name.zh}`;
}

function listMetro(plan: CityPlan): MetroLine[] {
  const stations = new Map<string, MetroStation>();
  const station = (u: number, v: number): MetroStation => {
    const id = `M${String(u).padStart(3, '0')}${String(v).padStart(3, '0')}`;
    const known = stations.get(id) ?? { id, name: stationName(plan, u, v), u, v };
    stations.set(id, known);
    return known;
  };
  const lines: MetroLine[] = [];
  const add = (points: [number, number][], stops: MetroStation[]): void => {
    const n = lines.length + 1;
    lines.push({ id: `R${n}`, name: `地铁${n}号线`, nameEn: `Metro Line ${n}`, colour: COLOURS[(n - 1) % COLOURS.length], stations: stops, track: points });
  };
  for (let u = 1; u < plan.columns; u++) {
    if (mod(u - plan.mapColumn - METRO_COLUMN, METRO_EVERY) !== 0) continue;
    const rows = Array.from({ length: plan.rows - 1 }, (_, k) => k + 1);
    const stops = rows.filter((v) => plan.horizontal[v].kind !== 'river' && (mod(v - plan.mapRow, 2) === 0 || v === plan.mapRow + 5));
    add(rows.flatMap((v) => (v < plan.rows - 1 ? [0, 0.25, 0.5, 0.75].map((t): [number, number] => [u, v + t]) : [[u, v] as [number, number]])), stops.map((v) => station(u, v)));
  }
  for (let v = 1; v < plan.rows; v++) {
    if (mod(v - plan.mapRow - METRO_ROW, METRO_EVERY) !== 0) continue;
    const columns = Array.from({ length: plan.columns - 1 }, (_, k) => k + 1);
    const stops = columns.filter((u) => mod(u - plan.mapColumn, 2) === 1);
    add(columns.flatMap((u) => (u < plan.columns - 1 ? [0, 0.25, 0.5, 0.75].map((t): [number, number] => [u + t, v]) : [[u, v] as [number, number]])), stops.map((u) => station(u, v)));
  }
  return lines;
}

/** An edge of the lattice, from its lower or western end. */
type Edge = readonly [vertical: boolean, column: number, row: number];

function servedByIndustrialLine(plan: CityPlan, [vertical, i, j]: Edge): boolean {
  const sides = vertical ? [[i - 1, j], [i, j]] : [[i, j - 1], [i, j]];
  return sides.some(([column, row]) => plan.cells[row * plan.columns + column]?.deficits.has('no-services') === true);
}

function listBuses(plan: CityPlan): BusRoute[] {
  const routes: BusRoute[] = [];
  const add = (edges: Edge[], service: BusRoute['service']): void => {
    if (edges.length < 2) return;
    const n = routes.length + 1;
    const name = service === 'industrial' ? '产业园专线' : service === 'night' ? `夜${n}路` : `${n}路`;
    routes.push({ id: `B${n}`, name, stops: [listStops(plan, edges, 0), listStops(plan, edges, 1)], service, edges });
  };
  const runs = (edges: Edge[], usable: (edge: Edge, previous: Edge | undefined) => boolean, service: BusRoute['service']): void => {
    let run: Edge[] = [];
    for (const edge of edges) {
      if (!usable(edge, run[run.length - 1])) {
        add(run, service);
        run = [];
        if (!usable(edge, undefined)) continue;
      }
      run.push(edge);
    }
    add(run, service);
  };
  const open = (edge: Edge): boolean => !servedByIndustrialLine(plan, edge);
  for (let i = 1; i < plan.columns; i++) {
    const edges = Array.from({ length: plan.rows - 2 }, (_, k): Edge => [true, i, k + 1]);
    runs(edges, (edge, previous) => hasVertical(plan, i, edge[2]) && open(edge) && (previous === undefined || plan.horizontal[edge[2]].kind !== 'river' || hasBridge(plan, i)), 'regular');
  }
  for (let j = 1; j < plan.rows; j++) {
    const edges = Array.from({ length: plan.columns - 2 }, (_, k): Edge => [false, k + 1, j]);
    runs(edges, (edge) => hasHorizontal(plan, edge[1], j) && open(edge), 'regular');
  }
  const [x, y] = [plan.mapColumn, plan.mapRow];
  add([[false, x + 6, y + 1], [false, x + 7, y + 1], [false, x + 8, y + 1]], 'industrial');
  add(Array.from({ length: 6 }, (_, k): Edge => [true, x + 6, y + k]), 'night');
  return routes;
}

/** Two stops an edge, on the right-hand side of travel; there and back are different posts of one name. */
function listStops(plan: CityPlan, edges: readonly Edge[], direction: 0 | 1): BusStop[] {
  const ordered = direction === 0 ? edges : [...edges].reverse();
  const stops: BusStop[] = [];
  for (const [vertical, i, j] of ordered) {
    for (const t of direction === 0 ? [0.27, 0.73] : [0.73, 0.27]) {
      const line = vertical ? plan.vertical[i] : plan.horizontal[j];
      const off = line.gap + 0.014;
      const side = (direction === 0) === vertical ? 1 : -1;
      const name = `${vertical ? plan.vertical[i].name.zh : plan.horizontal[j].name.zh}${buildPairName(i * 31 + j * 17 + (t > 0.5 ? 7 : 0) + (vertical ? 3 : 0)).zh}`;
      stops.push({
        id: `S${vertical ? 'V' : 'H'}${String(i).padStart(3, '0')}${String(j).padStart(3, '0')}${t > 0.5 ? 'b' : 'a'}${direction}`,
        name,
        u: vertical ? i + side * off : i + t,
        v: vertical ? j + t : j + side * off,
      });
    }
  }
  return stops;
}
