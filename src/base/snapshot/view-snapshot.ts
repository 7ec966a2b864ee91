/** Opens a snapshot's bytes: typed arrays over one buffer. Pure, so that threads, tests and browsers open what the base wrote. */
import { readSections } from '../../engine/spatial/section-buffer.ts';
import type { Shapes, Snapshot, SnapshotMeta } from './model.ts';
import { SNAPSHOT_VERSION } from './model.ts';

/** Views of a buffer that build-snapshot.ts made. @throws RangeError on anything else */
export function viewSnapshot(bytes: Uint8Array<ArrayBuffer>): Snapshot {
  const sections = readSections<SnapshotMeta>(SNAPSHOT_VERSION, bytes);
  const u32 = (name: string): Uint32Array => sections.get(name, 'u32');
  const i32 = (name: string): Int32Array => sections.get(name, 'i32');
  const f32 = (name: string): Float32Array => sections.get(name, 'f32');
  const f64 = (name: string): Float64Array => sections.get(name, 'f64');
  const u8 = (name: string): Uint8Array => sections.get(name, 'u8');
  const shapes = (name: string): Shapes => ({ verticesE7: i32(`${name}.verticesE7`), partEnds: u32(`${name}.partEnds`), shapeEnds: u32(`${name}.shapeEnds`) });
  const textBytes = u8('text.bytes');
  const textEnds = u32('text.ends');
  const decoder = new TextDecoder();
  return {
    meta: sections.meta,
    bytes,
    sections,
    text: (number) => (number === 0 ? '' : decoder.decode(textBytes.subarray(textEnds[number - 1], textEnds[number]))),
    street: {
      nodeId: f64('street.nodeId'), nodeE7: i32('street.nodeE7'), wayEnds: u32('street.wayEnds'), wayNodes: u32('street.wayNodes'), wayKind: u32('street.wayKind'),
      wayName: u32('street.wayName'), waySource: u32('street.waySource'), tagEnds: u32('street.tagEnds'), tagKey: u32('street.tagKey'), tagValue: u32('street.tagValue'),
    },
    streetPoint: { node: u32('streetPoint.node'), tagEnds: u32('streetPoint.tagEnds'), tagKey: u32('streetPoint.tagKey'), tagValue: u32('streetPoint.tagValue') },
    square: {
      id: f64('square.id'), ringEnds: u32('square.ringEnds'), nodeEnds: u32('square.nodeEnds'), nodes: u32('square.nodes'),
      tagEnds: u32('square.tagEnds'), tagKey: u32('square.tagKey'), tagValue: u32('square.tagValue'),
    },
    turn: { id: f64('turn.id'), kind: u32('turn.kind'), except: u32('turn.except'), vehicle: u32('turn.vehicle'), condition: u32('turn.condition'), viaNode: f64('turn.viaNode'), listEnds: u32('turn.listEnds'), ways: f64('turn.ways') },
    building: {
      centreE7: i32('building.centreE7'), kind: u32('building.kind'), source: u32('building.source'), footprintM2: f32('building.footprintM2'),
      storeys: f32('building.storeys'), residential: u8('building.residential'), shapes: shapes('building'),
    },
    facility: {
      id: u32('facility.id'), name: u32('facility.name'), pointE7: i32('facility.pointE7'), landM2: f32('facility.landM2'), floorM2: f32('facility.floorM2'),
      capacity: f32('facility.capacity'), registry: u8('facility.registry'), shapes: shapes('facility'), entrances: shapes('entrance'),
    },
    population: { pointE7: i32('population.pointE7'), basis: u8('population.basis'), persons: f32('population.persons') },
    job: { pointE7: i32('job.pointE7'), count: f32('job.count') },
    place: {
      id: u32('place.id'), nameZh: u32('place.nameZh'), nameEn: u32('place.nameEn'), level: u8('place.level'), parent: i32('place.parent'), derived: u8('place.derived'), outside: u8('place.outside'),
      population: f64('place.population'), areaM2: f64('place.areaM2'), shapes: shapes('place'),
    },
    landUse: { kind: u32('landUse.kind'), source: u32('landUse.source'), areaM2: f32('landUse.areaM2'), water: u8('landUse.water'), shapes: shapes('landUse') },
  };
}
