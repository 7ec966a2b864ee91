/** What an OSM PBF file holds, every node, way, tag and reference decoded: the measure of the reader's speed. */
import type { WorkContext } from '../../core/progress.ts';
import type { Box } from '../../engine/spatial/geometry.ts';
import type { ByteSource } from '../model.ts';
import { E7 } from './block-columns.ts';
import { BlockPipeline } from './block-pipeline.ts';

export interface OsmCounts {
  readonly nodes: number;
  readonly ways: number;
  readonly relations: number;
  readonly tags: number;
  /** Nodes along ways. */
  readonly refs: number;
  /** Members of relations. */
  readonly members: number;
  /** Of all nodes; undefined where there is none. */
  readonly box: Box | undefined;
}

/**
 * Counts the objects of a file.
 *
 * @param threads decoding threads, 0 for the calling one; absent: by the file's size
 * @throws ChengmaiError of kind `input` with file name and byte offset for damage; `cancelled`
 */
export async function countOsm(source: ByteSource, threads?: number, context: WorkContext = {}): Promise<OsmCounts> {
  const pipeline = new BlockPipeline(source, threads);
  const sum = { nodes: 0, ways: 0, relations: 0, tags: 0, refs: 0, members: 0 };
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  try {
    const wish = { wanted: { nodes: true, ways: true, relations: true }, countOnly: true };
    for await (const { block } of pipeline.decode(wish, context.signal)) {
      const { counts } = block;
      for (const key of Object.keys(sum) as (keyof typeof sum)[]) sum[key] += counts[key];
      if (counts.nodes === counts.badCoordinates) continue;
      west = Math.min(west, counts.west);
      south = Math.min(south, counts.south);
      east = Math.max(east, counts.east);
      north = Math.max(north, counts.north);
    }
  } finally {
    await pipeline.close();
  }
  return { ...sum, box: west > east ? undefined : [west / E7, south / E7, east / E7, north / E7] };
}
