/** 城市体检报告: the annual report with the Manual's chapters, from what was measured. */
import type { ReportDocument } from '../document.ts';
import { annexes } from './annexes.ts';
import { rectifiedChapter, remedyChapter, specialChapter, surveyChapter } from './closing-chapters.ts';
import { dimensionChapters } from './dimension-chapters.ts';
import { systemChapter, verdictChapter, workChapter } from './opening-chapters.ts';
import type { ReportInput } from './report-input.ts';
import { ReportWords } from './report-words.ts';

export function buildCheckupReport(input: ReportInput): ReportDocument {
  const { overview, madeAt } = input;
  const w = new ReportWords(input.language);
  return {
    language: input.language,
    title: w.t(`${overview.cityName.zh}${overview.period}年城市体检报告`, `${overview.cityName.en}: city check-up ${overview.period}`),
    subtitle: w.t('由城脉平台测算生成，供核阅', 'Computed by Chengmai, to be read before it is handed in'),
    facts: [
      w.t(`体检年度：${overview.period}`, `Year: ${overview.period}`),
      w.t(`数据版本：第 ${overview.revision} 版${overview.stale ? '（城市数据此后已更新）' : ''}`, `Data: revision ${overview.revision}${overview.stale ? ' (the city has changed since)' : ''}`),
      w.t(`测算时间：${overview.finishedAt.slice(0, 10)}`, `Measured: ${overview.finishedAt.slice(0, 10)}`),
      w.t(`报告生成：${madeAt.slice(0, 10)}`, `Report made: ${madeAt.slice(0, 10)}`),
      w.t(`程序版本：${overview.programVersion}`, `Program: ${overview.programVersion}`),
    ],
    blocks: [
      ...workChapter(input, w), ...systemChapter(input, w), ...verdictChapter(input, w), ...dimensionChapters(input, w),
      ...specialChapter(input, w), ...surveyChapter(input, w), ...rectifiedChapter(input, w), ...remedyChapter(input, w), ...annexes(input, w),
    ],
  };
}
