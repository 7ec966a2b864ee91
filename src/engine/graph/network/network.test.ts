/** The network's buffer. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { STREET, build, gridNodes, row } from '../../../../test/engine/built-streets.ts';
import { streetSource } from '../../../../test/engine/street-source.ts';
import { ChengmaiError } from '../../../core/errors.ts';
import { buildNetwork } from './build-network.ts';
import { openNetwork } from './network.ts';

describe('the buffer', () => {
  const network = build({ nodes: gridNodes(3, 3), ways: [row(1, 11, 21, 22), { id: 8, nodes: [11, 12], tags: { ...STREET, name: '长街' } }] });

  it('opens again as it was', () => {
    const again = openNetwork(network.bytes.slice());
    expect(again.meta).toEqual(network.meta);
    expect(again.edge).toEqual(network.edge);
    expect(again.vertex).toEqual(network.vertex);
    expect(again.name(1)).toBe(network.name(1));
  });

  it('is refused when it is not one', () => {
    const bytes = network.bytes;
    expect(() => openNetwork(new Uint8Array(100))).toThrow(RangeError);
    expect(() => openNetwork(bytes.slice(0, bytes.length - 8))).toThrow(RangeError);
    const otherVersion = bytes.slice();
    otherVersion[4] ^= 0xff;
    expect(() => openNetwork(otherVersion)).toThrow(RangeError);
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (garbage) => {
      expect(() => openNetwork(Uint8Array.from(garbage))).toThrow(RangeError);
    }));
  });

  it('of no streets is empty', () => {
    const none = build({ nodes: new Map(), ways: [] });
    expect(none.meta.counts).toEqual({ vertices: 0, edges: 0, ways: 0, restrictions: 0 });
    expect(none.meta.bbox).toBeUndefined();
    expect(openNetwork(none.bytes).edge.from.length).toBe(0);
  });

  it('stops when told to', () => {
    const signal = { aborted: true } as AbortSignal;
    expect(() => buildNetwork(streetSource({ nodes: gridNodes(2, 2), ways: [row(1, 11)] }), {}, { signal })).toThrow(ChengmaiError);
  });
});
