/**
 * Files as they are downloaded: one data file in a zip archive, beside a readme perhaps, or compressed with gzip. They are
 * read as the file inside, within a bound on its size.
 */
import { createGunzip } from 'node:zlib';
import { Readable } from 'node:stream';
import { ChengmaiError } from '../core/errors.ts';
import { bytesSource, streamBytes, tooLarge } from './byte-source.ts';
import type { ByteSource, FormatReader } from './model.ts';
import type { ZipMember } from './zip.ts';
import { openZip } from './zip.ts';

const MAX_UNPACKED_BYTES = 512 * 2 ** 20;

/** What accompanies data and holds none. */
const BESIDE_DATA = /(^|\/)(readme|licen[cs]e|metadata|changelog|说明|备注)[^/]*$|\.(md|pdf|docx?|html?|xml|png|jpe?g|qml|sld|qgz|lyr|url|rtf)$/i;

/** The one member of an archive that holds data, if there is exactly one. */
export function findOnlyMember(members: readonly ZipMember[]): ZipMember | undefined {
  const data = members.filter((member) => !BESIDE_DATA.test(member.name) && member.sizeBytes > 0);
  return data.length === 1 ? data[0] : undefined;
}

export async function openMember(source: ByteSource, member: string): Promise<ByteSource> {
  const archive = await openZip(source);
  return bytesSource(member.slice(member.lastIndexOf('/') + 1), await archive.readMember(member, { maxBytes: MAX_UNPACKED_BYTES }));
}

export function isGzip(head: Uint8Array): boolean {
  return head.length > 10 && head[0] === 0x1f && head[1] === 0x8b && head[2] === 8;
}

/** The content of a gzip file. @throws ChengmaiError `import/bad-gzip`, `import/too-large` */
export async function openGzip(source: ByteSource): Promise<ByteSource> {
  const gunzip = createGunzip();
  const input = Readable.from(streamBytes(source), { objectMode: true, highWaterMark: 1 });
  input.on('error', (fault) => gunzip.destroy(fault));
  input.pipe(gunzip);
  const parts: Buffer[] = [];
  let size = 0;
  try {
    for await (const part of gunzip as AsyncIterable<Buffer>) {
      size += part.length;
      if (size > MAX_UNPACKED_BYTES) throw tooLarge({ ...source, sizeBytes: size }, MAX_UNPACKED_BYTES);
      parts.push(part);
    }
  } catch (fault) {
    if (fault instanceof ChengmaiError) throw fault;
    const reason = fault instanceof Error ? fault.message : String(fault);
    throw new ChengmaiError('input', 'import/bad-gzip', { zh: `文件 ${source.name} 无法解压（${reason}），请重新下载。`, en: `The file ${source.name} cannot be unpacked (${reason}); download it again.` }, { file: source.name }, fault);
  } finally {
    input.destroy();
    gunzip.destroy();
  }
  return bytesSource(source.name.replace(/\.gz$/i, ''), Buffer.concat(parts));
}

/** The reader of the file inside, for the file outside. */
export function unpackingReader(inner: FormatReader, unpack: (source: ByteSource) => Promise<ByteSource>): FormatReader {
  return {
    ...inner,
    async preview(source, options, context) {
      return inner.preview(await unpack(source), options, context);
    },
    async *read(source, options, context, facts) {
      yield* inner.read(await unpack(source), options, context, facts);
    },
  };
}
