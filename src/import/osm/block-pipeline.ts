/** Blobs of a file → decoded blocks in file order, on as many threads as the file's size is worth. */
import { availableParallelism } from 'node:os';
import { TaskPool, mapInOrder, siblingModule } from '../../engine/pool/task-pool.ts';
import type { ByteSource } from '../model.ts';
import { streamBlobs, streamFrames } from './blob-stream.ts';
import type { BlobFrame, FramedBlob } from './blob-stream.ts';
import { inflateBlob } from './blob-inflate.ts';
import type { DecodeJob, DecodedBlock } from './decode-task.ts';
import { checkRequiredFeatures, parseFileHeader } from './file-header.ts';
import type { FileHeader } from './file-header.ts';
import { MalformedBlock, corruptPbf } from './pbf-error.ts';

/** Below this a file is decoded before threads have started (about 30 ms each on top of 10 ms a megabyte). */
const IN_THREAD_BYTES = 8 * 1024 * 1024;
/** The consumer is one thread, which more than four decoders only starve. */
const THREADS_MAX = 4;

export type BlockPool = TaskPool<DecodeJob, DecodedBlock>;

/** `threads`: undefined lets the size of the file decide. */
export function openBlockPool(source: ByteSource, threads: number | undefined): BlockPool {
  const fitting = source.sizeBytes < IN_THREAD_BYTES ? 0 : Math.min(availableParallelism(), THREADS_MAX);
  return new TaskPool({ module: siblingModule(import.meta.url, 'decode-task'), task: 'decodeBlob', threads: threads ?? fitting });
}

export interface PipelineBlock {
  readonly frame: BlobFrame;
  readonly block: DecodedBlock;
}

function parseHeaderBlob(source: ByteSource, blob: FramedBlob): FileHeader {
  try {
    const header = parseFileHeader(inflateBlob(blob.bytes));
    checkRequiredFeatures(source.name, header);
    return header;
  } catch (error) {
    if (error instanceof MalformedBlock) throw corruptPbf(source.name, blob.offset, error.text);
    throw error;
  }
}

/** The file's header, from its first blob. */
export async function readFileHeader(source: ByteSource): Promise<FileHeader> {
  for await (const blob of streamBlobs(source)) {
    if (blob.type === 'OSMHeader') return parseHeaderBlob(source, blob);
    break;
  }
  throw noHeader(source);
}

function noHeader(source: ByteSource): Error {
  return corruptPbf(source.name, 0, { zh: '文件没有以 OSMHeader 数据块开头', en: 'it does not start with an OSMHeader blob' });
}

/** Data blobs only; header blobs are checked on the way, the first blob must be one. */
async function* dataBlobs(source: ByteSource, signal: AbortSignal | undefined): AsyncGenerator<FramedBlob, void, undefined> {
  let first = true;
  for await (const blob of streamBlobs(source, signal)) {
    if (first && blob.type !== 'OSMHeader') throw noHeader(source);
    first = false;
    if (blob.type === 'OSMHeader') parseHeaderBlob(source, blob);
    else if (blob.type === 'OSMData') yield blob;
  }
  if (first) throw noHeader(source);
}

export type DecodeWish = Pick<DecodeJob, 'wanted' | 'wayKey' | 'countOnly'>;

/**
 * Decodes the file, or the frames of it that an earlier pass found.
 *
 * @throws ChengmaiError of kind `input` with file and byte offset; cancelled
 */
export async function* decodeBlocks(
  source: ByteSource,
  pool: BlockPool,
  wish: DecodeWish,
  signal?: AbortSignal,
  frames?: readonly BlobFrame[],
): AsyncGenerator<PipelineBlock, void, undefined> {
  const blobs = frames === undefined ? dataBlobs(source, signal) : streamFrames(source, frames, signal);
  const run = ({ offset, bytes }: FramedBlob): Promise<DecodedBlock> => pool.run({ file: source.name, offset, blob: bytes, ...wish }, [bytes.buffer]);
  for await (const { item, output } of mapInOrder(blobs, pool.parallelism, run)) {
    yield { frame: { type: item.type, offset: item.offset, size: item.size }, block: output };
  }
}
