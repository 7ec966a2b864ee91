/** Newline-delimited GeoJSON (one feature a line) and GeoJSON text sequences (RFC 8142, a record separator before each). */
import { streamBytes } from './byte-source.ts';
import { WGS84 } from './crs/coordinate-system.ts';
import type { FeatureSource, RawFeature } from './features/feature-stream.ts';
import { previewFeatures, sizeText, streamRecords } from './features/feature-stream.ts';
import { findCrsMember } from './json/parse-feature.ts';
import { parseLenient, valueToRawFeatures } from './json/raw-features.ts';
import type { ByteSource, FormatReader, ImportOptions, ReadContext } from './model.ts';
import { findEncoding, streamText } from './text-encoding.ts';

const BATCH = 500;
/** A longer line is passed over; V8 strings end at 512 M characters. */
const MAX_LINE = 256 * 2 ** 20;
const RECORD_SEPARATOR = '\u001e';

interface Line {
  readonly text: string;
  readonly number: number;
  readonly offset: number;
  readonly tooLong: boolean;
}

/** Lines of a text stream; where record separators are used, records, whose JSON may itself hold line breaks. */
async function* splitLines(texts: AsyncIterable<string>): AsyncGenerator<Line, void, undefined> {
  let pending: string[] = [];
  let pendingLength = 0;
  let number = 1;
  let offset = 0;
  let separator: string | undefined;
  const finish = (last: string): Line => {
    const tooLong = pendingLength + last.length > MAX_LINE;
    const text = tooLong ? '' : pending.join('') + last;
    const line = { text: text.replaceAll(RECORD_SEPARATOR, '').trim(), number, offset, tooLong };
    offset += pendingLength + last.length + 1;
    number++;
    pending = [];
    pendingLength = 0;
    return line;
  };
  for await (const text of texts) {
    separator ??= text.trimStart().startsWith(RECORD_SEPARATOR) ? RECORD_SEPARATOR : '\n';
    let start = 0;
    for (let end = text.indexOf(separator); end >= 0; end = text.indexOf(separator, start)) {
      yield finish(text.slice(start, end));
      start = end + 1;
    }
    const last = text.slice(start);
    pendingLength += last.length;
    if (pendingLength > MAX_LINE) pending = [];
    else if (last !== '') pending.push(last);
  }
  if (pendingLength > 0) yield finish('');
}

async function* readFeatures(source: ByteSource, encoding: string, context: ReadContext): AsyncGenerator<RawFeature[], void, undefined> {
  let batch: RawFeature[] = [];
  let row = 0;
  for await (const line of splitLines(streamText(streamBytes(source, context.signal), encoding))) {
    if (line.tooLong) {
      row++;
      context.notes.add('error', 'import/feature-too-large', { zh: '单个要素过大，未导入。', en: 'A single feature is too large; it was left out.' }, { file: source.name, row });
    }
    if (line.text === '') continue;
    row++;
    const place = { file: source.name, row: line.number, offset: line.offset };
    batch.push(...valueToRawFeatures(parseLenient(line.text, place, context.notes), place, context.notes));
    if (batch.length >= BATCH) {
      context.report?.({ stage: 'read', text: { zh: `读取 ${source.name}`, en: `Reading ${source.name}` }, done: Math.min(line.offset, source.sizeBytes), total: source.sizeBytes });
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}

async function openSource(source: ByteSource, options: ImportOptions, context: ReadContext): Promise<{ features: FeatureSource; encoding: string }> {
  const { encoding } = await findEncoding(source, options.encoding, context.signal);
  const head = new TextDecoder(encoding).decode(await source.read(0, 64 * 1024), { stream: true });
  const firstLine = head.replaceAll(RECORD_SEPARATOR, '').trimStart().split('\n', 1)[0];
  let declaredCrs: string | undefined;
  try {
    declaredCrs = findCrsMember(JSON.parse(firstLine));
  } catch {
    declaredCrs = undefined;
  }
  return { encoding, features: { file: source.name, member: undefined, features: readFeatures(source, encoding, context), declaredCrs, formatDefault: WGS84 } };
}

function isJsonObject(line: string): boolean {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null;
  } catch {
    return false;
  }
}

export const geoJsonLinesReader: FormatReader = {
  format: 'geojson-lines',
  label: { zh: 'GeoJSON 行', en: 'GeoJSON lines' },
  detect(name, head) {
    const text = new TextDecoder().decode(head, { stream: true }).replace(/^\ufeff/, '').trimStart();
    if (text.startsWith(RECORD_SEPARATOR) && text.includes('"type"')) return { format: 'geojson-lines', confidence: 0.95 };
    if (!text.startsWith('{') || !/"type"\s*:\s*"/.test(text)) return undefined;
    const [first, second] = text.split(/\r?\n/, 2);
    // A line longer than the head shows no second one: the name decides then.
    if (second !== undefined && second.trimStart().startsWith('{') && isJsonObject(first)) return { format: 'geojson-lines', confidence: 0.95 };
    return /\.(geojsonl|geojsons|ndjson|jsonl|ndgeojson|geojsonseq)$/i.test(name) ? { format: 'geojson-lines', confidence: 0.92 } : undefined;
  },
  async preview(source, options, context) {
    const { features, encoding } = await openSource(source, options, context);
    const size = sizeText(source.sizeBytes);
    return previewFeatures({ format: 'geojson-lines', summary: { zh: `GeoJSON 行，${size}`, en: `GeoJSON lines, ${size}` }, encoding, members: [] }, features, options, context);
  },
  async *read(source, options, context, facts) {
    const { features, encoding } = await openSource(source, options, context);
    facts.encoding = encoding;
    yield* streamRecords(features, options, context, facts);
  },
};
