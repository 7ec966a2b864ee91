/** chengmai isochrone: what is reached from places within minutes or metres, as GeoJSON, straight from a file. */
import { setImmediate } from 'node:timers/promises';
import type { Command } from 'commander';
import { ChengmaiError, throwIfCancelled } from '../core/errors.ts';
import { buildIsochrone, costsOfPoints, drawStreets, sumWithin } from '../engine/graph/search/isochrone.ts';
import { StreetSearch } from '../engine/graph/search/reached-streets.ts';
import type { Geometry, GeoJsonGeometry } from '../engine/spatial/geometry.ts';
import { toGeoJson } from '../engine/spatial/geometry.ts';
import { areaM2, lengthM } from '../engine/spatial/measure.ts';
import { runAction } from './command.ts';
import type { CommandContext } from './command.ts';
import { isochroneTerms } from './street-memory.ts';
import type { LinkedPoints, StreetOptions, StreetWork } from './street-work.ts';
import { buildStreetCommand, checkFiles, openStreets, readColumns, readNumbers } from './street-work.ts';
import { checkOutput, putToStandardOutput, writeWhole } from './table-output.ts';

interface IsochroneOptions extends StreetOptions {
  readonly at: string[];
  readonly minutes?: string;
  readonly metres?: string;
  readonly streets?: boolean;
  readonly opportunities?: string;
  readonly columns?: string;
  readonly output?: string;
}

interface Feature {
  readonly type: 'Feature';
  readonly properties: Readonly<Record<string, number | string>>;
  readonly geometry: GeoJsonGeometry;
}

export function isochroneCommand(): Command {
  return buildStreetCommand('isochrone', 'what is reached from places within minutes or metres 等时圈')
    .requiredOption('--at <lon,lat>', 'where from; said several times, the places are reached together 起点经纬度，可重复', (text: string, before: string[] | undefined) => [...(before ?? []), text])
    .option('--minutes <list>', 'limits in minutes 时间（分钟）')
    .option('--metres <list>', 'limits in metres along the streets, in place of minutes 距离（米）')
    .option('--streets', 'reached streets too, as lines 同时输出可达道路')
    .option('--opportunities <file>', 'CSV with id, lon, lat to count within 统计圈内的点')
    .option('--columns <list>', 'columns of it to add up; points are counted unless said 求和列')
    .option('-o, --output <file>', '.geojson; standard output unless said 输出文件')
    .addHelpText('after', '\nLimits are inclusive: a street reached in 5:00 is within 5 minutes. 含上限。')
    .action((options: IsochroneOptions) => runAction(options, (context) => runIsochrone(context, options)));
}

/** `lon,lat` in degrees. @throws ChengmaiError `cli/place` */
function readPlace(text: string): [number, number] {
  const parts = text.split(',').map((part) => (part.trim() === '' ? NaN : Number(part)));
  if (parts.length === 2 && Math.abs(parts[0]) <= 180 && Math.abs(parts[1]) <= 90) return [parts[0], parts[1]];
  throw new ChengmaiError('input', 'cli/place', { zh: `--at ${text} 应为“经度,纬度”，如 114.3,30.6。`, en: `--at ${text} must be longitude,latitude in degrees, as in 114.3,30.6.` }, { field: '--at', value: text });
}

/** Limits with their unit: by time unless metres are given. */
export function readLimits(minutes: string | undefined, metres: string | undefined, usual: string): { unit: 's' | 'mm'; values: number[]; name: 'minutes' | 'metres' } {
  if (minutes !== undefined && metres !== undefined) {
    throw new ChengmaiError('input', 'cli/two-limits', { zh: '时间上限与距离上限只能给一个。', en: 'Limits are either minutes or metres, not both.' });
  }
  if (metres !== undefined) return { unit: 'mm', name: 'metres', values: readNumbers('--metres', metres, 0, 1_000_000) };
  return { unit: 's', name: 'minutes', values: readNumbers('--minutes', minutes ?? usual, 0, 100_000) };
}

const COSTS_PER = { minutes: 60, metres: 1000 } as const;

async function runIsochrone(context: CommandContext, options: IsochroneOptions): Promise<void> {
  const places = options.at.map(readPlace);
  const limits = readLimits(options.minutes, options.metres, '5,10,15');
  const columns = readColumns(options.columns);
  const inputs = [options.network, options.elevation, options.opportunities];
  await checkFiles(inputs);
  await checkOutput(options.output, inputs);
  const streets = await openStreets(context, options, limits.unit);
  const opportunities = options.opportunities === undefined ? undefined : await streets.points(options.opportunities, columns);
  const links = await streets.link(Float64Array.from(places.flat()));
  if (links.firstOut[links.count] === 0) {
    throw new ChengmaiError('input', 'engine/off-network', { zh: `起点 ${options.at.join(' ')} 附近没有可用道路；请检查经纬度或加大 --max-link-m。`, en: `No usable street is near ${options.at.join(' ')}; check longitude and latitude, or raise --max-link-m.` }, { field: '--at', value: options.at.join(' ') });
  }
  streets.bound(isochroneTerms(streets.travel, limits.values.length, opportunities?.links));
  throwIfCancelled(context.signal);
  const features = drawFeatures(streets, links, places, limits, options.streets === true, opportunities, columns);
  // drawing holds the thread: a Ctrl-C in the meantime is heard here
  await setImmediate();
  throwIfCancelled(context.signal);
  const text = JSON.stringify({ type: 'FeatureCollection', features });
  if (options.output === undefined) {
    await putToStandardOutput(`${text}\n`);
    streets.summary();
    return;
  }
  await writeWhole(options.output, text);
  const { console } = context;
  const bands = features.filter(({ geometry }) => geometry.type === 'MultiPolygon').map(({ properties }) => properties);
  console.result({ output: options.output, bands, ...streets.summary() }, [
    ...bands.map((band) => Object.entries(band).map(([key, value]) => `${key} ${value.toLocaleString('en')}`).join('  ')),
    console.say({ zh: `已写入 ${options.output}。`, en: `Written to ${options.output}.` }),
  ]);
}

function drawFeatures(
  { travel }: StreetWork, links: LinkedPoints['links'], places: readonly (readonly number[])[], { values, name }: ReturnType<typeof readLimits>,
  withStreets: boolean, opportunities: LinkedPoints | undefined, columns: readonly string[],
): Feature[] {
  const costs = values.map((value) => Math.floor(value * COSTS_PER[name]));
  const search = new StreetSearch(travel);
  const all = places.map((_, p) => p);
  const { polygons, streets } = buildIsochrone(search, links, all, costs, { originE7: Float64Array.from(places.flat(), (degrees) => degrees * 1e7) });
  const lines = drawStreets(travel, streets, costs.length);
  const km = lines.map((line) => lengthM(line) / 1000);
  const sums: [string, Float64Array][] = [];
  if (opportunities !== undefined) {
    const reached = costsOfPoints(search, links, all, opportunities.links, costs.at(-1) ?? 0);
    const ones = new Float64Array(opportunities.links.count).fill(1);
    if (columns.length === 0) sums.push(['points', sumWithin(reached, ones, costs)]);
    for (const column of columns) sums.push([column, sumWithin(reached, opportunities.table.columns.get(column) ?? ones, costs)]);
  }
  const round = (value: number, digits: number): number => Number(value.toFixed(digits));
  const areas: Feature[] = polygons.map((polygon: Geometry, i) => ({
    type: 'Feature',
    properties: {
      [name]: values[i], area_m2: round(areaM2(polygon), 0), streets_km: round(km.slice(0, i + 1).reduce((a, b) => a + b, 0), 3),
      ...Object.fromEntries(sums.map(([column, sum]) => [column, sum[i]])),
    },
    geometry: toGeoJson(polygon),
  }));
  // The largest first: programs that draw in order then leave the smaller ones on top.
  areas.reverse();
  if (!withStreets) return areas;
  return [...areas, ...lines.map((line, i): Feature => ({ type: 'Feature', properties: { [name]: values[i], streets_km: round(km[i], 3) }, geometry: toGeoJson(line) }))];
}
