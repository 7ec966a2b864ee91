/**
 * A street network straight from an OSM PBF file, without the base.
 *
 * One pass over the file where it is below 512 MB: ways (of those that are no streets only the nodes they touch), relations, the places
 * of all nodes and the tags of those that matter to travellers. Larger files are read twice, so that only the nodes of streets are held.
 *
 * Memory while reading: 17 bytes a node of the file (of its streets, above 512 MB), 8 bytes a node along a street, 12 bytes a tag.
 */
import { ChengmaiError } from '../../core/errors.ts';
import type { Bilingual } from '../../core/bilingual.ts';
import type { Note } from '../../core/note.ts';
import { NoteBook } from '../../core/note.ts';
import type { WorkContext } from '../../core/progress.ts';
import type { NetworkOptions } from '../../engine/graph/network/build-network.ts';
import { buildNetworkInSteps } from '../../engine/graph/network/build-network.ts';
import { runSteps } from '../../engine/pool/run-steps.ts';
import type { Network } from '../../engine/graph/network/network.ts';
import type { NetworkSource } from '../../engine/graph/network/network-source.ts';
import type { ByteSource } from '../model.ts';
import { BlockPipeline } from './block-pipeline.ts';
import { NetworkIntake } from './network-intake.ts';

export interface NetworkReadOptions extends NetworkOptions {
  /** Decoding threads, 0 for the calling one; absent: by the file's size. */
  readonly threads?: number;
}

export interface NetworkReading {
  readonly network: Network;
  /** What could not be used, counted. */
  readonly notes: readonly Note[];
}

const TWO_PASSES_BYTES = 512 * 1024 * 1024;
const READING: Bilingual = { zh: '读取道路', en: 'Reading streets' };
const PLACING: Bilingual = { zh: '读取道路节点', en: 'Reading the nodes of streets' };
const BUILDING: Bilingual = { zh: '建立路网', en: 'Building the street network' };

function noStreets(file: string): ChengmaiError {
  return new ChengmaiError(
    'input',
    'import/no-streets',
    { zh: `文件 ${file} 中没有道路，无法建立路网；请换用含 highway 标签道路的 OSM 文件。`, en: `${file} has no streets to build a network of; give an OSM file with ways that are tagged highway.` },
    { file },
  );
}

/**
 * Everything of a file that a network is built from.
 *
 * @param onceBytes up to this size the file is read once
 * @throws as {@link readNetwork}
 */
export async function readNetworkSource(source: ByteSource, threads: number | undefined, context: WorkContext, notes: NoteBook, onceBytes = TWO_PASSES_BYTES): Promise<NetworkSource> {
  const pipeline = new BlockPipeline(source, threads);
  try {
    const once = source.sizeBytes <= onceBytes;
    const intake = new NetworkIntake(source.name, notes);
    const wish = { wanted: { nodes: once, ways: true, relations: true } };
    for await (const { frame, block } of pipeline.decode(wish, context.signal)) {
      context.report?.({ stage: 'network/ways', text: READING, done: frame.offset + frame.size, total: source.sizeBytes });
      if (block.columns !== undefined) intake.take(block.columns, frame);
    }
    if (intake.streets === 0) throw noStreets(source.name);
    if (!once) {
      intake.wantNodesOfStreets();
      const total = intake.nodeFrames.reduce((sum, frame) => sum + frame.size, 0);
      let done = 0;
      for await (const { frame, block } of pipeline.decode({ wanted: { nodes: true, ways: false, relations: false } }, context.signal, intake.nodeFrames)) {
        context.report?.({ stage: 'network/nodes', text: PLACING, done: (done += frame.size), total });
        if (block.columns !== undefined) intake.takeNodes(block.columns, frame);
      }
    }
    return intake.finish();
  } finally {
    await pipeline.close();
  }
}

/**
 * The street network of an OSM PBF file.
 *
 * @throws ChengmaiError `import/no-streets` where the file has none; of kind `input` with file name and byte offset for damage; `cancelled`
 */
export async function readNetwork(source: ByteSource, options: NetworkReadOptions = {}, context: WorkContext = {}): Promise<NetworkReading> {
  const book = new NoteBook();
  const { threads, ...rules } = options;
  const streets = await readNetworkSource(source, threads, context, book);
  context.report?.({ stage: 'network/build', text: BUILDING, done: 0 });
  const { network, notes } = await runSteps(buildNetworkInSteps(streets, rules, context), context.signal);
  if (network.meta.counts.edges === 0) throw noStreets(source.name);
  return { network, notes: [...book.list(), ...notes] };
}
