/** OpenStreetMap extracts (.osm.pbf): streets, buildings, land, water, boundaries, places, points of interest. */
import type { FormatReader } from './model.ts';
import { startsLikePbf } from './osm/blob-stream.ts';
import { BlockPipeline } from './osm/block-pipeline.ts';
import { addOsmNote } from './osm/osm-notes.ts';
import { readOsm } from './osm/read-osm.ts';

const WGS84 = 'EPSG:4326';
const MEGABYTE = 1e6;

export const osmPbfReader: FormatReader = {
  format: 'osm-pbf',
  label: { zh: 'OpenStreetMap 数据（PBF）', en: 'OpenStreetMap extract (PBF)' },

  detect(_name, head) {
    return startsLikePbf(head) ? { format: 'osm-pbf', confidence: 1 } : undefined;
  },

  async preview(source) {
    const pipeline = new BlockPipeline(source, 0);
    const { box, writingProgram } = await pipeline.readHeader().finally(() => pipeline.close());
    const size = `${(source.sizeBytes / MEGABYTE).toFixed(1)} MB`;
    const writer = writingProgram === undefined ? '' : writingProgram;
    return {
      format: 'osm-pbf',
      summary: {
        zh: `OSM PBF，${size}${writer === '' ? '' : `，由 ${writer} 写出`}`,
        en: `OSM PBF, ${size}${writer === '' ? '' : `, written by ${writer}`}`,
      },
      crs: WGS84,
      crsGuessed: false,
      encoding: 'utf-8',
      contract: undefined,
      members: [],
      columns: [],
      roles: [],
      box,
    };
  },

  async *read(source, options, context, facts) {
    if (options.crs !== undefined && options.crs.toUpperCase() !== WGS84) addOsmNote(context.notes, 'osm/crs-ignored', source.name);
    facts.crs = WGS84;
    facts.crsGuessed = false;
    facts.encoding = 'utf-8';
    yield* readOsm(source, {}, context, facts);
  },
};
