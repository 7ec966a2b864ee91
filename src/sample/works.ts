/** What is neither home nor community facility: factories, offices, malls, heritage, campus, station, building sites. */
import type { CellDrawing } from './cell.ts';
import type { Access } from './lots.ts';
import type { Plot } from './plot.ts';
import { pointOnSide } from './plot.ts';

type Drawer = (drawing: CellDrawing, plot: Plot, access: readonly Access[]) => void;

function addBlock(drawing: CellDrawing, plot: Plot, x: number, y: number, length: number, depth: number, type: string, levels: number, more: string[] = []): void {
  drawing.sketch.addRing(plot.house(plot.width * x, plot.depth * y, plot.width * length, plot.depth * depth), ['building', type, 'building:levels', String(levels), 'height', (levels * 4).toFixed(1), ...more]);
}

/** Short drives from the streets to just inside the yard. */
function addYard(drawing: CellDrawing, plot: Plot, access: readonly Access[]): void {
  const { sketch } = drawing;
  for (const { node, side, along } of access.slice(0, 2)) {
    const [x, y] = pointOnSide(side, along, plot.width, plot.depth, 4);
    sketch.addWay([node, sketch.addNode(plot.at(x, y))], ['highway', 'service']);
  }
}

function drawFactory(drawing: CellDrawing, plot: Plot, access: readonly Access[]): void {
  const { random, sketch, cell } = drawing;
  const name = `${cell.stem}${random.pick(['机械', '汽配', '电子', '纺织', '食品', '新材料', '包装', '模具'])}有限公司`;
  sketch.addRing(plot.ring(), ['landuse', 'industrial', 'name', name]);
  const rows = random.integer(2, 3);
  for (let r = 0; r < rows; r++) addBlock(drawing, plot, 0.3, (r + 0.5) / rows, 0.5, 0.7 / rows, 'industrial', random.integer(1, 3), ['start_date', String(random.integer(1994, 2016))]);
  addBlock(drawing, plot, 0.8, 0.3, 0.26, 0.3, 'industrial', 2);
  addBlock(drawing, plot, 0.8, 0.8, 0.2, 0.12, 'office', 4, ['name', `${name}办公楼`]);
  addYard(drawing, plot, access);
}

function drawWarehouse(drawing: CellDrawing, plot: Plot, access: readonly Access[]): void {
  drawing.sketch.addRing(plot.ring(), ['landuse', 'industrial', 'industrial', 'warehouse', 'name', `${drawing.cell.stem}物流园`]);
  for (const y of [0.2, 0.5, 0.8]) addBlock(drawing, plot, 0.5, y, 0.84, 0.18, 'warehouse', 1);
  addYard(drawing, plot, access);
}

function drawOffice(drawing: CellDrawing, plot: Plot, access: readonly Access[]): void {
  const { random, sketch, cell } = drawing;
  sketch.addRing(plot.ring(), ['landuse', 'commercial']);
  addBlock(drawing, plot, 0.28, 0.3, 0.26, 0.28, 'office', random.integer(12, 38), ['name', `${cell.stem}${random.pick(['大厦', '广场', '中心'])}A座`]);
  addBlock(drawing, plot, 0.72, 0.3, 0.26, 0.28, 'office', random.integer(9, 24));
  addBlock(drawing, plot, 0.5, 0.75, 0.8, 0.26, 'commercial', random.integer(3, 5));
  addYard(drawing, plot, access);
}

function drawMall(drawing: CellDrawing, plot: Plot, access: readonly Access[]): void {
  const { sketch, cell } = drawing;
  sketch.addRing(plot.ring(), ['landuse', 'retail']);
  addBlock(drawing, plot, 0.5, 0.5, 0.8, 0.7, 'retail', 6, ['shop', 'mall', 'name', `${cell.stem}购物中心`]);
  sketch.addNode(plot.at(plot.width * 0.5, plot.depth * 0.04), ['amenity', 'cinema', 'name', '示范影城']);
  addYard(drawing, plot, access);
}

function drawHeritage(drawing: CellDrawing, plot: Plot): void {
  const { cell, random } = drawing;
  for (const [x, name] of [[0.25, '文庙'], [0.75, '老城会馆']] as const) {
    addBlock(drawing, plot, x, 0.22, 0.28, 0.18, 'yes', 1, ['historic', 'building', 'heritage', '2', 'name', `${cell.stem}${name}`, 'start_date', String(random.integer(1650, 1900))]);
  }
}

function drawCampus(drawing: CellDrawing, plot: Plot, access: readonly Access[]): void {
  const { sketch } = drawing;
  sketch.addRing(plot.ring(), ['amenity', 'university', 'name', '示范大学', 'name:en', 'Shifan University']);
  for (let r = 0; r < 4; r++) for (let c = 0; c < 4; c++) if (r !== 1 || c === 0) addBlock(drawing, plot, (c + 0.5) / 4, (r + 0.5) / 4, 0.17, 0.1, 'university', 5);
  sketch.addRing(plot.part(0.3, 0.3, 0.7, 0.46).ring(), ['leisure', 'track', 'sport', 'athletics', 'name', '示范大学体育场']);
  addYard(drawing, plot, access);
}

function drawStation(drawing: CellDrawing, plot: Plot, access: readonly Access[]): void {
  const { sketch } = drawing;
  addBlock(drawing, plot, 0.5, 0.84, 0.7, 0.2, 'train_station', 3, ['name', '示范站', 'name:en', 'Shifan Railway Station']);
  sketch.addNode(plot.at(plot.width / 2, plot.depth * 0.95), ['railway', 'station', 'public_transport', 'station', 'train', 'yes', 'name', '示范站', 'name:en', 'Shifan Railway Station']);
  sketch.addRing(plot.part(0.1, 0.1, 0.9, 0.68).ring(), ['place', 'square', 'highway', 'pedestrian', 'area', 'yes', 'name', '站前广场']);
  addYard(drawing, plot, access);
}

function drawSite(drawing: CellDrawing, plot: Plot): void {
  drawing.sketch.addRing(plot.ring(), ['landuse', drawing.random.chance(0.5) ? 'construction' : 'brownfield']);
}

/** The two green corners that an avenue across a lot leaves. */
function drawCorners(drawing: CellDrawing, plot: Plot): void {
  const { sketch } = drawing;
  const [w, d] = [plot.width, plot.depth];
  const off = 22;
  sketch.addRing([plot.at(off, 0), plot.at(w, 0), plot.at(w, d - off)], ['landuse', 'grass']);
  sketch.addRing([plot.at(0, off), plot.at(w - off, d), plot.at(0, d)], ['landuse', 'grass']);
}

const DRAWERS: Readonly<Record<string, Drawer>> = {
  i: drawFactory,
  w: drawWarehouse,
  o: drawOffice,
  r: drawMall,
  x: drawHeritage,
  u: drawCampus,
  z: drawStation,
  '-': drawSite,
  '/': drawCorners,
};

export function drawWorks(drawing: CellDrawing, plot: Plot, access: readonly Access[], letter: string): void {
  const drawer = DRAWERS[letter];
  if (drawer === undefined) throw new Error(`no lot is drawn for the letter ${letter}`);
  drawer(drawing, plot, access);
}
