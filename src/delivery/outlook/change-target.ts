/** Targets that say how much something changes (能耗下降2.8%), held against indicators that say how high it is. */
import { directionOf } from '../../policy/targets/name-subject.ts';

/**
 * Whether an indicator measures what a target of this name asks for. A change is no level: 下降2.8% against the level itself would give a verdict with the wrong
 * sign. Only an indicator that measures the same change the same way round (能耗降幅, 增长率) can judge it.
 */
export function isSameMeasure(subject: string, indicator: string): boolean {
  const change = directionOf(subject);
  return change === null || directionOf(indicator.replace(/(?:幅度?|速度?|率)$/u, '')) === change;
}

export const CHANGE_ONLY = {
  zh: '目标说的是变化幅度，不是指标的水平，不能直接对照；须由人判断。',
  en: 'The target says by how much it shall change, the indicator how high it is: the two cannot be compared as they are; for a person to judge.',
};
