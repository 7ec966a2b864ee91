/**
 * Cuts a city into units that partition it: districts, blocks and communities.
 *
 * All lines that keep areas apart, with the borders of the city and of imported units, become one planar network whose
 * faces are the atoms. A unit is a set of faces, so that units of a level share their borders vertex for vertex and fill
 * the unit above them. Blocks are faces between arterial roads, railways and water: those above 5 km² are split along
 * lesser streets, those below 2 km² join a neighbour. Communities join the faces of a block; unit-sizes.ts says how large.
 *
 * The faces come from engine/spatial/tessellation-*.ts (lay-faces.ts feeds them), the joining is merge-regions.ts on groups
 * of faces (group-faces.ts). Rejected: polygonising in PostGIS, which holds the embedded base's only connection for the
 * seconds it takes, and unions of polygons, whose borders agree only up to rounding.
 *
 * Memory: about 65 bytes a face beside the network's own.
 */
import { ChengmaiError } from '../../core/errors.ts';
import type { Geometry } from '../../engine/spatial/geometry.ts';
import { areaM2 as areaOf } from '../../engine/spatial/measure.ts';
import type { Tessellation } from '../../engine/spatial/tessellation-faces.ts';
import { locateFace } from '../../engine/spatial/tessellation-faces.ts';
import type { RegionRings } from '../../engine/spatial/tessellation-regions.ts';
import { traceRegions } from '../../engine/spatial/tessellation-regions.ts';
import type { BuiltUpArea } from './built-up-area.ts';
import { dropCrumbs, findBuiltUpArea, roundToUnits } from './built-up-area.ts';
import type { FaceClasses } from './classify-faces.ts';
import { classifyFaces } from './classify-faces.ts';
import { assignTo, countOf, deriveBlocks, deriveCommunities, groupBy, sumBy } from './group-faces.ts';
import { centreOf, layFaces } from './lay-faces.ts';
import type { CutInput, Faces, Frame } from './cut-input.ts';
import { GRID_PER_DEGREE } from './cut-input.ts';

export interface CutUnit {
  readonly geometry: Geometry;
  /** Number of the unit above in its own level's list; -1: straight below the next level up that has one. */
  readonly parent: number;
  /** Number of the imported unit that this is, or -1 where it was derived (or is what imported units leave over). */
  readonly imported: number;
  readonly areaM2: number;
  readonly landM2: number;
  readonly persons: number;
  /** True for what lies outside the built-up area: one unit, no block or community, for each unit above. */
  readonly outside: boolean;
  /** Land and persons of the built-up area in this unit. */
  readonly builtUpM2: number;
  readonly builtUpPersons: number;
}

export interface CutResult {
  readonly city: CutUnit;
  readonly districts: readonly CutUnit[];
  readonly blocks: readonly CutUnit[];
  readonly communities: readonly CutUnit[];
  readonly faceCount: number;
  readonly builtUp: Pick<BuiltUpArea, 'known' | 'pieces' | 'hamlets'> & { readonly toldBy: FaceClasses['toldBy'] | undefined };
  readonly locator: UnitLocator;
}

/** What it takes to tell which units hold a point: the network, and each face's units. Plain data, so that it crosses threads. */
export interface UnitLocator {
  readonly frame: Frame;
  readonly t: Tessellation;
  /** Numbers of units from 1 by face; 0 for none. */
  readonly districtOf: Uint32Array;
  readonly blockOf: Uint32Array;
  readonly communityOf: Uint32Array;
}

export interface Located {
  readonly district: number;
  readonly block: number;
  readonly community: number;
}

/**
 * @throws ChengmaiError of kind input: `base/city-too-large` beyond 6 degrees of width or height, `base/city-without-area`
 */
export function cutUnits(input: CutInput): CutResult {
  const frame = centreOf(input.city);
  const faces = layFaces(input, frame);
  const district = assignTo(faces, input.districts);
  const importedCommunity = assignTo(faces, input.communities);
  const importedBlock = assignTo(faces, input.blocks);

  const classes = input.evidence === undefined ? undefined : classifyFaces(faces, input.evidence, input.population, frame);
  const area = findBuiltUpArea(faces, classes?.of, frame);
  // nothing shows where the city is built up: all of it is cut
  if (!area.known && input.evidence !== undefined) return cutUnits({ ...input, evidence: undefined });

  const districtGroups = input.districts.length > 0 ? groupBy(faces, [district]) : undefined;
  const above = districtGroups?.of ?? new Uint32Array(faces.t.faceCount);
  const holds = dropCrumbs(faces, area.holds, above, area.links);
  // a block is made of whole imported communities, so that each is either within the built-up area or not
  const within = input.blocks.length === 0 && input.communities.length > 0 ? roundToUnits(faces, holds, importedCommunity) : holds;
  const blockOf = input.blocks.length > 0
    ? groupBy(faces, [above, importedBlock]).of
    : deriveBlocks(faces, above, input.communities.length > 0 ? importedCommunity : undefined, within, area.links);
  const communityOf = input.communities.length > 0
    ? groupBy(faces, [blockOf, importedCommunity]).of
    : deriveCommunities(faces, blockOf, input.population !== undefined, within, area.links);

  const none = new Uint32Array(faces.t.faceCount);
  const build = (groupOf: ArrayLike<number>, aboveOf: Uint32Array, imported: Uint32Array | undefined): CutUnit[] => buildUnits(faces, groupOf, aboveOf, imported, within, holds, frame);
  const city = build(faces.inCity, none, none)[0];
  if (city === undefined) {
    throw new ChengmaiError('input', 'base/city-without-area', {
      zh: '城市边界没有面积，无法划分空间单元；请检查边界文件与坐标系。',
      en: 'The city boundary encloses no area, so no places can be cut; check the boundary file and its coordinate system.',
    });
  }
  return {
    city: { ...city, parent: -1, imported: -1 },
    districts: districtGroups === undefined ? [] : build(districtGroups.of, none, district),
    blocks: build(blockOf, above, input.blocks.length > 0 ? importedBlock : undefined),
    communities: build(communityOf, blockOf, input.communities.length > 0 ? importedCommunity : undefined),
    faceCount: faces.t.faceCount - 1,
    builtUp: { known: area.known, pieces: area.pieces, hamlets: area.hamlets, toldBy: classes?.toldBy },
    locator: { frame, t: faces.t, districtOf: districtGroups?.of ?? new Uint32Array(faces.t.faceCount), blockOf, communityOf },
  };
}

/** Numbers of the units that hold a point, -1 where there is none. */
export function locateUnits({ frame, t, districtOf, blockOf, communityOf }: UnitLocator, lon: number, lat: number): Located {
  const face = locateFace(t, (lon - frame.lon) * GRID_PER_DEGREE, (lat - frame.lat) * GRID_PER_DEGREE);
  return { district: districtOf[face] - 1, block: blockOf[face] - 1, community: communityOf[face] - 1 };
}

/** `imported` is undefined at levels that are derived: their units are within the built-up area as a whole, or outside. */
function buildUnits(faces: Faces, groupOf: ArrayLike<number>, aboveOf: Uint32Array, imported: Uint32Array | undefined, within: Uint8Array, builtUp: Uint8Array, frame: Frame): CutUnit[] {
  const of = Uint32Array.from(groupOf);
  const count = countOf(of);
  const rings = traceRegions(faces.t, of, count);
  const land = sumBy(of, count, faces.landM2);
  const persons = sumBy(of, count, faces.persons);
  const builtUpM2 = sumBy(of, count, faces.landM2.map((m2, f) => m2 * builtUp[f]));
  const builtUpPersons = sumBy(of, count, faces.persons.map((one, f) => one * builtUp[f]));
  const parent = new Int32Array(count);
  const source = new Int32Array(count).fill(-1);
  const outside = new Uint8Array(count);
  for (let f = 1; f < of.length; f++) {
    if (of[f] === 0) continue;
    parent[of[f] - 1] = aboveOf[f] - 1;
    if (imported !== undefined) source[of[f] - 1] = imported[f] - 1;
    else if (within[f] === 0) outside[of[f] - 1] = 1;
  }
  return rings.map((region, i) => {
    const geometry = toGeometry(faces.t, region, frame);
    return {
      geometry,
      parent: parent[i],
      imported: source[i],
      areaM2: areaOf(geometry),
      landM2: land[i],
      persons: persons[i],
      outside: outside[i] === 1,
      builtUpM2: builtUpM2[i],
      builtUpPersons: builtUpPersons[i],
    };
  });
}

function toGeometry(t: Tessellation, region: RegionRings, frame: Frame): Geometry {
  const flat: number[] = [];
  const partEnds: number[] = [];
  const polygonEnds: number[] = [];
  const degrees = (origin: number, steps: number): number => Math.round(origin * GRID_PER_DEGREE + steps) / GRID_PER_DEGREE;
  for (const { shell, holes } of region.polygons) {
    for (const ring of [shell, ...holes]) {
      for (const v of ring) flat.push(degrees(frame.lon, t.x[v]), degrees(frame.lat, t.y[v]));
      flat.push(degrees(frame.lon, t.x[ring[0]]), degrees(frame.lat, t.y[ring[0]]));
      partEnds.push(flat.length / 2);
    }
    polygonEnds.push(partEnds.length);
  }
  const single = polygonEnds.length === 1;
  return {
    type: single ? 'Polygon' : 'MultiPolygon',
    coordinates: Float64Array.from(flat),
    partEnds: Uint32Array.from(partEnds),
    ...(!single && { polygonEnds: Uint32Array.from(polygonEnds) }),
  };
}
