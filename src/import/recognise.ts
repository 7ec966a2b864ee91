/**
 * Which reader a file is for. Content decides, the name only breaks ties: the first 64 KiB are shown to every reader,
 * and what is a zip archive is told apart by the names of its members.
 */
import { ChengmaiError } from '../core/errors.ts';
import type { ByteSource, FormatId, FormatReader } from './model.ts';
import { findReader, READERS } from './readers.ts';
import { isZip, openZip } from './zip.ts';
import { findOnlyMember, isGzip, openGzip, openMember, unpackingReader } from './packed.ts';

const HEAD_BYTES = 64 * 1024;

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
function formatOfZip(names: readonly string[]): FormatId | undefined {
  const lower = names.map((name) => name.toLowerCase());
  if (lower.includes('[content_types].xml') && lower.some((name) => name.startsWith('xl/'))) return 'xlsx';
  if (lower.some((name) => name.endsWith('.shp'))) return 'shapefile';
  const feedFiles = lower.filter((name) => GTFS_FILES.has(name.slice(name.lastIndexOf('/') + 1)));
  if (feedFiles.length >= 2) return 'gtfs';
  return undefined;
}

/** Formats that people have and this does not read: how they begin, and what to do with them. */
const FOREIGN: readonly { begins: RegExp; zh: string; en: string }[] = [
  { begins: /^\xd0\xcf[^ -~]\xe0/, zh: '旧版 Office 文件（.xls），请另存为 .xlsx', en: 'an old Office file (.xls); save it as .xlsx' },
  { begins: /^[^ -~]{2}'\n/, zh: '单独的 .shp，请与 .dbf、.prj 一起压缩为 zip', en: 'a lone .shp; pack it into a zip with its .dbf and .prj' },
  { begins: /^Rar!|^7z\xbc\xaf/, zh: 'RAR/7z 压缩包，请解压后导入', en: 'a RAR or 7z archive; unpack it first' },
  { begins: /^%PDF/, zh: 'PDF 文档', en: 'a PDF document' },
  { begins: /^AC10\d\d/, zh: 'AutoCAD 图（.dwg），请导出为 Shapefile 或 GeoPackage', en: 'an AutoCAD drawing (.dwg); export it as a shapefile or GeoPackage' },
  { begins: /^\s*<(\?xml[^>]*>\s*)?<?(!--[^>]*>\s*<)?kml/i, zh: 'KML，请转换为 GeoJSON', en: 'KML; convert it to GeoJSON' },
  { begins: /^\s*<(\?xml[^>]*>\s*)?<?osm[\s>]/i, zh: 'OSM XML，请转换为 .osm.pbf', en: 'OSM XML; convert it to .osm.pbf' },
  { begins: /^(\xef\xbb\xbf)?\s*<(!doctype )?html/i, zh: '网页，可能下载到了错误页面', en: 'a web page; the download may have been an error page' },
];

function describeForeign(head: Uint8Array): { zh: string; en: string } {
  // Latin-1, one character a byte; the platform's "latin1" decoder is windows-1252, which would change some.
  const start = String.fromCharCode(...head.subarray(0, 400));
  return FOREIGN.find(({ begins }) => begins.test(start)) ?? { zh: '内容不属于任何已知格式', en: 'its content is of no known format' };
}

async function recogniseZip(source: ByteSource): Promise<FormatReader> {
  const { members } = await openZip(source);
  const format = formatOfZip(members.map((member) => member.name));
  const reader = format === undefined ? undefined : findReader(format);
  if (reader !== undefined) return reader;
  const only = findOnlyMember(members);
  if (only !== undefined) {
    const unpack = (packed: ByteSource): Promise<ByteSource> => openMember(packed, only.name);
    return unpackingReader(await recogniseUnpacked(await unpack(source)), unpack);
  }
  const sample = members.slice(0, 3).map((member) => member.name).join(', ');
  throw unknownFormat(source, `压缩包内为 ${sample || '空'}，请解压后导入`, `the archive holds ${sample || 'nothing'}; unpack it and import its files`);
}

async function recogniseUnpacked(source: ByteSource): Promise<FormatReader> {
  const head = await source.read(0, HEAD_BYTES);
  let best: { reader: FormatReader; confidence: number } | undefined;
  for (const reader of READERS) {
    const recognition = reader.detect(source.name, head);
    if (recognition !== undefined && recognition.confidence > (best?.confidence ?? 0)) best = { reader, confidence: recognition.confidence };
  }
  if (best === undefined) {
    const { zh, en } = describeForeign(head);
    throw unknownFormat(source, zh, en);
  }
  return best.reader;
}

/**
 * The reader that is surest of a file; of a zip archive with one data file, or a gzip file, that of the file inside.
 *
 * @throws ChengmaiError `import/empty-file`, `import/unknown-format`, and for damaged archives `import/zip-…`
 */
export async function recogniseFile(source: ByteSource): Promise<FormatReader> {
  const head = await source.read(0, 64);
  if (head.byteLength === 0) {
    throw new ChengmaiError('input', 'import/empty-file', { zh: `文件 ${source.name} 是空的，请检查来源。`, en: `The file ${source.name} is empty; check where it came from.` }, { file: source.name });
  }
  if (isZip(head)) return recogniseZip(source);
  if (isGzip(head)) return unpackingReader(await recogniseUnpacked(await openGzip(source)), openGzip);
  return recogniseUnpacked(source);
}
