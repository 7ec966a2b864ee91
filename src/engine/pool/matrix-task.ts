/** One block of a cost matrix in a worker. The workspace is kept for the blocks that follow. */
import { CostMatrix } from '../graph/search/cost-matrix.ts';
import type { CostRows, MatrixSide } from '../graph/search/cost-matrix.ts';
import type { PointLinks } from '../graph/travel/point-links.ts';
import { openSharedTravel } from './shared-arrays.ts';
import type { SharedTravel } from './shared-arrays.ts';
import type { TaskResult } from './task-pool.ts';

/** What all blocks of a matrix share. */
export interface MatrixSetup {
  /** Another one for every matrix. */
  readonly key: number;
  readonly travel: SharedTravel;
  readonly origins: PointLinks;
  readonly destinations: PointLinks;
  readonly limit: number;
  readonly side: MatrixSide;
}

export interface MatrixJob {
  readonly setup: MatrixSetup;
  /** Points of that side from … to − 1. */
  readonly from: number;
  readonly to: number;
}

let current: { readonly key: number; readonly matrix: CostMatrix } | undefined;

export function computeMatrixBlock({ setup, from, to }: MatrixJob): TaskResult<CostRows> {
  if (current?.key !== setup.key) {
    current = { key: setup.key, matrix: new CostMatrix(openSharedTravel(setup.travel), setup.origins, setup.destinations, setup.limit, setup.side) };
  }
  const output = current.matrix.rows(from, to);
  return { output, transfer: [output.origin.buffer, output.destination.buffer, output.cost.buffer, output.mm.buffer] };
}
