/** Blobs of a file → decoded blocks in file order, on as many threads as the file's size is worth. */
import { closeSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { throwIfCancelled } from '../../core/errors.ts';
import { TaskPool, mapInOrder, runTwice, siblingModule } from '../../engine/pool/task-pool.ts';
import type { ByteSource } from '../model.ts';
import { openBlobSource, readBlob, streamFrames } from './blob-stream.ts';
import type { BlobFrame, BlobSource } from './blob-stream.ts';
import { inflateBlob } from './blob-inflate.ts';
import type { DecodeJob, DecodedBlock } from './decode-task.ts';
import { checkRequiredFeatures, parseFileHeader } from './file-header.ts';
import type { FileHeader } from './file-header.ts';
import { MalformedBlock, corruptPbf } from './pbf-error.ts';

/** Below this a file is decoded before threads have started (about 30 ms each on top of 10 ms a megabyte). */
const IN_THREAD_BYTES = 8 * 1024 * 1024;
/** The consumer is one thread, which more than four decoders only starve. */
const THREADS_MAX = 4;

export interface PipelineBlock {
  readonly frame: BlobFrame;
  readonly block: DecodedBlock;
}

export type DecodeWish = Pick<DecodeJob, 'wanted' | 'wayKey' | 'countOnly'>;

async function parseHeaderBlob(blobs: BlobSource, frame: BlobFrame): Promise<FileHeader> {
  const { name } = blobs.source;
  try {
    const header = parseFileHeader(inflateBlob(await readBlob(blobs, frame)));
    checkRequiredFeatures(name, header);
    return header;
  } catch (error) {
    if (error instanceof MalformedBlock) throw corruptPbf(name, frame.offset, error.text);
    throw error;
  }
}

function noHeader(source: ByteSource): Error {
  return corruptPbf(source.name, 0, { zh: '文件没有以 OSMHeader 数据块开头', en: 'it does not start with an OSMHeader blob' });
}

/** Data blobs only; header blobs are checked on the way, the first blob must be one. */
async function* dataFrames(blobs: BlobSource, signal: AbortSignal | undefined): AsyncGenerator<BlobFrame, void, undefined> {
  let first = true;
  for await (const frame of streamFrames(blobs, signal)) {
    if (first && frame.type !== 'OSMHeader') throw noHeader(blobs.source);
    first = false;
    if (frame.type === 'OSMHeader') await parseHeaderBlob(blobs, frame);
    else if (frame.type === 'OSMData') yield frame;
  }
  if (first) throw noHeader(blobs.source);
}

async function* givenFrames(frames: readonly BlobFrame[], signal: AbortSignal | undefined): AsyncGenerator<BlobFrame, void, undefined> {
  for (const frame of frames) {
    throwIfCancelled(signal);
    yield frame;
  }
}

/** An open PBF file and the threads that decode it. The caller closes it. */
export class BlockPipeline {
  readonly #blobs: BlobSource;
  readonly #pool: TaskPool<DecodeJob, DecodedBlock>;

  /** `threads`: undefined lets the size of the file decide. */
  constructor(source: ByteSource, threads: number | undefined) {
    const fitting = source.sizeBytes < IN_THREAD_BYTES ? 0 : Math.min(availableParallelism(), THREADS_MAX);
    this.#blobs = openBlobSource(source);
    this.#pool = new TaskPool({ module: siblingModule(import.meta.url, 'decode-task'), task: 'decodeBlob', threads: threads ?? fitting });
  }

  /** The file's header, from its first blob. */
  async readHeader(): Promise<FileHeader> {
    for await (const frame of streamFrames(this.#blobs)) {
      if (frame.type !== 'OSMHeader') break;
      return parseHeaderBlob(this.#blobs, frame);
    }
    throw noHeader(this.#blobs.source);
  }

  /**
   * Decodes the file, or the frames of it that an earlier pass found, in their order.
   *
   * @throws ChengmaiError of kind `input` with file and byte offset; cancelled
   */
  async *decode(wish: DecodeWish, signal?: AbortSignal, frames?: readonly BlobFrame[]): AsyncGenerator<PipelineBlock, void, undefined> {
    const wanted = frames === undefined ? dataFrames(this.#blobs, signal) : givenFrames(frames, signal);
    for await (const { item, output } of mapInOrder(wanted, this.#pool.parallelism, (frame) => this.#run(frame, wish))) {
      yield { frame: item, block: output };
    }
  }

  #run(frame: BlobFrame, wish: DecodeWish): Promise<DecodedBlock> {
    return runTwice(() => this.#decodeBlob(frame, wish));
  }

  async #decodeBlob({ offset, size }: BlobFrame, wish: DecodeWish): Promise<DecodedBlock> {
    const { source, fd } = this.#blobs;
    if (fd !== undefined) return this.#pool.run({ file: source.name, offset, size, blob: fd, ...wish });
    const blob = await readBlob(this.#blobs, { type: 'OSMData', offset, size });
    return this.#pool.run({ file: source.name, offset, size, blob, ...wish }, [blob.buffer]);
  }

  /** Ends the threads, then closes the file they read. */
  async close(): Promise<void> {
    await this.#pool.close();
    if (this.#blobs.fd !== undefined) closeSync(this.#blobs.fd);
  }
}
