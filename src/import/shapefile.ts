/**
 * Shapefiles in a zip archive, any number of them: .shp and .dbf stream side by side, .prj names the coordinate system,
 * .cpg the encoding of names.
 *
 * shpjs unpacks everything into one GeoJSON tree without bounds; shapefile (2017) knows neither archives nor GB18030
 * where the .cpg is missing or lies. The format is small enough to be read here into flat geometry directly.
 */
import { ChengmaiError } from '../core/errors.ts';
import type { NoteBook } from '../core/note.ts';
import type { AttributeValue, ByteSource, FormatReader, ImportOptions, ReadContext } from './model.ts';
import type { FeatureSource, RawFeature } from './features/feature-stream.ts';
import { previewFeatures, sizeText, streamRecords } from './features/feature-stream.ts';
import { ByteReader } from './shapefile/byte-reader.ts';
import { DbfDecoder, encodingOfBytes, encodingOfCpg, readDbfHeader, readDbfRecord, textBytes } from './shapefile/dbf-records.ts';
import { readShapeHeader, readShapeRecord } from './shapefile/shape-records.ts';
import { getEncoding } from './text-encoding.ts';
import type { ZipArchive } from './zip.ts';
import { isZip, openZip } from './zip.ts';

const BATCH = 500;
const ENCODING_SAMPLE_RECORDS = 2_000;
const SIDE_FILE_BYTES = 64 * 1024;

interface Layer {
  /** Path within the archive without the ending. */
  readonly stem: string;
  readonly shp: string;
  readonly dbf: string | undefined;
  readonly prj: string | undefined;
  readonly cpg: string | undefined;
}

function listLayers(archive: ZipArchive): Layer[] {
  const byLower = new Map(archive.members.map((member) => [member.name.toLowerCase(), member.name]));
  return archive.members.filter((member) => /\.shp$/i.test(member.name)).map(({ name }) => {
    const stem = name.slice(0, -4);
    const beside = (ending: string): string | undefined => byLower.get(`${stem.toLowerCase()}${ending}`);
    return { stem, shp: name, dbf: beside('.dbf'), prj: beside('.prj'), cpg: beside('.cpg') ?? byLower.get(`${name.toLowerCase()}.cpg`) };
  });
}

function badShapefile(file: string, member: string, fault: unknown): ChengmaiError {
  const reason = fault instanceof Error ? fault.message : String(fault);
  return new ChengmaiError('input', 'import/bad-shapefile', { zh: `压缩包 ${file} 中的 ${member} 已损坏（${reason}），请重新导出。`, en: `${member} in the archive ${file} is damaged (${reason}); export it again.` }, { file, field: member }, fault);
}

async function readText(archive: ZipArchive, name: string | undefined): Promise<string | undefined> {
  if (name === undefined) return undefined;
  const text = new TextDecoder().decode(await archive.readMember(name, { maxBytes: SIDE_FILE_BYTES }));
  return text.replaceAll('\0', '').trim() || undefined;
}

/** The names' encoding: stated, else what the bytes show, else what .cpg or the language driver says. */
async function findDbfEncoding(archive: ZipArchive, layer: Layer, options: ImportOptions, notes: NoteBook): Promise<string> {
  if (options.encoding !== undefined) return getEncoding(options.encoding, archive.name);
  if (layer.dbf === undefined) return 'utf-8';
  const cpg = await readText(archive, layer.cpg);
  const reader = new ByteReader(archive.streamMember(layer.dbf));
  try {
    const header = await readDbfHeader(reader);
    const samples: Uint8Array[] = header.fields.map((field) => field.rawName);
    for (let i = 0; i < ENCODING_SAMPLE_RECORDS; i++) {
      const record = await readDbfRecord(reader, header);
      if (record === undefined) break;
      samples.push(...textBytes(header, record.bytes.slice()));
    }
    const declared = (cpg === undefined ? undefined : encodingOfCpg(cpg)) ?? header.encoding;
    const seen = encodingOfBytes(samples);
    if (declared === undefined || seen === undefined) return declared ?? seen ?? 'utf-8';
    // UTF-8 shows itself, and Chinese text that is none shows that; between other encodings the declaration knows better.
    if (declared !== seen && (seen === 'utf-8' || declared === 'utf-8')) {
      notes.add('warning', 'import/encoding-lie', { zh: `声明的文字编码为 ${declared}，实际按 ${seen} 读取。`, en: `The encoding declared is ${declared}; the names were read as ${seen}.` }, { file: archive.name, field: layer.dbf, value: cpg });
      return seen;
    }
    return declared;
  } catch (fault) {
    throw fault instanceof ChengmaiError ? fault : badShapefile(archive.name, layer.dbf, fault);
  } finally {
    await reader.close();
  }
}

async function* readFeatures(archive: ZipArchive, layer: Layer, encoding: string, context: ReadContext): AsyncGenerator<RawFeature[], void, undefined> {
  const shapes = new ByteReader(archive.streamMember(layer.shp, { signal: context.signal }));
  const table = layer.dbf === undefined ? undefined : new ByteReader(archive.streamMember(layer.dbf, { signal: context.signal }));
  const place = { file: archive.name, field: layer.shp };
  if (table === undefined) context.notes.add('warning', 'import/no-dbf', { zh: '缺少 .dbf，要素没有属性。', en: 'There is no .dbf; features have no attributes.' }, place);
  try {
    await readShapeHeader(shapes);
    const header = table === undefined ? undefined : await readDbfHeader(table);
    const decoder = header === undefined ? undefined : new DbfDecoder(header, encoding);
    let batch: RawFeature[] = [];
    for (let row = 1; ; row++) {
      const shape = await readShapeRecord(shapes);
      if (shape === undefined) break;
      const record = table === undefined || header === undefined ? undefined : await readDbfRecord(table, header);
      if (record?.deleted === true) continue;
      if (shape.fault !== undefined) context.notes.add('error', 'import/bad-geometry', { zh: '几何无法解读或类型不受支持，未导入该图形。', en: 'A geometry cannot be read or is of a type not supported; it was left out.' }, { ...place, row, value: shape.fault.slice(0, 80) });
      if (table !== undefined && record === undefined) context.notes.add('warning', 'import/short-dbf', { zh: '.dbf 的记录少于图形，其余要素没有属性。', en: 'The .dbf has fewer records than there are shapes; the rest have no attributes.' }, { ...place, row });
      const values: Record<string, AttributeValue> = record === undefined || decoder === undefined ? {} : decoder.decode(record.bytes);
      batch.push({ row, id: String(row), values, geometry: shape.geometry });
      if (batch.length >= BATCH) {
        context.report?.({ stage: 'read', text: { zh: `读取 ${archive.name} ▸ ${layer.stem}`, en: `Reading ${archive.name} ▸ ${layer.stem}` }, done: row, ...(header !== undefined && { total: header.records }) });
        yield batch;
        batch = [];
      }
    }
    if (batch.length > 0) yield batch;
  } catch (fault) {
    throw fault instanceof ChengmaiError ? fault : badShapefile(archive.name, layer.shp, fault);
  } finally {
    await shapes.close();
    await table?.close();
  }
}

async function openLayer(archive: ZipArchive, layer: Layer, options: ImportOptions, context: ReadContext): Promise<{ source: FeatureSource; encoding: string }> {
  const encoding = await findDbfEncoding(archive, layer, options, context.notes);
  const source: FeatureSource = {
    file: archive.name,
    member: layer.stem,
    features: readFeatures(archive, layer, encoding, context),
    declaredCrs: await readText(archive, layer.prj),
  };
  return { source, encoding };
}

async function openLayers(source: ByteSource, options: ImportOptions): Promise<{ archive: ZipArchive; layers: Layer[] }> {
  const archive = await openZip(source);
  const all = listLayers(archive);
  const layers = options.member === undefined ? all : all.filter((layer) => layer.stem === options.member || layer.shp === options.member);
  if (layers.length > 0) return { archive, layers };
  const names = all.map((layer) => layer.stem).join(', ');
  throw new ChengmaiError('input', 'import/no-member', { zh: `压缩包 ${source.name} 中没有图层“${options.member ?? ''}”，有：${names}。`, en: `The archive ${source.name} has no layer “${options.member ?? ''}”; it has: ${names}.` }, { file: source.name, value: options.member });
}

export const shapefileReader: FormatReader = {
  format: 'shapefile',
  label: { zh: 'Shapefile 压缩包', en: 'zipped shapefiles' },
  detect(_name, head) {
    if (!isZip(head)) return undefined;
    const nameLength = head[26] + 256 * head[27];
    const first = new TextDecoder('latin1').decode(head.subarray(30, 30 + nameLength));
    return /\.(shp|shx|dbf|prj|cpg|sbn|sbx|qpj)$/i.test(first) ? { format: 'shapefile', confidence: 0.9 } : undefined;
  },
  async preview(source, options, context) {
    const { archive, layers } = await openLayers(source, options);
    const { source: first, encoding } = await openLayer(archive, layers[0], options, context);
    const size = sizeText(source.sizeBytes);
    const members = layers.map((layer) => layer.stem);
    return previewFeatures({ format: 'shapefile', summary: { zh: `Shapefile，${size}，${members.length} 个图层`, en: `Shapefile, ${size}, ${members.length} ${members.length === 1 ? 'layer' : 'layers'}` }, encoding, members }, first, options, context);
  },
  async *read(source, options, context, facts) {
    const { archive, layers } = await openLayers(source, options);
    for (const layer of layers) {
      const { source: features, encoding } = await openLayer(archive, layer, options, context);
      facts.encoding = encoding;
      yield* streamRecords(features, options, context, facts);
    }
  },
};
