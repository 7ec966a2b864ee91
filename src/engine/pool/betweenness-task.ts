/** One block of sources of betweenness in a worker. The workspace is kept for the blocks that follow. */
import { DependencySearch, emptyBlock } from '../graph/search/betweenness.ts';
import type { BetweennessOptions, DependencyBlock } from '../graph/search/betweenness.ts';
import type { SearchGraph } from '../graph/search/search-graph.ts';
import type { TaskResult } from './task-pool.ts';

export interface BetweennessSetup {
  /** Another one for every computation. */
  readonly key: number;
  readonly graph: SearchGraph;
  readonly options: BetweennessOptions;
}

export interface BetweennessJob {
  readonly setup: BetweennessSetup;
  readonly sources: Uint32Array;
}

let current: { readonly key: number; readonly search: DependencySearch } | undefined;

export function sumDependencies({ setup, sources }: BetweennessJob): TaskResult<DependencyBlock> {
  if (current?.key !== setup.key) current = { key: setup.key, search: new DependencySearch(setup.graph, setup.options) };
  const block = emptyBlock(setup.graph);
  current.search.addSources(sources, block);
  return { output: block, transfer: [block.byNode.buffer, block.squareByNode.buffer, block.byArc.buffer] };
}
