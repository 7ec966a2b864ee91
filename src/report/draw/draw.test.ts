import { decode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import type { Scene, Shape } from './scene.ts';
import { parseColour } from './scene.ts';
import { toPng } from './to-png.ts';
import { toSvg } from './to-svg.ts';

const sceneOf = (shapes: readonly Shape[], width = 10, height = 10): Scene => ({ width, height, background: '#ffffff', shapes, alt: 'a "test" <map>' });
const square = (x: number, y: number, side: number): Float64Array => Float64Array.of(x, y, x + side, y, x + side, y + side, x, y + side);
const pixels = (scene: Scene, scale = 1) => {
  const { data, width } = decode(toPng(scene, scale));
  return (x: number, y: number): number[] => Array.from(data.subarray(3 * (y * width + x), 3 * (y * width + x) + 3));
};

describe('a picture', () => {
  it('fills whole pixels wholly and parts of pixels in part', () => {
    const at = pixels(sceneOf([{ type: 'area', rings: [square(2, 2, 3.5)], fill: '#000000' }]));
    expect(at(3, 3)).toEqual([0, 0, 0]);
    expect(at(1, 3)).toEqual([255, 255, 255]);
    // the sixth pixel is covered by half, the corner by a quarter
    expect(at(5, 3)).toEqual([128, 128, 128]);
    expect(at(5, 5)).toEqual([191, 191, 191]);
  });

  it('leaves holes open, whichever way they are wound', () => {
    const at = pixels(sceneOf([{ type: 'area', rings: [square(1, 1, 8), square(4, 4, 2)], fill: '#ff0000' }]));
    expect([at(2, 2), at(4, 4), at(7, 7)]).toEqual([[255, 0, 0], [255, 255, 255], [255, 0, 0]]);
  });

  it('is as much covered as its shapes are large', () => {
    const { data } = decode(toPng(sceneOf([{ type: 'dot', x: 50, y: 50, radius: 30, fill: '#000000' }], 100, 100), 1));
    let dark = 0;
    for (let i = 0; i < data.length; i += 3) dark += (255 - data[i]) / 255;
    // a polygon of 90 corners in a circle of 30 has 0.08 % less
    expect(dark / (Math.PI * 900)).toBeGreaterThan(0.995);
    expect(dark / (Math.PI * 900)).toBeLessThan(1.001);
  });

  it('cuts off what is beyond its edge', () => {
    const at = pixels(sceneOf([{ type: 'area', rings: [square(-50, -50, 200)], fill: '#00ff00' }, { type: 'line', points: Float64Array.of(-5, 5, 20, 5), stroke: '#0000ff', width: 2 }]));
    expect([at(0, 0), at(5, 4), at(9, 9)]).toEqual([[0, 255, 0], [0, 0, 255], [0, 255, 0]]);
  });

  it('writes numbers with dots', () => {
    const at = pixels(sceneOf([{ type: 'number', x: 10, y: 10, value: 1, size: 14, fill: '#000000', halo: '#ffffff' }], 20, 20));
    // the stem of the 1 stands in the middle
    expect(at(10, 12)).toEqual([0, 0, 0]);
    expect(at(5, 12)).toEqual([255, 255, 255]);
  });

  it('as SVG has its texts and says what it shows, with nothing that could be taken for markup', () => {
    const svg = toSvg(sceneOf([{ type: 'text', x: 1, y: 2, text: '<甲> & 乙', size: 12, anchor: 'start', fill: '#000000' }]));
    expect(svg).toContain('&lt;甲&gt; &amp; 乙');
    expect(svg).toContain('aria-label="a &quot;test&quot; &lt;map&gt;"');
  });

  it('knows colours by six digits only', () => {
    expect(parseColour('#0a10ff')).toEqual([10, 16, 255]);
    expect(() => parseColour('red')).toThrow(RangeError);
  });
});
