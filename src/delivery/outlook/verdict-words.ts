import type { Bilingual } from '../../core/bilingual.ts';
import type { Verdict } from '../model.ts';

/** What a verdict is called, on pages and in papers alike. */
export const VERDICT_WORDS: Readonly<Record<Verdict, Bilingual>> = {
  met: { zh: '已达到', en: 'met' },
  'on-track': { zh: '进展正常', en: 'on track' },
  'at-risk': { zh: '存在风险', en: 'at risk' },
  missed: { zh: '难以实现', en: 'out of reach' },
  unknown: { zh: '尚无法判断', en: 'cannot be said yet' },
};
