/** Isochrones beside the page: the same code as the server's, so that the map stays smooth while the pointer drags a place. */
import { openOpportunities } from '../../../base/network/reach/opportunities.ts';
import { CityReach } from '../../../base/network/reach/city-reach.ts';
import { ChengmaiError } from '../../../core/errors.ts';
import { openNetwork } from '../../../engine/graph/network/network.ts';
import type { FromWorker, ReachProblem, ToWorker } from './reach-messages.ts';

interface WorkerScope {
  onmessage: ((event: MessageEvent<ToWorker>) => void) | null;
  postMessage(message: FromWorker): void;
}

// the page's types stand for the worker's: of its scope only these two are used
const scope = self as unknown as WorkerScope;
let reach: CityReach | undefined;

function toProblem(error: unknown): ReachProblem {
  if (error instanceof ChengmaiError) return { code: error.code, text: error.text, place: error.place };
  const reason = error instanceof Error ? error.message : String(error);
  return { code: 'web/reach-fault', text: { zh: `计算等时圈时程序出错（${reason}）；请报告此问题。`, en: `The program failed while working out isochrones (${reason}); please report it.` }, place: {} };
}

scope.onmessage = ({ data }) => {
  if (data.type === 'open') {
    try {
      reach = new CityReach(openNetwork(new Uint8Array(data.network)), openOpportunities(new Uint8Array(data.opportunities)));
      scope.postMessage({ type: 'opened' });
    } catch {
      scope.postMessage({ type: 'unusable' });
    }
    return;
  }
  if (reach === undefined) return;
  if (data.type === 'prepare') {
    try {
      // one answer nobody asked for: the first of a kind takes ten times the next, while its code is being compiled
      const { e7 } = reach.network.vertex;
      const middle = 2 * (e7.length >> 2);
      reach.answer({ ...data.request, places: [[e7[middle] / 1e7, e7[middle + 1] / 1e7]] });
    } catch {
      // whoever asks is told
    }
    return;
  }
  const from = performance.now();
  try {
    const answer = reach.answer(data.request);
    scope.postMessage({ type: 'answer', id: data.id, answer, tookMs: performance.now() - from });
  } catch (error) {
    scope.postMessage({ type: 'problem', id: data.id, problem: toProblem(error) });
  }
};
