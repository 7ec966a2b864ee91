/** Isochrones as files: GeoJSON of areas, streets and places, and CSV of what was counted. */
import type { AreaProperties, IsochroneAnswer } from '../../../base/network/reach/isochrone-api.ts';
import { limitOf, listBands } from './isochrone-features.ts';
import { listGroups, listKinds } from './reach-rows.ts';

/** The answer as it is, with the places as points. */
export function toGeoJsonText(answer: IsochroneAnswer): string {
  const places = answer.places.map(({ lon, lat, offNetworkM }) => ({ type: 'Feature', properties: { type: 'place', offNetworkM }, geometry: { type: 'Point', coordinates: [lon, lat] } }));
  return JSON.stringify({ ...answer, features: [...answer.features, ...places] });
}

export interface RowWords {
  readonly item: string;
  readonly id: string;
  readonly area: string;
  readonly streets: string;
  readonly jobs: string;
  limit(limit: number): string;
  group(group: string): string;
  kind(kind: string): string;
}

/** Text that spreadsheets do not take for a formula, quoted where it must be. */
function cell(value: string | number): string {
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** One row a thing counted, one column a limit; with a byte order mark, by which spreadsheets know UTF-8. */
export function toCsvText(answer: IsochroneAnswer, words: RowWords): string {
  const bands = listBands(answer);
  const row = (item: string, id: string, value: (band: AreaProperties) => number): (string | number)[] => [item, id, ...bands.map(value)];
  const rows: (string | number)[][] = [
    [words.item, words.id, ...bands.map((band) => words.limit(limitOf(band)))],
    row(words.area, 'area_m2', ({ areaM2 }) => areaM2),
    row(words.streets, 'streets_m', ({ streetsM }) => streetsM),
    ...listGroups(bands).map((group) => row(words.group(group), `persons/${group}`, ({ persons }) => persons[group] ?? 0)),
    ...(bands.some(({ jobs }) => jobs !== null) ? [row(words.jobs, 'jobs', ({ jobs }) => jobs ?? 0)] : []),
    ...listKinds(bands).map((kind) => row(words.kind(kind), `facility/${kind}`, ({ facilities }) => facilities[kind] ?? 0)),
  ];
  return `\uFEFF${rows.map((cells) => cells.map(cell).join(',')).join('\r\n')}\r\n`;
}

export function saveText(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
