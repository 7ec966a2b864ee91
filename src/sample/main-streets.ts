/**
 * The main streets that leave a lattice corner northwards and eastwards, with their carriageways, bridges, elevated
 * express road, railway tracks, river banks and boundary lines.
 *
 * Traffic drives on the right: of two carriageways the eastern runs north and the southern runs east.
 */
import { SPACING_M } from './ground.ts';
import type { CornerDrawing } from './boundary-lines.ts';
import { drawBoundaries } from './boundary-lines.ts';
import { between, hasHorizontal, hasVertical, placeOf, positionOf } from './lattice.ts';
import type { CityPlan, Line } from './plan.ts';
import { hasBridge } from './plan.ts';
import type { Sketch } from './sketch.ts';
import { CORNER, EDGE_STEPS, TRACK, WAY, cornerNode, edgeWay, horizontalNode, verticalNode } from './sketch.ts';
import type { Tags } from './write-osm-pbf.ts';

const INNER_GAP = 8 / SPACING_M;
/** Water begins this far inside the embankment streets. */
const BANK_GAP = 45 / SPACING_M;

function sideOf(track: number): number {
  return track % 2 === 0 ? -1 : 1;
}

/** Draws the streets of the corner at (i, j). */
export function drawMainStreets(plan: CityPlan, sketch: Sketch, i: number, j: number): void {
  const links: CornerDrawing = { plan, sketch, i, j, position: positionOf(plan, i, j) };
  drawCorner(links);
  if (hasVertical(plan, i, j)) drawVertical(links);
  if (hasHorizontal(plan, i, j)) drawHorizontal(links);
  if (plan.horizontal[j].kind === 'river' && i < plan.columns) drawRiver(links);
  placeCorridorCorners(links);
  drawTurnRounds(links);
  drawBoundaries(links);
}

function drawCorner({ plan, sketch, i, j, position }: CornerDrawing): void {
  const vertical = plan.vertical[i];
  const horizontal = plan.horizontal[j];
  const streets = [hasVertical(plan, i, j), hasVertical(plan, i, j - 1), hasHorizontal(plan, i, j), hasHorizontal(plan, i - 1, j)];
  if (!streets.some(Boolean)) return;
  const signal = streets.filter(Boolean).length >= 3 && (vertical.lanes === 2 || horizontal.lanes === 2 || (i + j) % 2 === 0);
  for (let a = 0; a < vertical.lanes; a++) {
    for (let b = 0; b < horizontal.lanes; b++) {
      const tags: Tags = signal ? ['highway', 'traffic_signals', 'crossing', 'traffic_signals'] : [];
      const u = i + sideOf(a) * vertical.gap;
      const v = j + sideOf(b) * horizontal.gap;
      sketch.placeNode(cornerNode(position, CORNER.street(a, b)), placeOf(plan, u, v), tags);
    }
  }
}

/** Where a street of two carriageways leaves the map, one may turn round. */
function drawTurnRounds({ plan, sketch, i, j, position }: CornerDrawing): void {
  const join = (slot: number, ends: readonly [number, number]): void => {
    sketch.placeWay(edgeWay(position, slot), ends.map((end) => cornerNode(position, end)), ['highway', 'tertiary', 'surface', 'asphalt']);
  };
  if (isOneway(plan.vertical[i]) && (j === 0 || j === plan.rows)) join(WAY.verticalEnd, [CORNER.street(0, 0), CORNER.street(1, 0)]);
  if (isOneway(plan.horizontal[j]) && (i === 0 || i === plan.columns)) join(WAY.horizontalEnd, [CORNER.street(0, 0), CORNER.street(0, 1)]);
}

/** Corner nodes of corridors, which at the far ends of the city no edge of their own corner places. */
function placeCorridorCorners({ plan, sketch, i, j, position }: CornerDrawing): void {
  const horizontal = plan.horizontal[j];
  for (const track of [0, 1]) {
    const side = sideOf(track);
    if (plan.vertical[i].kind === 'express') sketch.placeNode(cornerNode(position, CORNER.verticalInner(track)), placeOf(plan, i + side * INNER_GAP, j));
    if (horizontal.kind === 'rail') sketch.placeNode(cornerNode(position, CORNER.horizontalInner(track)), placeOf(plan, i, j + (side * INNER_GAP) / 3));
    if (horizontal.kind === 'river') sketch.placeNode(cornerNode(position, CORNER.bank(track)), placeOf(plan, i, j + side * (horizontal.gap - BANK_GAP)));
  }
}

/** highway=… and what goes with it for a main street. */
function mainTags(line: Line, outside: boolean): string[] {
  const highway = line.kind === 'dual' || line.kind === 'express' ? 'primary' : 'secondary';
  const name = ['name', line.name.zh, 'name:en', line.name.en];
  if (outside) return ['highway', line.lanes === 2 && highway === 'primary' ? 'secondary' : 'tertiary', ...name, 'maxspeed', '60', 'surface', 'asphalt'];
  const wide = highway === 'primary';
  return ['highway', highway, ...name, 'lanes', wide ? '3' : '4', 'maxspeed', wide ? '60' : '50', 'sidewalk', wide ? 'right' : 'both', 'lit', 'yes', 'surface', 'asphalt'];
}

function isOneway(line: Line): boolean {
  return line.kind === 'dual' || line.kind === 'express';
}

function drawVertical({ plan, sketch, i, j, position }: CornerDrawing): void {
  const line = plan.vertical[i];
  const below = plan.horizontal[j];
  const above = positionOf(plan, i, j + 1);
  const tags = mainTags(line, j === 0 || j === plan.rows - 1);
  for (let track = 0; track < line.lanes; track++) {
    const u = i + sideOf(track) * line.gap;
    const refs: number[] = [];
    const start = below.kind === 'river' ? below.lanes - 1 : 0;
    for (let b = start; b < below.lanes; b++) refs.push(cornerNode(position, CORNER.street(track, b)));
    for (let step = 1; step < EDGE_STEPS; step++) {
      refs.push(sketch.placeNode(verticalNode(position, track, step), placeOf(plan, u, between(plan.horizontal, j, step / EDGE_STEPS))));
    }
    refs.push(cornerNode(above, CORNER.street(track, 0)));
    drawCarriageway(sketch, edgeWay(position, WAY.vertical + track), refs, tags, isOneway(line), track === 1);
    if (below.kind === 'river' && hasBridge(plan, i)) drawBridge({ plan, sketch, i, j, position }, line, track, tags);
  }
  if (isOneway(line)) drawMedianLink(sketch, edgeWay(position, WAY.verticalLink), [0, 1].map((track) => verticalNode(position, track, EDGE_STEPS / 2)), line.name.zh);
  if (line.kind === 'express') drawExpress({ plan, sketch, i, j, position });
}

function drawCarriageway(sketch: Sketch, id: number, refs: number[], tags: string[], oneway: boolean, forward: boolean): void {
  if (!oneway) sketch.placeWay(id, refs, tags);
  else sketch.placeWay(id, forward ? refs : [...refs].reverse(), [...tags, 'oneway', 'yes']);
}

function drawBridge({ plan, sketch, i, j, position }: CornerDrawing, line: Line, track: number, tags: string[]): void {
  const refs = [cornerNode(position, CORNER.street(track, 0)), cornerNode(position, CORNER.street(track, 1))];
  const name = `${line.name.zh.replace(/(快速路|大道|路|街)$/, '')}大桥`;
  const bridge = [...tags.filter((_, k) => k < 2 || k > 5), 'name', name, 'bridge', 'yes', 'layer', '1'];
  const u = i + sideOf(track) * line.gap;
  const river = plan.horizontal[j];
  const mid = [1, 2, 3].map((step) => sketch.addNode(placeOf(plan, u, j - river.gap + (step / 4) * 2 * river.gap)));
  drawCarriageway(sketch, edgeWay(position, WAY.verticalBridge + track), [refs[0], ...mid, refs[1]], bridge, isOneway(line), track === 1);
}

/** A gap in the middle where one may turn back or cross, with a crossing for walkers. */
function drawMedianLink(sketch: Sketch, id: number, refs: number[], name: string): void {
  for (const ref of refs) {
    const node = sketch.findNode(ref);
    if (node !== undefined) sketch.placeNode(ref, [node.lon, node.lat], ['highway', 'crossing', 'crossing', 'zebra']);
  }
  sketch.placeWay(id, refs, ['highway', 'tertiary', 'name', name, 'footway', 'crossing', 'surface', 'asphalt']);
}

/** The elevated express road above the street of the same name, one way an edge, with ramps to the street below. */
function drawExpress({ plan, sketch, i, j, position }: CornerDrawing): void {
  const above = positionOf(plan, i, j + 1);
  const line = plan.vertical[i];
  for (let track = 0; track < 2; track++) {
    const u = i + sideOf(track) * INNER_GAP;
    const refs = [sketch.placeNode(cornerNode(position, CORNER.verticalInner(track)), placeOf(plan, u, j))];
    for (let step = 2; step < EDGE_STEPS; step += 2) {
      refs.push(sketch.placeNode(verticalNode(position, TRACK.innerFirst + track, step), placeOf(plan, u, j + step / EDGE_STEPS)));
    }
    refs.push(cornerNode(above, CORNER.verticalInner(track)));
    const tags = ['highway', 'trunk', 'name', line.name.zh, 'name:en', line.name.en, 'bridge', 'viaduct', 'layer', '2', 'lanes', '3', 'maxspeed', '80', 'foot', 'no', 'bicycle', 'no', 'surface', 'asphalt'];
    drawCarriageway(sketch, edgeWay(position, TRACK.innerFirst + track), refs, tags, true, track === 1);
    if (j === 0 || j === plan.rows - 1) drawEndRamp(sketch, plan, i, j, position, track);
    else if (j % 2 === 0) drawRamps(sketch, position, track);
  }
}

/** Off and on again along the same edge, for each direction. */
function drawRamps(sketch: Sketch, position: number, track: number): void {
  const inner = TRACK.innerFirst + track;
  const tags: Tags = ['highway', 'trunk_link', 'oneway', 'yes', 'layer', '1', 'maxspeed', '40', 'foot', 'no', 'bicycle', 'no'];
  const pairs = track === 1 ? [[4, 9, true], [20, 15, false]] : [[20, 15, true], [4, 9, false]];
  pairs.forEach(([upper, lower, off], index) => {
    const refs = [verticalNode(position, inner, upper as number), verticalNode(position, track, lower as number)];
    sketch.placeWay(edgeWay(position, WAY.ramp + 2 * track + index), off ? refs : refs.reverse(), tags);
  });
}

/** Where the express road meets the edge of the map it comes down to the street. */
function drawEndRamp(sketch: Sketch, plan: CityPlan, i: number, j: number, position: number, track: number): void {
  const south = j === 0;
  const corner = positionOf(plan, i, south ? 0 : j + 1);
  const end = cornerNode(corner, CORNER.verticalInner(track));
  const street = verticalNode(position, track, south ? 3 : EDGE_STEPS - 3);
  const up = (track === 1) === south;
  sketch.placeWay(edgeWay(position, WAY.ramp + track), up ? [street, end] : [end, street], ['highway', 'trunk_link', 'oneway', 'yes', 'foot', 'no', 'bicycle', 'no']);
}

function drawHorizontal({ plan, sketch, i, j, position }: CornerDrawing): void {
  const line = plan.horizontal[j];
  const left = plan.vertical[i];
  const next = positionOf(plan, i + 1, j);
  const tags = mainTags(line, i === 0 || i === plan.columns - 1);
  for (let track = 0; track < line.lanes; track++) {
    const v = j + sideOf(track) * line.gap;
    const refs: number[] = [];
    for (let a = 0; a < left.lanes; a++) refs.push(cornerNode(position, CORNER.street(a, track)));
    for (let step = 1; step < EDGE_STEPS; step++) {
      refs.push(sketch.placeNode(horizontalNode(position, track, step), placeOf(plan, between(plan.vertical, i, step / EDGE_STEPS), v)));
    }
    refs.push(cornerNode(next, CORNER.street(0, track)));
    const named = line.kind === 'river' ? riverStreetTags(tags, track) : tags;
    drawCarriageway(sketch, edgeWay(position, WAY.horizontal + track), refs, named, isOneway(line), track === 0);
  }
  if (isOneway(line)) drawMedianLink(sketch, edgeWay(position, WAY.horizontalLink), [0, 1].map((track) => horizontalNode(position, track, EDGE_STEPS / 2)), line.name.zh);
  if (line.kind === 'rail') drawTracks({ plan, sketch, i, j, position });
}

function riverStreetTags(tags: string[], track: number): string[] {
  return tags.map((value, k) => (tags[k - 1] === 'name' ? (track === 0 ? '滨江南路' : '滨江北路') : tags[k - 1] === 'name:en' ? (track === 0 ? 'Binjiang South Road' : 'Binjiang North Road') : value));
}

function drawTracks({ plan, sketch, i, j, position }: CornerDrawing): void {
  const next = positionOf(plan, i + 1, j);
  for (let track = 0; track < 2; track++) {
    const v = j + (sideOf(track) * INNER_GAP) / 3;
    const refs = [sketch.placeNode(cornerNode(position, CORNER.horizontalInner(track)), placeOf(plan, i, v))];
    for (let step = 2; step < EDGE_STEPS; step += 2) {
      refs.push(sketch.placeNode(horizontalNode(position, TRACK.innerFirst + track, step), placeOf(plan, i + step / EDGE_STEPS, v)));
    }
    refs.push(cornerNode(next, CORNER.horizontalInner(track)));
    sketch.placeWay(edgeWay(position, WAY.horizontal + TRACK.innerFirst + track), refs, ['railway', 'rail', 'name', '示范铁路', 'name:en', 'Shifan Railway', 'usage', 'main', 'electrified', 'contact_line', 'gauge', '1435', 'bridge', 'viaduct', 'layer', '1']);
  }
}

/** Bank lines and the green strips between water and embankment street; the water itself is one city-wide relation. */
function drawRiver({ plan, sketch, i, j, position }: CornerDrawing): void {
  const river = plan.horizontal[j];
  const next = positionOf(plan, i + 1, j);
  const banks = [-1, 1].map((side) => {
    const v = j + side * (river.gap - BANK_GAP);
    const slot = CORNER.bank(side < 0 ? 0 : 1);
    const track = side < 0 ? TRACK.bankFirst : TRACK.bankSecond;
    const refs = [sketch.placeNode(cornerNode(position, slot), placeOf(plan, i, v))];
    for (let step = 2; step < EDGE_STEPS; step += 2) {
      refs.push(sketch.placeNode(horizontalNode(position, track, step), placeOf(plan, i + step / EDGE_STEPS, v)));
    }
    refs.push(cornerNode(next, slot));
    sketch.placeWay(edgeWay(position, WAY.horizontal + track), refs, []);
    return refs;
  });
  if (i === 0 || i === plan.columns - 1) sketch.placeWay(edgeWay(position, 28), [banks[0], banks[1]].map((refs) => refs[i === 0 ? 0 : refs.length - 1]), []);
  if (i === 0 || i === plan.columns - 1) return;
  for (const side of [-1, 1]) {
    const cell = plan.cells[(side < 0 ? j - 1 : j) * plan.columns + i];
    const green: Tags = cell.deficits.has('no-park') || cell.zone === 'industry' || cell.zone === 'village' ? ['landuse', 'grass'] : ['leisure', 'park', 'name', `${cell.stem}滨江绿地`];
    drawStrip(plan, sketch, i, j + side * (river.gap - BANK_GAP + 2 / SPACING_M), j + side * (river.gap - 9 / SPACING_M), green);
  }
}

/** A strip along the river from one main street to the next; with a path where it is a park. */
function drawStrip(plan: CityPlan, sketch: Sketch, i: number, v0: number, v1: number, tags: Tags): void {
  const west = i + plan.vertical[i].gap + 0.02;
  const east = i + 1 - plan.vertical[i + 1].gap - 0.02;
  const along = Array.from({ length: 9 }, (_, k) => west + ((east - west) * k) / 8);
  sketch.addRing([...along.map((u) => placeOf(plan, u, v0)), ...along.reverse().map((u) => placeOf(plan, u, v1))], tags);
}
