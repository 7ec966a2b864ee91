/**
 * GeoJSON (RFC 7946, and the `crs` member of 2008): a FeatureCollection, a Feature, a bare geometry, an array of
 * features. Collections stream: memory does not grow with the file.
 */
import { ChengmaiError } from '../core/errors.ts';
import { NoteBook } from '../core/note.ts';
import { streamBytes } from './byte-source.ts';
import { WGS84 } from './crs/coordinate-system.ts';
import type { FeatureSource, RawFeature } from './features/feature-stream.ts';
import { previewFeatures, sizeText, streamRecords } from './features/feature-stream.ts';
import { findCrsMember, isObject } from './json/parse-feature.ts';
import { parseLenient, toRawFeatures, valueToRawFeatures } from './json/raw-features.ts';
import { splitFeatures } from './json/split-features.ts';
import type { ByteSource, FormatReader, ImportOptions, ReadContext } from './model.ts';
import { findEncoding, streamText } from './text-encoding.ts';

const HEAD_BYTES = 64 * 1024;
const BATCH = 500;
const GEOJSON_TYPE = /"type"\s*:\s*"(FeatureCollection|Feature|Point|MultiPoint|LineString|MultiLineString|Polygon|MultiPolygon|GeometryCollection)"/;

function headText(head: Uint8Array): string {
  const wide = head[0] === 0xff || head[0] === 0xfe || head[0] === 0 || head[1] === 0;
  const label = wide ? (head[0] === 0xfe || head[0] === 0 ? 'utf-16be' : 'utf-16le') : 'utf-8';
  return new TextDecoder(label).decode(head, { stream: true }).replace(/^\ufeff/, '').trimStart();
}

function damaged(file: string, zh: string, en: string): ChengmaiError {
  return new ChengmaiError('input', 'import/truncated', { zh: `GeoJSON 文件 ${file}：${zh}`, en: `GeoJSON file ${file}: ${en}` }, { file });
}

function unsupported(file: string, what: string, zh: string, en: string): ChengmaiError {
  return new ChengmaiError('input', 'import/unsupported-json', { zh: `文件 ${file} 是 ${what}，${zh}`, en: `The file ${file} is ${what}; ${en}` }, { file });
}

/** UTF-8 bytes of a source in any encoding. */
async function* streamUtf8(source: ByteSource, options: ImportOptions, context: ReadContext): AsyncGenerator<Uint8Array, void, undefined> {
  const { encoding } = await findEncoding(source, options.encoding, context.signal);
  if (encoding === 'utf-8') {
    for await (const piece of streamBytes(source, context.signal)) yield piece;
    return;
  }
  context.notes.add('info', 'import/encoding', { zh: `文字编码按 ${encoding} 读取。`, en: `The text was read as ${encoding}.` }, { file: source.name, value: encoding });
  const encoder = new TextEncoder();
  for await (const text of streamText(streamBytes(source, context.signal), encoding)) yield encoder.encode(text);
}

/** A document without a features array: one feature or geometry, or something that is no GeoJSON. */
function readWholeDocument(bytes: Uint8Array, file: string, notes: NoteBook): RawFeature[] {
  const text = new TextDecoder().decode(bytes).trim();
  const place = { file, row: 1, offset: 0 };
  const value = parseLenient(text, place, notes);
  if (isObject(value) && value['type'] === 'Topology') throw unsupported(file, 'TopoJSON', '请先转换为 GeoJSON。', 'convert it to GeoJSON first.');
  return valueToRawFeatures(value, place, notes);
}

async function* readFeatures(source: ByteSource, options: ImportOptions, context: ReadContext): AsyncGenerator<RawFeature[], void, undefined> {
  const { notes } = context;
  let batch: RawFeature[] = [];
  let row = 0;
  let reported = 0;
  for await (const part of splitFeatures(streamUtf8(source, options, context))) {
    if (part.kind === 'rest') {
      if (!part.complete) throw damaged(source.name, `内容在第 ${row} 个要素之后中断或括号、引号不成对，文件不完整或已损坏，请重新导出。`, `it breaks off, or its quotes or brackets do not match, after feature ${row}; the file is incomplete or damaged. Export it again.`);
      if (!part.hadFeatures) batch.push(...readWholeDocument(part.bytes, source.name, notes));
      else rejectEsri(part.bytes, source.name);
      break;
    }
    row++;
    if (part.kind === 'oversize') {
      notes.add('error', 'import/feature-too-large', { zh: '单个要素过大，未导入。', en: 'A single feature is too large; it was left out.' }, { file: source.name, row, value: sizeText(part.size) });
      continue;
    }
    batch.push(...toRawFeatures(part.bytes, { file: source.name, row, offset: part.offset }, notes));
    if (part.offset - reported > 4e6) {
      reported = part.offset;
      context.report?.({ stage: 'read', text: { zh: `读取 ${source.name}`, en: `Reading ${source.name}` }, done: reported, total: source.sizeBytes });
    }
    if (batch.length >= BATCH) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}

function rejectEsri(rest: Uint8Array, file: string): void {
  if (/"geometryType"\s*:\s*"esri|"spatialReference"\s*:/.test(new TextDecoder().decode(rest.subarray(0, HEAD_BYTES)))) {
    throw unsupported(file, 'Esri JSON', '请导出为 GeoJSON。', 'export it as GeoJSON.');
  }
}

/** The `crs` member, which stands before the features or after them. */
async function findDeclaredCrs(source: ByteSource): Promise<string | undefined> {
  const tailStart = Math.max(0, source.sizeBytes - 4096);
  const texts = [headText(await source.read(0, HEAD_BYTES)), new TextDecoder().decode(await source.read(tailStart, 4096))];
  for (const text of texts) {
    const match = /"crs"\s*:\s*(\{[^{}]*(?:\{[^{}]*\}[^{}]*)?\})/.exec(text);
    if (match === null) continue;
    const parsed: unknown = parseLenient(`{"crs":${match[1]}}`, { file: source.name, row: 0, offset: 0 }, new NoteBook());
    const named = findCrsMember(parsed);
    if (named !== undefined) return named;
  }
  return undefined;
}

async function openSource(source: ByteSource, options: ImportOptions, context: ReadContext): Promise<FeatureSource> {
  return {
    file: source.name,
    member: undefined,
    features: readFeatures(source, options, context),
    declaredCrs: await findDeclaredCrs(source),
    formatDefault: WGS84,
  };
}

export const geoJsonReader: FormatReader = {
  format: 'geojson',
  label: { zh: 'GeoJSON', en: 'GeoJSON' },
  detect(name, head) {
    const text = headText(head);
    if (text[0] !== '{' && text[0] !== '[') return undefined;
    if (GEOJSON_TYPE.test(text)) return { format: 'geojson', confidence: 0.9 };
    if (/"type"\s*:\s*"Topology"|"geometryType"\s*:\s*"esri|"features"\s*:\s*\[/.test(text)) return { format: 'geojson', confidence: 0.6 };
    return /\.(geo)?json$/i.test(name) ? { format: 'geojson', confidence: 0.3 } : undefined;
  },
  async preview(source, options, context) {
    const size = sizeText(source.sizeBytes);
    const text = `GeoJSON, ${size}`;
    const head = { format: 'geojson' as const, summary: { zh: `GeoJSON，${size}`, en: text }, encoding: (await findEncoding(source, options.encoding, context.signal)).encoding, members: [] };
    return previewFeatures(head, await openSource(source, options, context), options, context);
  },
  async *read(source, options, context, facts) {
    facts.encoding = (await findEncoding(source, options.encoding, context.signal)).encoding;
    yield* streamRecords(await openSource(source, options, context), options, context, facts);
  },
};
