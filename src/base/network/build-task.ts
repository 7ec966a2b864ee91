/** Building a city's network in a thread of its own: seconds of arithmetic that would else keep the server from answering. */
import { buildNetwork } from '../../engine/graph/network/build-network.ts';
import type { TaskResult } from '../../engine/pool/task-pool.ts';
import { viewSnapshot } from '../snapshot/view-snapshot.ts';
import type { HeightGrid } from './height-grid.ts';
import { heightAt } from './height-grid.ts';
import { listOpportunities } from './list-opportunities.ts';
import { toNetworkSource } from './network-source.ts';

export interface BuildInput {
  readonly key: string;
  readonly snapshot: Uint8Array<ArrayBuffer>;
  readonly heights: HeightGrid | undefined;
}

export interface BuildOutput {
  readonly network: Uint8Array<ArrayBuffer>;
  readonly opportunities: Uint8Array<ArrayBuffer>;
}

export function buildCityNetwork({ key, snapshot, heights }: BuildInput): TaskResult<BuildOutput> {
  const view = viewSnapshot(snapshot);
  const { network, notes } = buildNetwork(toNetworkSource(view), heights === undefined ? {} : { elevation: (lon, lat) => heightAt(heights, lon, lat), elevationKey: key });
  const opportunities = listOpportunities(view, key, notes);
  return { output: { network: network.bytes, opportunities: opportunities.bytes }, transfer: [network.bytes.buffer, opportunities.bytes.buffer] };
}
