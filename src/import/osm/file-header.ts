/** The header block of an OSM PBF file: what the file needs of its reader, its extent, what wrote it. */
import { ChengmaiError } from '../../core/errors.ts';
import type { Box } from '../../engine/spatial/geometry.ts';
import { MessageReader } from './protobuf.ts';

export interface FileHeader {
  readonly box: Box | undefined;
  readonly requiredFeatures: readonly string[];
  readonly optionalFeatures: readonly string[];
  readonly writingProgram: string | undefined;
}

const SUPPORTED_FEATURES = new Set(['OsmSchema-V0.6', 'DenseNodes']);
const NANODEGREE = 1e9;

function parseBox(bytes: Uint8Array): Box | undefined {
  const reader = new MessageReader(bytes);
  const sides: (number | undefined)[] = [];
  while (!reader.done) {
    const tag = reader.varint();
    if ((tag & 7) === 0 && tag >>> 3 <= 4) sides[tag >>> 3] = reader.signed() / NANODEGREE;
    else reader.skip(tag & 7);
  }
  const [, west, east, north, south] = sides;
  if (west === undefined || east === undefined || north === undefined || south === undefined) return undefined;
  const inRange = west >= -180 && east <= 180 && south >= -90 && north <= 90;
  return inRange && west <= east && south <= north ? [west, south, east, north] : undefined;
}

/** The header of an inflated OSMHeader blob. A box that is out of range or inside out is left out. */
export function parseFileHeader(bytes: Uint8Array): FileHeader {
  const reader = new MessageReader(bytes);
  let box: Box | undefined;
  let writingProgram: string | undefined;
  const requiredFeatures: string[] = [];
  const optionalFeatures: string[] = [];
  while (!reader.done) {
    const tag = reader.varint();
    if (tag === ((1 << 3) | 2)) {
      const { start, end } = reader.span();
      box = parseBox(bytes.subarray(start, end));
    } else if (tag === ((4 << 3) | 2)) requiredFeatures.push(reader.text());
    else if (tag === ((5 << 3) | 2)) optionalFeatures.push(reader.text());
    else if (tag === ((16 << 3) | 2)) writingProgram = reader.text();
    else reader.skip(tag & 7);
  }
  return { box, requiredFeatures, optionalFeatures, writingProgram };
}

/**
 * @throws ChengmaiError `import/pbf-history` for full-history files, `import/pbf-feature` for other features this
 *   reader does not know
 */
export function checkRequiredFeatures(file: string, header: FileHeader): void {
  const unknown = header.requiredFeatures.find((feature) => !SUPPORTED_FEATURES.has(feature));
  if (unknown === undefined) return;
  const place = { file, field: 'required_features', value: unknown };
  if (unknown === 'HistoricalInformation') {
    throw new ChengmaiError(
      'input',
      'import/pbf-history',
      {
        zh: `文件 ${file} 含全部历史版本，请先取出某一时刻的数据（osmium time-filter）再导入。`,
        en: `${file} holds the full history of its objects; extract one point in time (osmium time-filter) and import that.`,
      },
      place,
    );
  }
  throw new ChengmaiError(
    'input',
    'import/pbf-feature',
    {
      zh: `文件 ${file} 要求支持“${unknown}”，本程序不支持，请用 osmium cat 转换后导入。`,
      en: `${file} requires the feature “${unknown}”, which is not supported; convert it with osmium cat.`,
    },
    place,
  );
}
