/** Residential compounds: walls, gates, inner roads and rows of houses, and the registry rows of the houses. */
import type { Random } from '../core/random.ts';
import type { Access } from './lots.ts';
import type { Plot } from './plot.ts';
import { pointOnSide } from './plot.ts';
import type { Cell } from './plan.ts';
import type { Sketch } from './sketch.ts';

export interface HomeStyle {
  readonly building: string;
  /** Metres: a house along the row and across, from row to row, and between houses of a row. */
  readonly length: number;
  readonly depth: number;
  readonly pitch: number;
  readonly gap: number;
  readonly floors: readonly [number, number];
  readonly years: readonly [number, number];
  readonly structures: readonly string[];
  readonly storeyM: number;
  /** Gross floor per dwelling, m². */
  readonly dwellingM2: number;
  /** Rows between two lanes. */
  readonly rowsPerLane: number;
  readonly laneWidth: string;
  readonly wall: 'wall' | 'fence' | undefined;
  readonly garden: boolean;
}

export const HOME_STYLES = {
  core: { building: 'house', length: 14, depth: 9, pitch: 16, gap: 2.5, floors: [1, 3], years: [1920, 1985], structures: ['砖木', '砖混'], storeyM: 3.3, dwellingM2: 58, rowsPerLane: 2, laneWidth: '3', wall: undefined, garden: false },
  estate80: { building: 'apartments', length: 52, depth: 11, pitch: 27, gap: 9, floors: [5, 6], years: [1981, 1991], structures: ['砖混', '砖混', '预制板砖混'], storeyM: 2.9, dwellingM2: 62, rowsPerLane: 2, laneWidth: '4', wall: 'wall', garden: false },
  estate90: { building: 'apartments', length: 48, depth: 12, pitch: 31, gap: 12, floors: [6, 7], years: [1992, 1999], structures: ['砖混'], storeyM: 2.9, dwellingM2: 84, rowsPerLane: 2, laneWidth: '5', wall: 'wall', garden: false },
  highrise: { building: 'apartments', length: 40, depth: 15, pitch: 66, gap: 26, floors: [11, 26], years: [2008, 2023], structures: ['钢筋混凝土剪力墙'], storeyM: 3, dwellingM2: 112, rowsPerLane: 2, laneWidth: '6', wall: 'fence', garden: true },
  village: { building: 'house', length: 12, depth: 11, pitch: 14, gap: 1.5, floors: [3, 5], years: [1988, 2012], structures: ['砖混'], storeyM: 3.1, dwellingM2: 45, rowsPerLane: 2, laneWidth: '2.5', wall: undefined, garden: false },
  midrise: { building: 'apartments', length: 46, depth: 14, pitch: 40, gap: 14, floors: [7, 11], years: [2000, 2009], structures: ['钢筋混凝土框架'], storeyM: 3, dwellingM2: 98, rowsPerLane: 2, laneWidth: '5', wall: 'fence', garden: true },
  dormitory: { building: 'dormitory', length: 58, depth: 15, pitch: 36, gap: 16, floors: [5, 6], years: [2004, 2019], structures: ['钢筋混凝土框架'], storeyM: 3.2, dwellingM2: 36, rowsPerLane: 2, laneWidth: '5', wall: 'wall', garden: false },
  farm: { building: 'house', length: 13, depth: 10, pitch: 24, gap: 6, floors: [1, 3], years: [1975, 2015], structures: ['砖混', '砖木'], storeyM: 3.2, dwellingM2: 130, rowsPerLane: 2, laneWidth: '3.5', wall: undefined, garden: false },
} as const satisfies Record<string, HomeStyle>;

export type HomeStyleName = keyof typeof HOME_STYLES;

/** A residential house as the building registry knows it. `persons` is filled in when the cell is complete. */
export interface Home {
  readonly id: string;
  readonly compound: string;
  readonly style: HomeStyleName;
  readonly ring: readonly (readonly [number, number])[];
  readonly floors: number;
  readonly heightM: number;
  readonly year: number;
  readonly structure: string;
  readonly floorM2: number;
  readonly dwellings: number;
  readonly lift: boolean;
  persons: number;
}

export interface HomeGround {
  readonly cell: Cell;
  readonly sketch: Sketch;
  readonly random: Random;
  readonly homes: Home[];
}

/** Draws a compound on a plot. Returns its name's street side for the shops at its gate. */
export function drawCompound(ground: HomeGround, plot: Plot, access: readonly Access[], styleName: HomeStyleName, name: string): void {
  const style: HomeStyle = HOME_STYLES[styleName];
  const { random } = ground;
  const rows = Math.max(1, Math.floor((plot.depth - 16) / style.pitch));
  const pitch = (plot.depth - 16) / rows;
  const perRow = Math.max(1, Math.floor((plot.width - 18 + style.gap) / (style.length + style.gap)));
  const stride = (plot.width - 18) / perRow;
  const lanes: number[] = [];
  for (let r = style.rowsPerLane; r < rows; r += style.rowsPerLane) lanes.push(8 + r * pitch);
  const gates = style.wall === undefined ? drawSpine(ground, plot, access, style, lanes) : drawRingRoad(ground, plot, access.slice(0, style.garden ? 3 : 2), lanes);
  drawOutline(ground, plot, style, name, gates);
  const year = random.integer(style.years[0], style.years[1]);
  const floors = random.integer(style.floors[0], style.floors[1]);
  let number = 0;
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < perRow; c++) {
      if (style.garden && perRow >= 3 && rows >= 3 && r === rows >> 1 && c === perRow >> 1) continue;
      const x = 9 + (c + 0.5) * stride;
      if (style.wall === undefined && Math.abs(x - plot.width / 2) < style.length / 2 + 3.4) continue;
      if (style.wall === undefined && random.chance(0.05)) continue;
      const wobble = style.wall === undefined ? random.between(-0.8, 0.8) : 0;
      addHome(ground, plot, style, styleName, name, ++number, x + wobble, 8 + (r + 0.5) * pitch + wobble, style.wall === undefined ? random.integer(style.years[0], style.years[1]) : year, floors);
    }
  }
  if (style.garden && perRow >= 3 && rows >= 3) drawGarden(ground, plot, stride, pitch, perRow >> 1, rows >> 1);
}

function addHome(ground: HomeGround, plot: Plot, style: HomeStyle, styleName: HomeStyleName, compound: string, number: number, x: number, y: number, year: number, usualFloors: number): void {
  const { random, cell, sketch, homes } = ground;
  const spread = style.wall === undefined || style.garden ? random.integer(style.floors[0], style.floors[1]) : usualFloors;
  const floors = random.chance(0.75) ? spread : usualFloors;
  const scale = style.wall === undefined ? random.between(0.78, 1) : 1;
  const [length, depth] = [style.length * scale, style.depth * scale];
  const floorM2 = Math.round(length * depth * floors);
  const home: Home = {
    id: `B${cell.unitId}${String(homes.length + 1).padStart(4, '0')}`,
    compound,
    style: styleName,
    ring: plot.house(x, y, length, depth),
    floors,
    heightM: Math.round(floors * style.storeyM * 10) / 10,
    year,
    structure: random.pick(style.structures),
    floorM2,
    dwellings: Math.max(1, Math.round(floorM2 / style.dwellingM2)),
    lift: floors >= 8 || (styleName === 'midrise' && floors >= 7),
    persons: 0,
  };
  homes.push(home);
  const tags = ['building', style.building, 'building:levels', String(floors), 'height', String(home.heightM), 'start_date', String(year), 'ref', home.id];
  if (style.wall !== undefined) tags.push('addr:housenumber', `${number}号楼`, 'addr:place', compound);
  sketch.addRing(home.ring, tags);
}

/** A road along the wall and lanes between the rows; a gate wherever a street is met. Returns the gates by side. */
function drawRingRoad(ground: HomeGround, plot: Plot, access: readonly Access[], lanes: readonly number[]): Map<string, { along: number; node: number }> {
  const { sketch, random } = ground;
  const [w, d, m] = [plot.width, plot.depth, 5];
  const gates = new Map<string, { along: number; node: number }>();
  const meet = new Map<string, number>();
  for (const { node, side, along } of access) {
    const [gx, gy] = pointOnSide(side, along, w, d, 0);
    const [rx, ry] = pointOnSide(side, along, w, d, m);
    const closed = gates.size === 2 && random.chance(0.4);
    const gate = sketch.addNode(plot.at(gx, gy), closed ? ['barrier', 'gate', 'access', 'no', 'locked', 'yes'] : ['barrier', gates.size === 0 ? 'lift_gate' : 'gate', 'foot', 'yes', 'bicycle', 'yes', 'motor_vehicle', gates.size === 0 ? 'destination' : 'private']);
    const inner = sketch.addNode(plot.at(rx, ry));
    gates.set(side, { along, node: gate });
    meet.set(side, inner);
    sketch.addWay([node, gate, inner], ['highway', 'service', 'service', 'driveway']);
  }
  const corner = [[m, m], [w - m, m], [w - m, d - m], [m, d - m]].map(([x, y]) => sketch.addNode(plot.at(x, y)));
  const left = lanes.map((y) => ({ y, node: sketch.addNode(plot.at(m, y)) }));
  const right = lanes.map((y) => ({ y, node: sketch.addNode(plot.at(w - m, y)) }));
  const withMeet = (list: { y: number; node: number }[], side: string): number[] => {
    const gate = meet.get(side);
    const all = gate === undefined ? list : [...list, { y: (gates.get(side)?.along ?? 0.5) * d, node: gate }];
    return all.sort((a, b) => a.y - b.y).map((entry) => entry.node);
  };
  const south = meet.get('south');
  const north = meet.get('north');
  const ring = [corner[0], ...(south === undefined ? [] : [south]), corner[1], ...withMeet(right, 'east'), corner[2], ...(north === undefined ? [] : [north]), corner[3], ...withMeet(left, 'west').reverse(), corner[0]];
  sketch.addWay(ring, ['highway', 'service', 'width', '4']);
  lanes.forEach((y, k) => {
    const mid = sketch.addNode(plot.at(w / 2, y));
    sketch.addWay([left[k].node, mid, right[k].node], k % 2 === 0 ? ['highway', 'service', 'width', '4'] : ['highway', 'footway', 'surface', 'paving_stones']);
  });
  return gates;
}

/** No wall: one lane right through, narrow lanes off it to both sides. */
function drawSpine(ground: HomeGround, plot: Plot, access: readonly Access[], style: HomeStyle, lanes: readonly number[]): Map<string, { along: number; node: number }> {
  const { sketch } = ground;
  const south = access.find((entry) => entry.side === 'south');
  const north = access.find((entry) => entry.side === 'north');
  const mids = lanes.map((y) => sketch.addNode(plot.at(plot.width / 2, y)));
  const spine = [...(south === undefined ? [] : [south.node]), ...mids, ...(north === undefined ? [] : [north.node])];
  const wide = ['highway', 'living_street', 'width', String(Number(style.laneWidth) + 0.5), 'surface', 'concrete'];
  if (south === undefined && north === undefined && access.length > 0 && mids.length > 0) {
    sketch.addWay([access[0].node, mids[0]], wide);
  }
  if (spine.length > 1) sketch.addWay(spine, wide);
  lanes.forEach((y, k) => {
    const ends = [4, plot.width - 4].map((x) => sketch.addNode(plot.at(x, y)));
    sketch.addWay([ends[0], mids[k], ends[1]], ['highway', k % 3 === 0 ? 'service' : 'footway', 'width', style.laneWidth, 'surface', 'concrete', 'lit', style.building === 'house' ? 'no' : 'yes']);
  });
  return new Map();
}

function drawOutline(ground: HomeGround, plot: Plot, style: HomeStyle, name: string, gates: ReadonlyMap<string, { along: number; node: number }>): void {
  const { sketch } = ground;
  const corners = plot.ring().map((place) => sketch.addNode(place));
  const refs: number[] = [];
  (['south', 'east', 'north', 'west'] as const).forEach((side, k) => {
    refs.push(corners[k]);
    const gate = gates.get(side);
    if (gate !== undefined) refs.push(gate.node);
  });
  refs.push(corners[0]);
  sketch.addWay(refs, ['landuse', 'residential', ...(name === '' ? [] : ['name', name])]);
  if (style.wall !== undefined) sketch.addWay(refs, ['barrier', style.wall]);
}

function drawGarden(ground: HomeGround, plot: Plot, stride: number, pitch: number, column: number, row: number): void {
  const x = 9 + (column + 0.5) * stride;
  const y = 8 + (row + 0.5) * pitch;
  ground.sketch.addRing(plot.house(x, y, Math.min(stride, 44), Math.min(pitch * 0.6, 34)), ['leisure', 'garden', 'access', 'private']);
  ground.sketch.addNode(plot.at(x, y), ['leisure', 'playground', 'access', 'private']);
}
