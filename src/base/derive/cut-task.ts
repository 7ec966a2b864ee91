/** Cutting a city in a thread of its own: seconds of arithmetic that would else keep the server from answering. */
import type { TaskResult } from '../../engine/pool/task-pool.ts';
import type { CutResult } from '../places/cut-units.ts';
import { cutUnits } from '../places/cut-units.ts';
import type { CutInput } from '../places/cut-input.ts';

/** @throws ChengmaiError as {@link cutUnits} does */
export function cutCity(input: CutInput): TaskResult<CutResult> {
  const output = cutUnits(input);
  const { t, districtOf, blockOf, communityOf } = output.locator;
  const arrays = [t.x, t.y, t.ends, t.strength, t.faceOf, t.around, t.aroundStarts, t.positions, t.rows.starts, t.rows.edges, districtOf, blockOf, communityOf];
  return { output, transfer: [...new Set(arrays.map((array) => array.buffer as ArrayBuffer))] };
}
