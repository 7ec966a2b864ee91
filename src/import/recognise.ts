/**
 * Which reader a file is for. Content decides, the name only breaks ties: the first 64 KiB are shown to every reader,
 * and what is a zip archive is told apart by the names of its members.
 */
import { ChengmaiError } from '../core/errors.ts';
import type { ByteSource, FormatId, FormatReader } from './model.ts';
import { findReader, READERS } from './readers.ts';
import { isZip, openZip } from './zip.ts';

export const HEAD_BYTES = 64 * 1024;

const GTFS_FILES = new Set(['stops.txt', 'trips.txt', 'routes.txt', 'stop_times.txt', 'agency.txt', 'calendar.txt', 'calendar_dates.txt', 'shapes.txt', 'frequencies.txt']);

function unknownFormat(source: ByteSource, zh: string, en: string): ChengmaiError {
  const known = READERS.map((reader) => reader.label);
  return new ChengmaiError(
    'input',
    'import/unknown-format',
    {
      zh: `无法识别文件 ${source.name} 的格式（${zh}）。可导入：${known.map((label) => label.zh).join('、')}。`,
      en: `The format of ${source.name} is not recognised (${en}). What can be imported: ${known.map((label) => label.en).join(', ')}.`,
    },
    { file: source.name },
  );
}

/** The format that the members of an archive make, judged by their names. */
export function formatOfZip(names: readonly string[]): FormatId | undefined {
  const lower = names.map((name) => name.toLowerCase());
  if (lower.includes('[content_types].xml') && lower.some((name) => name.startsWith('xl/'))) return 'xlsx';
  if (lower.some((name) => name.endsWith('.shp'))) return 'shapefile';
  const feedFiles = lower.filter((name) => GTFS_FILES.has(name.slice(name.lastIndexOf('/') + 1)));
  if (feedFiles.length >= 2) return 'gtfs';
  return undefined;
}

async function recogniseZip(source: ByteSource): Promise<FormatReader> {
  const { members } = await openZip(source);
  const format = formatOfZip(members.map((member) => member.name));
  const reader = format === undefined ? undefined : findReader(format);
  if (reader !== undefined) return reader;
  const sample = members.slice(0, 3).map((member) => member.name).join(', ');
  throw unknownFormat(source, `压缩包内为 ${sample || '空'}，请解压后导入`, `the archive holds ${sample || 'nothing'}; unpack it and import its files`);
}

/**
 * The reader that is surest of a file.
 *
 * @throws ChengmaiError `import/empty-file`, `import/unknown-format`, and for damaged archives `import/zip-…`
 */
export async function recogniseFile(source: ByteSource): Promise<FormatReader> {
  const head = await source.read(0, HEAD_BYTES);
  if (head.byteLength === 0) {
    throw new ChengmaiError('input', 'import/empty-file', { zh: `文件 ${source.name} 是空的，请检查来源。`, en: `The file ${source.name} is empty; check where it came from.` }, { file: source.name });
  }
  if (isZip(head)) return recogniseZip(source);
  let best: { reader: FormatReader; confidence: number } | undefined;
  for (const reader of READERS) {
    const recognition = reader.detect(source.name, head);
    if (recognition !== undefined && recognition.confidence > (best?.confidence ?? 0)) best = { reader, confidence: recognition.confidence };
  }
  if (best === undefined) throw unknownFormat(source, '内容不属于任何已知格式', 'its content is of no known format');
  return best.reader;
}
