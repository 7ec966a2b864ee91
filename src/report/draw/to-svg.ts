/** A scene as an SVG document for a page. */
import type { Scene, Shape } from './scene.ts';

const escape = (text: string): string => text.replace(/[&<>"]/g, (char) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[char] ?? char);
/** A tenth of a pixel is enough. */
const at = (value: number): string => String(Math.round(value * 10) / 10);

function path(points: Float64Array, closed: boolean): string {
  let d = '';
  for (let i = 0; i < points.length; i += 2) d += `${i === 0 ? 'M' : 'L'}${at(points[i])} ${at(points[i + 1])}`;
  return closed ? `${d}Z` : d;
}

function draw(shape: Shape): string {
  switch (shape.type) {
    case 'area':
      return `<path d="${shape.rings.map((ring) => path(ring, true)).join('')}" fill="${shape.fill}" fill-rule="evenodd"${shape.stroke === undefined ? '' : ` stroke="${shape.stroke}" stroke-width="${shape.strokeWidth ?? 1}" stroke-linejoin="round"`}/>`;
    case 'line':
      return `<path d="${path(shape.points, false)}" fill="none" stroke="${shape.stroke}" stroke-width="${shape.width}" stroke-linejoin="round" stroke-linecap="round"/>`;
    case 'box':
      return `<rect x="${at(shape.x)}" y="${at(shape.y)}" width="${at(shape.width)}" height="${at(shape.height)}" fill="${shape.fill}"/>`;
    case 'dot':
      return `<circle cx="${at(shape.x)}" cy="${at(shape.y)}" r="${at(shape.radius)}" fill="${shape.fill}"/>`;
    case 'number':
      return `<text x="${at(shape.x)}" y="${at(shape.y + shape.size * 0.36)}" font-size="${shape.size}" text-anchor="middle" fill="${shape.fill}" stroke="${shape.halo}" stroke-width="${at(shape.size / 5)}" paint-order="stroke">${shape.value}</text>`;
    case 'text':
      return `<text x="${at(shape.x)}" y="${at(shape.y)}" font-size="${shape.size}" text-anchor="${shape.anchor}" fill="${shape.fill}"${shape.bold === true ? ' font-weight="600"' : ''}>${escape(shape.text)}</text>`;
  }
}

export function toSvg({ width, height, background, shapes, alt }: Scene): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escape(alt)}" font-family="system-ui, 'Noto Sans SC', 'Microsoft YaHei', sans-serif"><rect width="${width}" height="${height}" fill="${background}"/>${shapes.map(draw).join('')}</svg>`;
}
