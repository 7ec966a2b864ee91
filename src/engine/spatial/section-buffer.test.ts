import { describe, expect, it } from 'vitest';
import { readSections, writeSections } from './section-buffer.ts';

const bytes = (): Uint8Array<ArrayBuffer> => writeSections(3, { city: '示范市' }, { a: Float64Array.of(1.5, -2), b: Uint8Array.of(1, 2, 3), c: Int32Array.of(-7), d: new Uint32Array(0) });

describe('a buffer of sections', () => {
  it('gives back what was written, as views of the same bytes', () => {
    const written = bytes();
    const reader = readSections<{ city: string }>(3, written);
    expect(reader.meta.city).toBe('示范市');
    expect([...reader.get('a', 'f64')]).toEqual([1.5, -2]);
    expect([...reader.get('b', 'u8')]).toEqual([1, 2, 3]);
    expect([...reader.get('c', 'i32')]).toEqual([-7]);
    expect(reader.get('d', 'u32').length).toBe(0);
    expect(reader.get('a', 'f64').buffer).toBe(written.buffer);
  });

  it('refuses another version, type, name, length or kind of file', () => {
    expect(() => readSections(4, bytes())).toThrow(RangeError);
    expect(() => readSections(3, bytes()).get('a', 'u8')).toThrow(RangeError);
    expect(() => readSections(3, bytes()).get('z', 'u8')).toThrow(RangeError);
    expect(() => readSections(3, bytes().slice(0, -8))).toThrow(RangeError);
    expect(() => readSections(3, new Uint8Array(100))).toThrow(RangeError);
    expect(() => readSections(3, new Uint8Array(3))).toThrow(RangeError);
  });

  it('never reads outside, whatever byte of the header or directory is changed', () => {
    const whole = bytes();
    for (let i = 0; i < 200; i++) {
      for (const flip of [1, 0x80, 0xff]) {
        const damaged = whole.slice();
        damaged[i] ^= flip;
        try {
          const reader = readSections<unknown>(3, damaged);
          for (const [name, type] of [['a', 'f64'], ['b', 'u8'], ['c', 'i32']] as const) reader.get(name, type);
        } catch (error) {
          expect(error).toBeInstanceOf(Error);
        }
      }
    }
  });
});
