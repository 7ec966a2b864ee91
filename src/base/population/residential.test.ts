import { describe, expect, it } from 'vitest';
import { findStoreys, floorAreaM2, isResidential } from './residential.ts';
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

describe('street nodes', () => {
  it('are junctions and ends, each once, of lines that count', () => {
    // a cross of two lines that share the middle, and a third that does not count
    const coordinates = Float64Array.of(0, 0, 1, 0, 2, 0, 1, -1, 1, 0, 1, 1, 5, 5, 6, 6);
    const junctions = listJunctions({ coordinates, ends: Uint32Array.of(3, 6, 8) }, (line) => line < 2);
    const pairs = Array.from({ length: junctions.length / 2 }, (_, i) => `${junctions[2 * i]},${junctions[2 * i + 1]}`).sort();
    expect(pairs).toEqual(['0,0', '1,-1', '1,0', '1,1', '2,0']);
  });
});
