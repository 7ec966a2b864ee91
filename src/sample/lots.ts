/** A cell cut into lots by its inner streets, and the inner streets themselves. */
import { Random } from '../core/random.ts';
import { between, hasHorizontal, hasVertical, positionOf } from './lattice.ts';
import { buildInnerStreetName } from './names.ts';
import type { Cell, CityPlan } from './plan.ts';
import type { Side } from './plot.ts';
import { Plot } from './plot.ts';
import type { Sketch } from './sketch.ts';
import { CORNER, EDGE_STEPS, cornerNode, horizontalNode, verticalNode } from './sketch.ts';

/** A rectangle of lots, in lots from the south-west corner, bounds inclusive. */
export interface Region {
  readonly letter: string;
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

/** Where a lot meets a street: the street's node and how far along the side (0–1) it lies. */
export interface Access {
  readonly node: number;
  readonly side: Side;
  readonly along: number;
}

/** Letters whose equal neighbours stay lots of their own. */
const SINGLE = new Set(['.', 'i', 'w', 'o', 'r', 'g', '-', '/', 'k', 'm', 'p']);

export function listRegions(lots: readonly string[]): Region[] {
  const count = lots.length;
  const taken = new Set<number>();
  const letterAt = (column: number, row: number): string => lots[count - 1 - row]?.[column] ?? '';
  const regions: Region[] = [];
  for (let row = 0; row < count; row++) {
    for (let column = 0; column < count; column++) {
      if (taken.has(row * count + column)) continue;
      const letter = letterAt(column, row);
      let east = column;
      let north = row;
      if (!SINGLE.has(letter)) {
        while (letterAt(east + 1, row) === letter) east++;
        while (letterAt(column, north + 1) === letter) north++;
      }
      for (let r = row; r <= north; r++) for (let c = column; c <= east; c++) taken.add(r * count + c);
      regions.push({ letter, west: column, south: row, east, north });
    }
  }
  return regions;
}

/** The inner streets of a cell: lines between lots, with a node at each crossing and at the middle of each lot's side. */
export class InnerStreets {
  readonly count: number;
  readonly regions: Region[];
  readonly #plan: CityPlan;
  readonly #cell: Cell;
  readonly #sketch: Sketch;
  readonly #half: number;
  readonly #jitter: Float64Array;
  /** Whether the segment that starts at a crossing and runs north (0) or east (1) is a street. */
  readonly #open: Uint8Array;
  readonly #nodes = new Map<number, number>();

  constructor(plan: CityPlan, cell: Cell, sketch: Sketch, random: Random) {
    this.#plan = plan;
    this.#cell = cell;
    this.#sketch = sketch;
    this.count = cell.lots.length;
    this.#half = 2 * this.count;
    this.regions = listRegions(cell.lots);
    this.#jitter = this.#buildJitter(random);
    this.#open = this.#listOpen(random);
    this.#placeNodes();
  }

  #buildJitter(random: Random): Float64Array {
    const n = this.count + 1;
    const jitter = new Float64Array(2 * n * n);
    const reach = this.#cell.zone === 'core' ? 0.3 : this.#cell.zone === 'village' ? 0.12 : 0;
    for (let y = 1; y < this.count; y++) {
      for (let x = 1; x < this.count; x++) {
        jitter[2 * (y * n + x)] = (random.between(-reach, reach)) / this.count;
        jitter[2 * (y * n + x) + 1] = (random.between(-reach, reach)) / this.count;
      }
    }
    return jitter;
  }

  /** Streets inside merged lots are closed; the core loses some lanes more, never two at one crossing. */
  #listOpen(random: Random): Uint8Array {
    const n = this.count;
    const open = new Uint8Array(2 * (n + 1) * (n + 1));
    for (let m = 1; m < n; m++) {
      for (let k = 0; k < n; k++) {
        open[2 * (k * (n + 1) + m)] = 1;
        open[2 * (m * (n + 1) + k) + 1] = 1;
      }
    }
    for (const region of this.regions) {
      for (let x = region.west + 1; x <= region.east; x++) for (let y = region.south; y <= region.north; y++) open[2 * (y * (n + 1) + x)] = 0;
      for (let y = region.south + 1; y <= region.north; y++) for (let x = region.west; x <= region.east; x++) open[2 * (y * (n + 1) + x) + 1] = 0;
    }
    if (this.#cell.zone === 'core') {
      for (let y = 1; y < n; y += 2) {
        for (let x = 1; x < n; x += 2) if (random.chance(0.55)) open[2 * (y * (n + 1) + x) + random.integer(0, 1)] = 0;
      }
    }
    return open;
  }

  /** Lattice place of a point of the half grid (0 … 2·count). */
  #place(p: number, q: number): [u: number, v: number] {
    const [dx, dy] = this.#offset(p, q);
    const { column, row } = this.#cell;
    return [between(this.#plan.vertical, column, p / this.#half + dx), between(this.#plan.horizontal, row, q / this.#half + dy)];
  }

  #offset(p: number, q: number): [number, number] {
    const n = this.count + 1;
    const at = (x: number, y: number): [number, number] => [this.#jitter[2 * (y * n + x)], this.#jitter[2 * (y * n + x) + 1]];
    const [x0, y0, x1, y1] = [p >> 1, q >> 1, (p + 1) >> 1, (q + 1) >> 1];
    const [a, b] = [at(x0, y0), at(x1, y1)];
    return [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
  }

  #placeNodes(): void {
    const n = this.count;
    const touch = (p: number, q: number): void => {
      const key = q * (this.#half + 1) + p;
      if (this.#nodes.has(key)) return;
      const border = this.#borderNode(p, q);
      const id = border ?? this.#sketch.addNode(this.#plan.ground.toLonLat(...this.#place(p, q)));
      this.#nodes.set(key, id);
    };
    for (let y = 0; y <= n; y++) {
      for (let x = 0; x <= n; x++) {
        const at = 2 * (y * (n + 1) + x);
        if (this.#open[at] === 1) for (let k = 0; k <= 2; k++) touch(2 * x, 2 * y + k);
        if (this.#open[at + 1] === 1) for (let k = 0; k <= 2; k++) touch(2 * x + k, 2 * y);
      }
    }
  }

  /** The node of the main street at a point of the half grid that lies on the cell's border. */
  #borderNode(p: number, q: number): number | undefined {
    const { column, row } = this.#cell;
    const end = this.#half;
    const plan = this.#plan;
    if (p === 0 || p === end) {
      const i = p === 0 ? column : column + 1;
      if (q === 0 || q === end || !hasVertical(plan, i, row)) return undefined;
      return verticalNode(positionOf(plan, i, row), p === 0 ? plan.vertical[i].lanes - 1 : 0, (q * EDGE_STEPS) / end);
    }
    if (q === 0 || q === end) {
      const j = q === 0 ? row : row + 1;
      if (!hasHorizontal(plan, column, j)) return undefined;
      return horizontalNode(positionOf(plan, column, j), q === 0 ? plan.horizontal[j].lanes - 1 : 0, (p * EDGE_STEPS) / end);
    }
    return undefined;
  }

  findNode(p: number, q: number): number | undefined {
    return this.#nodes.get(q * (this.#half + 1) + p) ?? this.#borderNode(p, q);
  }

  /** Streets that a lot's gates may open to, inner streets first. */
  listAccess(region: Region): Access[] {
    const found: (Access & { main: boolean })[] = [];
    const add = (p: number, q: number, side: Side, along: number): void => {
      const node = this.findNode(p, q);
      if (node !== undefined) found.push({ node, side, along, main: p === 0 || q === 0 || p === this.#half || q === this.#half });
    };
    const wide = region.east - region.west + 1;
    const deep = region.north - region.south + 1;
    const x = region.west + Math.floor(wide / 2);
    const y = region.south + Math.floor(deep / 2);
    const alongX = (x - region.west + 0.5) / wide;
    const alongY = (y - region.south + 0.5) / deep;
    add(2 * x + 1, 2 * region.south, 'south', alongX);
    add(2 * x + 1, 2 * region.north + 2, 'north', alongX);
    add(2 * region.west, 2 * y + 1, 'west', alongY);
    add(2 * region.east + 2, 2 * y + 1, 'east', alongY);
    return found.sort((a, b) => Number(a.main) - Number(b.main));
  }

  /** Draws each inner line as one way per unbroken stretch. */
  draw(): void {
    const n = this.count;
    const style = STREET_STYLES[this.#cell.zone] ?? STREET_STYLES.estate80;
    for (const direction of [0, 1] as const) {
      for (let m = 1; m < n; m++) {
        let refs: number[] = [];
        const name = buildInnerStreetName(this.#cell.stem, (direction === 0 ? 0 : n - 1) + m, style.ending);
        const middle = m * 2 === n && n > 2;
        const flush = (): void => {
          if (refs.length > 1) this.#sketch.addWay(refs, ['highway', middle ? style.middle : style.other, 'name', name, ...style.tags]);
          refs = [];
        };
        for (let k = 0; k < n; k++) {
          const at = direction === 0 ? 2 * (k * (n + 1) + m) : 2 * (m * (n + 1) + k) + 1;
          if (this.#open[at] === 0) {
            flush();
            continue;
          }
          for (let step = refs.length === 0 ? 0 : 1; step <= 2; step++) {
            const node = direction === 0 ? this.findNode(2 * m, 2 * k + step) : this.findNode(2 * k + step, 2 * m);
            if (node !== undefined) refs.push(node);
          }
        }
        flush();
      }
    }
  }

  /** The avenue along the diagonal of a cell whose plan has one, from corner to corner through the inner crossings. */
  drawRadial(): void {
    const { column, row } = this.#cell;
    const { vertical, horizontal } = this.#plan;
    const start = cornerNode(positionOf(this.#plan, column, row), CORNER.street(vertical[column].lanes - 1, horizontal[row].lanes - 1));
    const end = cornerNode(positionOf(this.#plan, column + 1, row + 1), CORNER.street(0, 0));
    const crossings = Array.from({ length: this.count - 1 }, (_, k) => this.findNode(2 * k + 2, 2 * k + 2));
    const refs = [start, ...crossings.filter((node) => node !== undefined), end];
    this.#sketch.addWay(refs, ['highway', 'secondary', 'name', '迎宾大道', 'name:en', 'Yingbin Avenue', 'lanes', '4', 'maxspeed', '60', 'sidewalk', 'both', 'lit', 'yes', 'surface', 'asphalt']);
  }

  /** The ground of a region, drawn in from its streets by `inset` metres. */
  buildPlot(region: Region, inset: number): Plot {
    const corners = ([[region.west, region.south], [region.east + 1, region.south], [region.east + 1, region.north + 1], [region.west, region.north + 1]] as const).map(
      ([x, y]) => this.#plan.ground.toMetres(...this.#place(2 * x, 2 * y)),
    );
    return new Plot(corners).shrink(inset);
  }
}

interface StreetStyle {
  readonly middle: string;
  readonly other: string;
  readonly ending: '街' | '巷' | '路';
  readonly tags: readonly string[];
}

const STREET_STYLES: Readonly<Record<string, StreetStyle>> = {
  core: { middle: 'residential', other: 'living_street', ending: '巷', tags: ['width', '6', 'lit', 'yes', 'surface', 'paving_stones'] },
  village: { middle: 'residential', other: 'residential', ending: '巷', tags: ['width', '4.5', 'sidewalk', 'no', 'lit', 'no', 'surface', 'concrete'] },
  estate80: { middle: 'tertiary', other: 'residential', ending: '街', tags: ['width', '9', 'sidewalk', 'both', 'lit', 'yes', 'surface', 'asphalt'] },
  highrise: { middle: 'tertiary', other: 'residential', ending: '路', tags: ['width', '14', 'sidewalk', 'both', 'lit', 'yes', 'surface', 'asphalt'] },
  industry: { middle: 'unclassified', other: 'unclassified', ending: '路', tags: ['width', '12', 'sidewalk', 'no', 'lit', 'no', 'surface', 'concrete'] },
};

/** Half a street and its footway, in metres: how far lots stay away from the street's line. */
export const SETBACK_M = 11;
