/**
 * Leaves out maps that are too thin to be one of the city: roads alone with a handful of mapped buildings or a lone industrial estate. What is divided by such
 * land, or counted of such buildings, would look like a value and be none (2 m² of construction land a person); without them indicators say that they are missing.
 *
 * Limits are ours, below what any city lives on: 10 m² of settled and green land a resident (GB 50137 plans 65–115, the densest quarters of Macao have 20);
 * 0.5 m² of footprint a resident (35 m² of floor each in houses of 50 storeys are 0.7). Jobs that are fewer than one for seven residents are those of some
 * parks or offices, not of a city (China has one for two). Without persons nothing is left out.
 */
import { GROUND, groundOf } from '../../base/places/built-up-rules.ts';
import type { Shapes, Snapshot } from '../../base/snapshot/model.ts';
import type { NoteBook } from '../../core/note.ts';

const LEAST_LAND_M2 = 10;
const LEAST_FOOTPRINT_M2 = 0.5;
const LEAST_JOBS = 1 / 7;

const noShapes = (): Shapes => ({ verticesE7: new Int32Array(0), partEnds: new Uint32Array(0), shapeEnds: new Uint32Array(0) });

function residentsOf({ meta, population: { persons } }: Snapshot): number {
  const group = meta.groups.indexOf('total');
  if (group < 0) return 0;
  const { points } = meta.counts;
  return persons.subarray(group * points, (group + 1) * points).reduce((sum, each) => sum + each, 0);
}

/** m² of land that people live, work and rest on; overlaps count twice, so that a thin map may pass, never the other way round. */
function settledM2({ landUse, text }: Snapshot): number {
  const known = new Map<number, boolean>();
  let sum = 0;
  landUse.kind.forEach((kind, i) => {
    if (landUse.water[i] === 1) return;
    let counts = known.get(kind);
    if (counts === undefined) known.set(kind, (counts = [GROUND.settled, GROUND.green].some((ground) => ground === groundOf(text(kind)))));
    if (counts) sum += landUse.areaM2[i];
  });
  return sum;
}

/** The same snapshot without land use, buildings or jobs where these are too thin. */
export function leaveOutThinMaps(snapshot: Snapshot, notes: NoteBook): Snapshot {
  const residents = residentsOf(snapshot);
  if (!(residents > 0)) return snapshot;
  const { building, job, landUse } = snapshot;
  const jobs = job.count.reduce((sum, each) => sum + each, 0) / residents;
  const areJobsThin = job.count.length > 0 && jobs < LEAST_JOBS;
  const land = settledM2(snapshot) / residents;
  const footprint = building.footprintM2.reduce((sum, each) => sum + each, 0) / residents;
  const isLandThin = landUse.kind.length > 0 && land < LEAST_LAND_M2;
  const isBuildingThin = building.footprintM2.length > 0 && footprint < LEAST_FOOTPRINT_M2;
  if (areJobsThin) {
    notes.add('warning', 'checkup/jobs-too-thin', {
      zh: `数据中每百名居民只有 ${(100 * jobs).toFixed(1)} 个岗位，不足以代表全市，未使用；请导入就业岗位的格网或点位。`, en: `The data have ${(100 * jobs).toFixed(1)} jobs for 100 residents, too few to stand for the city; they were not used. Import jobs as a grid or as points.`,
    });
  }
  if (isLandThin) {
    notes.add('warning', 'checkup/land-use-too-thin', {
      zh: `地图中人均只有 ${land.toFixed(1)} m² 的建设用地，不足以代表全市，未使用；请导入土地利用数据。`, en: `The map has ${land.toFixed(1)} m² of settled land a resident, too little to stand for the city; it was not used. Import land use.`,
    });
  }
  if (isBuildingThin) {
    notes.add('warning', 'checkup/buildings-too-thin', {
      zh: `地图中人均只有 ${footprint.toFixed(2)} m² 的建筑基底，不足以代表全市，未使用；请导入建筑数据。`, en: `The map has ${footprint.toFixed(2)} m² of building footprint a resident, too little to stand for the city; it was not used. Import buildings.`,
    });
  }
  return {
    ...snapshot,
    ...(areJobsThin && { job: { pointE7: new Int32Array(0), count: new Float32Array(0) } }),
    ...(isLandThin && { landUse: { kind: new Uint32Array(0), source: new Uint32Array(0), areaM2: new Float32Array(0), water: new Uint8Array(0), shapes: noShapes() } }),
    ...(isBuildingThin && {
      building: { centreE7: new Int32Array(0), kind: new Uint32Array(0), source: new Uint32Array(0), footprintM2: new Float32Array(0), storeys: new Float32Array(0), residential: new Uint8Array(0), shapes: noShapes() },
    }),
  };
}
