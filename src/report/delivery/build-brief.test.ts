import { describe, expect, it } from 'vitest';
import type { Block, ReportDocument } from '../document.ts';
import { PAGE_BOX, pageHeight, plainText } from '../page-frame.ts';
import { buildBrief } from './build-brief.ts';
import { makeBrief, makeTarget, makeTask } from '../../../test/make-files/make-ledger.ts';

const words = (block: Block): string => (block.type === 'paragraph' ? plainText(block.text) : block.type === 'list' ? block.items.map(plainText).join('\n') : block.type === 'table' ? block.rows.map((row) => row.map(plainText).join('|')).join('\n') : block.type === 'heading' ? block.text : '');
const textOf = (report: ReportDocument): string => [report.title, ...report.blocks.map(words)].join('\n');
const LONG = '以人民为中心推动城市高质量发展的若干重大举措'.repeat(20);
const LETTERS = 'WWMM@Infrastructure'.repeat(40);

describe('a brief is one page', () => {
  for (const scope of ['document', 'city'] as const) {
    for (const language of ['zh', 'en'] as const) {
      it(`of a ${scope} in ${language}, with 0, 1, 40 and 500 of everything, however long the names`, () => {
        for (const count of [0, 1, 7, 40, 500]) {
          for (const long of ['', LONG, LETTERS, ' a'.repeat(500)]) expect(pageHeight(buildBrief(makeBrief(count, { long, scope, language })))).toBeLessThan(PAGE_BOX.height);
        }
      });
    }
  }

  it('is filled where there is more than fits', () => {
    expect(pageHeight(buildBrief(makeBrief(500)))).toBeGreaterThan(PAGE_BOX.height - 60);
  });
});

describe('a brief says', () => {
  const input = { ...makeBrief(0), tasks: [makeTask(1, { deadline: '2025-12-10', title: '修路' }), makeTask(2, { deadline: '2025-11-10', title: '治水', lead: ['市水务局', '市住建局'] }), makeTask(3), makeTask(4, { state: 'done', doneAt: '2025-05-01' }), makeTask(5, { state: 'draft', lead: [] })] };

  it('which tasks are overdue longest, whose they are and by how many days', () => {
    expect(textOf(buildBrief(input))).toContain('治水|市水务局、市住建局|2025-11-10|40 天\n修路|市住建局|2025-12-10|10 天');
    expect(textOf(buildBrief(input))).toContain('任务 5 项：红灯 2\u2002黄灯 0\u2002绿灯 0\u2002已办结 1\u2002未亮灯 1\u2002其中超期 2 项'.replace('黄灯 0\u2002绿灯 0', '黄灯 1\u2002绿灯 0'));
  });

  it('how targets stand, the worst first, with figures', () => {
    const text = textOf(buildBrief({ ...input, targets: [makeTarget(1, 'met'), makeTarget(2, 'at-risk'), makeTarget(3, 'unknown'), makeTarget(4, 'missed')] }));
    expect(text).toContain('目标 4 项：难以实现 1\u2002存在风险 1\u2002已达到 1\u2002尚无法判断 1');
    expect(text).toContain('第4项覆盖率|≥80%，2030年底前|65.43%（2025年）|难以实现\n第2项覆盖率|≥80%，2030年底前|65.43%（2025年）|存在风险 45%\n第1项覆盖率|≥80%，2030年底前|65.43%（2025年）|已达到');
    expect(text).toContain('没有指标可测的目标 1 项');
  });

  it('what is asked of its reader, out of the ledger', () => {
    const text = textOf(buildBrief(input));
    expect(text).toContain('超期任务 2 项，牵头单位市住建局（2 项）、市水务局（1 项）');
    expect(text).toContain('未明确牵头单位的任务 1 项');
    expect(text).toContain('待下达的任务 1 项');
    expect(textOf(buildBrief(makeBrief(0)))).toContain('目前没有需要研究的事项');
  });

  it('how many more there are', () => {
    const brief = buildBrief(makeBrief(500));
    const table = brief.blocks.filter((block) => block.type === 'table')[1];
    const red = makeBrief(500).tasks.filter(({ light }) => light === 'red').length;
    expect(textOf(brief)).toContain(`另有 ${red - (table?.type === 'table' ? table.rows.length : 0)} 项红灯任务未列出`);
  });
});
