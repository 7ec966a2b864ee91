/** Draws one cell of the city: its streets, its homes, its facilities and who lives there. */
import { Random } from '../core/random.ts';
import { FACILITY_KINDS, LOTS } from './facility-kinds.ts';
import type { FacilityKindName, LotPiece } from './facility-kinds.ts';
import type { Home, HomeStyleName } from './homes.ts';
import { drawCompound } from './homes.ts';
import type { Access, Region } from './lots.ts';
import { InnerStreets, SETBACK_M } from './lots.ts';
import { positionOf } from './lattice.ts';
import { drawMainStreets } from './main-streets.ts';
import type { Plot } from './plot.ts';
import { COMPOUND_ENDINGS, buildPairName } from './names.ts';
import type { Cell, CityPlan } from './plan.ts';
import { Sketch } from './sketch.ts';
import { drawWorks } from './works.ts';
import { drawTurnRestrictions } from './turn-restrictions.ts';

export interface BuiltFacility {
  readonly id: string;
  readonly kind: FacilityKindName;
  readonly name: string;
  readonly lon: number;
  readonly lat: number;
  readonly floorM2: number;
  readonly landM2: number;
  readonly capacity: number;
}

export interface BuiltCell {
  readonly cell: Cell;
  readonly sketch: Sketch;
  readonly homes: readonly Home[];
  readonly facilities: readonly BuiltFacility[];
}

/** Draws the cell at a position of the lattice; positions on the far east and north edges have streets only. */
export function buildCell(plan: CityPlan, column: number, row: number): { sketch: Sketch; built: BuiltCell | undefined } {
  const sketch = new Sketch(positionOf(plan, column, row));
  drawMainStreets(plan, sketch, column, row);
  drawTurnRestrictions(plan, sketch, column, row);
  const inside = column < plan.columns && row < plan.rows;
  const built = inside ? new CellDrawing(plan, plan.cells[row * plan.columns + column], sketch).draw() : undefined;
  sketch.finish();
  return { sketch, built };
}

const HOME_STYLE_OF_ZONE: Readonly<Record<string, HomeStyleName>> = {
  core: 'core',
  commercial: 'highrise',
  estate80: 'estate80',
  estate90: 'estate90',
  highrise: 'highrise',
  village: 'village',
  industry: 'dormitory',
  park: 'midrise',
  university: 'midrise',
  station: 'midrise',
  rural: 'farm',
};

export class CellDrawing {
  readonly plan: CityPlan;
  readonly cell: Cell;
  readonly sketch: Sketch;
  readonly random: Random;
  readonly streets: InnerStreets;
  readonly homes: Home[] = [];
  readonly facilities: BuiltFacility[] = [];

  constructor(plan: CityPlan, cell: Cell, sketch: Sketch) {
    this.plan = plan;
    this.cell = cell;
    this.sketch = sketch;
    this.random = new Random(cell.seed + 2);
    this.streets = new InnerStreets(plan, cell, sketch, this.random);
  }

  draw(): BuiltCell {
    this.streets.draw();
    if (this.streets.regions.some((region) => region.letter === '/')) this.streets.drawRadial();
    for (const region of this.streets.regions) this.#drawRegion(region);
    this.#settleHomes();
    return { cell: this.cell, sketch: this.sketch, homes: this.homes, facilities: this.facilities };
  }

  #drawRegion(region: Region): void {
    const { zone } = this.cell;
    const narrow = zone === 'core' ? 5 : zone === 'village' ? 7 : SETBACK_M;
    const plot = this.streets.buildPlot(region, narrow);
    const access = this.streets.listAccess(region);
    const letter = region.letter === 'o' && zone === 'industry' && !this.cell.deficits.has('no-services') ? 'n' : region.letter;
    if (letter === '.' || (letter >= 'A' && letter <= 'Z')) this.#drawHomes(plot, access);
    else if (letter === 'd' || letter === 'y') this.#compound(plot, access, 'dormitory', `${this.cell.stem}${letter === 'd' ? '蓝领公寓' : '学生公寓'}`);
    else if (letter === 'v') this.#drawHamlet(plot, access);
    else if (LOTS[letter] !== undefined) this.#drawLot(plot, access, LOTS[letter], letter);
    else drawWorks(this, plot, access, letter);
    if (letter === 'x') drawWorks(this, plot, access, 'x');
  }

  #drawHomes(plot: Plot, access: readonly Access[]): void {
    const zone = this.cell.zone;
    const style = zone === 'estate90' && this.random.chance(0.15) ? 'midrise' : HOME_STYLE_OF_ZONE[zone];
    const endings = zone === 'estate80' || zone === 'estate90' || zone === 'highrise' ? COMPOUND_ENDINGS[zone] : COMPOUND_ENDINGS.other;
    const name = zone === 'core' || zone === 'village' ? '' : `${buildPairName(this.random.integer(0, 455)).zh}${this.random.pick(endings)}`;
    this.#compound(plot, access, style, name);
    this.#drawShops(plot, access);
  }

  #compound(plot: Plot, access: readonly Access[], style: HomeStyleName, name: string): void {
    drawCompound(this, plot, access, style, name);
  }

  /** Shops, lockers and a rubbish point along the side where the first gate is. */
  #drawShops(plot: Plot, access: readonly Access[]): void {
    if (this.cell.deficits.has('no-services') || this.cell.zone === 'rural') return;
    const south = access[0]?.side !== 'north';
    const y = south ? -4 : plot.depth + 4;
    const menu: [number, string[]][] = [
      [0.75, ['shop', 'convenience', 'name', `${this.random.pick(['邻家', '每日', '好邻居', '万家', '便民'])}便利店`]],
      [0.45, ['amenity', 'restaurant', 'cuisine', 'chinese', 'name', `${this.random.pick(['老街', '家常', '江边', '好味', '川香'])}小馆`]],
      [0.3, ['amenity', 'pharmacy', 'name', `${this.random.pick(['康民', '仁和堂', '百信'])}大药房`]],
      [0.25, ['shop', 'hairdresser', 'name', '丽人美发']],
      [0.2, ['amenity', 'bank', 'name', '示范银行']],
      [0.5, ['amenity', 'parcel_locker', 'name', '快递柜']],
      [0.5, ['amenity', 'recycling', 'recycling_type', 'container', 'name', '垃圾分类投放点']],
      [0.25, ['amenity', 'charging_station', 'bicycle', 'yes', 'name', '电动自行车充电点']],
    ];
    let slot = 0;
    for (const [probability, tags] of menu) {
      slot++;
      if (this.random.chance(this.cell.zone === 'core' || this.cell.zone === 'village' ? probability / 3 : probability)) {
        this.sketch.addNode(plot.at((plot.width * slot) / (menu.length + 1), y), tags);
      }
    }
  }

  /** A village of the outskirts: fields with a few rows of houses by the road. */
  #drawHamlet(plot: Plot, access: readonly Access[]): void {
    const cuts = [0, this.random.between(0.25, 0.4), this.random.between(0.6, 0.75), 1];
    for (let a = 0; a < 3; a++) {
      const field = plot.part(cuts[a], 0, cuts[a + 1], a === 1 ? 0.55 : 1).shrink(6);
      this.sketch.addRing(field.ring(), this.random.chance(0.25) ? ['landuse', 'orchard'] : ['landuse', 'farmland']);
    }
    const hamlet = plot.part(cuts[1], 0.6, cuts[2], 1).shrink(8);
    const anchor = access.find((entry) => entry.side === 'north') ?? access[0];
    this.#compound(hamlet, anchor === undefined ? [] : [{ ...anchor, side: 'north' }], 'farm', `${this.cell.name.zh}村居`);
  }

  #drawLot(plot: Plot, access: readonly Access[], pieces: readonly LotPiece[], letter: string): void {
    for (const entry of pieces) {
      if (!this.#wants(entry.kind)) continue;
      this.#drawFacility(plot.part(...entry.part), entry, access, letter);
    }
    // between the pieces of these lots a path leads in from the street to the south or north
    const way = access.find((entry) => entry.side === 'south' || entry.side === 'north');
    if (way === undefined || !['k', 'm', 'n'].includes(letter)) return;
    const inside = this.sketch.addNode(plot.at(plot.width * (letter === 'k' ? 0.52 : 0.5), plot.depth * (letter === 'k' ? 0.32 : 0.425)));
    this.sketch.addWay([way.node, inside], ['highway', 'footway', 'surface', 'paving_stones']);
  }

  #wants(kind: FacilityKindName): boolean {
    const { deficits } = this.cell;
    if (kind === 'kindergarten') return !deficits.has('no-kindergarten');
    if (kind === 'park') return !deficits.has('no-park');
    if (kind === 'elderlyDayCare' || kind === 'nursingHome') return !deficits.has('no-elderly-care');
    // every other sub-district's health centre is joined to a hospital
    if (kind === 'hospital') return Number(this.cell.block.unitId) % 2 === 1;
    return true;
  }

  #drawFacility(plot: Plot, entry: LotPiece, access: readonly Access[], letter: string): void {
    const kind = FACILITY_KINDS[entry.kind];
    const stem = entry.ofStreet ? this.cell.block.name.zh.replace(/街道$|镇$/, '') : this.cell.stem;
    const name = `${letter === 'q' ? '人民' : stem}${kind.ending}`;
    const { random, sketch } = this;
    const floorM2 = kind.floor[1] === 0 ? 0 : random.integer(kind.floor[0], kind.floor[1]);
    const capacity = kind.capacity[1] === 0 ? 0 : Math.round(random.between(kind.capacity[0], kind.capacity[1]) / 5) * 5;
    const [lon, lat] = plot.at(plot.width / 2, plot.depth / 2);
    const id = `F${this.cell.unitId}${String(this.facilities.length + 1).padStart(3, '0')}`;
    this.facilities.push({ id, kind: entry.kind, name, lon, lat, floorM2, landM2: Math.round(plot.areaM2), capacity });
    const tags = [...kind.tags, 'name', name, 'opening_hours', kind.hours];
    const ring = plot.ring();
    const gate = access[0];
    const nodes = ring.map((place) => sketch.addNode(place));
    const site = [...nodes, nodes[0]];
    let entrance: number | undefined;
    if (gate !== undefined && (entry.kind === 'primary' || entry.kind === 'junior' || entry.kind === 'park' || entry.kind === 'kindergarten' || entry.kind === 'hospital')) entrance = this.#addGate(plot, gate, site, entry.kind);
    sketch.addWay(site, tags);
    if (entry.kind === 'park') this.#drawPark(plot, stem, entrance);
    else if (floorM2 > 0) this.#drawHouse(plot, floorM2, entry.kind);
    if (entry.kind === 'primary' || entry.kind === 'junior') this.#drawSchoolYard(plot, entry.kind, stem);
  }

  /** Puts a gate into the site's outline on the side of the street and leads a path to it. */
  #addGate(plot: Plot, gate: Access, site: number[], kind: FacilityKindName): number {
    const side = (['south', 'east', 'north', 'west'] as const).indexOf(gate.side);
    const t = Math.min(0.95, Math.max(0.05, gate.along));
    const [x, y] = side === 0 ? [t, 0] : side === 1 ? [1, t] : side === 2 ? [t, 1] : [0, t];
    const node = this.sketch.addNode(plot.at(x * plot.width, y * plot.depth), kind === 'park' ? ['entrance', 'yes'] : ['barrier', 'gate', 'entrance', 'main']);
    site.splice(side + 1, 0, node);
    this.sketch.addWay([gate.node, node], kind === 'park' ? ['highway', 'footway'] : ['highway', 'service']);
    return node;
  }

  #drawHouse(plot: Plot, floorM2: number, kind: FacilityKindName): void {
    const levels = kind === 'hospital' ? 9 : floorM2 > 8000 ? 4 : floorM2 > 1500 ? 3 : floorM2 > 500 ? 2 : 1;
    const footprint = Math.min(floorM2 / levels, plot.areaM2 * 0.5);
    const length = Math.min(plot.width * 0.86, Math.sqrt(footprint * (plot.width / plot.depth)));
    const depth = Math.min(plot.depth * 0.86, footprint / length);
    const school = kind === 'primary' || kind === 'junior' || kind === 'kindergarten';
    const y = school ? plot.depth - depth / 2 - 6 : plot.depth / 2;
    const type = school ? 'school' : kind === 'hospital' ? 'hospital' : kind === 'market' || kind === 'supermarket' ? 'retail' : 'public';
    this.sketch.addRing(plot.house(plot.width / 2, y, length, depth), ['building', type, 'building:levels', String(levels), 'height', (levels * 3.9).toFixed(1), 'start_date', String(this.random.integer(1986, 2021))]);
  }

  #drawSchoolYard(plot: Plot, kind: FacilityKindName, stem: string): void {
    const big = kind === 'junior';
    const [length, depth] = big ? [Math.min(104, plot.width * 0.8), Math.min(64, plot.depth * 0.45)] : [Math.min(62, plot.width * 0.8), Math.min(42, plot.depth * 0.4)];
    this.sketch.addRing(plot.house(plot.width / 2, depth / 2 + 7, length, depth), ['leisure', 'pitch', 'sport', 'soccer', 'name', `${stem}${big ? '中学' : '小学'}足球场`, 'players', big ? '11' : '7', 'access', 'permissive']);
  }

  /** Crossing paths and, where there is room, a pond. */
  #drawPark(plot: Plot, stem: string, entrance: number | undefined): void {
    const { sketch } = this;
    const centre = sketch.addNode(plot.at(plot.width / 2, plot.depth / 2));
    const arm = (x: number, y: number): void => {
      const bend = sketch.addNode(plot.at(plot.width * (0.5 + (x - 0.5) * 0.5) + 6, plot.depth * (0.5 + (y - 0.5) * 0.5) - 6));
      sketch.addWay([sketch.addNode(plot.at(plot.width * x, plot.depth * y)), bend, centre], ['highway', 'footway', 'surface', 'paving_stones', 'lit', 'yes']);
    };
    if (entrance !== undefined) sketch.addWay([entrance, centre], ['highway', 'footway', 'surface', 'paving_stones', 'lit', 'yes']);
    for (const [x, y] of [[0.06, 0.06], [0.94, 0.06], [0.94, 0.94], [0.06, 0.94]]) arm(x, y);
    if (plot.areaM2 < 30_000) return;
    const round = Array.from({ length: 14 }, (_, k) => {
      const angle = (k / 14) * 2 * Math.PI;
      const reach = 0.8 + 0.2 * Math.sin(3 * angle);
      return plot.at(plot.width * (0.68 + 0.16 * reach * Math.cos(angle)), plot.depth * (0.34 + 0.18 * reach * Math.sin(angle)));
    });
    sketch.addRing(round, ['natural', 'water', 'water', 'lake', 'name', `${stem}湖`]);
  }

  /** Shares the cell's persons among its homes by floor area, whole persons that add up exactly. */
  #settleHomes(): void {
    const weights = this.homes.map((home) => home.floorM2 * this.random.between(0.85, 1.15));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    if (this.cell.persons > 0 && total === 0) throw new Error(`cell ${this.cell.unitId} has ${this.cell.persons} persons and no home`);
    let running = 0;
    let given = 0;
    this.homes.forEach((home, index) => {
      running += weights[index];
      home.persons = Math.round((running / total) * this.cell.persons) - given;
      given += home.persons;
    });
  }
}
