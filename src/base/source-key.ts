/**
 * What makes a file an edition of a source: its name without dates and editions, and its format. A newer file with the
 * same key replaces the batch of the older one as a whole.
 *
 * Taken out are full dates (2024-05-01, 20240501), years and year-months between separators, version marks (v1.2), copy marks ("(1)"),
 * `latest`, and, for OSM extracts only, six-digit dates (portugal-240501): elsewhere six digits are as likely an
 * administrative code, and `110101.geojson` is Beijing's Dongcheng, not New Year 2011.
 */
import type { FormatId } from '../import/model.ts';

const SEPARATOR = '[-_. ]';
const EDITIONS = [
  /\(\d+\)/g,
  /(?<!\d)(?:19|20)\d{2}[-_.]?(?:0[1-9]|1[0-2])[-_.]?(?:0[1-9]|[12]\d|3[01])(?!\d)/g,
  /(?<!\d)(?:19|20)\d{2}[-_.](?:0[1-9]|1[0-2])(?!\d)/g,
  /(?<=^|[-_. ])(?:19|20)\d{2}(?=$|[-_. 年])年?/g,
  new RegExp(`(?<=^|${SEPARATOR})v\\d+(?:\\.\\d+)*(?=$|${SEPARATOR})`, 'g'),
  new RegExp(`(?<=^|${SEPARATOR})(?:latest|最新)(?=$|${SEPARATOR})`, 'g'),
];
const OSM_DATE = /(?<=^|[-_. ])\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?=$|[-_. ])/g;
const EXTENSIONS = /\.(?:osm\.pbf|pbf|zip|geojson|geojsonl|json|gpkg|shp|csv|tsv|txt|xlsx|tiff?)$/;

/** `porto-240501.osm.pbf`, `osm-pbf` → `osm-pbf:porto`. */
export function sourceKeyOf(fileName: string, format: FormatId): string {
  const whole = fileName.normalize('NFC').toLowerCase().replace(EXTENSIONS, '');
  let name = whole;
  for (const edition of EDITIONS) name = name.replace(edition, '');
  if (format === 'osm-pbf') name = name.replace(OSM_DATE, '');
  name = name.replace(/[-_. ]{2,}/g, '-').replace(/^[-_. ]+|[-_. ]+$/g, '');
  return `${format}:${name === '' ? whole : name}`;
}
