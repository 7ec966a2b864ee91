/** Cutting a city in a thread of its own: seconds of arithmetic that would else keep the server from answering. */
import { ChengmaiError } from '../../core/errors.ts';
import type { TaskResult } from '../../engine/pool/task-pool.ts';
import type { CutResult } from '../places/cut-units.ts';
import { cutUnits } from '../places/cut-units.ts';
import type { CutInput } from '../places/lay-faces.ts';

/** @throws ChengmaiError of kind input, `derive/city-too-large` */
export function cutCity(input: CutInput): TaskResult<CutResult> {
  try {
    const output = cutUnits(input);
    const { t, districtOf, blockOf, communityOf } = output.locator;
    const arrays = [t.x, t.y, t.ends, t.strength, t.faceOf, t.around, t.aroundStarts, t.positions, t.rows.starts, t.rows.edges, districtOf, blockOf, communityOf];
    return { output, transfer: [...new Set(arrays.map((array) => array.buffer as ArrayBuffer))] };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new ChengmaiError('input', 'derive/city-too-large', {
      zh: `城市范围无法划分：${error.message}；请检查坐标系，或给出较小的城市边界。`,
      en: `The city's extent cannot be cut: ${error.message}; check the coordinate system or give a smaller city boundary.`,
    }, {}, error);
  }
}
