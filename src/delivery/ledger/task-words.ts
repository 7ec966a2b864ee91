/** What lights, states and sources of tasks are called in workbooks, reports, pages and commands. */
import type { Bilingual } from '../../core/bilingual.ts';
import type { Light, TaskSource, TaskState } from '../model.ts';

export const LIGHT_WORDS: Readonly<Record<Light, Bilingual>> = {
  red: { zh: '红灯', en: 'red' }, yellow: { zh: '黄灯', en: 'yellow' }, green: { zh: '绿灯', en: 'green' }, blue: { zh: '已办结', en: 'done' }, grey: { zh: '未亮灯', en: 'no light' },
};
export const TASK_STATE_WORDS: Readonly<Record<TaskState, Bilingual>> = {
  draft: { zh: '待下达', en: 'draft' }, open: { zh: '办理中', en: 'under way' }, submitted: { zh: '待核验', en: 'to be verified' }, done: { zh: '已办结', en: 'done' }, cancelled: { zh: '已撤销', en: 'withdrawn' },
};
export const TASK_SOURCE_WORDS: Readonly<Record<TaskSource, Bilingual>> = {
  document: { zh: '政策文件', en: 'document' }, finding: { zh: '体检问题', en: 'finding' }, warning: { zh: '风险预警', en: 'warning' }, meeting: { zh: '会议议定', en: 'meeting' }, hand: { zh: '手工录入', en: 'by hand' }, file: { zh: '数据文件', en: 'file' },
};
export const TASK_KIND_WORDS: Readonly<Record<'timed' | 'best-effort', Bilingual>> = { timed: { zh: '限时', en: 'time-limited' }, 'best-effort': { zh: '尽力', en: 'best effort' } };
