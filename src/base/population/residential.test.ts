import { describe, expect, it } from 'vitest';
import { findStoreys, floorAreaM2, isResidential } from './residential.ts';
import { matchRegistryBuildings } from './registry-buildings.ts';
import { listJunctions } from './street-nodes.ts';

describe('buildings people live in', () => {
  it('are those built for it, and unknown ones that nothing else claims', () => {
    expect(isResidential('apartments', {})).toBe(true);
    expect(isResidential('apartments', { shop: 'bakery' })).toBe(true);
    expect(isResidential('yes', {})).toBe(true);
    expect(isResidential('yes', { amenity: 'school' })).toBe(false);
    expect(isResidential('yes', { amenity: 'nursing_home' })).toBe(true);
    expect(isResidential('industrial', {})).toBe(false);
    expect(isResidential('garage', {})).toBe(false);
    expect(isResidential('砖混', { bldg_id: 'B1' })).toBe(true);
  });

  it('have storeys by tag, registry column or height', () => {
    expect(findStoreys({ 'building:levels': '6' })).toBe(6);
    expect(findStoreys({ storeys: 18 })).toBe(18);
    expect(findStoreys({ height: '30 m' })).toBe(10);
    expect(findStoreys({ 'building:levels': 'many' })).toBeUndefined();
  });

  it('have floor area by registry, by storeys, or by footprint', () => {
    expect(floorAreaM2(500, { floor_area: 2900, storeys: 6 })).toBe(2900);
    expect(floorAreaM2(500, { storeys: 6 })).toBe(3000);
    expect(floorAreaM2(500, {})).toBe(500);
    expect(floorAreaM2(8, {})).toBe(0);
  });
});

describe('a building of registry and map', () => {
  // 1e-5 degrees of latitude are 1.1 m
  const spot = (north: number, footprintM2: number, registry: boolean) => ({ lon: 114, lat: 30 + north * 1e-5, footprintM2, registry });

  it('is one where the centres are near for its size, and goes to the nearest row', () => {
    expect([...matchRegistryBuildings([spot(0, 0, true), spot(10, 0, true), spot(1, 400, false), spot(8, 400, false), spot(40, 400, false)])]).toEqual([-1, -1, 0, 1, -1]);
  });

  it('is never looked for where there is no registry', () => {
    expect([...matchRegistryBuildings([spot(0, 100, false), spot(0, 100, false)])]).toEqual([-1, -1]);
  });
});

describe('street nodes', () => {
  it('are junctions and ends, each once, of lines that count', () => {
    // a cross of two lines that share the middle, and a third that does not count
    const coordinates = Float64Array.of(0, 0, 1, 0, 2, 0, 1, -1, 1, 0, 1, 1, 5, 5, 6, 6);
    const junctions = listJunctions({ coordinates, ends: Uint32Array.of(3, 6, 8) }, (line) => line < 2);
    const pairs = Array.from({ length: junctions.length / 2 }, (_, i) => `${junctions[2 * i]},${junctions[2 * i + 1]}`).sort();
    expect(pairs).toEqual(['0,0', '1,-1', '1,0', '1,1', '2,0']);
  });
});
